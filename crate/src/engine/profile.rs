//! Where a long step spends its work: one sample of the stack at each checkpoint of the current turn of the loop, which
//! stands for the work since the one before.

use std::cell::RefCell;

use rustpython_vm::VirtualMachine;

use super::{clock, stacks::Walk};

#[derive(Default)]
pub(super) struct Turn {
    /// The start of the turn; `None` while the loop is not in a callback.
    start: Option<u64>,
    /// Nanoseconds of the turn that blocking calls took.
    blocked: u64,
    /// The work that had been counted when the last sample was taken, in units.
    sampled: u64,
    /// Each place that was sampled, with the work that its samples stand for.
    samples: Vec<(u64, Walk)>,
}

thread_local! {
    static TURN: RefCell<Turn> = RefCell::new(Turn::default());
}

/// A callback of the loop begins.
pub(super) fn begin() {
    TURN.with(|turn| {
        let mut turn = turn.borrow_mut();
        turn.start = Some(clock::now());
        turn.blocked = 0;
        turn.sampled = clock::work_units();
        turn.samples.clear();
    });
}

/// Counts a blocking call in the current turn.
pub(super) fn count_blocked(nanoseconds: u64) {
    TURN.with(|turn| turn.borrow_mut().blocked += nanoseconds);
}

/// Notes where the interpreter is.
pub(super) fn sample(vm: &VirtualMachine) {
    TURN.with(|turn| {
        let mut turn = turn.borrow_mut();
        if turn.start.is_none() {
            return;
        }
        let walk = Walk::running(vm);
        let now = clock::work_units();
        let work = now.saturating_sub(std::mem::replace(&mut turn.sampled, now));
        match turn.samples.iter_mut().find(|(_, known)| known.same_lines(&walk)) {
            Some((sum, _)) => *sum += work,
            None => turn.samples.push((work, walk)),
        }
    });
}

/// The callback ended: when it began, how long it computed, and where most of that was.
pub(super) fn end() -> Option<(u64, u64, Option<Walk>)> {
    TURN.with(|turn| {
        let mut turn = turn.borrow_mut();
        let start = turn.start.take()?;
        let computed = (clock::now() - start).saturating_sub(turn.blocked);
        // Most steps are over before the first checkpoint.
        if turn.samples.is_empty() {
            return Some((start, computed, None));
        }
        let samples = std::mem::take(&mut turn.samples);
        drop(turn);
        let most = samples.into_iter().rev().max_by_key(|(work, _)| *work);
        Some((start, computed, most.map(|(_, walk)| walk)))
    })
}

/// Puts another turn in the place of the current one, which is returned: another thread's, whose callbacks are its own.
pub(super) fn swap(turn: Turn) -> Turn {
    let sampled = clock::work_units();
    TURN.with(|slot| slot.replace(Turn { sampled, ..turn }))
}

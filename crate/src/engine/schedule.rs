//! What a run does otherwise than as written: durations that nobody promises, and a cancellation from outside.
//!
//! The ready queue stays first in, first out, and the deadlines of timeouts stay where they are: only what stands for work
//! outside of the loop takes another time. Its factors come from a generator of its own, so that what the program draws
//! from `random` is the same under every schedule.

use std::cell::Cell;

use super::entropy;
use crate::{
    trace::event::Id,
    workspace::{Cancellation, Options},
};

/// The factors in 64ths, from a quarter to four times in even steps of a ratio. A table, since powers of fractions are not
/// the same on every machine.
const FACTORS: [u64; 13] = [16, 20, 25, 32, 40, 51, 64, 81, 102, 128, 161, 203, 256];

/// The task that is to be cancelled, as far as it is known.
#[derive(Clone, Copy, Default)]
struct Target {
    wanted: Option<Cancellation>,
    /// Tasks made so far.
    tasks: u32,
    task: Option<Id>,
    /// How often that one has given control away.
    steps: u32,
}

thread_local! {
    static SCHEDULE: Cell<u64> = const { Cell::new(0) };
    static FACTOR: Cell<u64> = const { Cell::new(0) };
    static TARGET: Cell<Target> = Cell::default();
}

/// Begins a run.
pub(super) fn start(options: &Options) {
    SCHEDULE.set(options.schedule);
    FACTOR.set(options.schedule);
    TARGET.set(Target {
        wanted: options.cancel,
        ..Target::default()
    });
}

/// Whether durations vary in this run.
pub(super) fn is_varied() -> bool {
    SCHEDULE.get() != 0
}

/// How long something takes that would take so many nanoseconds as written.
pub(super) fn stretched(nanoseconds: u64) -> u64 {
    if !is_varied() || nanoseconds == 0 {
        return nanoseconds;
    }
    let drawn = FACTOR.with(entropy::next) % FACTORS.len() as u64;
    let factor = usize::try_from(drawn).ok().and_then(|index| FACTORS.get(index));
    nanoseconds.saturating_mul(*factor.unwrap_or(&64)) / 64
}

/// A task was made.
pub(super) fn task_created(id: Id) {
    let mut target = TARGET.get();
    target.tasks += 1;
    if target.wanted.is_some_and(|wanted| wanted.task == target.tasks) {
        target.task = Some(id);
    }
    TARGET.set(target);
}

/// A task has given control away. Returned is whether this is the moment at which it is to be cancelled.
pub(super) fn suspended(id: Id) -> bool {
    let mut target = TARGET.get();
    if target.task != Some(id) {
        return false;
    }
    target.steps += 1;
    TARGET.set(target);
    target.wanted.is_some_and(|wanted| wanted.step == target.steps)
}

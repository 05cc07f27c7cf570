//! `CPython`'s interpreter lock, as far as native code in a simulated thread holds it.
//!
//! A thread that computes goes on beside the others once its slice is over, since `CPython` takes the lock from it between
//! two instructions. Native code is not interrupted: while it works nobody else runs, and the clock goes on with it. Whose
//! loop that kept waiting is told when the thread gives way.

use std::cell::{Cell, RefCell};

use rustpython_vm::{PyObject, VirtualMachine, observe};

use super::{
    blocking,
    clock::{self, UNITS_PER_NANOSECOND},
    stacks::Walk,
};

/// Native work of less than this many nanoseconds is no more than an instruction.
const LEAST: u64 = 1_000_000;

thread_local! {
    /// Whether who runs has the lock in common with the main thread; a simulated process has its own.
    static IS_SHARED: Cell<bool> = const { Cell::new(true) };
    /// Counted work at the last checkpoint, if that was within native code.
    static WITHIN: Cell<Option<u64>> = const { Cell::new(None) };
    /// Work without the lock, as of the last checkpoint.
    static RELEASED: Cell<u64> = const { Cell::new(0) };
    /// Since when native code of the running thread has held the lock beyond a slice, and where that is.
    static HELD: RefCell<Option<(u64, Walk)>> = const { RefCell::new(None) };
}

/// A run begins.
pub(super) fn start() {
    IS_SHARED.set(true);
    WITHIN.set(None);
    RELEASED.set(observe::released());
    HELD.take();
}

/// Sets whether who runs from here on shares the lock; returns whether the one before did.
pub(super) fn share(is_shared: bool) -> bool {
    IS_SHARED.replace(is_shared)
}

/// The checkpoint that was due at so much work is reached: within native code, or at the instruction that has called it.
pub(super) fn check(due: u64, is_within: bool, vm: &VirtualMachine) {
    let work = observe::work();
    let last = WITHIN.replace(is_within.then_some(work));
    let since = last.filter(|_| is_within).unwrap_or(due);
    let released = observe::released();
    let beside = released.saturating_sub(RELEASED.replace(released));
    let held = work.saturating_sub(since).saturating_sub(beside) / UNITS_PER_NANOSECOND;
    if held >= LEAST && IS_SHARED.get() && clock::hold(held) {
        HELD.with(|slot| {
            slot.borrow_mut()
                .get_or_insert_with(|| (clock::now().saturating_sub(held), Walk::running(vm)));
        });
    }
}

/// The running thread gives way. The loop that waited meanwhile, if there is one, may have been kept from what was due.
pub(super) fn tell(waiting_loop: Option<&PyObject>, vm: &VirtualMachine) {
    if let (Some((start, walk)), Some(event_loop)) = (HELD.take(), waiting_loop) {
        blocking::report_hold(event_loop, start, walk, vm);
    }
}

//! The virtual clock, the only clock there is.
//!
//! It moves in two ways. *Jumps* (a sleep, an idle loop) cost nothing to compute. *Work* is what the interpreter
//! counts: each instruction adds the time it takes an ordinary `CPython`, so that a computation lasts as long as it would
//! there, on every machine, every time.

use std::cell::Cell;

use rustpython_vm::observe;

/// Units of counted work in a virtual nanosecond.
pub(super) const UNITS_PER_NANOSECOND: u64 = 10;

/// The Unix time at which every run starts: 2026-01-01T00:00:00Z, in nanoseconds.
pub(super) const CALENDAR_NANOSECONDS: i64 = 1_767_225_600_000_000_000;

thread_local! {
    static JUMPED: Cell<u64> = const { Cell::new(0) };
    static WORK_AT_START: Cell<u64> = const { Cell::new(0) };
    /// The moment that the clock does not pass while a simulated thread runs; see [`begin_stretch`].
    static CEILING: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// Sets the clock to zero. What was counted before, such as the interpreter's own start, is no part of the run.
pub(super) fn start() {
    JUMPED.set(0);
    CEILING.set(u64::MAX);
    WORK_AT_START.set(observe::work());
}

/// Counted work since the start, in units.
pub(super) fn work_units() -> u64 {
    observe::work() - WORK_AT_START.get()
}

/// Virtual nanoseconds since the start of the run.
pub(super) fn now() -> u64 {
    own().min(CEILING.get())
}

/// The clock of whoever runs: the run's, or that of a thread which has computed ahead of it.
pub(super) fn own() -> u64 {
    JUMPED.get().wrapping_add(work_units() / UNITS_PER_NANOSECOND)
}

/// Moves the clock forward. A thread that waits for the disk does so beside the others, whatever is left of its slice.
pub(super) fn advance(nanoseconds: u64) {
    if CEILING.get() != u64::MAX {
        CEILING.set(CEILING.get().min(own()));
    }
    JUMPED.set(JUMPED.get().wrapping_add(nanoseconds));
}

/// A simulated thread runs from here to where it next gives way. The clock goes on with it for `slice` nanoseconds, as long as
/// the interpreter of `CPython` lets a thread keep its lock; what takes longer happens beside the others.
pub(super) fn begin_stretch(slice: u64) {
    CEILING.set(own() + slice);
}

/// The running thread has kept the interpreter for so long without a chance of giving way: the clock has gone on with it,
/// unless the thread was ahead of it before. Returns whether it has.
pub(super) fn hold(nanoseconds: u64) -> bool {
    let ceiling = CEILING.get();
    let is_on_time = ceiling != u64::MAX && own().saturating_sub(nanoseconds) <= ceiling;
    if is_on_time {
        CEILING.set(ceiling.max(own()));
    }
    is_on_time
}

/// Whether the running thread has used up its slice.
pub(super) fn is_ahead() -> bool {
    own() > CEILING.get()
}

/// The thread gives way. The clock is put back to where the slice ended; returned are the nanoseconds by which the thread
/// was ahead of it.
pub(super) fn end_stretch() -> u64 {
    let ahead = own().saturating_sub(CEILING.get());
    JUMPED.set(JUMPED.get().wrapping_sub(ahead));
    CEILING.set(u64::MAX);
    ahead
}

/// Takes work out of the count that was not the program's, but this host's on its behalf.
pub(super) fn forget_work(units: u64) {
    WORK_AT_START.set(WORK_AT_START.get() + units);
}

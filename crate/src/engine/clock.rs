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
}

/// Sets the clock to zero. What was counted before, such as the interpreter's own start, is no part of the run.
pub(super) fn start() {
    JUMPED.set(0);
    WORK_AT_START.set(observe::work());
}

/// Counted work since the start, in units.
pub(super) fn work_units() -> u64 {
    observe::work() - WORK_AT_START.get()
}

/// Virtual nanoseconds since the start of the run.
pub(super) fn now() -> u64 {
    JUMPED.get() + work_units() / UNITS_PER_NANOSECOND
}

/// Moves the clock forward.
pub(super) fn advance(nanoseconds: u64) {
    JUMPED.set(JUMPED.get().saturating_add(nanoseconds));
}

//! What ends a run that would not end by itself.
//!
//! The interpreter asks here whenever counted work passes the next checkpoint. A limit that is reached raises
//! [`StopRun`] at that instruction and at every one after it, so that no handler of the program can go on.

use std::cell::{Cell, RefCell};

use rustpython_vm::{PyResult, VirtualMachine, observe};

use super::{
    clock::{self, UNITS_PER_NANOSECOND},
    gil, profile, recorder,
};
use crate::{
    trace::event::{Limit, Outcome},
    workspace::Limits,
};

/// Virtual nanoseconds of work between two checkpoints.
const CHECKPOINT: u64 = 1_000_000;
/// Wall milliseconds after which what was recorded is handed on, so that a blocked loop still shows.
const FLUSH_MILLISECONDS: f64 = 40.0;

thread_local! {
    static LIMITS: RefCell<Limits> = RefCell::new(Limits::default());
    static STOPPED: RefCell<Option<Outcome>> = const { RefCell::new(None) };
    static OVER: Cell<bool> = const { Cell::new(false) };
    static OUTPUT: Cell<u64> = const { Cell::new(0) };
    /// The sum of work at which the next checkpoint is due.
    static DUE: Cell<u64> = const { Cell::new(0) };
    static FLUSHED: Cell<f64> = const { Cell::new(0.0) };
}

/// Begins a run under these limits.
pub(super) fn start(limits: &Limits) {
    LIMITS.with(|slot| *slot.borrow_mut() = limits.clone());
    STOPPED.with(|stopped| *stopped.borrow_mut() = None);
    OVER.set(false);
    OUTPUT.set(0);
    FLUSHED.set(super::host_clock());
    next_checkpoint();
}

/// Lifts every limit: the run is over, or has not begun.
pub(super) fn lift() {
    observe::set_limit(u64::MAX);
}

fn next_checkpoint() {
    DUE.set(observe::work() + CHECKPOINT * UNITS_PER_NANOSECOND);
    observe::set_limit(DUE.get());
}

/// Ends the run with this outcome at the next instruction. The first word counts.
pub(super) fn stop(outcome: Outcome) {
    STOPPED.with(|stopped| {
        if let Ok(mut stopped) = stopped.try_borrow_mut() {
            stopped.get_or_insert(outcome);
        }
    });
    OVER.set(true);
    observe::set_limit(0);
}

/// Whether the outcome has been decided, so that nothing more is to be said.
pub(super) fn over() -> bool {
    OVER.get()
}

/// Ends the run because a limit is reached.
pub(super) fn reach(limit: Limit) {
    stop(Outcome::Limit { limit });
}

/// The outcome that was decided before the program came to its end.
pub(super) fn stopped() -> Option<Outcome> {
    STOPPED.with(|stopped| stopped.borrow().clone())
}

pub(super) fn too_many_events(events: u32) -> bool {
    LIMITS.with(|limits| events >= limits.borrow().events)
}

/// How many more bytes of output may be written.
pub(super) fn output_left() -> usize {
    let allowed = LIMITS.with(|limits| u64::from(limits.borrow().output));
    usize::try_from(allowed.saturating_sub(OUTPUT.get())).unwrap_or(usize::MAX)
}

/// Counts output, of which more than was left ends the run.
pub(super) fn spend_output(bytes: usize) {
    let left = output_left();
    OUTPUT.set(OUTPUT.get() + bytes as u64);
    if bytes > left {
        reach(Limit::Output);
    }
}

/// Moves the clock, unless that passes the limit of virtual time.
pub(super) fn advance(nanoseconds: u64) {
    let limit = LIMITS.with(|limits| limits.borrow().time);
    let left = limit.saturating_sub(clock::now());
    clock::advance(nanoseconds.min(left));
    if nanoseconds > left {
        reach(Limit::Time);
    }
}

/// The interpreter's hook: a checkpoint is reached between two instructions, where another thread may have its turn.
pub(super) fn checkpoint(vm: &VirtualMachine) -> PyResult<()> {
    check(false, vm)?;
    super::lanes::share(vm)
}

/// The interpreter's hook: a checkpoint is reached within native code, which keeps the interpreter for itself.
pub(super) fn native_checkpoint(vm: &VirtualMachine) -> PyResult<()> {
    check(true, vm)
}

fn check(is_within_native: bool, vm: &VirtualMachine) -> PyResult<()> {
    // What is told here may itself go through native code, which is not to come back.
    lift();
    gil::check(DUE.get(), is_within_native, vm);
    profile::sample(vm);
    if stopped().is_none() {
        let (time, work, bytes) = LIMITS.with(|limits| {
            let limits = limits.borrow();
            (limits.time, limits.work, limits.memory)
        });
        if clock::work_units() / UNITS_PER_NANOSECOND >= work {
            super::blocking::report_open_step(vm);
            reach(Limit::Work);
        } else if clock::now() >= time {
            super::blocking::report_open_step(vm);
            reach(Limit::Time);
        } else if crate::memory::in_use() > bytes as usize {
            reach(Limit::Memory);
        }
    }
    if stopped().is_some() {
        observe::set_limit(0);
        return Err(vm.new_exception_msg(super::host::stop_run(vm), "the run is over".into()));
    }
    next_checkpoint();
    flush_in_time();
    Ok(())
}

/// Hands on what was recorded, if that has not been done for a while. The wall clock decides nothing else.
pub(super) fn flush_in_time() {
    let now = super::host_clock();
    if now - FLUSHED.get() > FLUSH_MILLISECONDS {
        FLUSHED.set(now);
        recorder::flush();
    }
}

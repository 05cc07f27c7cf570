//! What keeps the loop from running, and whom: blocking calls, and steps that compute for long.

use std::cell::RefCell;

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, VirtualMachine,
    builtins::{PyFloat, PyFunction, PyInt, PyStr},
    convert::TryFromObject,
};

use super::{clock, given, limits, profile, recorder, stacks::Walk};
use crate::trace::event::{BlockCause, Id, Victim};

thread_local! {
    /// The loop whose turn it is.
    pub(super) static LOOP: RefCell<Option<PyObjectRef>> = const { RefCell::new(None) };
}

/// Puts a loop in the place of the one whose turn it is, and returns that one.
pub(super) fn swap_loop(event_loop: Option<PyObjectRef>) -> Option<PyObjectRef> {
    LOOP.with(|slot| slot.replace(event_loop))
}

/// Forgets the loop of the turn, which holds it while a callback runs.
pub(super) fn finish() {
    LOOP.with(std::cell::RefCell::take);
}

/// A blocking call of the host: the clock moves, and nobody else can run meanwhile.
pub(super) fn block(name: String, nanoseconds: u64, vm: &VirtualMachine) {
    let start = clock::now();
    limits::advance(nanoseconds);
    report_block(name, start, vm);
}

/// A blocking call that began at `start` has ended; simulated threads may have run meanwhile, the loop has not.
pub(super) fn report_block(name: String, start: u64, vm: &VirtualMachine) {
    profile::count_blocked(clock::now().saturating_sub(start));
    let who = recorder::running();
    let victims = victims(start, usize::MAX, vm);
    recorder::blocked(start, BlockCause::Call { name }, Walk::running(vm), who, victims);
}

/// The callback of this turn computed for long.
pub(super) fn report_work(
    vm: &VirtualMachine,
    who: (Option<Id>, Option<Id>),
    ready: usize,
    (start, nanoseconds, walk): (u64, u64, Option<Walk>),
) {
    let slow = given::options(|options| options.slow_step);
    if nanoseconds < slow || limits::stopped().is_some() {
        return;
    }
    if let Some(walk) = walk {
        let victims = victims(start, ready, vm);
        recorder::blocked(start, BlockCause::Work, walk, who, victims);
    }
}

/// The run ends within a step: what it has computed so far is told like that of a step that ended.
pub(super) fn report_open_step(vm: &VirtualMachine) {
    if let Some(computed) = profile::end() {
        report_work(vm, recorder::running(), usize::MAX, computed);
    }
}

/// The run ends because of what a step prints: where that is, is told however short the step was.
pub(super) fn report_cut_step(vm: &VirtualMachine) {
    if limits::stopped().is_none()
        && let Some((start, _, _)) = profile::end()
    {
        let victims = victims(start, usize::MAX, vm);
        recorder::blocked(start, BlockCause::Work, Walk::running(vm), recorder::running(), victims);
    }
}

/// Native code of another thread has kept the interpreter since `start`, while this loop waited.
pub(super) fn report_hold(event_loop: &PyObject, start: u64, walk: Walk, vm: &VirtualMachine) {
    let lasted = clock::now().saturating_sub(start);
    if lasted < given::options(|options| options.slow_step) || limits::stopped().is_some() {
        return;
    }
    let victims = victims_of(event_loop, start, usize::MAX, vm);
    recorder::blocked(start, BlockCause::Work, walk, (None, None), victims);
}

/// Who could have run since `start`, had the loop of this turn been free.
fn victims(start: u64, ready: usize, vm: &VirtualMachine) -> Vec<Victim> {
    let event_loop = LOOP.with(|slot| slot.borrow().clone());
    event_loop.map_or_else(Vec::new, |event_loop| victims_of(&event_loop, start, ready, vm))
}

/// The first `ready` of the ready, since what a step itself made ready stands behind them, and those whose timers are due.
fn victims_of(event_loop: &PyObject, start: u64, ready: usize, vm: &VirtualMachine) -> Vec<Victim> {
    let now = clock::now();
    let mut victims = Vec::new();
    for (queue, timed) in [("_ready", false), ("_scheduled", true)] {
        let Ok(queue) = event_loop.get_attr(queue, vm) else {
            continue;
        };
        let Ok(handles) = Vec::<PyObjectRef>::try_from_object(vm, sequence(queue, vm)) else {
            continue;
        };
        for handle in handles.into_iter().take(if timed { usize::MAX } else { ready }) {
            let due = if timed {
                when(&handle, vm).unwrap_or(u64::MAX)
            } else {
                start
            };
            if due <= now
                && !is_true(&handle, "_cancelled", vm)
                && let Some(id) = waiting(&handle, vm)
                && victims.iter().all(|victim: &Victim| victim.id != id)
            {
                victims.push(Victim {
                    id,
                    late: now - due.max(start),
                });
            }
        }
    }
    victims
}

/// The container as a list, which is what can be read without running code.
fn sequence(container: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx
        .types
        .list_type
        .to_owned()
        .as_object()
        .call((container,), vm)
        .unwrap_or_else(|_| vm.ctx.new_list(Vec::new()).into())
}

fn is_true(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> bool {
    object
        .get_attr(name, vm)
        .is_ok_and(|value| value.is(&vm.ctx.true_value))
}

/// Seconds of the loop's clock as nanoseconds.
pub(super) fn nanoseconds(seconds: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and times are not negative"
    )]
    let nanoseconds = (seconds * 1e9).round() as u64;
    nanoseconds
}

pub(super) fn when(handle: &PyObject, vm: &VirtualMachine) -> Option<u64> {
    let when = handle.get_attr("_when", vm).ok()?;
    let seconds = match when.downcast_ref::<PyFloat>() {
        Some(float) => float.to_f64(),
        None => when.downcast_ref::<PyInt>()?.as_bigint().to_string().parse().ok()?,
    };
    Some(nanoseconds(seconds))
}

/// Whom a handle serves: the task whose step it is, the task that waits for what it completes, or itself.
fn waiting(handle: &PyObject, vm: &VirtualMachine) -> Option<Id> {
    let callback = handle.get_attr("_callback", vm).ok()?;
    task_of_step(&callback)
        .or_else(|| recorder::waiter_of(future_completed(handle, vm)?))
        .or_else(|| recorder::handle_id(handle))
}

/// The task whose step a callback is.
pub(super) fn task_of_step(callback: &PyObject) -> Option<Id> {
    super::asyncio::observed_id(super::asyncio::step_of(callback)?.as_object())
}

/// The future that a handle's callback is to complete, as the timer of a `sleep` does. A done-callback is given a future
/// too, but that one is complete.
pub(super) fn future_completed(handle: &PyObject, vm: &VirtualMachine) -> Option<Id> {
    let callback = handle.get_attr("_callback", vm).ok()?;
    let name = callback
        .downcast_ref::<PyFunction>()?
        .as_object()
        .get_attr("__name__", vm)
        .ok()?;
    if name.downcast_ref::<PyStr>()?.to_string() != "_set_result_unless_cancelled" {
        return None;
    }
    let arguments = handle.get_attr("_args", vm).ok()?;
    let arguments = arguments.downcast_ref::<rustpython_vm::builtins::PyTuple>()?;
    super::asyncio::observed_id(arguments.first()?)
}

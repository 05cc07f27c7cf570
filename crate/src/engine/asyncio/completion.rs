//! How futures and tasks end, and who is told.

use super::{
    future::{FutureState, PyFuture},
    left_over, ready, registry,
    state::{invalid_state, state},
    task::PyTask,
};
use crate::engine::recorder::{self, Done};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseException, PyBaseExceptionRef, PyType},
};

/// `loop.call_soon(callback[, argument][, context=context])`.
pub(super) fn call_soon(
    event_loop: &PyObject,
    callback: PyObjectRef,
    argument: Option<PyObjectRef>,
    context: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if ready::schedule(event_loop, &callback, argument.as_ref(), context.as_ref(), vm)? {
        return Ok(());
    }
    let state = state(vm);
    let method = event_loop.get_attr(state.call_soon, vm)?;
    let mut arguments = Vec::with_capacity(4);
    arguments.push(callback);
    arguments.extend(argument);
    let positional = arguments.len();
    let keywords = context.is_some().then_some(&state.context_keyword[..]);
    arguments.extend(context);
    method.vectorcall(arguments, positional, keywords, vm)?;
    Ok(())
}

/// Whether anybody is told of the end. What a wait that is over has left behind passes nothing on: that is looked at where
/// it matters, for a cancellation that nobody waits for.
fn is_waited_for(future: &PyFuture, last: FutureState, vm: &VirtualMachine) -> bool {
    let callbacks = future.callbacks.read();
    let tells = |callback: &PyObjectRef| last != FutureState::Cancelled || !left_over::is_left_over(callback, vm);
    callbacks.iter().any(|(callback, _)| tells(callback))
}

/// Moves a pending future into its last state and schedules its callbacks.
fn complete(future: &Py<PyFuture>, last: FutureState, done: Done<'_>, vm: &VirtualMachine) -> PyResult<()> {
    future.state.set(last);
    if let Some(id) = future.id() {
        let waited = is_waited_for(future, last, vm);
        future.unjoined.set(last == FutureState::Cancelled && !waited);
        recorder::future_done(id, done, waited, vm);
    }
    if let Some(task) = future.as_object().downcast_ref::<PyTask>() {
        registry::unregister(task);
    }
    // A callback is forgotten even if it cannot be scheduled, and so are those behind it.
    let callbacks = core::mem::take(&mut *future.callbacks.write());
    if callbacks.is_empty() {
        return Ok(());
    }
    let event_loop = future.event_loop(vm)?;
    for (callback, context) in callbacks {
        let argument = future.as_object().to_owned();
        call_soon(&event_loop, callback, Some(argument), Some(context), vm)?;
    }
    Ok(())
}

pub(super) fn set_result(future: &Py<PyFuture>, result: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    future.ensure_alive(vm)?;
    ensure_pending(future, vm)?;
    future.result.set(Some(result));
    complete(future, FutureState::Finished, Done::Result, vm)
}

pub(super) fn set_exception(future: &Py<PyFuture>, exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    ensure_pending(future, vm)?;
    let exception = instance_of(future, exception, vm)?;
    let exception = wrap_stop_iteration(exception, vm);
    future.exception_traceback.set(exception.__traceback__());
    future.exception.set(Some(exception.clone()));
    complete(future, FutureState::Finished, Done::Exception(&exception), vm)?;
    future.log_traceback.set(true);
    Ok(())
}

/// Cancels a pending future and tells whether it was one.
pub(super) fn cancel(future: &Py<PyFuture>, message: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<bool> {
    future.silence();
    if future.state.get() != FutureState::Pending {
        return Ok(false);
    }
    future.cancel_message.set(message);
    complete(future, FutureState::Cancelled, Done::Cancelled, vm)?;
    Ok(true)
}

fn ensure_pending(future: &PyFuture, vm: &VirtualMachine) -> PyResult<()> {
    if future.state.get() == FutureState::Pending {
        Ok(())
    } else {
        Err(invalid_state("invalid state", vm))
    }
}

/// The exception to set: an instance as it is, a class called.
fn instance_of(future: &PyFuture, exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
    let is_class = exception
        .downcast_ref::<PyType>()
        .is_some_and(|class| class.fast_issubclass(vm.ctx.exceptions.base_exception_type));
    let exception = if is_class {
        let instance = exception.call((), vm)?;
        ensure_pending(future, vm)?;
        instance
    } else {
        exception
    };
    exception
        .downcast::<PyBaseException>()
        .map_err(|_| vm.new_type_error("invalid exception object"))
}

/// A `StopIteration` would end the generator it is raised in, so it travels as the cause of a `RuntimeError`.
fn wrap_stop_iteration(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> PyBaseExceptionRef {
    if !exception.fast_isinstance(vm.ctx.exceptions.stop_iteration) {
        return exception;
    }
    let wrapper =
        vm.new_runtime_error("StopIteration interacts badly with generators and cannot be raised into a Future");
    wrapper.set_cause(Some(exception.clone()));
    wrapper.set_context(Some(exception));
    wrapper
}

/// What `result()` returns or raises, which what is handled now becomes the context of.
pub(super) fn raise_result(future: &PyFuture, vm: &VirtualMachine) -> PyResult {
    outcome(future, false, vm).inspect_err(|error| vm.contextualize_exception(error))
}

/// What wakes a task up that has waited for the future. A failure keeps the context that it has.
pub(super) fn get_result(future: &PyFuture, vm: &VirtualMachine) -> PyResult {
    outcome(future, true, vm)
}

fn outcome(future: &PyFuture, wakes: bool, vm: &VirtualMachine) -> PyResult {
    match future.state.get() {
        FutureState::Cancelled => {
            let error = make_cancelled_error(future, vm);
            vm.contextualize_exception(&error);
            Err(error)
        }
        FutureState::Pending => Err(invalid_state("Result is not set.", vm)),
        FutureState::Finished => {
            retrieve(future, wakes, vm);
            let Some(exception) = future.exception.get() else {
                return Ok(vm.unwrap_or_none(future.result.get()));
            };
            // Each raise would add to the traceback of the last one.
            exception.set_traceback(future.exception_traceback.take());
            Err(exception)
        }
    }
}

/// What `exception()` returns or raises.
pub(super) fn get_exception(future: &PyFuture, vm: &VirtualMachine) -> PyResult {
    match future.state.get() {
        FutureState::Cancelled => {
            let error = make_cancelled_error(future, vm);
            vm.contextualize_exception(&error);
            Err(error)
        }
        FutureState::Pending => Err(invalid_state("Exception is not set.", vm)),
        FutureState::Finished => {
            let exception = future.exception.get();
            if exception.is_some() {
                retrieve(future, false, vm);
            }
            Ok(vm.unwrap_or_none(exception.map(Into::into)))
        }
    }
}

/// Tells that the exception is taken, and once more if a callback was the first to take it: `gather()` takes exceptions
/// that it passes on to nobody.
fn retrieve(future: &PyFuture, wakes: bool, vm: &VirtualMachine) {
    let first = future.log_traceback.replace(false) | future.silenced.replace(false);
    if !first && !future.taken_by_callback.get() {
        return;
    }
    let by_task = wakes || recorder::is_in_task();
    future.taken_by_callback.set(!by_task);
    if let Some(id) = future.id().filter(|_| first || by_task) {
        recorder::retrieved(id, vm);
    }
}

/// Somebody learns of the end of the future, if it is a cancelled one that nobody knew of.
pub(super) fn join(future: &PyFuture, vm: &VirtualMachine) {
    if future.unjoined.replace(false)
        && let Some(id) = future.id()
    {
        recorder::joined(id, vm);
    }
}

/// The error of a cancelled future: the one that ended the task, once, and a new one afterwards.
pub(super) fn make_cancelled_error(future: &PyFuture, vm: &VirtualMachine) -> PyBaseExceptionRef {
    join(future, vm);
    if let Some(error) = future.cancelled_error.take() {
        return error;
    }
    let message = future.cancel_message.get().filter(|message| !vm.is_none(message));
    let made = state(vm)
        .cancelled_error(vm)
        .and_then(|class| vm.invoke_exception(class, message.into_iter().collect()));
    made.unwrap_or_else(|error| error)
}

pub(super) fn is_cancelled_error(exception: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    Ok(exception.fast_isinstance(state(vm).cancelled_error(vm)?))
}

/// Adds a callback to a pending future, or schedules it at once.
pub(super) fn add_done_callback(
    future: &Py<PyFuture>,
    callback: PyObjectRef,
    context: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if !future.event_loop.is_set() {
        return Err(vm.new_runtime_error("uninitialized Future object"));
    }
    if future.state.get() == FutureState::Pending {
        future.callbacks.write().push((callback, context));
        return Ok(());
    }
    join(future, vm);
    let argument = future.as_object().to_owned();
    call_soon(&*future.event_loop(vm)?, callback, Some(argument), Some(context), vm)
}

/// Removes every callback equal to `callback` and counts them.
///
/// Comparing runs Python code, which may change the callbacks: they are looked at one by one, and what was kept
/// replaces them unless they are gone.
pub(super) fn remove_done_callback(future: &PyFuture, callback: &PyObject, vm: &VirtualMachine) -> PyResult<usize> {
    let mut kept = Vec::new();
    let mut removed = 0;
    let mut index = 0;
    loop {
        let Some(entry) = future.callbacks.read().get(index).cloned() else {
            break;
        };
        index += 1;
        if vm.identical_or_equal(&entry.0, callback)? {
            removed += 1;
        } else {
            kept.push(entry);
        }
    }
    if removed > 0 {
        let mut callbacks = future.callbacks.write();
        if callbacks.is_empty() {
            kept.clear();
        }
        let old = core::mem::replace(&mut *callbacks, kept);
        drop(callbacks);
        drop(old);
    }
    Ok(removed)
}

//! The last words of futures and tasks.

use super::{
    future::{FutureState, PyFuture},
    registry,
    task::{PyTask, as_future},
};
use crate::engine::recorder;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine, class::StaticType, common::wtf8::wtf8_concat,
};

/// Lets futures and tasks that have nothing to say die without their destructor.
pub(super) fn install() {
    PyFuture::static_type().slots.del_needed.store(Some(future_speaks));
    PyTask::static_type().slots.del_needed.store(Some(task_speaks));
}

fn future_speaks(object: &PyObject) -> bool {
    object
        .downcast_ref::<PyFuture>()
        .is_none_or(|future| future.log_traceback.get() || future.id().is_some())
}

fn task_speaks(object: &PyObject) -> bool {
    future_speaks(object)
        || object
            .downcast_ref::<PyTask>()
            .is_none_or(|task| !task.ended() && task.log_destroy_pending.get())
}

pub(super) fn future(future: &Py<PyFuture>, vm: &VirtualMachine) {
    observe(future, vm);
    report_exception(future, vm);
}

pub(super) fn task(task: &Py<PyTask>, vm: &VirtualMachine) {
    registry::unregister(task);
    observe(as_future(task), vm);
    if !task.ended() && task.log_destroy_pending.get() {
        let message = vm.ctx.new_str("Task was destroyed but it is pending!").into();
        let entries = [("message", message), ("task", task.as_object().to_owned())];
        report(as_future(task), entries, vm);
    }
    report_exception(as_future(task), vm);
}

fn observe(future: &PyFuture, vm: &VirtualMachine) {
    if let Some(id) = future.id() {
        let pending = future.state.get() == FutureState::Pending;
        recorder::destroyed(id, pending, future.log_traceback.get(), vm);
    }
}

fn report_exception(future: &Py<PyFuture>, vm: &VirtualMachine) {
    if !future.log_traceback.replace(false) {
        return;
    }
    let Some(exception) = future.exception.get() else {
        return;
    };
    let message = format!("{} exception was never retrieved", future.class().name());
    let entries = [
        ("message", vm.ctx.new_str(message).into()),
        ("exception", exception.into()),
        ("future", future.as_object().to_owned()),
    ];
    report(future, entries, vm);
}

/// Tells the loop's exception handler. Whatever fails on the way has nobody to be raised to.
fn report<const N: usize>(future: &Py<PyFuture>, entries: [(&'static str, PyObjectRef); N], vm: &VirtualMachine) {
    let Some(event_loop) = future.event_loop.get() else {
        return;
    };
    let Ok(handler) = event_loop.get_attr("call_exception_handler", vm) else {
        return;
    };
    let outcome = describe(future, entries, vm).and_then(|context| handler.call((context,), vm));
    if let Err(error) = outcome {
        let shown = handler.repr(vm).map(|text| wtf8_concat!(text.as_wtf8()).to_string());
        let message = shown.map(|shown| format!("Exception ignored while calling asyncio function {shown}"));
        vm.run_unraisable(error, message.ok(), vm.ctx.none());
    }
}

fn describe<const N: usize>(
    future: &PyFuture,
    entries: [(&'static str, PyObjectRef); N],
    vm: &VirtualMachine,
) -> PyResult {
    let context = vm.ctx.new_dict();
    for (key, value) in entries {
        context.set_item(key, value, vm)?;
    }
    if let Some(stack) = future.source_traceback.get() {
        context.set_item("source_traceback", stack, vm)?;
    }
    Ok(context.into())
}

//! The running loop and the running task.

use super::state::{Function, state};
use crate::{engine::recorder, trace::event::Misuse};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef, common::wtf8::wtf8_concat,
};

pub(super) fn running_loop(vm: &VirtualMachine) -> Option<PyObjectRef> {
    vm.asyncio_running_loop.borrow().clone()
}

pub(super) fn set_running_loop(event_loop: Option<PyObjectRef>, vm: &VirtualMachine) {
    let old = vm.asyncio_running_loop.replace(event_loop);
    drop(old);
}

pub(super) fn get_running_loop(vm: &VirtualMachine) -> PyResult {
    running_loop(vm).ok_or_else(|| {
        let message = "no running event loop";
        recorder::misuse(Misuse::NoRunningLoop, message, vm);
        vm.new_runtime_error(message)
    })
}

/// The running loop, or the one the policy knows.
pub(super) fn get_event_loop(vm: &VirtualMachine) -> PyResult {
    if let Some(event_loop) = running_loop(vm) {
        return Ok(event_loop);
    }
    let policy = state(vm).function(Function::EventLoopPolicy, vm)?.call((), vm)?;
    vm.call_method(&policy, "get_event_loop", ())
        .inspect_err(|error| report_no_loop(error, vm))
}

fn report_no_loop(error: &PyBaseExceptionRef, vm: &VirtualMachine) {
    if error.fast_isinstance(vm.ctx.exceptions.runtime_error) {
        let message = error.get_arg(0).and_then(|text| text.str(vm).ok());
        let message = message.map_or_else(String::new, |text| text.to_string_lossy().into_owned());
        recorder::misuse(Misuse::NoCurrentLoop, &message, vm);
    }
}

/// The task that runs in `event_loop`, `None` if it does not run.
pub(super) fn current_task(event_loop: &PyObject, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let runs = vm
        .asyncio_running_loop
        .borrow()
        .as_ref()
        .is_some_and(|running| running.is(event_loop));
    if runs {
        vm.asyncio_running_task.borrow().clone()
    } else {
        None
    }
}

pub(super) fn enter_task(event_loop: &PyObject, task: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    check_running(event_loop, vm)?;
    let running = vm.asyncio_running_task.borrow().clone();
    if let Some(running) = running {
        return Err(vm.new_runtime_error(wtf8_concat!(
            "Cannot enter into task ",
            task.repr(vm)?.as_wtf8(),
            " while another task ",
            running.repr(vm)?.as_wtf8(),
            " is being executed."
        )));
    }
    vm.asyncio_running_task.replace(Some(task.to_owned()));
    Ok(())
}

pub(super) fn leave_task(event_loop: &PyObject, task: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    check_running(event_loop, vm)?;
    let running = vm.asyncio_running_task.borrow().clone();
    if !running.as_ref().is_some_and(|running| running.is(task)) {
        return Err(vm.new_runtime_error(wtf8_concat!(
            "Invalid attempt to leave task ",
            task.repr(vm)?.as_wtf8(),
            " while task ",
            vm.unwrap_or_none(running).repr(vm)?.as_wtf8(),
            " is entered."
        )));
    }
    vm.asyncio_running_task.replace(None);
    Ok(())
}

/// Makes `task` the running one, and returns the one that was.
pub(super) fn swap_current_task(
    event_loop: &PyObject,
    task: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    check_running(event_loop, vm)?;
    Ok(vm.asyncio_running_task.replace(task))
}

fn check_running(event_loop: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if vm
        .asyncio_running_loop
        .borrow()
        .as_ref()
        .is_some_and(|running| running.is(event_loop))
    {
        return Ok(());
    }
    Err(vm.new_runtime_error(wtf8_concat!(
        "loop ",
        event_loop.repr(vm)?.as_wtf8(),
        " is not the running loop"
    )))
}

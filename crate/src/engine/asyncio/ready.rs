//! A task's step in the loop's ready queue, without the Python code that a general callback passes through.
//!
//! Most of what a loop runs is steps of tasks. For those the standard library's `Handle` and `call_soon` only wrap and
//! unwrap, so they are put into the queue and taken out of it here. Order, context and errors are the library's; a loop that
//! is closed, in debug mode, or not ours, takes the library's own way.

use super::{
    state::{Function, state},
    step::PyTaskStep,
    wakeup::PyTaskWakeup,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::PyTypeRef,
    object::{Traverse, TraverseFn},
    observe, pyclass,
    types::Representable,
};
use std::cell::RefCell;

/// What `call_soon` and `Handle._run` cost a step where they are Python code, in tenths of a nanosecond.
const SCHEDULING: u64 = 12_000;
const RUNNING: u64 = 5_000;

thread_local! {
    /// The class of our loops: a subclass may have changed what `call_soon` does.
    static LOOP_CLASS: RefCell<Option<PyTypeRef>> = const { RefCell::new(None) };
}

pub(crate) fn set_loop_class(class: PyTypeRef) {
    LOOP_CLASS.set(Some(class));
}

/// Stands where a `Handle` would stand, and shows itself as one.
#[pyclass(module = "asyncio.events", name = "Handle", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyReadyStep {
    callback: PyObjectRef,
    argument: Option<PyObjectRef>,
    context: PyObjectRef,
    event_loop: PyObjectRef,
}

// SAFETY: each reference is reported once. None is given up early: the queue that holds a step is the loop's.
unsafe impl Traverse for PyReadyStep {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        tracer(&self.callback);
        self.argument.traverse(tracer);
        tracer(&self.context);
        tracer(&self.event_loop);
    }
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(Representable))]
impl PyReadyStep {
    #[pygetset]
    fn _callback(zelf: &Py<Self>) -> PyObjectRef {
        zelf.callback.clone()
    }

    #[pygetset]
    fn _args(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_tuple(zelf.argument.iter().cloned().collect()).into()
    }

    #[pygetset]
    fn _cancelled(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pygetset]
    fn _source_traceback(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    #[pymethod]
    fn cancelled(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pymethod]
    fn get_context(zelf: &Py<Self>) -> PyObjectRef {
        zelf.context.clone()
    }

    #[pymethod]
    fn _run(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.run(vm)
    }
}

impl PyReadyStep {
    pub(crate) fn callback(&self) -> &PyObject {
        &self.callback
    }

    /// Runs the step in its task's context. What it raises is dealt with as the library does.
    pub(crate) fn run(&self, vm: &VirtualMachine) -> PyResult<()> {
        observe::spend(RUNNING);
        let call = std::iter::once(&self.callback).chain(&self.argument).cloned();
        let run = state(vm).run.call(&self.context, call, vm);
        let Err(error) = run else { return Ok(()) };
        if crate::engine::limits::stopped().is_some() {
            return Err(error);
        }
        let handle = self.as_library_handle(vm)?;
        vm.call_method(&handle, "_failed", (error,)).map(drop)
    }

    /// The same callback as the library's own object, which knows how to describe it.
    fn as_library_handle(&self, vm: &VirtualMachine) -> PyResult {
        let arguments = vm.ctx.new_tuple(self.argument.iter().cloned().collect());
        state(vm).function(Function::FailedHandle, vm)?.call(
            (
                self.callback.clone(),
                arguments,
                self.event_loop.clone(),
                self.context.clone(),
            ),
            vm,
        )
    }
}

impl Representable for PyReadyStep {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.as_library_handle(vm)?.repr(vm)?.to_string())
    }
}

/// Puts a step into the ready queue of a loop of ours, and tells whether it did.
pub(super) fn schedule(
    event_loop: &PyObject,
    callback: &PyObject,
    argument: Option<&PyObjectRef>,
    context: Option<&PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<bool> {
    let (Some(context), true) = (context, is_step(callback)) else {
        return Ok(false);
    };
    let Some(queue) = plain_queue(event_loop, vm)? else {
        return Ok(false);
    };
    crate::engine::lanes::check_thread(event_loop, vm);
    observe::spend(SCHEDULING);
    let step: PyRef<PyReadyStep> = PyReadyStep {
        callback: callback.to_owned(),
        argument: argument.cloned(),
        context: context.clone(),
        event_loop: event_loop.to_owned(),
    }
    .into_ref(&vm.ctx);
    state(vm).append.call(&queue, Some(step.into()), vm)?;
    Ok(true)
}

fn is_step(callback: &PyObject) -> bool {
    callback.downcast_ref::<PyTaskStep>().is_some() || callback.downcast_ref::<PyTaskWakeup>().is_some()
}

/// The ready queue of a loop that is ours, open, not in debug mode, and has the `call_soon` it was born with.
fn plain_queue(event_loop: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let ours = LOOP_CLASS.with_borrow(|class| class.as_ref().is_some_and(|class| event_loop.class().is(class)));
    if !ours {
        return Ok(None);
    }
    let Some(dict) = event_loop.dict() else {
        return Ok(None);
    };
    let state = state(vm);
    for name in [state.closed, state.debug] {
        let value = dict.get_item_opt(name, vm)?;
        if !value.is_some_and(|value| value.is(&vm.ctx.false_value)) {
            return Ok(None);
        }
    }
    if dict.get_item_opt(state.call_soon, vm)?.is_some() {
        return Ok(None);
    }
    dict.get_item_opt(state.ready, vm)
}

/// Takes the next handle out of a ready queue.
pub(crate) fn next_handle(queue: &PyObject, vm: &VirtualMachine) -> PyResult {
    state(vm).pop_left.call(queue, None, vm)
}

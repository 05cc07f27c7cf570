//! What a waiting task leaves with the future it waits for.

use super::{awaited_by, completion, future, observed_id, step, task::PyTask};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    function::FuncArgs,
    object::{Traverse, TraverseFn},
    pyclass,
    types::{Callable, Representable},
};

/// The callback that wakes a task up. It shows itself as what it is in `CPython`, a built-in method of the task: that is
/// how it appears in the representations of futures and handles.
#[pyclass(module = false, name = "builtin_function_or_method", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct PyTaskWakeup {
    pub(super) task: PyRef<PyTask>,
}

// SAFETY: the one reference is reported once. It is not given up early: a cycle through a callback also goes through
// its task, which gives up its own.
unsafe impl Traverse for PyTaskWakeup {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        tracer(self.task.as_object());
    }
}

const NAME: &str = "task_wakeup";

impl PyTaskWakeup {
    fn qualified_name(&self) -> String {
        format!("{}.{NAME}", self.task.class().name())
    }
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(Callable, Representable))]
impl PyTaskWakeup {
    #[pygetset]
    fn __self__(zelf: &Py<Self>) -> PyRef<PyTask> {
        zelf.task.clone()
    }

    #[pygetset]
    fn __name__(_zelf: &Py<Self>) -> &'static str {
        NAME
    }

    #[pygetset]
    fn __qualname__(zelf: &Py<Self>) -> String {
        zelf.qualified_name()
    }
}

impl Callable for PyTaskWakeup {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if !arguments.kwargs.is_empty() {
            return Err(vm.new_type_error(format!("{}() takes no keyword arguments", zelf.qualified_name())));
        }
        let given = arguments.args.len();
        match arguments.args.pop() {
            Some(ended) if given == 1 => wake_up(&zelf.task, &ended, vm)?,
            _ => {
                let name = zelf.qualified_name();
                return Err(vm.new_type_error(format!("{name}() takes exactly one argument ({given} given)")));
            }
        }
        Ok(vm.ctx.none())
    }
}

impl Representable for PyTaskWakeup {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let task = &zelf.task;
        Ok(format!(
            "<built-in method {NAME} of {} object at {:#x}>",
            task.class().slot_name(),
            task.get_id()
        ))
    }
}

/// A new callback that wakes the task up.
pub(super) fn callback(task: &Py<PyTask>, vm: &VirtualMachine) -> PyObjectRef {
    PyTaskWakeup { task: task.to_owned() }.into_ref(&vm.ctx).into()
}

/// Takes a step: the future has ended.
fn wake_up(task: &Py<PyTask>, ended: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    awaited_by::discard(ended, task.as_object(), vm)?;
    let result = match future::exact(ended) {
        Some(future) => completion::get_result(future, vm),
        None => vm.call_method(ended, "result", ()),
    };
    // As in `CPython`, the error lives until the step is over, and so do the frames in its traceback.
    let error = result.err();
    step::step(task, error.clone(), observed_id(ended), vm)
}

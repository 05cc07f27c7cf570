//! The functions of the module `_asyncio`.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "functions of a native module take what the interpreter hands them, and may always fail"
)]

#[rustpython_vm::pymodule]
pub(crate) mod _asyncio {
    use super::super::{
        awaited_by, destroy,
        future::{self, PyFuture},
        future_iter::PyFutureIter,
        ready::PyReadyStep,
        registry, running,
        state::{renew, state},
        step::PyTaskStep,
        task::PyTask,
        wakeup::PyTaskWakeup,
    };
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
        builtins::{PyModule, PySet},
        class::PyClassImpl,
        extend_module,
    };

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        // A base is made before what inherits from it. The types of the last four are not attributes of the module.
        let future = PyFuture::make_static_type();
        let task = PyTask::make_static_type();
        let _ = PyFutureIter::make_static_type();
        let _ = PyTaskStep::make_static_type();
        let _ = PyTaskWakeup::make_static_type();
        let _ = PyReadyStep::make_static_type();
        destroy::install();
        renew(vm);
        extend_module!(vm, module, { "Future" => future, "Task" => task });
        Ok(())
    }

    #[derive(FromArgs)]
    struct LoopArgument {
        #[pyarg(any, name = "loop", optional)]
        event_loop: Option<PyObjectRef>,
    }

    #[derive(FromArgs)]
    struct TaskArgument {
        #[pyarg(any)]
        task: PyObjectRef,
    }

    #[derive(FromArgs)]
    struct LoopAndTask {
        #[pyarg(any, name = "loop")]
        event_loop: PyObjectRef,
        #[pyarg(any)]
        task: PyObjectRef,
    }

    /// Returns the running loop, or None.
    #[pyfunction]
    fn _get_running_loop(vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(running::running_loop(vm))
    }

    /// Sets the running loop, or None.
    #[pyfunction]
    fn _set_running_loop(event_loop: PyObjectRef, vm: &VirtualMachine) {
        running::set_running_loop(vm.option_if_none(event_loop), vm);
    }

    /// Returns the running loop, or raises `RuntimeError`.
    #[pyfunction]
    fn get_running_loop(vm: &VirtualMachine) -> PyResult {
        running::get_running_loop(vm)
    }

    /// Returns the running loop, or the one that `set_event_loop()` was given.
    #[pyfunction]
    fn get_event_loop(vm: &VirtualMachine) -> PyResult {
        running::get_event_loop(vm)
    }

    /// Returns the task that runs in a loop, or None.
    #[pyfunction]
    fn current_task(arguments: LoopArgument, vm: &VirtualMachine) -> PyResult {
        let event_loop = named_or_running(arguments, vm)?;
        Ok(vm.unwrap_or_none(running::current_task(&event_loop, vm)))
    }

    /// Returns the set of a loop's tasks that have not ended.
    #[pyfunction]
    fn all_tasks(arguments: LoopArgument, vm: &VirtualMachine) -> PyResult<PyRef<PySet>> {
        let event_loop = named_or_running(arguments, vm)?;
        let state = state(vm);
        let mut candidates = registry::tasks();
        if let Some(foreign) = state.foreign_tasks.get() {
            candidates.extend(foreign.clone().try_into_value::<Vec<PyObjectRef>>(vm)?);
        }
        candidates.extend(state.foreign_eager_tasks.elements());
        let tasks = PySet::default().into_ref(&vm.ctx);
        for task in candidates {
            if belongs(&task, &event_loop, vm)? {
                tasks.add(task, vm)?;
            }
        }
        Ok(tasks)
    }

    /// Whether a task has not ended and runs in the loop.
    fn belongs(task: &PyObject, event_loop: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
        if let Some(task) = future::exact(task) {
            return Ok(!task.ended() && task.event_loop(vm)?.is(event_loop));
        }
        if vm.call_method(task, "done", ())?.is(&vm.ctx.true_value) {
            return Ok(false);
        }
        Ok(future::loop_of(task, vm)?.is(event_loop))
    }

    fn named_or_running(arguments: LoopArgument, vm: &VirtualMachine) -> PyResult {
        match arguments.event_loop {
            Some(event_loop) => Ok(event_loop),
            None => running::get_running_loop(vm),
        }
    }

    #[pyfunction]
    fn _enter_task(arguments: LoopAndTask, vm: &VirtualMachine) -> PyResult<()> {
        running::enter_task(&arguments.event_loop, &arguments.task, vm)
    }

    #[pyfunction]
    fn _leave_task(arguments: LoopAndTask, vm: &VirtualMachine) -> PyResult<()> {
        running::leave_task(&arguments.event_loop, &arguments.task, vm)
    }

    #[pyfunction]
    fn _swap_current_task(arguments: LoopAndTask, vm: &VirtualMachine) -> PyResult {
        let task = vm.option_if_none(arguments.task);
        Ok(vm.unwrap_or_none(running::swap_current_task(&arguments.event_loop, task, vm)?))
    }

    #[pyfunction]
    fn _register_task(arguments: TaskArgument, vm: &VirtualMachine) -> PyResult<()> {
        if let Some(task) = arguments.task.downcast_ref::<PyTask>() {
            registry::register(task);
            return Ok(());
        }
        vm.call_method(state(vm).foreign_tasks(vm)?, "add", (arguments.task,))
            .map(drop)
    }

    #[pyfunction]
    fn _unregister_task(arguments: TaskArgument, vm: &VirtualMachine) -> PyResult<()> {
        if let Some(task) = arguments.task.downcast_ref::<PyTask>() {
            registry::unregister(task);
            return Ok(());
        }
        vm.call_method(state(vm).foreign_tasks(vm)?, "discard", (arguments.task,))
            .map(drop)
    }

    #[pyfunction]
    fn _register_eager_task(arguments: TaskArgument, vm: &VirtualMachine) -> PyResult<()> {
        if let Some(task) = arguments.task.downcast_ref::<PyTask>() {
            registry::register(task);
            return Ok(());
        }
        state(vm).foreign_eager_tasks.add(arguments.task, vm)
    }

    #[pyfunction]
    fn _unregister_eager_task(arguments: TaskArgument, vm: &VirtualMachine) -> PyResult<()> {
        if let Some(task) = arguments.task.downcast_ref::<PyTask>() {
            registry::unregister(task);
            return Ok(());
        }
        state(vm).foreign_eager_tasks.discard(arguments.task, vm)
    }

    /// Notes that a future is awaited by a task or another future.
    #[pyfunction]
    fn future_add_to_awaited_by(future: PyObjectRef, waiter: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        awaited_by::add(&future, &waiter, vm)?;
        awaited_by::tell(&future, &waiter, false);
        Ok(())
    }

    /// Notes that a future is no longer awaited by a task or another future.
    #[pyfunction]
    fn future_discard_from_awaited_by(future: PyObjectRef, waiter: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        awaited_by::discard(&future, &waiter, vm)?;
        awaited_by::tell(&future, &waiter, true);
        Ok(())
    }
}

//! A step of a task: from the loop into its coroutine and back.

use super::{
    awaited_by, completion,
    future::{self, PyFuture},
    registry, running,
    state::{invalid_state, state},
    task::{PyTask, as_future},
    wakeup,
};
use crate::engine::{
    recorder::{self, WaitOn},
    schedule,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyCoroutine, PyGenerator},
    common::wtf8::{Wtf8Buf, wtf8_concat},
    function::FuncArgs,
    object::{Traverse, TraverseFn},
    protocol::PyIterReturn,
    pyclass,
    types::Callable,
};

/// What `call_soon` is given to make a task run: a call is a step.
#[pyclass(module = "_asyncio", name = "TaskStepMethWrapper", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct PyTaskStep {
    pub(super) task: PyRef<PyTask>,
    /// Thrown into the coroutine.
    exception: Option<PyBaseExceptionRef>,
    /// The task is the current one already, as at an eager start.
    entered: bool,
}

// SAFETY: both references are reported once. Neither is given up early: a cycle through a step also goes through its
// task, which gives up its own.
unsafe impl Traverse for PyTaskStep {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        tracer(self.task.as_object());
        self.exception.traverse(tracer);
    }
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(Callable))]
impl PyTaskStep {
    #[pygetset]
    fn __self__(zelf: &Py<Self>) -> PyRef<PyTask> {
        zelf.task.clone()
    }
}

impl Callable for PyTaskStep {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if !arguments.kwargs.is_empty() {
            return Err(vm.new_type_error("function takes no keyword arguments"));
        }
        if !arguments.args.is_empty() {
            return Err(vm.new_type_error("function takes no positional arguments"));
        }
        let exception = zelf.exception.clone();
        if zelf.entered {
            run(&zelf.task, exception, None, vm)?;
        } else {
            step(&zelf.task, exception, None, vm)?;
        }
        Ok(vm.ctx.none())
    }
}

/// Makes the loop run a step of the task soon.
pub(super) fn schedule(task: &Py<PyTask>, exception: Option<PyBaseExceptionRef>, vm: &VirtualMachine) -> PyResult<()> {
    let callback = PyTaskStep {
        task: task.to_owned(),
        exception,
        entered: false,
    }
    .into_ref(&vm.ctx);
    completion::call_soon(&*task.event_loop(vm)?, callback.into(), None, task.context.get(), vm)
}

/// Runs the task as its loop's current one.
pub(super) fn step(
    task: &Py<PyTask>,
    exception: Option<PyBaseExceptionRef>,
    woken_by: Option<u32>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let event_loop = task.event_loop(vm)?;
    running::enter_task(&event_loop, task.as_object(), vm)?;
    let result = run(task, exception, woken_by, vm);
    let left = running::leave_task(&event_loop, task.as_object(), vm);
    result.and(left)
}

/// Runs the first step of a new task at once, inside the step of another.
pub(super) fn start_eagerly(task: &Py<PyTask>, vm: &VirtualMachine) -> PyResult<()> {
    let event_loop = task.event_loop(vm)?;
    let previous = running::swap_current_task(&event_loop, Some(task.as_object().to_owned()), vm)?;
    registry::register(task);
    let first = PyTaskStep {
        task: task.to_owned(),
        exception: None,
        entered: true,
    }
    .into_ref(&vm.ctx);
    let context = vm.unwrap_or_none(task.context.get());
    let result = vm.call_method(&context, "run", (first,));
    let swapped = running::swap_current_task(&event_loop, previous, vm);
    if task.ended() {
        task.coroutine.set(None);
    }
    result.and(swapped).map(drop)
}

/// Resumes the coroutine and acts on what it did.
fn run(
    task: &Py<PyTask>,
    exception: Option<PyBaseExceptionRef>,
    woken_by: Option<u32>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if task.ended() {
        let thrown = vm.unwrap_or_none(exception.map(Into::into)).repr(vm)?;
        let task = task.as_object().repr(vm)?;
        let message = wtf8_concat!("__step(): already done: ", task.as_wtf8(), " ", thrown.as_wtf8());
        return Err(invalid_state(message, vm));
    }
    let (exception, cancel) = cancellation(task, exception, vm)?;
    task.waiter.set(None);
    let Some(coroutine) = task.coroutine.get() else {
        return Err(vm.new_runtime_error("uninitialized Task object"));
    };
    if let Some(id) = task.id() {
        recorder::step_started(id, woken_by, cancel, vm);
        if let Some(error) = exception.as_ref().filter(|_| cancel) {
            recorder::cancellation_thrown(id, error);
        }
        // What no future has failed with is the loop's own: it refuses what the coroutine has given it.
        if let Some(refusal) = exception.as_ref().filter(|_| woken_by.is_none() && !cancel) {
            recorder::refused(refusal, &coroutine, vm);
        }
    }
    let finished = match resume(&coroutine, exception, vm) {
        Ok(PyIterReturn::Return(yielded)) => return suspend(task, &coroutine, &yielded, vm),
        Ok(PyIterReturn::StopIteration(value)) => returned(task, vm.unwrap_or_none(value), vm),
        Err(error) => raised(task, error, vm),
    };
    if let Some(id) = task.id() {
        recorder::step_finished(id, vm);
    }
    finished
}

/// What to throw into the coroutine, and whether that is a cancellation.
fn cancellation(
    task: &Py<PyTask>,
    exception: Option<PyBaseExceptionRef>,
    vm: &VirtualMachine,
) -> PyResult<(Option<PyBaseExceptionRef>, bool)> {
    let cancelled = match &exception {
        Some(exception) => completion::is_cancelled_error(exception.as_object(), vm)?,
        None => false,
    };
    if task.must_cancel.replace(false) && !cancelled {
        return Ok((Some(completion::make_cancelled_error(task, vm)), true));
    }
    Ok((exception, cancelled))
}

/// Sends `None`, or throws.
fn resume(coroutine: &PyObject, exception: Option<PyBaseExceptionRef>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    let inner = if let Some(coroutine) = coroutine.downcast_ref::<PyCoroutine>() {
        Some(coroutine.as_coro())
    } else {
        coroutine
            .downcast_ref::<PyGenerator>()
            .map(|generator| generator.as_coro())
    };
    match (inner, exception) {
        (Some(inner), None) => inner.send(coroutine, vm.ctx.none(), vm),
        (Some(inner), Some(exception)) => inner.throw(coroutine, exception.into(), vm.ctx.none(), vm.ctx.none(), vm),
        (None, None) => match coroutine.class().slots().iternext.load() {
            Some(next) => next(coroutine, vm),
            None => PyIterReturn::from_pyresult(vm.call_method(coroutine, "send", (vm.ctx.none(),)), vm),
        },
        (None, Some(exception)) => PyIterReturn::from_pyresult(vm.call_method(coroutine, "throw", (exception,)), vm),
    }
}

fn returned(task: &Py<PyTask>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    if task.must_cancel.replace(false) {
        // Cancelled by its own last step: there is no await left to throw at.
        let message = task.cancel_message.get();
        return completion::cancel(as_future(task), message, vm).map(drop);
    }
    completion::set_result(as_future(task), value, vm)
}

fn raised(task: &Py<PyTask>, error: PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<()> {
    if completion::is_cancelled_error(error.as_object(), vm)? {
        task.cancelled_error.set(Some(error));
        return completion::cancel(as_future(task), None, vm).map(drop);
    }
    completion::set_exception(as_future(task), error.clone().into(), vm)?;
    let exceptions = &vm.ctx.exceptions;
    if error.fast_isinstance(exceptions.keyboard_interrupt) || error.fast_isinstance(exceptions.system_exit) {
        return Err(error);
    }
    Ok(())
}

/// Acts on what the coroutine yielded, and tells the recorder what the task waits for.
fn suspend(task: &Py<PyTask>, coroutine: &PyObject, yielded: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let result = wait_for(task, yielded, vm);
    if let Some(id) = task.id() {
        let on = if matches!(result, Ok(true)) || yielded.is(task.as_object()) {
            WaitOn::Future {
                id: super::observed_id(yielded).unwrap_or(0),
                object: yielded,
            }
        } else {
            WaitOn::Yield
        };
        recorder::step_suspended(id, coroutine, on, vm);
        if schedule::suspended(id) {
            vm.call_method(task.as_object(), "cancel", ())?;
        }
    }
    result.map(drop)
}

/// Returns whether the task waits for a future now; otherwise another step is scheduled.
fn wait_for(task: &Py<PyTask>, yielded: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    if yielded.is(task.as_object()) {
        return fail(
            task,
            wtf8_concat!("Task cannot await on itself: ", yielded.repr(vm)?.as_wtf8()),
            vm,
        );
    }
    if let Some(future) = future::exact(yielded) {
        return wait_for_native(task, future, vm);
    }
    if vm.is_none(yielded) {
        schedule(task, None, vm)?;
        return Ok(false);
    }
    let blocking = vm.get_attribute_opt(yielded, state(vm).blocking)?;
    match blocking.filter(|blocking| !vm.is_none(blocking)) {
        Some(blocking) => wait_for_foreign(task, yielded, blocking.try_to_bool(vm)?, vm),
        None => refuse(task, yielded, vm),
    }
}

/// The common case: a future whose methods nobody can have overridden.
fn wait_for_native(task: &Py<PyTask>, future: &Py<PyFuture>, vm: &VirtualMachine) -> PyResult<bool> {
    if !future.event_loop(vm)?.is(&task.event_loop(vm)?) {
        return different_loop(task, future.as_object(), vm);
    }
    if !future.blocking.get() {
        return not_awaited(task, future.as_object(), vm);
    }
    awaited_by::add(future.as_object(), task.as_object(), vm)?;
    future.blocking.set(false);
    let context = vm.unwrap_or_none(task.context.get());
    completion::add_done_callback(future, wakeup::callback(task, vm), context, vm)?;
    task.waiter.set(Some(future.as_object().to_owned()));
    pass_cancellation_on(task, future.as_object(), vm)?;
    Ok(true)
}

/// A subclass, or anything that behaves like a future.
fn wait_for_foreign(task: &Py<PyTask>, future: &PyObject, blocking: bool, vm: &VirtualMachine) -> PyResult<bool> {
    if !future::loop_of(future, vm)?.is(&task.event_loop(vm)?) {
        return different_loop(task, future, vm);
    }
    if !blocking {
        return not_awaited(task, future, vm);
    }
    awaited_by::add(future, task.as_object(), vm)?;
    let state = state(vm);
    future.set_attr(state.blocking, vm.ctx.new_bool(false), vm)?;
    let add = future.get_attr("add_done_callback", vm)?;
    let context = vm.unwrap_or_none(task.context.get());
    add.vectorcall(
        vec![wakeup::callback(task, vm), context],
        1,
        Some(&state.context_keyword),
        vm,
    )?;
    task.waiter.set(Some(future.to_owned()));
    pass_cancellation_on(task, future, vm)?;
    Ok(true)
}

/// A task that was cancelled while it ran cancels what it now waits for.
fn pass_cancellation_on(task: &Py<PyTask>, future: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if task.must_cancel.get() {
        let message = vm.unwrap_or_none(task.cancel_message.get());
        if vm.call_method(future, "cancel", (message,))?.try_to_bool(vm)? {
            task.must_cancel.set(false);
        }
    }
    Ok(())
}

fn different_loop(task: &Py<PyTask>, future: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    let message = wtf8_concat!(
        "Task ",
        task.as_object().repr(vm)?.as_wtf8(),
        " got Future ",
        future.repr(vm)?.as_wtf8(),
        " attached to a different loop"
    );
    fail(task, message, vm)
}

fn not_awaited(task: &Py<PyTask>, future: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    let message = wtf8_concat!(
        "yield was used instead of yield from in task ",
        task.as_object().repr(vm)?.as_wtf8(),
        " with ",
        future.repr(vm)?.as_wtf8()
    );
    fail(task, message, vm)
}

/// Something that no future can be made of.
fn refuse(task: &Py<PyTask>, yielded: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    let shown = yielded.repr(vm)?;
    let message = if yielded.fast_isinstance(vm.ctx.types.generator_type) {
        wtf8_concat!(
            "yield was used instead of yield from for generator in task ",
            task.as_object().repr(vm)?.as_wtf8(),
            " with ",
            shown.as_wtf8()
        )
    } else {
        wtf8_concat!("Task got bad yield: ", shown.as_wtf8())
    };
    fail(task, message, vm)
}

/// Throws a `RuntimeError` into the coroutine, soon.
fn fail(task: &Py<PyTask>, message: Wtf8Buf, vm: &VirtualMachine) -> PyResult<bool> {
    let error = vm.new_runtime_error(message);
    schedule(task, Some(error), vm)?;
    Ok(false)
}

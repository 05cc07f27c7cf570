//! `asyncio.Task`.

#![expect(
    clippy::doc_markdown,
    reason = "a program reads the documentation of these classes, which is CPython's to the letter"
)]

use super::{
    completion, destroy,
    future::{CancelArguments, FutureState, PyFuture, assigned_truth},
    registry,
    slot::Slot,
    state::{Function, state},
    step,
};
use crate::engine::{recorder, schedule};
use core::{cell::Cell, mem};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObjectRef, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyGenericAlias, PyStr, PyStrRef, PyType, PyTypeRef},
    common::wtf8::wtf8_concat,
    function::{FuncArgs, PySetterValue},
    object::{Traverse, TraverseFn},
    pyclass,
    types::{Constructor, Destructor, Initializer, Representable},
};
use std::collections::BTreeSet;

thread_local! {
    /// How many tasks have been given a name of their own.
    static NAMED: Cell<u64> = const { Cell::new(0) };
}

/// A coroutine wrapped in a Future.
#[pyclass(module = "_asyncio", name = "Task", base = PyFuture, traverse = "manual")]
#[derive(Debug, Default)]
pub(crate) struct PyTask {
    base: PyFuture,
    /// Absent before `__init__`, and after a first eager step that ended the task.
    pub(super) coroutine: Slot,
    /// The future whose end will wake the task up.
    pub(super) waiter: Slot,
    pub(super) name: Slot,
    pub(super) context: Slot,
    /// The next step throws `CancelledError`.
    pub(super) must_cancel: Cell<bool>,
    pub(super) cancels_requested: Cell<i32>,
    pub(super) log_destroy_pending: Cell<bool>,
    /// The registry's entry, 0 for none.
    pub(super) entry: Cell<u64>,
}

// SAFETY: every field that owns references reports each of them once.
unsafe impl Traverse for PyTask {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.base.traverse(tracer);
        self.coroutine.traverse(tracer);
        self.waiter.traverse(tracer);
        self.name.traverse(tracer);
        self.context.traverse(tracer);
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        self.base.clear(out);
        self.coroutine.clear(out);
        self.waiter.clear(out);
        self.name.clear(out);
        self.context.clear(out);
    }
}

impl Drop for PyTask {
    /// A subclass with a destructor of its own need not have called ours.
    fn drop(&mut self) {
        registry::unregister(self);
    }
}

impl core::ops::Deref for PyTask {
    type Target = PyFuture;

    fn deref(&self) -> &PyFuture {
        &self.base
    }
}

/// A task as the future it is.
pub(super) fn as_future(task: &Py<PyTask>) -> &Py<PyFuture> {
    // SAFETY: the payload of a task begins with that of a future, which the class declaration checks.
    unsafe { task.as_object().downcast_unchecked_ref::<PyFuture>() }
}

#[derive(FromArgs)]
pub(crate) struct TaskArguments {
    #[pyarg(any, name = "coro")]
    coroutine: PyObjectRef,
    #[pyarg(named, name = "loop", optional)]
    event_loop: Option<PyObjectRef>,
    #[pyarg(named, optional)]
    name: Option<PyObjectRef>,
    #[pyarg(named, optional)]
    context: Option<PyObjectRef>,
    #[pyarg(named, optional)]
    eager_start: Option<PyObjectRef>,
}

#[derive(FromArgs)]
struct StackArguments {
    #[pyarg(named, optional)]
    limit: Option<PyObjectRef>,
}

#[derive(FromArgs)]
struct PrintStackArguments {
    #[pyarg(named, optional)]
    limit: Option<PyObjectRef>,
    #[pyarg(named, optional)]
    file: Option<PyObjectRef>,
}

impl Constructor for PyTask {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _arguments: Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl Initializer for PyTask {
    type Args = TaskArguments;

    fn init(zelf: &Py<Self>, arguments: Self::Args, vm: &VirtualMachine) -> PyResult<()> {
        let eager = arguments.eager_start.map_or(Ok(false), |eager| eager.try_to_bool(vm))?;
        zelf.initialize(arguments.event_loop.clone(), vm)?;
        if !is_coroutine(&arguments.coroutine, vm)? {
            zelf.log_destroy_pending.set(false);
            let given = arguments.coroutine.repr(vm)?;
            return Err(vm.new_type_error(wtf8_concat!("a coroutine was expected, got ", given.as_wtf8())));
        }
        let context = match arguments.context {
            Some(context) => context,
            None => state(vm).copy_context(vm)?,
        };
        zelf.context.set(Some(context));
        zelf.waiter.set(None);
        zelf.must_cancel.set(false);
        zelf.cancels_requested.set(0);
        zelf.log_destroy_pending.set(true);
        zelf.coroutine.set(Some(arguments.coroutine.clone()));
        let name = match arguments.name {
            Some(name) => text_of(name, vm)?,
            None => next_name(vm),
        };
        zelf.name.set(Some(name.clone().into()));

        // As in CPython, the loop has to be named for an eager start.
        let starts = eager
            && vm
                .call_method(&vm.unwrap_or_none(arguments.event_loop), "is_running", ())?
                .is(&vm.ctx.true_value);
        if let Some(id) = zelf.identify() {
            schedule::task_created(id);
            recorder::task_created(
                id,
                zelf.as_object(),
                &name.to_string_lossy(),
                &arguments.coroutine,
                starts,
                vm,
            );
        }
        if starts {
            return step::start_eagerly(zelf, vm);
        }
        step::schedule(zelf, None, vm)?;
        registry::register(zelf);
        Ok(())
    }
}

fn next_name(vm: &VirtualMachine) -> PyStrRef {
    let number = NAMED.get() + 1;
    NAMED.set(number);
    vm.ctx.new_str(format!("Task-{number}"))
}

/// The object if it is exactly a string, otherwise its text.
fn text_of(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    if object.class().is(vm.ctx.types.str_type) {
        return object.try_into_value(vm);
    }
    object.str(vm)
}

fn is_coroutine(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
    if object.class().is(vm.ctx.types.coroutine_type) {
        return Ok(true);
    }
    state(vm)
        .function(Function::IsCoroutine, vm)?
        .call((object.clone(),), vm)?
        .try_to_bool(vm)
}

impl Destructor for PyTask {
    fn del(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        destroy::task(zelf, vm);
        Ok(())
    }
}

impl Representable for PyTask {
    fn repr(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
        let text = state(vm)
            .function(Function::TaskRepr, vm)?
            .call((zelf.to_owned(),), vm)?;
        text.try_into_value(vm)
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Destructor, Representable)
)]
impl PyTask {
    #[pymethod]
    fn set_result(_zelf: &Py<Self>, _result: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_runtime_error("Task does not support set_result operation"))
    }

    #[pymethod]
    fn set_exception(_zelf: &Py<Self>, _exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_runtime_error("Task does not support set_exception operation"))
    }

    /// Request that this task cancel itself.
    ///
    /// This arranges for a CancelledError to be thrown into the
    /// wrapped coroutine on the next cycle through the event loop.
    /// The coroutine then has a chance to clean up or even deny
    /// the request using try/except/finally.
    ///
    /// Unlike Future.cancel, this does not guarantee that the
    /// task will be cancelled: the exception might be caught and
    /// acted upon, delaying cancellation of the task or preventing
    /// cancellation completely.  The task may also return a value or
    /// raise a different exception.
    ///
    /// Immediately after this method is called, Task.cancelled() will
    /// not return True (unless the task was already cancelled).  A
    /// task will be marked as cancelled when the wrapped coroutine
    /// terminates with a CancelledError exception (even if cancel()
    /// was not called).
    ///
    /// This also increases the task's count of cancellation requests.
    #[pymethod]
    fn cancel(zelf: &Py<Self>, arguments: CancelArguments, vm: &VirtualMachine) -> PyResult<bool> {
        let message = arguments.message.unwrap_or_none(vm);
        // Tasks may wait for each other in a long row: they are asked one after the other, not one within the other.
        let mut asked = BTreeSet::new();
        let mut asking = None;
        let mut task = zelf.to_owned();
        loop {
            if !task.count_cancellation(vm) {
                let Some(asking) = asking else { return Ok(false) };
                task = asking;
                break;
            }
            asked.insert(task.get_id());
            let Some(waiter) = task.waiter.get() else { break };
            let Ok(next) = waiter.clone().downcast_exact::<Self>(vm) else {
                let accepted = vm.with_recursion("while calling a Python object", || {
                    vm.call_method(&waiter, "cancel", (message.clone(),))
                })?;
                if accepted.try_to_bool(vm)? {
                    return Ok(true);
                }
                break;
            };
            if asked.contains(&next.get_id()) {
                // In a circle CPython goes round until its stack is full.
                let message = "maximum recursion depth exceeded while calling a Python object";
                return Err(vm.new_recursion_error(message.to_owned()));
            }
            asking = Some(mem::replace(&mut task, next.into_pyref()));
        }
        task.must_cancel.set(true);
        task.cancel_message.set(Some(message));
        Ok(true)
    }

    /// Return the count of the task's cancellation requests.
    ///
    /// This count is incremented when .cancel() is called
    /// and may be decremented using .uncancel().
    #[pymethod]
    fn cancelling(zelf: &Py<Self>) -> i32 {
        zelf.cancels_requested.get()
    }

    /// Decrement the task's count of cancellation requests.
    ///
    /// This should be used by tasks that catch CancelledError
    /// and wish to continue indefinitely until they are cancelled again.
    ///
    /// Returns the remaining number of cancellation requests.
    #[pymethod]
    fn uncancel(zelf: &Py<Self>, vm: &VirtualMachine) -> i32 {
        let count = zelf.cancels_requested.get();
        if count <= 0 {
            return count;
        }
        zelf.cancels_requested.set(count - 1);
        if count == 1 {
            zelf.must_cancel.set(false);
        }
        if let Some(id) = zelf.id() {
            recorder::uncancelled(id, (count - 1).unsigned_abs(), vm);
        }
        count - 1
    }

    /// Return the list of stack frames for this task's coroutine.
    ///
    /// If the coroutine is not done, this returns the stack where it is
    /// suspended.  If the coroutine has completed successfully or was
    /// cancelled, this returns an empty list.  If the coroutine was
    /// terminated by an exception, this returns the list of traceback
    /// frames.
    ///
    /// The frames are always ordered from oldest to newest.
    ///
    /// The optional limit gives the maximum number of frames to
    /// return; by default all available frames are returned.  Its
    /// meaning differs depending on whether a stack or a traceback is
    /// returned: the newest frames of a stack are returned, but the
    /// oldest frames of a traceback are returned.  (This matches the
    /// behavior of the traceback module.)
    ///
    /// For reasons beyond our control, only one stack frame is
    /// returned for a suspended coroutine.
    #[pymethod]
    fn get_stack(zelf: &Py<Self>, arguments: StackArguments, vm: &VirtualMachine) -> PyResult {
        let limit = vm.unwrap_or_none(arguments.limit);
        state(vm)
            .function(Function::TaskGetStack, vm)?
            .call((zelf.to_owned(), limit), vm)
    }

    /// Print the stack or traceback for this task's coroutine.
    ///
    /// This produces output similar to that of the traceback module,
    /// for the frames retrieved by get_stack().  The limit argument
    /// is passed to get_stack().  The file argument is an I/O stream
    /// to which the output is written; by default output is written
    /// to sys.stderr.
    #[pymethod]
    fn print_stack(zelf: &Py<Self>, arguments: PrintStackArguments, vm: &VirtualMachine) -> PyResult {
        let limit = vm.unwrap_or_none(arguments.limit);
        let file = vm.unwrap_or_none(arguments.file);
        state(vm)
            .function(Function::TaskPrintStack, vm)?
            .call((zelf.to_owned(), limit, file), vm)
    }

    /// Create the CancelledError to raise if the Task is cancelled.
    ///
    /// This should only be called once when handling a cancellation since
    /// it erases the context exception value.
    #[pymethod]
    fn _make_cancelled_error(zelf: &Py<Self>, vm: &VirtualMachine) -> PyBaseExceptionRef {
        completion::make_cancelled_error(zelf, vm)
    }

    #[pymethod]
    fn get_name(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.name.get())
    }

    #[pymethod]
    fn set_name(zelf: &Py<Self>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = text_of(value, vm)?;
        if let Some(id) = zelf.id() {
            recorder::task_renamed(id, &name.to_string_lossy(), vm);
        }
        zelf.name.set(Some(name.into()));
        Ok(())
    }

    #[pymethod]
    fn get_coro(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.coroutine.get())
    }

    #[pymethod]
    fn get_context(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.context.get())
    }

    #[pyclassmethod]
    fn __class_getitem__(class: PyTypeRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, item, vm)
    }

    #[pygetset]
    fn _log_destroy_pending(zelf: &Py<Self>) -> bool {
        zelf.log_destroy_pending.get()
    }

    #[pygetset(setter)]
    fn set__log_destroy_pending(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        zelf.log_destroy_pending.set(assigned_truth(value, vm)?);
        Ok(())
    }

    #[pygetset]
    fn _must_cancel(zelf: &Py<Self>) -> bool {
        zelf.must_cancel.get()
    }

    #[pygetset]
    fn _coro(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.coroutine.get())
    }

    #[pygetset]
    fn _fut_waiter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.waiter.get())
    }
}

impl PyTask {
    /// Notes that the task was asked to end; `false` if it has ended already.
    fn count_cancellation(&self, vm: &VirtualMachine) -> bool {
        self.silence();
        if self.state.get() != FutureState::Pending {
            return false;
        }
        let count = self.cancels_requested.get() + 1;
        self.cancels_requested.set(count);
        if let Some(id) = self.id() {
            recorder::cancel_requested(id, true, count.unsigned_abs(), vm);
        }
        true
    }
}

//! `asyncio.Future`.

#![expect(
    clippy::doc_markdown,
    reason = "a program reads the documentation of these classes, which is CPython's to the letter"
)]

use super::{
    awaited_by::AwaitedBy,
    completion, destroy,
    future_iter::PyFutureIter,
    running,
    slot::Slot,
    state::{Function, invalid_state, state},
    task::PyTask,
};
use crate::engine::recorder;
use core::{cell::Cell, ops::RangeInclusive, sync::atomic::Ordering};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyGenericAlias, PyStr, PyTraceback, PyType, PyTypeRef},
    class::StaticType,
    common::lock::PyRwLock,
    function::{ArgumentError, FuncArgs, OptionalArg, PySetterValue},
    object::{Traverse, TraverseFn},
    pyclass,
    types::{Constructor, Destructor, Initializer, Iterable, Representable},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FutureState {
    Pending,
    Cancelled,
    Finished,
}

/// This class is *almost* compatible with concurrent.futures.Future.
///
///     Differences:
///
///     - result() and exception() do not take a timeout argument and
///       raise an exception when the future isn't done yet.
///
///     - Callbacks registered with add_done_callback() are always called
///       via the event loop's call_soon_threadsafe().
///
///     - This class is not compatible with the wait() and as_completed()
///       methods in the concurrent.futures package.
#[pyclass(module = "_asyncio", name = "Future", traverse = "manual")]
#[derive(Debug, PyPayload)]
// A subclass is laid out behind its base, and the interpreter wants both aligned alike: on a 32-bit target that is said.
#[repr(align(8))]
pub(crate) struct PyFuture {
    /// Set by `__init__`; absent in an object that has only been allocated.
    pub(super) event_loop: Slot,
    /// What to call when the future ends, each with its context.
    pub(super) callbacks: PyRwLock<Vec<(PyObjectRef, PyObjectRef)>>,
    pub(super) exception: Slot<PyBaseExceptionRef>,
    /// The traceback `exception` had when it was set, until it is raised for the first time.
    pub(super) exception_traceback: Slot<PyRef<PyTraceback>>,
    pub(super) result: Slot,
    pub(super) source_traceback: Slot,
    pub(super) cancel_message: Slot,
    /// The error that ended a cancelled task, until it is raised.
    pub(super) cancelled_error: Slot<PyBaseExceptionRef>,
    pub(super) awaited_by: AwaitedBy,
    pub(super) state: Cell<FutureState>,
    /// The exception has not been looked at.
    pub(super) log_traceback: Cell<bool>,
    /// It was cancelled while nothing waited for it, and nobody has joined it since.
    pub(super) unjoined: Cell<bool>,
    /// `cancel()` has ended what CPython would say of the exception, and nobody has looked at it since.
    pub(super) silenced: Cell<bool>,
    /// Its exception was taken by a callback, and by no task since.
    pub(super) taken_by_callback: Cell<bool>,
    /// The future has been yielded by its own iterator, and no task has taken note yet.
    pub(super) blocking: Cell<bool>,
    /// The recorder's id, 0 for none.
    pub(super) fut_id: Cell<u32>,
}

// SAFETY: every field that owns references reports each of them once.
unsafe impl Traverse for PyFuture {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.event_loop.traverse(tracer);
        self.callbacks.traverse(tracer);
        self.exception.traverse(tracer);
        self.exception_traceback.traverse(tracer);
        self.result.traverse(tracer);
        self.source_traceback.traverse(tracer);
        self.cancel_message.traverse(tracer);
        self.cancelled_error.traverse(tracer);
        self.awaited_by.traverse(tracer);
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        self.event_loop.clear(out);
        for (callback, context) in core::mem::take(&mut *self.callbacks.write()) {
            out.extend([callback, context]);
        }
        self.exception.clear(out);
        self.exception_traceback.clear(out);
        self.result.clear(out);
        self.source_traceback.clear(out);
        self.cancel_message.clear(out);
        self.cancelled_error.clear(out);
        self.awaited_by.clear(out);
    }
}

impl Default for PyFuture {
    fn default() -> Self {
        Self {
            event_loop: Slot::default(),
            callbacks: PyRwLock::new(Vec::new()),
            exception: Slot::default(),
            exception_traceback: Slot::default(),
            result: Slot::default(),
            source_traceback: Slot::default(),
            cancel_message: Slot::default(),
            cancelled_error: Slot::default(),
            awaited_by: AwaitedBy::default(),
            state: Cell::new(FutureState::Pending),
            log_traceback: Cell::new(false),
            silenced: Cell::new(false),
            unjoined: Cell::new(false),
            taken_by_callback: Cell::new(false),
            blocking: Cell::new(false),
            fut_id: Cell::new(0),
        }
    }
}

impl PyFuture {
    /// The recorder's id.
    pub(super) fn id(&self) -> Option<u32> {
        Some(self.fut_id.get()).filter(|id| *id != 0)
    }

    /// The id, given at the first initialisation; `None` if the future had one before.
    pub(super) fn identify(&self) -> Option<u32> {
        if self.fut_id.get() != 0 {
            return None;
        }
        self.fut_id.set(recorder::new_id());
        self.id()
    }

    pub(super) fn ended(&self) -> bool {
        self.state.get() != FutureState::Pending
    }

    pub(super) fn ensure_alive(&self, vm: &VirtualMachine) -> PyResult<()> {
        if self.event_loop.is_set() {
            Ok(())
        } else {
            Err(uninitialized(vm))
        }
    }

    /// What CPython's `cancel()` does to a failure, although it takes nobody's place: nothing will be said of it at the end.
    pub(super) fn silence(&self) {
        let silenced = self.log_traceback.replace(false) || self.silenced.get();
        self.silenced.set(silenced);
    }

    pub(super) fn event_loop(&self, vm: &VirtualMachine) -> PyResult {
        self.event_loop.get().ok_or_else(|| uninitialized(vm))
    }

    /// Takes the future back to its beginning, in the given loop or the current one.
    pub(super) fn initialize(&self, event_loop: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        self.event_loop.set(None);
        let old = core::mem::take(&mut *self.callbacks.write());
        drop(old);
        self.exception.set(None);
        self.exception_traceback.set(None);
        self.result.set(None);
        self.source_traceback.set(None);
        self.cancel_message.set(None);
        self.cancelled_error.set(None);
        self.awaited_by.reset();
        self.state.set(FutureState::Pending);
        self.log_traceback.set(false);
        self.silenced.set(false);
        self.taken_by_callback.set(false);
        self.blocking.set(false);

        let event_loop = match event_loop {
            Some(event_loop) => event_loop,
            None => running::get_event_loop(vm)?,
        };
        self.event_loop.set(Some(event_loop.clone()));
        let debug = vm.call_method(&event_loop, "get_debug", ())?.try_to_bool(vm)?;
        if debug && !vm.state.finalizing.load(Ordering::Acquire) {
            let stack = state(vm).function(Function::ExtractStack, vm)?.call((), vm)?;
            self.source_traceback.set(Some(stack));
        }
        Ok(())
    }
}

fn uninitialized(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_runtime_error("Future object is not initialized.")
}

fn cannot_delete(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_attribute_error("cannot delete attribute")
}

/// The truth of a value that is assigned to an attribute.
pub(super) fn assigned_truth(value: PySetterValue, vm: &VirtualMachine) -> PyResult<bool> {
    match value {
        PySetterValue::Assign(value) => value.try_to_bool(vm),
        PySetterValue::Delete => Err(cannot_delete(vm)),
    }
}

/// A future or task of our own class, whose methods nobody can have overridden.
pub(super) fn exact(object: &PyObject) -> Option<&Py<PyFuture>> {
    let class = object.class();
    if class.is(PyFuture::static_type()) || class.is(PyTask::static_type()) {
        object.downcast_ref::<PyFuture>()
    } else {
        None
    }
}

/// The loop of anything that looks like a future.
pub(super) fn loop_of(object: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let Some(future) = exact(object) {
        return future.event_loop(vm);
    }
    match vm.get_attribute_opt(object, "get_loop")? {
        Some(get_loop) => get_loop.call((), vm),
        None => object.get_attr("_loop", vm),
    }
}

#[derive(FromArgs)]
pub(crate) struct FutureArguments {
    #[pyarg(named, name = "loop", optional)]
    event_loop: Option<PyObjectRef>,
}

#[derive(FromArgs)]
struct CallbackArguments {
    #[pyarg(positional, name = "fn")]
    callback: PyObjectRef,
    #[pyarg(named, optional)]
    context: OptionalArg<PyObjectRef>,
}

/// The only argument of a method that is told its class in C, where arguments are counted in words of their own.
pub(super) struct OnlyArgument(PyObjectRef);

impl rustpython_vm::function::FromArgs for OnlyArgument {
    const NAMED: Option<(usize, usize)> = Some((0, 0));

    fn arity() -> RangeInclusive<usize> {
        1..=1
    }

    fn from_args(_vm: &VirtualMachine, arguments: &mut FuncArgs) -> Result<Self, ArgumentError> {
        arguments.take_positional().map(Self).ok_or(ArgumentError::TooFewArgs)
    }
}

#[derive(FromArgs)]
pub(super) struct CancelArguments {
    #[pyarg(any, name = "msg", optional, py_default = "None")]
    pub(super) message: OptionalArg<PyObjectRef>,
}

impl Constructor for PyFuture {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _arguments: Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl Initializer for PyFuture {
    type Args = FutureArguments;

    fn init(zelf: &Py<Self>, arguments: Self::Args, vm: &VirtualMachine) -> PyResult<()> {
        zelf.initialize(arguments.event_loop, vm)?;
        if let Some(id) = zelf.identify() {
            recorder::future_created(id, &zelf.class().name(), vm);
        }
        Ok(())
    }
}

impl Destructor for PyFuture {
    fn del(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        destroy::future(zelf, vm);
        Ok(())
    }
}

impl Representable for PyFuture {
    fn repr(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
        zelf.ensure_alive(vm)?;
        let text = state(vm)
            .function(Function::FutureRepr, vm)?
            .call((zelf.to_owned(),), vm)?;
        text.try_into_value(vm)
    }
}

impl Iterable for PyFuture {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.ensure_alive(vm)?;
        Ok(PyFutureIter::new(zelf).into_pyobject(vm))
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Destructor, Representable, Iterable)
)]
impl PyFuture {
    /// Return the result this future represents.
    ///
    /// If the future has been cancelled, raises CancelledError.  If the
    /// future's result isn't yet available, raises InvalidStateError.  If
    /// the future is done and has an exception set, this exception is raised.
    #[pymethod]
    fn result(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        if !zelf.event_loop.is_set() {
            return Err(invalid_state("Future object is not initialized.", vm));
        }
        completion::raise_result(zelf, vm)
    }

    /// Return the exception that was set on this future.
    ///
    /// The exception (or None if no exception was set) is returned only if
    /// the future is done.  If the future has been cancelled, raises
    /// CancelledError.  If the future isn't done yet, raises
    /// InvalidStateError.
    #[pymethod]
    fn exception(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        if !zelf.event_loop.is_set() {
            return Err(invalid_state("Future object is not initialized.", vm));
        }
        completion::get_exception(zelf, vm)
    }

    /// Mark the future done and set its result.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    #[pymethod]
    fn set_result(zelf: &Py<Self>, result: OnlyArgument, vm: &VirtualMachine) -> PyResult<()> {
        completion::set_result(zelf, result.0, vm)
    }

    /// Mark the future done and set an exception.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    #[pymethod]
    fn set_exception(zelf: &Py<Self>, exception: OnlyArgument, vm: &VirtualMachine) -> PyResult<()> {
        zelf.ensure_alive(vm)?;
        completion::set_exception(zelf, exception.0, vm)
    }

    /// Add a callback to be run when the future becomes done.
    ///
    /// The callback is called with a single argument - the future object. If
    /// the future is already done when this is called, the callback is
    /// scheduled with call_soon.
    #[pymethod]
    fn add_done_callback(zelf: &Py<Self>, arguments: CallbackArguments, vm: &VirtualMachine) -> PyResult<()> {
        let context = match arguments.context {
            OptionalArg::Present(context) => context,
            OptionalArg::Missing => state(vm).copy_context(vm)?,
        };
        completion::add_done_callback(zelf, arguments.callback, context, vm)
    }

    /// Remove all instances of a callback from the "call when done" list.
    ///
    /// Returns the number of callbacks removed.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "methods take what the interpreter hands them"
    )]
    fn remove_done_callback(zelf: &Py<Self>, callback: OnlyArgument, vm: &VirtualMachine) -> PyResult<usize> {
        zelf.ensure_alive(vm)?;
        completion::remove_done_callback(zelf, &callback.0, vm)
    }

    /// Cancel the future and schedule callbacks.
    ///
    /// If the future is already done or cancelled, return False.  Otherwise,
    /// change the future's state to cancelled, schedule the callbacks and
    /// return True.
    #[pymethod]
    fn cancel(zelf: &Py<Self>, arguments: CancelArguments, vm: &VirtualMachine) -> PyResult<bool> {
        zelf.ensure_alive(vm)?;
        if zelf.state.get() == FutureState::Pending
            && let Some(id) = zelf.id()
        {
            recorder::cancel_requested(id, true, 0, vm);
        }
        completion::cancel(zelf, arguments.message.into_option(), vm)
    }

    /// Return True if the future was cancelled.
    #[pymethod]
    fn cancelled(zelf: &Py<Self>) -> bool {
        zelf.state.get() == FutureState::Cancelled
    }

    /// Return True if the future is done.
    ///
    /// Done means either that a result / exception are available, or that the
    /// future was cancelled.
    #[pymethod]
    fn done(zelf: &Py<Self>) -> bool {
        zelf.ended()
    }

    /// Return the event loop the Future is bound to.
    #[pymethod]
    fn get_loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.event_loop(vm)
    }

    /// Create the CancelledError to raise if the Future is cancelled.
    ///
    /// This should only be called once when handling a cancellation since
    /// it erases the context exception value.
    #[pymethod]
    fn _make_cancelled_error(zelf: &Py<Self>, vm: &VirtualMachine) -> PyBaseExceptionRef {
        completion::make_cancelled_error(zelf, vm)
    }

    #[pymethod]
    fn __await__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        <Self as Iterable>::iter(zelf, vm)
    }

    #[pyclassmethod]
    fn __class_getitem__(class: PyTypeRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, item, vm)
    }

    #[pygetset]
    fn _state(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<&'static str> {
        zelf.ensure_alive(vm)?;
        Ok(match zelf.state.get() {
            FutureState::Pending => "PENDING",
            FutureState::Cancelled => "CANCELLED",
            FutureState::Finished => "FINISHED",
        })
    }

    #[pygetset]
    fn _asyncio_future_blocking(zelf: &Py<Self>) -> bool {
        zelf.event_loop.is_set() && zelf.blocking.get()
    }

    #[pygetset(setter)]
    fn set__asyncio_future_blocking(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        zelf.ensure_alive(vm)?;
        zelf.blocking.set(assigned_truth(value, vm)?);
        Ok(())
    }

    #[pygetset]
    fn _loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.event_loop.get())
    }

    #[pygetset]
    fn _callbacks(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.ensure_alive(vm)?;
        let callbacks = zelf.callbacks.read();
        if callbacks.is_empty() {
            return Ok(vm.ctx.none());
        }
        let pair = |(callback, context): &(PyObjectRef, PyObjectRef)| {
            vm.ctx.new_tuple(vec![callback.clone(), context.clone()]).into()
        };
        Ok(vm.ctx.new_list(callbacks.iter().map(pair).collect()).into())
    }

    #[pygetset]
    fn _result(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.ensure_alive(vm)?;
        Ok(vm.unwrap_or_none(zelf.result.get()))
    }

    #[pygetset]
    fn _exception(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.ensure_alive(vm)?;
        Ok(vm.unwrap_or_none(zelf.exception.get().map(Into::into)))
    }

    #[pygetset]
    fn _log_traceback(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        zelf.ensure_alive(vm)?;
        Ok(zelf.log_traceback.get())
    }

    #[pygetset(setter)]
    fn set__log_traceback(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        if assigned_truth(value, vm)? {
            return Err(vm.new_value_error("_log_traceback can only be set to False"));
        }
        zelf.log_traceback.set(false);
        Ok(())
    }

    #[pygetset]
    fn _source_traceback(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.source_traceback.get())
    }

    #[pygetset]
    fn _cancel_message(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        // It is all that `gather(…, return_exceptions=True)` asks of a cancelled one.
        completion::join(zelf, vm);
        vm.unwrap_or_none(zelf.cancel_message.get())
    }

    #[pygetset(setter)]
    fn set__cancel_message(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        match value {
            PySetterValue::Assign(message) => zelf.cancel_message.set(Some(message)),
            PySetterValue::Delete => return Err(cannot_delete(vm)),
        }
        Ok(())
    }

    #[pygetset]
    fn _asyncio_awaited_by(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.awaited_by.frozen(vm)
    }
}

//! What the module looks up once: names, and functions of the `asyncio` package.

use super::method::Method;
use core::cell::{Cell, OnceCell};
use rustpython_vm::{
    AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyModule, PySet, PyStrInterned, PyTypeRef},
};

thread_local! {
    static STATE: Cell<Option<&'static State>> = const { Cell::new(None) };
}

/// The module's state: one for each time it is executed.
pub(super) struct State {
    /// The keyword names of a call with `context=` as its last argument.
    pub(super) context_keyword: [PyObjectRef; 1],
    pub(super) call_soon: &'static PyStrInterned,
    pub(super) blocking: &'static PyStrInterned,
    /// The attributes of a loop that say whether a step may go straight into its queue, and the queue.
    pub(super) closed: &'static PyStrInterned,
    pub(super) debug: &'static PyStrInterned,
    pub(super) ready: &'static PyStrInterned,
    pub(super) append: Method,
    pub(super) pop_left: Method,
    pub(super) run: Method,
    /// Tasks that do not inherit from ours, added by `_register_task`.
    pub(super) foreign_tasks: OnceCell<PyObjectRef>,
    /// The same for `_register_eager_task`.
    pub(super) foreign_eager_tasks: PyRef<PySet>,
    cancelled_error: OnceCell<PyTypeRef>,
    invalid_state_error: OnceCell<PyTypeRef>,
    copy_context: OnceCell<PyObjectRef>,
    functions: [OnceCell<PyObjectRef>; FUNCTIONS.len()],
}

/// A Python function the module calls.
#[derive(Clone, Copy)]
pub(super) enum Function {
    EventLoopPolicy,
    FutureRepr,
    TaskRepr,
    TaskGetStack,
    TaskPrintStack,
    IsCoroutine,
    ExtractStack,
    FailedHandle,
}

/// Where each [`Function`] is, in the order of its variants.
const FUNCTIONS: [(&str, &str); 8] = [
    ("asyncio.events", "_get_event_loop_policy"),
    ("asyncio.base_futures", "_future_repr"),
    ("asyncio.base_tasks", "_task_repr"),
    ("asyncio.base_tasks", "_task_get_stack"),
    ("asyncio.base_tasks", "_task_print_stack"),
    ("asyncio.coroutines", "iscoroutine"),
    ("traceback", "extract_stack"),
    ("_loop", "_FailedHandle"),
];

impl State {
    fn new(vm: &VirtualMachine) -> Self {
        Self {
            context_keyword: [vm.ctx.intern_str("context").to_owned().into()],
            call_soon: vm.ctx.intern_str("call_soon"),
            blocking: vm.ctx.intern_str("_asyncio_future_blocking"),
            closed: vm.ctx.intern_str("_closed"),
            debug: vm.ctx.intern_str("_debug"),
            ready: vm.ctx.intern_str("_ready"),
            append: Method::new("deque", "append"),
            pop_left: Method::new("deque", "popleft"),
            run: Method::new("Context", "run"),
            foreign_tasks: OnceCell::new(),
            foreign_eager_tasks: PySet::default().into_ref(&vm.ctx),
            cancelled_error: OnceCell::new(),
            invalid_state_error: OnceCell::new(),
            copy_context: OnceCell::new(),
            functions: [const { OnceCell::new() }; FUNCTIONS.len()],
        }
    }

    /// The function, imported at its first use: the package is not complete while it imports this module.
    pub(super) fn function(&self, function: Function, vm: &VirtualMachine) -> PyResult<&PyObjectRef> {
        let cell = &self.functions[function as usize];
        let (module, name) = FUNCTIONS[function as usize];
        resolve(cell, || import(module, name, vm))
    }

    pub(super) fn cancelled_error(&self, vm: &VirtualMachine) -> PyResult<&PyTypeRef> {
        resolve(&self.cancelled_error, || exception_class("CancelledError", vm))
    }

    fn invalid_state_error(&self, vm: &VirtualMachine) -> PyResult<&PyTypeRef> {
        resolve(&self.invalid_state_error, || exception_class("InvalidStateError", vm))
    }

    /// The `WeakSet` of foreign tasks.
    pub(super) fn foreign_tasks(&self, vm: &VirtualMachine) -> PyResult<&PyObjectRef> {
        resolve(&self.foreign_tasks, || import("weakref", "WeakSet", vm)?.call((), vm))
    }

    /// A copy of the current context.
    pub(super) fn copy_context(&self, vm: &VirtualMachine) -> PyResult {
        resolve(&self.copy_context, || import("_contextvars", "copy_context", vm))?.call((), vm)
    }
}

/// The state of the module that was executed last on this thread: an interpreter has one thread, and a thread one
/// interpreter at a time.
pub(super) fn state(vm: &VirtualMachine) -> &'static State {
    STATE.get().unwrap_or_else(|| renew(vm))
}

/// Begins a new state. The old one is leaked: there is one for each interpreter, and references to it are handed out freely.
pub(super) fn renew(vm: &VirtualMachine) -> &'static State {
    let state: &'static State = Box::leak(Box::new(State::new(vm)));
    STATE.set(Some(state));
    state
}

/// An `InvalidStateError`, or what kept us from making one.
pub(super) fn invalid_state(
    message: impl Into<rustpython_vm::common::wtf8::Wtf8Buf>,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    match state(vm).invalid_state_error(vm) {
        Ok(class) => vm.new_exception_msg(class.clone(), message.into()),
        Err(error) => error,
    }
}

fn resolve<T>(cell: &OnceCell<T>, make: impl FnOnce() -> PyResult<T>) -> PyResult<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    // An import may run code that has come here meanwhile; whichever was first stays.
    Ok(cell.get_or_init(|| value))
}

fn import(module: &'static str, name: &'static str, vm: &VirtualMachine) -> PyResult {
    let names = vm.ctx.new_tuple(vec![vm.ctx.new_str(name).into()]);
    let module: PyObjectRef = vm.import_from(module, names, 0)?;
    debug_assert!(module.downcast_ref::<PyModule>().is_some());
    module.as_object().get_attr(name, vm)
}

fn exception_class(name: &'static str, vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    import("asyncio.exceptions", name, vm)?.try_into_value(vm)
}

//! The iterator behind `await future`.

use super::{
    completion,
    future::{FutureState, PyFuture},
    slot::Slot,
};
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseException, PyBaseExceptionRef, PyTraceback, PyType},
    function::OptionalArg,
    object::{Traverse, TraverseFn},
    protocol::PyIterReturn,
    pyclass,
    types::{IterNext, Iterable, SelfIter},
    warn,
};

#[pyclass(module = "_asyncio", name = "FutureIter", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct PyFutureIter {
    /// Absent once the iterator was closed.
    future: Slot<PyRef<PyFuture>>,
}

// SAFETY: the one reference is reported once.
unsafe impl Traverse for PyFutureIter {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.future.traverse(tracer);
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        self.future.clear(out);
    }
}

impl PyFutureIter {
    pub(super) fn new(future: PyRef<PyFuture>) -> Self {
        let iterator = Self {
            future: Slot::default(),
        };
        iterator.future.set(Some(future));
        iterator
    }

    /// Yields the pending future once, and returns its result when it has ended.
    fn advance(&self, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let Some(future) = self.future.get() else {
            return Ok(PyIterReturn::StopIteration(None));
        };
        if future.state.get() != FutureState::Pending {
            let result = completion::raise_result(&future, vm)?;
            return Ok(PyIterReturn::StopIteration(Some(result)));
        }
        if future.blocking.replace(true) {
            return Err(vm.new_runtime_error("await wasn't used with future"));
        }
        Ok(PyIterReturn::Return(future.into()))
    }
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(IterNext, Iterable))]
impl PyFutureIter {
    #[pymethod]
    fn send(zelf: &Py<Self>, _value: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        zelf.advance(vm)
    }

    #[pymethod]
    fn throw(
        zelf: &Py<Self>,
        kind: PyObjectRef,
        value: OptionalArg<PyObjectRef>,
        traceback: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        if value.is_present() {
            let message =
                "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.";
            let category = vm.ctx.exceptions.deprecation_warning.to_owned();
            warn::warn(vm.ctx.new_str(message).into(), Some(category), 1, None, vm)?;
        }
        let value = value.into_option().filter(|value| !vm.is_none(value));
        let traceback = traceback.into_option().filter(|traceback| !vm.is_none(traceback));
        if let Some(traceback) = &traceback
            && !traceback.fast_isinstance(vm.ctx.types.traceback_type)
        {
            return Err(vm.new_type_error("throw() third argument must be a traceback"));
        }
        let error = thrown(kind, value, vm)?;
        if let Some(traceback) = traceback {
            error.set_traceback(traceback.downcast::<PyTraceback>().ok());
        }
        zelf.future.set(None);
        Err(error)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>) {
        zelf.future.set(None);
    }
}

/// The exception that `throw(kind, value)` raises.
fn thrown(kind: PyObjectRef, value: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
    let is_class = kind
        .downcast_ref::<PyType>()
        .is_some_and(|class| class.fast_issubclass(vm.ctx.exceptions.base_exception_type));
    if is_class {
        let value = vm.unwrap_or_none(value);
        return vm.normalize_exception(kind, value, vm.ctx.none());
    }
    match kind.downcast::<PyBaseException>() {
        Ok(_) if value.is_some() => Err(vm.new_type_error("instance exception may not have a separate value")),
        Ok(error) => Ok(error),
        Err(_) => {
            Err(vm.new_type_error("exceptions must be classes deriving BaseException or instances of such a class"))
        }
    }
}

impl SelfIter for PyFutureIter {}

impl IterNext for PyFutureIter {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        zelf.advance(vm)
    }
}

//! Who awaits a future: the edges of the call graph that `asyncio.capture_call_graph` draws.

use super::future::PyFuture;
use crate::engine::recorder;
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyFrozenSet, PySet},
    common::lock::PyRwLock,
    object::{Traverse, TraverseFn},
};

/// The awaiting tasks and futures. Nearly always there is one, so a set is made for the second.
#[derive(Debug, Default)]
pub(super) struct AwaitedBy(PyRwLock<Waiters>);

#[derive(Clone, Debug, Default)]
enum Waiters {
    #[default]
    Nobody,
    One(PyObjectRef),
    Many(PyRef<PySet>),
}

impl AwaitedBy {
    /// Comparing waiters runs Python code, so the lock is held by nothing but the look at the field.
    fn add(&self, waiter: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let now = self.0.read().clone();
        match now {
            Waiters::Nobody => self.replace(Waiters::One(waiter)),
            Waiters::One(first) => {
                let set = PySet::default().into_ref(&vm.ctx);
                set.add(waiter, vm)?;
                set.add(first, vm)?;
                self.replace(Waiters::Many(set));
            }
            Waiters::Many(set) => set.add(waiter, vm)?,
        }
        Ok(())
    }

    fn discard(&self, waiter: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let now = self.0.read().clone();
        match now {
            Waiters::One(first) if first.is(waiter) => self.replace(Waiters::Nobody),
            Waiters::Many(set) => set.discard(waiter.to_owned(), vm)?,
            Waiters::Nobody | Waiters::One(_) => {}
        }
        Ok(())
    }

    fn replace(&self, waiters: Waiters) {
        let old = core::mem::replace(&mut *self.0.write(), waiters);
        drop(old);
    }

    /// A frozen set of the waiters, or `None` if nobody ever waited.
    pub(super) fn frozen(&self, vm: &VirtualMachine) -> PyResult {
        let waiters = match self.0.read().clone() {
            Waiters::Nobody => return Ok(vm.ctx.none()),
            Waiters::One(waiter) => vec![waiter],
            Waiters::Many(set) => set.elements(),
        };
        Ok(PyFrozenSet::from_iter(vm, waiters)?.into_pyobject(vm))
    }

    pub(super) fn reset(&self) {
        self.replace(Waiters::Nobody);
    }

    pub(super) fn clear(&self, out: &mut Vec<PyObjectRef>) {
        match core::mem::take(&mut *self.0.write()) {
            Waiters::Nobody => {}
            Waiters::One(waiter) => out.push(waiter),
            Waiters::Many(set) => out.push(set.into()),
        }
    }
}

// SAFETY: the one reference the field owns is reported once.
unsafe impl Traverse for AwaitedBy {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        if let Some(waiters) = self.0.try_read() {
            match &*waiters {
                Waiters::Nobody => {}
                Waiters::One(waiter) => tracer(waiter),
                Waiters::Many(set) => tracer(set.as_object()),
            }
        }
    }
}

/// Notes that `waiter` awaits `future`. Only native tasks and futures, and what inherits from them, take part.
pub(super) fn add(future: &PyObject, waiter: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    match (future.downcast_ref::<PyFuture>(), waiter.downcast_ref::<PyFuture>()) {
        (Some(future), Some(_)) => future.awaited_by.add(waiter.to_owned(), vm),
        _ => Ok(()),
    }
}

/// Takes back what [`add`] noted.
pub(super) fn discard(future: &PyObject, waiter: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    match (future.downcast_ref::<PyFuture>(), waiter.downcast_ref::<PyFuture>()) {
        (Some(future), Some(_)) => future.awaited_by.discard(waiter, vm),
        _ => Ok(()),
    }
}

/// Tells the recorder of a note that the library made or took back.
pub(super) fn tell(future: &PyObject, waiter: &PyObject, ended: bool) {
    if let (Some(future), Some(waiter)) = (super::observed_id(future), super::observed_id(waiter)) {
        recorder::awaited(future, waiter, ended);
    }
}

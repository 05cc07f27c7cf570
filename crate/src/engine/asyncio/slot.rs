//! A reference an object holds, which Python code may replace at any time.

use core::fmt;
use rustpython_vm::{
    PyObjectRef,
    common::lock::PyRwLock,
    object::{Traverse, TraverseFn},
};

/// An optional reference. No lock is held while the value that leaves it is dropped, because a destructor may come
/// back to the same slot.
pub(super) struct Slot<T = PyObjectRef>(PyRwLock<Option<T>>);

impl<T> Slot<T> {
    pub(super) fn is_set(&self) -> bool {
        self.0.read().is_some()
    }

    pub(super) fn set(&self, value: Option<T>) {
        let old = core::mem::replace(&mut *self.0.write(), value);
        drop(old);
    }

    pub(super) fn take(&self) -> Option<T> {
        self.0.write().take()
    }
}

impl<T: Clone> Slot<T> {
    pub(super) fn get(&self) -> Option<T> {
        self.0.read().clone()
    }
}

impl<T: Into<PyObjectRef>> Slot<T> {
    /// Hands the reference to the collector, which drops it after it has cleared the whole cycle.
    pub(super) fn clear(&self, out: &mut Vec<PyObjectRef>) {
        out.extend(self.take().map(Into::into));
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(PyRwLock::new(None))
    }
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_set() { "Slot(…)" } else { "Slot" })
    }
}

// SAFETY: the slot owns at most one reference, and reports it once.
unsafe impl<T: Traverse> Traverse for Slot<T> {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.0.traverse(tracer);
    }
}

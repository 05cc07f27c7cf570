//! Methods of the interpreter's own classes, looked up once.

use core::cell::OnceCell;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyType, PyTypeRef},
    types::PyTypeFlags,
};

/// A method that is called for every step of a task. To look it up by its name each time would take longer than it does.
pub(super) struct Method {
    class: &'static str,
    name: &'static str,
    found: OnceCell<(PyTypeRef, PyObjectRef)>,
}

impl Method {
    pub(super) const fn new(class: &'static str, name: &'static str) -> Self {
        Self {
            class,
            name,
            found: OnceCell::new(),
        }
    }

    /// Calls it for an object. A class of the program's own is asked by name, as ever.
    pub(super) fn call(
        &self,
        object: &PyObject,
        arguments: impl IntoIterator<Item = PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let Some(function) = self.find(object.class(), vm) else {
            return vm.call_method(object, self.name, Vec::from_iter(arguments));
        };
        let mut all = Vec::with_capacity(3);
        all.push(object.to_owned());
        all.extend(arguments);
        function.call(all, vm)
    }

    fn find(&self, class: &Py<PyType>, vm: &VirtualMachine) -> Option<&PyObjectRef> {
        if let Some((known, function)) = self.found.get() {
            return known.is(class).then_some(function);
        }
        if class.slots().flags.has_feature(PyTypeFlags::HEAPTYPE) || *class.name() != *self.class {
            return None;
        }
        let function = class.get_attr(vm.ctx.intern_str(self.name))?;
        let (_, function) = self.found.get_or_init(|| (class.to_owned(), function));
        Some(function)
    }
}

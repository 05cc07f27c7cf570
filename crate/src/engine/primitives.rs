//! Sees when locks and semaphores are given back, and when queues are used.
//!
//! `release()` is an ordinary function, of which the interpreter tells nothing. It calls a private method to let the next one
//! in, whether or not anybody waits; that method is replaced by one that calls it. This one is native: it is in no traceback
//! and no stack. What puts into a queue, or takes from it, calls such a method too.

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyTypeRef, frame::current_thread_iframe,
    function::IntoPyNativeFn,
};

use super::{lanes, recorder};

/// Replaces the method by which a primitive lets the next one in.
pub(super) fn observe(class: PyTypeRef, name: &str, vm: &VirtualMachine) -> PyResult<()> {
    replace(class, name, vm, |original| {
        move |primitive: PyObjectRef, vm: &VirtualMachine| -> PyResult {
            if is_releasing(vm) {
                recorder::released(&primitive, vm);
            }
            let result = original.call((primitive.clone(),), vm);
            recorder::room_changed(&primitive, vm);
            result
        }
    })
}

/// Replaces the method by which a queue wakes the next that waits to put or to get.
pub(super) fn observe_queue(class: PyTypeRef, name: &str, vm: &VirtualMachine) -> PyResult<()> {
    replace(class, name, vm, |original| {
        move |queue: PyObjectRef, waiters: PyObjectRef, vm: &VirtualMachine| -> PyResult {
            lanes::check_queue(&queue, vm);
            original.call((queue, waiters), vm)
        }
    })
}

/// Puts in the place of a class's method a native one that knows the original.
fn replace<F, Kind>(
    class: PyTypeRef,
    name: &str,
    vm: &VirtualMachine,
    make: impl FnOnce(PyObjectRef) -> F,
) -> PyResult<()>
where
    F: IntoPyNativeFn<Kind>,
{
    let name = vm.ctx.intern_str(name);
    let original = class.as_object().get_attr(name, vm)?;
    // As the library's class itself, this lives as long as the interpreter.
    let owner: &'static PyTypeRef = Box::leak(Box::new(class));
    let observed = vm.new_method(name.as_str(), owner, make(original));
    owner.set_attr(name, observed.into());
    Ok(())
}

/// Whether it is `release()` that calls: `acquire()` does so too, when it is cancelled.
fn is_releasing(vm: &VirtualMachine) -> bool {
    let frame = current_thread_iframe();
    // SAFETY: the frames of the running thread stay alive while it runs, and nothing runs in between.
    !frame.is_null() && std::ptr::eq(unsafe { &*frame }.code().code.obj_name, vm.ctx.intern_str("release"))
}

//! The callbacks that waits leave with a future when they are over.

use super::future::{FutureState, PyFuture};
use rustpython_vm::{
    PyObject, PyObjectRef, VirtualMachine,
    builtins::{PyFunction, PyStr, PyTuple},
};

/// Whether a callback of the library no longer passes the end of its future on to anybody: `shield()` leaves two that only
/// keep the books, and `gather()` leaves its own with the others when one has failed.
pub(super) fn is_left_over(callback: &PyObject, vm: &VirtualMachine) -> bool {
    if callback.downcast_ref::<PyFunction>().is_none() {
        return false;
    }
    let Ok(name) = callback.get_attr("__qualname__", vm) else {
        return false;
    };
    match name.downcast_ref::<PyStr>().and_then(|name| name.to_str()) {
        Some("shield.<locals>._clear_awaited_by_callback" | "_log_on_exception") => true,
        Some("gather.<locals>._done_callback") => captured(callback, "outer", vm)
            .and_then(|outer| {
                let outer = outer.downcast_ref::<PyFuture>()?;
                Some(outer.state.get() != FutureState::Pending)
            })
            .unwrap_or(false),
        _ => false,
    }
}

/// The value of a variable that a function has from around it.
fn captured(function: &PyObject, variable: &str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let names = function
        .get_attr("__code__", vm)
        .ok()?
        .get_attr("co_freevars", vm)
        .ok()?;
    let names = names.downcast_ref::<PyTuple>()?;
    let is_it = |name: &PyObjectRef| name.downcast_ref::<PyStr>().and_then(|name| name.to_str()) == Some(variable);
    let index = names.iter().position(is_it)?;
    let cells = function.get_attr("__closure__", vm).ok()?;
    let cell = cells.downcast_ref::<PyTuple>()?.get(index)?.clone();
    cell.get_attr("cell_contents", vm).ok()
}

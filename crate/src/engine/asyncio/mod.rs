//! The native module `_asyncio`: futures, tasks and their steps, as `CPython` 3.14 has them, with the recorder looking on.
//!
//! Messages, orders and attributes are `CPython`'s to the letter, because programs print and compare them and people
//! search the web for them.

mod awaited_by;
mod completion;
mod destroy;
mod future;
mod future_iter;
mod left_over;
mod method;
mod module;
mod ready;
mod registry;
mod running;
mod slot;
mod state;
mod step;
mod task;
mod wakeup;

pub(crate) use future::PyFuture;
pub(crate) use module::_asyncio::module_def;
pub(crate) use ready::{PyReadyStep, next_handle, set_loop_class};
pub(crate) use task::PyTask;

use rustpython_vm::{PyObject, PyRef};

/// The recorder's id of a future or task, or of an object of a subclass.
pub(crate) fn observed_id(object: &PyObject) -> Option<u32> {
    object.downcast_ref::<PyFuture>().and_then(|future| future.id())
}

/// The task that a scheduled callback runs: its next step, or its being woken up.
pub(crate) fn step_of(callback: &PyObject) -> Option<PyRef<PyTask>> {
    if let Some(step) = callback.downcast_ref::<step::PyTaskStep>() {
        return Some(step.task.clone());
    }
    callback
        .downcast_ref::<wakeup::PyTaskWakeup>()
        .map(|wakeup| wakeup.task.clone())
}

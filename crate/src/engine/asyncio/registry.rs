//! The tasks that have not ended, for `all_tasks()`.

use super::task::PyTask;
use core::{cell::RefCell, ptr::NonNull};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef};
use std::collections::BTreeMap;

#[derive(Default)]
struct Registry {
    /// By order of registration. The references are borrowed: a task leaves when it ends, at the latest when its
    /// memory is given back.
    tasks: BTreeMap<u64, NonNull<PyObject>>,
    last: u64,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
}

/// Adds a task unless it is there.
pub(super) fn register(task: &Py<PyTask>) {
    if task.entry.get() != 0 {
        return;
    }
    REGISTRY.with_borrow_mut(|registry| {
        registry.last += 1;
        registry.tasks.insert(registry.last, NonNull::from(task.as_object()));
        task.entry.set(registry.last);
    });
}

/// Removes a task if it is there.
pub(super) fn unregister(task: &PyTask) {
    let entry = task.entry.replace(0);
    if entry != 0 {
        // A task may outlive the thread's registry when an interpreter is torn down with its thread.
        let _ = REGISTRY.try_with(|registry| registry.borrow_mut().tasks.remove(&entry));
    }
}

/// The registered tasks, without those that are being destroyed.
pub(super) fn tasks() -> Vec<PyObjectRef> {
    REGISTRY.with_borrow(|registry| {
        registry
            .tasks
            .values()
            // SAFETY: an entry is removed before the memory it points to is given back.
            .filter_map(|task| unsafe { task.as_ref() }.try_to_owned())
            .collect()
    })
}

//! What becomes of a `CancelledError` that the loop has thrown into a task: where it is caught for good.

use rustpython_vm::{
    AsObject, Py, PyObject, VirtualMachine,
    builtins::{PyBaseException, PyCode, PyTuple},
    observe::{self, Handling},
};

use super::{
    super::{
        quick::QuickMap,
        stacks::{self, Walk},
    },
    Recorder, with,
};
use crate::trace::event::{Frame, Id, Kind};

/// An error that was thrown into a task, and not caught since.
struct Thrown {
    task: Id,
    /// The method of the workspace that the `with` block which it is about to leave has asked.
    exit: Option<Frame>,
    /// The instruction behind the head of the handler of the workspace that it is in.
    handler: Option<u32>,
}

#[derive(Default)]
pub(super) struct Cancellations {
    /// By the error's address, which it keeps until it is destroyed.
    thrown: QuickMap<usize, Thrown>,
    /// What was thrown into each task, in that order: a handler may wait for a child that is cancelled too.
    of_task: QuickMap<Id, Vec<usize>>,
}

impl Cancellations {
    pub(super) fn is_empty(&self) -> bool {
        self.thrown.is_empty()
    }

    /// An error may be passed on from task to task.
    fn throw(&mut self, task: Id, address: usize) {
        self.forget(address);
        let thrown = Thrown {
            task,
            exit: None,
            handler: None,
        };
        self.thrown.insert(address, thrown);
        self.of_task.entry(task).or_default().push(address);
    }

    /// An error is caught, or destroyed.
    pub(super) fn forget(&mut self, address: usize) {
        let Some(thrown) = self.thrown.remove(&address) else {
            return;
        };
        if let Some(of_task) = self.of_task.get_mut(&thrown.task) {
            of_task.retain(|other| *other != address);
        }
    }

    /// A task has ended.
    pub(super) fn forget_task(&mut self, task: Id) {
        for address in self.of_task.remove(&task).unwrap_or_default() {
            self.thrown.remove(&address);
        }
    }

    /// The address of what was thrown into this task, if an exception is that, or a group of it that `except*` has made.
    fn find(&self, task: Id, exception: &Py<PyBaseException>) -> Option<usize> {
        let thrown = self.of_task.get(&task).filter(|thrown| !thrown.is_empty())?;
        let known = |object: &PyObject| Some(stacks::address(object)).filter(|address| thrown.contains(address));
        known(exception.as_object()).or_else(|| {
            let arguments = exception.args();
            let exceptions = arguments.get(1)?.downcast_ref::<PyTuple>()?;
            exceptions.iter().find_map(|exception| known(exception))
        })
    }
}

impl Recorder {
    /// The interpreter tells of the end of objects as long as there may be one of which that matters. It is looked at between
    /// steps; in the meantime it may be told of too many.
    pub(super) fn watch(&self) {
        observe::watch(!self.primitives.is_empty() || !self.cancellations.is_empty());
    }
}

/// The loop throws this `CancelledError` into a task.
pub fn cancellation_thrown(task: Id, error: &Py<PyBaseException>) {
    with(|recorder| {
        recorder.cancellations.throw(task, stacks::address(error.as_object()));
        observe::watch(true);
    });
}

/// What a frame that runs `code` does with an exception that has reached it.
pub fn exception_handling(code: &Py<PyCode>, exception: &Py<PyBaseException>, what: Handling<'_>, vm: &VirtualMachine) {
    with(|recorder| {
        let Some(task) = recorder.current() else { return };
        let Some(address) = recorder.cancellations.find(task, exception) else {
            return;
        };
        let is_workspace = recorder.is_workspace(code);
        let exit = match what {
            Handling::Leaving(exit) => observe::code_of(exit).filter(|code| recorder.is_workspace(code)),
            _ => None,
        };
        let exit = exit.and_then(|code| recorder.frames(&Walk::of(code)).pop());
        let Some(thrown) = recorder.cancellations.thrown.get_mut(&address) else {
            return;
        };
        match what {
            Handling::Leaving(_) => thrown.exit = exit,
            Handling::Matched { instruction } => thrown.handler = is_workspace.then_some(instruction),
            Handling::Done { goes_on } => {
                let (exit, handler) = (thrown.exit.take(), thrown.handler.take());
                if goes_on && is_workspace {
                    recorder.cancellations.forget(address);
                    let mut walk = Walk::running(vm);
                    if let Some(handler) = handler {
                        walk.set_innermost(handler);
                    }
                    let at = recorder.stack(walk);
                    recorder.say(Kind::CancellationCaught { id: task, exit, at });
                }
            }
        }
    });
}

//! Tasks and futures, as `asyncio` tells of them.

use rustpython_vm::{PyObject, VirtualMachine};

use super::{
    super::{describe, stacks},
    Done, Live, WaitOn, with,
};
use crate::trace::event::{Completion, Id, Kind, Misuse, StepEnd, Wait};

pub fn future_created(id: Id, class: &str, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let parent = recorder.current();
        recorder.say(Kind::FutureCreated {
            id,
            class: class.to_owned(),
            parent,
            at,
        });
    });
}

pub fn task_created(id: Id, task: &PyObject, name: &str, coroutine: &PyObject, eager: bool, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let parent = recorder.current();
        let known = recorder.coroutines.get(&stacks::address(coroutine)).copied();
        recorder.live.insert(
            id,
            Live {
                object: task,
                waits_on: None,
                unreferenced: false,
            },
        );
        recorder.suspects.push(id);
        recorder.primitives.made_of(id, coroutine, parent);
        if let Some(parent) = parent {
            recorder.children.entry(parent).or_default().push(id);
        }
        recorder.say(Kind::TaskCreated {
            id,
            name: name.to_owned(),
            function: describe::function_name(coroutine),
            coroutine: known,
            parent,
            eager,
            at,
        });
    });
}

pub fn task_renamed(id: Id, name: &str, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.say(Kind::TaskRenamed {
            id,
            name: name.to_owned(),
        });
    });
}

pub fn step_started(id: Id, woken_by: Option<Id>, cancel: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.resumed(id);
        recorder.running.push(id);
        recorder.say(Kind::StepStarted { id, woken_by, cancel });
        recorder.calls_go_on(id, cancel);
    });
}

pub fn step_suspended(id: Id, coroutine: &PyObject, on: WaitOn<'_>, vm: &VirtualMachine) {
    with(|recorder| {
        let chain = recorder.awaiting(coroutine);
        let on = match on {
            WaitOn::Yield => {
                recorder.calls_end(id, None);
                Wait::Yield
            }
            WaitOn::Future { id: future, .. } => {
                if let Some(live) = recorder.live.get_mut(&id) {
                    live.waits_on = Some(future);
                }
                let primitive = describe::primitive(coroutine, vm);
                recorder.calls_end(id, primitive.as_ref().map(|found| found.coroutine));
                let (owner, lock) = primitive.as_ref().map(|found| recorder.waits_at(id, found)).unzip();
                Wait::Future {
                    id: future,
                    primitive: primitive.map(|found| found.class),
                    owner,
                    lock: lock.flatten(),
                }
            }
        };
        recorder.running.pop();
        recorder.watch();
        recorder.say(Kind::StepEnded {
            id,
            end: StepEnd::Suspended { on, chain },
        });
    });
}

pub fn step_finished(id: Id, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.calls_end(id, None);
        recorder.cancellations.forget_task(id);
        recorder.running.pop();
        recorder.watch();
        recorder.live.remove(&id);
        let children = recorder.children.remove(&id).unwrap_or_default();
        recorder.suspects.extend(children);
        recorder.say(Kind::StepEnded {
            id,
            end: StepEnd::Finished,
        });
    });
}

pub fn future_done(id: Id, done: Done<'_>, waited: bool, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        let completion = match done {
            Done::Result => Completion::Result,
            Done::Exception(exception) => Completion::Exception(recorder.exception(exception, vm)),
            Done::Cancelled => Completion::Cancelled,
        };
        recorder.live.remove(&id);
        recorder.say(Kind::FutureDone {
            id,
            completion,
            by,
            waited,
            at,
        });
    });
}

/// Whether a step of a task runs, rather than a callback or nothing.
#[must_use]
pub fn is_in_task() -> bool {
    with(|recorder| recorder.current().is_some()).unwrap_or(false)
}

pub fn retrieved(id: Id, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::Retrieved { id, by, at });
    });
}

pub fn joined(id: Id, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::Joined { id, by, at });
    });
}

pub fn cancel_requested(id: Id, accepted: bool, count: u32, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::CancelRequested {
            id,
            by,
            accepted,
            count,
            at,
        });
    });
}

pub fn uncancelled(id: Id, count: u32, _vm: &VirtualMachine) {
    with(|recorder| recorder.say(Kind::Uncancelled { id, count }));
}

pub fn destroyed(id: Id, pending: bool, unretrieved: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.resumed(id);
        recorder.calls_gone(id);
        recorder.cancellations.forget_task(id);
        recorder.live.remove(&id);
        recorder.say(Kind::Destroyed {
            id,
            pending,
            unretrieved,
        });
    });
}

/// The library's note of who awaits a future.
pub fn awaited(id: Id, by: Id, ended: bool) {
    with(|recorder| {
        recorder.say(if ended {
            Kind::NoLongerAwaited { id, by }
        } else {
            Kind::Awaited { id, by }
        });
    });
}

pub fn misuse(misuse: Misuse, message: &str, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::Misuse {
            misuse,
            message: message.to_owned(),
            by,
            at,
        });
    });
}

//! The event loop, as `_loop.py` tells of it through the host module.

use rustpython_vm::{PyObject, VirtualMachine};

use super::{
    super::stacks::{self, Walk},
    BATCH_BYTES, RECORDER, Recorder, flush, new_id, with,
};
use crate::trace::event::{BlockCause, Id, Kind, StackId, Victim};

pub fn loop_created(id: Id, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopCreated { id, at });
    });
}

pub fn loop_started(id: Id, debug: bool, until: Option<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopStarted { id, debug, until, at });
    });
}

pub fn loop_closed(id: Id, pending: Vec<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopClosed { id, pending, at });
    });
}

/// For the kinds that need nothing but themselves.
pub fn say(kind: Kind) {
    with(|recorder| recorder.say(kind));
}

pub fn handle_scheduled(id: Id, callback: String, when: Option<u64>, future: Option<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        if when.is_some() {
            recorder.timers.insert(id, future);
            if let Some(future) = future {
                *recorder.timed.entry(future).or_insert(0) += 1;
            }
        }
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::HandleScheduled {
            id,
            callback,
            when,
            future,
            by,
            at,
        });
    });
}

/// Gives a handle its id, for as long as it is scheduled.
pub fn name_handle(handle: &PyObject) -> Id {
    let id = new_id();
    with(|recorder| recorder.handles.insert(stacks::address(handle), id));
    id
}

/// The id of a scheduled handle.
pub fn handle_id(handle: &PyObject) -> Option<Id> {
    with(|recorder| recorder.handles.get(&stacks::address(handle)).copied()).flatten()
}

/// The handle is scheduled no more: it runs now, or never.
pub fn forget_handle(handle: &PyObject) -> Option<Id> {
    with(|recorder| recorder.handles.remove(&stacks::address(handle))).flatten()
}

/// The task that waits on a future.
#[must_use]
pub fn waiter_of(future: Id) -> Option<Id> {
    with(|recorder| {
        let waits = recorder.live.iter().filter(|(_, live)| live.waits_on == Some(future));
        waits.map(|(id, _)| *id).min()
    })
    .flatten()
}

/// A timer fired or was cancelled: it keeps nothing alive any more.
pub fn timer_gone(id: Id) {
    with(|recorder| {
        if let Some(Some(future)) = recorder.timers.remove(&id)
            && let Some(count) = recorder.timed.get_mut(&future)
        {
            *count -= 1;
            if *count == 0 {
                recorder.timed.remove(&future);
            }
        }
    });
}

/// A callback other than a task's step begins or ends.
pub fn handle_runs(id: Option<Id>) {
    with(|recorder| match id {
        Some(id) => {
            recorder.handle = Some(id);
            recorder.say(Kind::HandleStarted { id });
        }
        None => {
            if let Some(id) = recorder.handle.take() {
                recorder.say(Kind::HandleEnded { id });
            }
        }
    });
}

/// A callback of the loop has run, of whatever kind.
pub fn turn_taken() {
    with(Recorder::look_for_unreferenced);
    if RECORDER.with(|recorder| recorder.try_borrow().is_ok_and(|it| it.batch.len() > BATCH_BYTES)) {
        flush();
    }
}

/// The tasks and the callback that one thread is in the middle of.
#[derive(Default)]
pub(in crate::engine) struct Running {
    tasks: Vec<Id>,
    handle: Option<Id>,
}

/// Another thread runs from here on, in the middle of what it was doing when it last ran. Whom it takes over from is returned.
pub(in crate::engine) fn swap_running(running: Running) -> Running {
    RECORDER.with(|recorder| match recorder.try_borrow_mut() {
        Ok(mut recorder) => Running {
            tasks: std::mem::replace(&mut recorder.running, running.tasks),
            handle: std::mem::replace(&mut recorder.handle, running.handle),
        },
        Err(_) => Running::default(),
    })
}

/// For the kinds that need nothing but themselves and the call stack.
pub fn say_at(vm: &VirtualMachine, kind: impl FnOnce(StackId) -> Kind) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(kind(at));
    });
}

/// What runs now: the task whose step it is, or else the callback.
#[must_use]
pub fn running() -> (Option<Id>, Option<Id>) {
    with(|recorder| (recorder.current(), recorder.handle)).unwrap_or_default()
}

pub fn blocked(start: u64, cause: BlockCause, walk: Walk, who: (Option<Id>, Option<Id>), victims: Vec<Victim>) {
    with(|recorder| {
        let at = recorder.stack(walk);
        recorder.say(Kind::Blocked {
            start,
            cause,
            task: who.0,
            handle: who.1,
            at,
            victims,
        });
    });
}

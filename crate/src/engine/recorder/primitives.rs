//! Locks and semaphores: who gets them, and who gives them back.
//!
//! The library's primitives do not know who holds them, and the interpreter tells of a call of `acquire()` only that its
//! coroutine was made. The rest follows: a call that finds room takes it as soon as it runs, which is at once; one that has to
//! wait is seen to, and has what it waited for when its task goes on, unless a cancellation is thrown at it. Of giving back,
//! [`super::super::primitives`] tells.

use std::iter;

use rustpython_vm::{AsObject, PyObject, VirtualMachine, observe};

use super::{
    super::{
        describe::{self, Room},
        quick::QuickMap,
        stacks,
    },
    Recorder, with,
};
use crate::trace::event::{Id, Kind, StackId};

/// A primitive that somebody waits at, calls or holds. It goes by its address, which it keeps until it is destroyed.
struct Known {
    id: Id,
    /// Waits, calls that have nothing yet, and holds.
    uses: u32,
    holds: u32,
    /// Absent where it cannot be told without looking.
    room: Option<Room>,
}

/// A call of `acquire()` that may still turn out otherwise than it seems.
struct Call {
    address: usize,
    class: String,
    /// Who called, and where.
    by: Option<Id>,
    at: StackId,
    /// It found room.
    has: bool,
    waited: bool,
}

#[derive(Default)]
pub(super) struct Primitives {
    known: QuickMap<usize, Known>,
    /// By the address of the coroutine.
    calls: QuickMap<usize, Call>,
    /// The calls that run in the present or next step of a task, or outside any.
    open: QuickMap<Option<Id>, Vec<usize>>,
    /// What each waiting task keeps known.
    waiting: QuickMap<Id, Vec<usize>>,
}

impl Primitives {
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn unuse(&mut self, address: usize) {
        if let Some(known) = self.known.get_mut(&address) {
            known.uses = known.uses.saturating_sub(1);
            if known.uses == 0 {
                self.forget(address);
            }
        }
    }

    fn forget(&mut self, address: usize) -> Option<Known> {
        self.known.remove(&address)
    }

    /// A task runs again, or is no more.
    pub(super) fn resumed(&mut self, task: Id) {
        for address in self.waiting.remove(&task).unwrap_or_default() {
            self.unuse(address);
        }
    }

    /// A task was made of a coroutine by another, or outside any. It may be a call.
    pub(super) fn made_of(&mut self, task: Id, coroutine: &PyObject, parent: Option<Id>) {
        let key = stacks::address(coroutine);
        if self.calls.contains_key(&key) {
            if let Some(open) = self.open.get_mut(&parent) {
                open.retain(|other| *other != key);
            }
            self.open.entry(Some(task)).or_default().push(key);
        }
    }
}

impl Recorder {
    /// The identity of a primitive, for one more use.
    fn used(&mut self, address: usize) -> &mut Known {
        let next = self.last_id + 1;
        let known = self.primitives.known.entry(address).or_insert(Known {
            id: next,
            uses: 0,
            holds: 0,
            room: None,
        });
        observe::watch(true);
        known.uses += 1;
        self.last_id = self.last_id.max(known.id);
        known
    }

    /// A coroutine was made, which may be a call.
    pub(super) fn called(&mut self, coroutine: &PyObject, by: Option<Id>, at: StackId, vm: &VirtualMachine) {
        let Some(primitive) = describe::acquired(coroutine) else {
            return;
        };
        let (key, address) = (stacks::address(coroutine), stacks::address(&primitive));
        // What had this address came to its end: of what is destroyed before, the interpreter tells.
        self.end(key);
        let room = describe::room(&primitive, vm);
        self.forget_closed(address, room, at);
        self.used(address).room = room;
        let call = Call {
            address,
            class: primitive.class().name().to_string(),
            by,
            at,
            has: false,
            waited: false,
        };
        self.primitives.calls.insert(key, call);
        self.primitives.open.entry(by).or_default().push(key);
        if room.is_some_and(Room::is_free) && !describe::has_waiters(&primitive, vm) {
            self.get(key);
        }
    }

    /// A call that was closed before it began seemed to have what it asked for, and has left more room than is known of.
    fn forget_closed(&mut self, address: usize, room: Option<Room>, at: StackId) {
        let known = self.primitives.known.get(&address);
        let Some(known) = known.filter(|it| it.holds > 0 && it.room.is_some() && it.room != room) else {
            return;
        };
        let (id, holds) = (known.id, known.holds);
        self.primitives.forget(address);
        for _ in 0..holds {
            self.say(Kind::Released { id, by: None, at });
        }
    }

    /// A call has what it asked for.
    fn get(&mut self, key: usize) {
        let Some(call) = self.primitives.calls.get_mut(&key).filter(|call| !call.has) else {
            return;
        };
        let Some(known) = self.primitives.known.get_mut(&call.address) else {
            return;
        };
        call.has = true;
        known.holds += 1;
        known.room = known.room.map(|room| room.taken(call.waited));
        let (id, class, by, at) = (known.id, call.class.clone(), call.by, call.at);
        self.say(Kind::Acquired { id, class, by, at });
    }

    /// A call that seemed to find room has not got it.
    fn take_back(&mut self, key: usize) {
        let Some(call) = self.primitives.calls.get_mut(&key).filter(|call| call.has) else {
            return;
        };
        call.has = false;
        let (by, at) = (call.by, call.at);
        if let Some(known) = self.primitives.known.get_mut(&call.address) {
            known.holds = known.holds.saturating_sub(1);
            known.room = None;
            let id = known.id;
            self.say(Kind::Released { id, by, at });
        }
    }

    /// A call ends with what it asked for.
    fn end(&mut self, key: usize) {
        self.get(key);
        self.primitives.calls.remove(&key);
    }

    /// A call ends with nothing.
    fn refuse(&mut self, key: usize) {
        self.take_back(key);
        if let Some(call) = self.primitives.calls.remove(&key) {
            self.primitives.unuse(call.address);
        }
    }

    /// A task waits at a primitive. The identities of that, and of its lock if it is a condition.
    pub(super) fn waits_at(&mut self, task: Id, found: &describe::Primitive) -> (Id, Option<Id>) {
        self.take_back(found.coroutine);
        if let Some(call) = self.primitives.calls.get_mut(&found.coroutine) {
            call.waited = true;
        }
        let owner = self.used(found.address).id;
        let lock = found.lock.map(|lock| self.used(lock).id);
        let kept = iter::once(found.address).chain(found.lock);
        self.primitives.waiting.insert(task, kept.collect());
        (owner, lock)
    }

    /// A task goes on: with what it waited for, unless a cancellation is thrown at it. That also ends what has not begun.
    pub(super) fn calls_go_on(&mut self, task: Id, cancel: bool) {
        let Some(open) = self.primitives.open.remove(&Some(task)) else {
            return;
        };
        for key in open {
            let waited = self.primitives.calls.get(&key).is_some_and(|call| call.waited);
            if cancel {
                self.refuse(key);
            } else if waited {
                self.end(key);
            } else {
                self.primitives.open.entry(Some(task)).or_default().push(key);
            }
        }
    }

    /// A step of a task ends. All calls that ran in it have what they asked for, but the one that waits.
    pub(super) fn calls_end(&mut self, task: Id, waits: Option<usize>) {
        for key in self.primitives.open.remove(&Some(task)).unwrap_or_default() {
            if waits == Some(key) {
                self.primitives.open.insert(Some(task), vec![key]);
            } else {
                self.end(key);
            }
        }
    }

    /// A task is no more, and its calls are not.
    pub(super) fn calls_gone(&mut self, task: Id) {
        for key in self.primitives.open.remove(&Some(task)).unwrap_or_default() {
            self.refuse(key);
        }
    }

    /// A coroutine is destroyed before its end.
    pub(super) fn dropped(&mut self, coroutine: &PyObject) {
        self.refuse(stacks::address(coroutine));
    }
}

/// A primitive is given back. Nobody need hold it: a semaphore may be given more than it had.
pub fn released(primitive: &PyObject, vm: &VirtualMachine) {
    with(|recorder| {
        let by = recorder.current();
        let address = stacks::address(primitive);
        let known = recorder.primitives.known.get_mut(&address);
        if let Some(known) = known.filter(|known| known.holds > 0) {
            known.holds -= 1;
            let id = known.id;
            recorder.primitives.unuse(address);
            let at = recorder.at(vm);
            recorder.say(Kind::Released { id, by, at });
        }
    });
}

/// An object is being destroyed. It may be an error that was thrown, or a primitive that is held, and which nobody can give
/// back any more.
pub fn object_destroyed(object: &PyObject, vm: &VirtualMachine) {
    let address = stacks::address(object);
    with(|recorder| {
        recorder.cancellations.forget(address);
        let Some(Known { id, holds, .. }) = recorder.primitives.forget(address) else {
            return;
        };
        // What still speaks of it is garbage too, and must not be taken to speak of the next at this address.
        recorder.primitives.calls.retain(|_, call| call.address != address);
        for kept in recorder.primitives.waiting.values_mut() {
            kept.retain(|other| *other != address);
        }
        for _ in 0..holds {
            let at = recorder.at(vm);
            recorder.say(Kind::Released { id, by: None, at });
        }
    });
}

/// A primitive has looked for the next to let in, and what it counts may have changed.
pub fn room_changed(primitive: &PyObject, vm: &VirtualMachine) {
    with(|recorder| {
        if let Some(known) = recorder.primitives.known.get_mut(&stacks::address(primitive)) {
            known.room = describe::room(primitive, vm);
        }
    });
}

//! What is alive after some of the events.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::state::Waiting,
    trace::event::{Event, Id, Kind, StackId, StepEnd, Wait},
};

/// A task that has not ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Alive {
    /// Where it waits, or waited before it became ready.
    pub wait: Option<Waiting>,
    /// The latest place that its running step is known to have been at.
    pub at: Option<StackId>,
    /// When its step began.
    started: u64,
}

/// Somebody holds a lock, or a permit of a semaphore.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    pub by: Option<Id>,
    pub since: u64,
    pub at: StackId,
}

/// A lock or semaphore that is held.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub class: String,
    /// In the order in which they came.
    pub holds: Vec<Hold>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Fold {
    pub count: usize,
    pub time: u64,
    pub iteration: u32,
    /// Tasks whose step runs, innermost last.
    pub running: Vec<Id>,
    /// The callback that runs.
    pub handle: Option<Id>,
    pub alive: BTreeMap<Id, Alive>,
    /// By the number of their turn: who, and since when.
    queue: BTreeMap<u64, (Id, u64)>,
    turns: BTreeMap<Id, u64>,
    next_turn: u64,
    timers: BTreeSet<(u64, Id)>,
    due: BTreeMap<Id, u64>,
    /// The futures that timers will complete, and when.
    timed: BTreeMap<Id, u64>,
    waiters: BTreeMap<Id, Vec<Id>>,
    /// What a gather, a group or a task is noted to wait for.
    pub awaits: BTreeMap<Id, BTreeSet<Id>>,
    /// Tasks that wait at a primitive, such as a lock.
    pub at_primitives: BTreeSet<Id>,
    pub held: BTreeMap<Id, Held>,
}

impl Fold {
    pub(super) fn apply(&mut self, event: &Event) {
        self.count += 1;
        self.time = event.time;
        self.note_place(&event.kind);
        match &event.kind {
            Kind::Iteration { .. } => {
                self.iteration += 1;
                self.take_due_timers();
            }
            Kind::TaskCreated { id, eager, .. } => {
                self.alive.insert(*id, Alive::default());
                if !eager {
                    self.make_ready(*id);
                }
            }
            Kind::StepStarted { id, .. } => {
                self.unready(*id);
                self.running.push(*id);
                if let Some(alive) = self.alive.get_mut(id) {
                    alive.at = alive.wait.take().map(|waiting| waiting.chain);
                    alive.started = event.time;
                }
            }
            Kind::StepEnded { id, end } => self.end_step(*id, end),
            Kind::FutureDone { id, .. } => {
                self.timed.remove(id);
                self.forget(*id);
                self.wake(*id);
            }
            Kind::Awaited { id, by } => {
                self.awaits.entry(*by).or_default().insert(*id);
            }
            Kind::NoLongerAwaited { id, by } => self.no_longer_awaits(*by, *id),
            Kind::Acquired { id, class, by, at } => self.acquire(*id, class, *by, *at),
            Kind::Released { id, by, .. } => self.release(*id, *by),
            Kind::Destroyed { id, .. } => self.forget(*id),
            Kind::HandleScheduled { id, when: None, .. } => self.make_ready(*id),
            Kind::HandleScheduled {
                id,
                when: Some(when),
                future,
                ..
            } => {
                self.timed.extend(future.map(|future| (future, *when)));
                self.timers.insert((*when, *id));
                self.due.insert(*id, *when);
            }
            Kind::HandleCancelled { id } => self.unready(*id),
            Kind::HandleStarted { id } => {
                self.unready(*id);
                self.handle = Some(*id);
            }
            Kind::HandleEnded { .. } => self.handle = None,
            _ => {}
        }
    }

    /// Those that wait for their turn, in its order, and since when.
    pub(super) fn ready(&self) -> impl Iterator<Item = (Id, u64)> {
        self.queue.values().copied()
    }

    pub(super) fn ready_count(&self) -> usize {
        self.queue.len()
    }

    pub(super) fn is_ready(&self, id: Id) -> bool {
        self.turns.contains_key(&id)
    }

    /// Whether the timer that a task waits for is due, and somebody else has the loop.
    pub(super) fn is_late(&self, id: Id) -> bool {
        self.due_since(id).is_some()
    }

    fn due_since(&self, id: Id) -> Option<u64> {
        let wait = self.alive.get(&id)?.wait.as_ref()?;
        let Wait::Future { id: future, .. } = wait.on else {
            return None;
        };
        self.timed.get(&future).copied().filter(|when| *when < self.time)
    }

    /// The handles of timers by time, and the time.
    pub(super) fn timers(&self) -> impl Iterator<Item = (Id, u64)> {
        self.timers.iter().map(|(when, id)| (*id, *when))
    }

    /// Since when a task is in its state.
    pub(super) fn since(&self, id: Id, alive: &Alive) -> u64 {
        if self.running.contains(&id) {
            return alive.started;
        }
        let turn = self.turns.get(&id).and_then(|turn| self.queue.get(turn));
        let waits = alive.wait.as_ref().map(|waiting| waiting.since);
        let late = self.due_since(id);
        turn.map(|(_, since)| *since).or(late).or(waits).unwrap_or(self.time)
    }

    pub(super) fn timer_count(&self) -> usize {
        self.timers.len()
    }

    /// About how many things a copy of this holds.
    pub(super) fn size(&self) -> usize {
        self.alive.len()
            + self.queue.len()
            + self.timers.len()
            + self.timed.len()
            + self.waiters.len()
            + self.awaits.len()
            + self.held.len()
    }

    /// Since when the oldest of those that could run can: a timer that is due counts, though the loop has not looked.
    pub(super) fn oldest(&self) -> Option<u64> {
        let due = self
            .timers
            .first()
            .map(|(when, _)| *when)
            .filter(|when| *when < self.time);
        // Turns are given in the order of time.
        let first = self.queue.values().next().map(|(_, since)| *since);
        first.into_iter().chain(due).min()
    }

    fn make_ready(&mut self, id: Id) {
        self.at_primitives.remove(&id);
        self.turns.insert(id, self.next_turn);
        self.queue.insert(self.next_turn, (id, self.time));
        self.next_turn += 1;
    }

    fn unready(&mut self, id: Id) {
        if let Some(turn) = self.turns.remove(&id) {
            self.queue.remove(&turn);
        }
        if let Some(when) = self.due.remove(&id) {
            self.timers.remove(&(when, id));
        }
    }

    fn take_due_timers(&mut self) {
        while let Some((when, id)) = self.timers.first().copied().filter(|(when, _)| *when <= self.time) {
            self.timers.remove(&(when, id));
            self.due.remove(&id);
            self.make_ready(id);
        }
    }

    fn end_step(&mut self, id: Id, end: &StepEnd) {
        if let Some(position) = self.running.iter().rposition(|running| *running == id) {
            self.running.remove(position);
        }
        let StepEnd::Suspended { on, chain } = end else { return };
        if matches!(on, Wait::Future { owner: Some(_), .. }) {
            self.at_primitives.insert(id);
        }
        if let Some(alive) = self.alive.get_mut(&id) {
            alive.wait = Some(Waiting {
                on: on.clone(),
                chain: *chain,
                since: self.time,
            });
        }
        match on {
            Wait::Yield => self.make_ready(id),
            Wait::Future { id: future, .. } => self.waiters.entry(*future).or_default().push(id),
        }
    }

    fn no_longer_awaits(&mut self, by: Id, id: Id) {
        if let Some(awaited) = self.awaits.get_mut(&by) {
            awaited.remove(&id);
            if awaited.is_empty() {
                self.awaits.remove(&by);
            }
        }
    }

    fn acquire(&mut self, primitive: Id, class: &str, by: Option<Id>, at: StackId) {
        let held = self.held.entry(primitive).or_default();
        class.clone_into(&mut held.class);
        held.holds.push(Hold {
            by,
            since: self.time,
            at,
        });
    }

    /// Who gives back gives back what it holds itself, or else what is held longest.
    fn release(&mut self, primitive: Id, by: Option<Id>) {
        let Some(held) = self.held.get_mut(&primitive) else {
            return;
        };
        let own = held.holds.iter().position(|hold| hold.by == by);
        if own.is_some() || !held.holds.is_empty() {
            held.holds.remove(own.unwrap_or(0));
        }
        if held.holds.is_empty() {
            self.held.remove(&primitive);
        }
    }

    fn forget(&mut self, id: Id) {
        self.awaits.remove(&id);
        self.at_primitives.remove(&id);
        if self.alive.remove(&id).is_some() {
            self.unready(id);
        }
    }

    fn wake(&mut self, future: Id) {
        for task in self.waiters.remove(&future).unwrap_or_default() {
            let waits = self.alive.get(&task).and_then(|alive| alive.wait.as_ref());
            let on = waits.map(|waiting| &waiting.on);
            if matches!(on, Some(Wait::Future { id, .. }) if *id == future) && !self.is_ready(task) {
                self.make_ready(task);
            }
        }
    }

    /// Whatever a running step does says where it is.
    fn note_place(&mut self, kind: &Kind) {
        let at = match kind {
            Kind::TaskCreated { at, .. }
            | Kind::CoroutineCreated { at, .. }
            | Kind::FutureCreated { at, .. }
            | Kind::FutureDone { at, .. }
            | Kind::Retrieved { at, .. }
            | Kind::Joined { at, .. }
            | Kind::CancelRequested { at, .. }
            | Kind::CancellationCaught { at, .. }
            | Kind::HandleScheduled { at, .. }
            | Kind::Acquired { at, .. }
            | Kind::Released { at, .. }
            | Kind::Blocked { at, .. }
            | Kind::Misuse { at, .. }
            | Kind::Warning { at, .. }
            | Kind::Raised { at, .. }
            | Kind::Log { at, .. } => *at,
            _ => return,
        };
        if let Some(alive) = self.running.last().and_then(|id| self.alive.get_mut(id)) {
            alive.at = Some(at);
        }
    }
}

//! The fold that makes the timeline.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Arrow, ArrowKind, Fate, Lane, LaneKind, Mark, Slice, SliceState, Timeline};
use crate::{
    analysis::{diagnostic::Diagnostic, state::State, words},
    trace::event::{BlockCause, Completion, Event, Id, Kind, StepEnd, Wait},
    workspace::Options,
};

/// What a lane is doing, and who made it ready.
#[derive(Clone, Debug)]
struct Open {
    slice: Slice,
    arrow: Option<(Id, u64, ArrowKind)>,
}

/// A lane, its place in the order of creation, and when anything about it last changed.
#[derive(Clone, Debug)]
struct Row {
    lane: Lane,
    /// The function, as the slices in which it runs are labelled.
    label: Arc<str>,
    number: u32,
    touched: u32,
}

/// What a reader of the timeline knows already, and how much it takes at once.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The first slice that is not known.
    pub from: u32,
    /// The version of the lanes that is known.
    pub since: u32,
    /// Slices looked through in one answer, at most.
    pub slices: u32,
    /// Only so many lanes, the first that were made, are told of: more make no picture.
    pub lanes: u32,
}

impl Request {
    /// Everything there is.
    pub const WHOLE: Self = Self {
        from: 0,
        since: 0,
        slices: u32::MAX,
        lanes: u32::MAX,
    };
}

/// Every lane and slice so far.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    rows: BTreeMap<Id, Row>,
    /// Tasks that have not ended.
    alive: u32,
    /// The number of events so far, by which changes are told apart.
    version: u32,
    slices: Vec<Slice>,
    arrows: Vec<Arrow>,
    open: BTreeMap<Id, Open>,
    /// The tasks that wait for each future.
    waiters: BTreeMap<Id, Vec<Id>>,
    /// Tasks whose next wake-up is a cancellation.
    cancelled: BTreeSet<Id>,
    labels: Labels,
}

/// The labels of the slices so far: thousands of slices have a handful of them.
#[derive(Clone, Debug, Default)]
struct Labels(BTreeSet<Arc<str>>);

impl Labels {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let label: Arc<str> = text.into();
        self.0.insert(Arc::clone(&label));
        label
    }
}

impl Lanes {
    /// Folds one event in; `state` has seen it already.
    pub fn apply(&mut self, event: &Event, state: &State, options: &Options) {
        let time = event.time;
        self.version += 1;
        match &event.kind {
            Kind::LoopCreated { id, .. } => self.begin(*id, LaneKind::Loop, ("Event loop", ""), None, time),
            Kind::LoopClosed { id, .. } => self.end(*id, Fate::Finished, time),
            Kind::IdleUntil { id, until } => {
                let idle = self.slice(*id, time, SliceState::Waiting, "idle");
                self.push(Slice { end: *until, ..idle });
            }
            Kind::HandleStarted { id } => {
                if let (Some(lane), Some(handle)) = (state.current_loop(), state.handles.get(id)) {
                    let running = self.slice(lane, time, SliceState::Running, &handle.callback);
                    self.switch(lane, running, None);
                }
            }
            Kind::HandleEnded { .. } => {
                if let Some(lane) = state.current_loop() {
                    self.close(lane, time);
                }
            }
            Kind::Blocked {
                start,
                cause,
                task,
                handle,
                at,
                victims,
            } => {
                let lane = task.or_else(|| handle.and_then(|_| state.current_loop()));
                if let Some(lane) = lane.filter(|_| time.saturating_sub(*start) >= options.slow_step) {
                    let label = match cause {
                        BlockCause::Call { name } => name,
                        BlockCause::Work => "computing",
                    };
                    let blocked = self.slice(lane, *start, SliceState::Blocked, label);
                    self.block(Slice {
                        end: time,
                        stack: Some(*at),
                        ..blocked
                    });
                    for victim in victims {
                        self.delay(victim.id, time - victim.late.min(time));
                    }
                }
            }
            Kind::Ended { .. } => self.finish(time),
            kind => {
                self.apply_to_threads(time, kind);
                self.apply_to_tasks(time, kind, state);
            }
        }
    }

    /// A thread is drawn as running from its start to its end, except where it waits: a slice for each turn that it takes
    /// would be finer than anyone can see.
    fn apply_to_threads(&mut self, time: u64, kind: &Kind) {
        match kind {
            Kind::ThreadStarted { id, name, function, .. } => {
                self.begin(*id, LaneKind::Thread, (name, function), None, time);
                self.run(*id, time, None);
            }
            Kind::ThreadBlocked { id, on, at } if self.rows.contains_key(id) => {
                let waiting = self.slice(*id, time, SliceState::Waiting, on);
                self.switch(
                    *id,
                    Slice {
                        stack: Some(*at),
                        ..waiting
                    },
                    None,
                );
            }
            Kind::ThreadResumed { id } if self.rows.contains_key(id) => self.run(*id, time, None),
            Kind::ThreadFailed { id, .. } => self.fate(*id, Fate::Failed, time),
            Kind::ThreadEnded { id } => self.end(*id, Fate::Finished, time),
            _ => {}
        }
    }

    fn apply_to_tasks(&mut self, time: u64, kind: &Kind, state: &State) {
        match kind {
            Kind::TaskCreated {
                id,
                name,
                function,
                parent,
                ..
            } => {
                self.begin(*id, LaneKind::Task, (name, function), *parent, time);
                let from = parent.map(|parent| (parent, time, ArrowKind::Created));
                let created = self.slice(*id, time, SliceState::Ready, "created");
                self.switch(*id, created, from);
            }
            Kind::TaskRenamed { id, name } => {
                if let Some(lane) = self.lane(*id) {
                    lane.name.clone_from(name);
                }
            }
            Kind::StepStarted { id, .. } => {
                let arrow = self.open.get_mut(id).and_then(|open| open.arrow.take());
                self.run(*id, time, arrow);
            }
            Kind::StepEnded { id, end } => self.end_step(*id, end, time, state),
            Kind::CancelRequested { id, accepted: true, .. } => {
                self.cancelled.insert(*id);
            }
            Kind::FutureDone { id, completion, by, .. } => {
                let fate = match completion {
                    Completion::Result => Fate::Finished,
                    Completion::Exception(_) => Fate::Failed,
                    Completion::Cancelled => Fate::Cancelled,
                };
                self.fate(*id, fate, time);
                self.wake(*id, by.or_else(|| state.current_loop()), time);
            }
            Kind::Destroyed { id, pending: true, .. } => self.end(*id, Fate::Collected, time),
            _ => {}
        }
    }

    fn end_step(&mut self, id: Id, end: &StepEnd, time: u64, state: &State) {
        let StepEnd::Suspended { on, chain } = end else {
            self.close(id, time);
            return;
        };
        let label = state.tasks.get(&id).and_then(|task| task.waiting.as_ref());
        let label = label.map_or("".into(), |waiting| words::label(state, waiting));
        let doing = match on {
            Wait::Yield => SliceState::Ready,
            Wait::Future { id: future, .. } => {
                self.waiters.entry(*future).or_default().push(id);
                SliceState::Waiting
            }
        };
        let suspended = self.slice(id, time, doing, &label);
        self.switch(
            id,
            Slice {
                stack: Some(*chain),
                ..suspended
            },
            None,
        );
    }

    fn begin(&mut self, id: Id, kind: LaneKind, (name, function): (&str, &str), parent: Option<Id>, start: u64) {
        let (name, function) = (name.to_owned(), function.to_owned());
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let lane = Lane {
            id,
            kind,
            name,
            function,
            parent,
            start,
            end: None,
            fate: Fate::Running,
        };
        let touched = self.version;
        self.alive += u32::from(kind == LaneKind::Task);
        let label = self.labels.get(&lane.function);
        let row = Row {
            lane,
            label,
            number,
            touched,
        };
        self.rows.insert(id, row);
    }

    /// A lane that is about to change.
    fn lane(&mut self, id: Id) -> Option<&mut Lane> {
        let row = self.rows.get_mut(&id)?;
        row.touched = self.version;
        Some(&mut row.lane)
    }

    fn fate(&mut self, id: Id, fate: Fate, time: u64) {
        if let Some(lane) = self.lane(id).filter(|lane| lane.fate == Fate::Running) {
            lane.fate = fate;
            lane.end = Some(time);
            let task = lane.kind == LaneKind::Task;
            self.alive -= u32::from(task);
        }
        // A task that ends outside of a step of its own, cancelled before its first, does nothing more.
        if self
            .open
            .get(&id)
            .is_some_and(|open| open.slice.state != SliceState::Running)
        {
            self.close(id, time);
        }
    }

    fn end(&mut self, id: Id, fate: Fate, time: u64) {
        self.close(id, time);
        self.fate(id, fate, time);
    }

    /// Those that waited for a future can run again.
    fn wake(&mut self, future: Id, from: Option<Id>, time: u64) {
        for task in self.waiters.remove(&future).unwrap_or_default() {
            let kind = if self.cancelled.remove(&task) {
                ArrowKind::Cancelled
            } else {
                ArrowKind::Woken
            };
            let arrow = from.map(|from| (from, time, kind));
            match self.open.get_mut(&task) {
                Some(open) if open.slice.state == SliceState::Waiting => {
                    let ready = self.slice(task, time, SliceState::Ready, "ready");
                    self.switch(task, ready, arrow);
                }
                // It was due already, and late.
                Some(open) if open.slice.state == SliceState::Ready => open.arrow = arrow,
                _ => {}
            }
        }
    }

    /// A task that waited for a timer could have run from `due` on, had another not kept the loop.
    fn delay(&mut self, id: Id, due: u64) {
        let waits = |open: &Open| open.slice.state == SliceState::Waiting && open.slice.start <= due;
        if self.open.get(&id).is_some_and(waits) {
            let late = self.slice(id, due, SliceState::Ready, "late");
            self.switch(id, late, None);
        }
    }

    /// A blocked stretch takes its part out of the running slice it lies in; one that is told of afterwards lies over it.
    fn block(&mut self, blocked: Slice) {
        let running = self
            .open
            .get_mut(&blocked.lane)
            .filter(|open| open.slice.state == SliceState::Running);
        let Some(open) = running else {
            self.push(blocked);
            return;
        };
        if let Some(row) = self.rows.get_mut(&blocked.lane) {
            row.touched = self.version;
        }
        let before = open.slice.clone();
        open.slice.start = blocked.end;
        let arrow = open.arrow.take();
        self.lead(blocked.lane, arrow);
        if before.start < blocked.start {
            self.push(Slice {
                end: blocked.start,
                ..before
            });
        }
        self.push(blocked);
    }

    /// Lets an arrow lead to the slice that is pushed next.
    fn lead(&mut self, to: Id, arrow: Option<(Id, u64, ArrowKind)>) {
        let slice = u32::try_from(self.slices.len()).unwrap_or(u32::MAX);
        self.arrows.extend(arrow.map(|(from, time, kind)| Arrow {
            slice,
            from,
            to,
            time,
            kind,
        }));
    }

    /// Ends what a lane does and begins another slice.
    fn switch(&mut self, lane: Id, next: Slice, arrow: Option<(Id, u64, ArrowKind)>) {
        let time = next.start;
        self.lane(lane);
        if let Some(before) = self.open.insert(lane, Open { slice: next, arrow }) {
            self.keep(before, time);
        }
    }

    /// The same, where the lane's own function is what begins to run.
    fn run(&mut self, lane: Id, time: u64, arrow: Option<(Id, u64, ArrowKind)>) {
        let label = self.rows.get(&lane).map(|row| Arc::clone(&row.label));
        let label = label.unwrap_or_else(|| self.labels.get(""));
        self.switch(lane, labelled(lane, time, SliceState::Running, label), arrow);
    }

    fn close(&mut self, lane: Id, time: u64) {
        if let Some(open) = self.open.remove(&lane) {
            self.lane(lane);
            self.keep(open, time);
        }
    }

    /// Puts what has ended among the slices.
    fn keep(&mut self, Open { slice, arrow }: Open, time: u64) {
        let lane = slice.lane;
        // A step is shown however short; to wait for no time is not to wait.
        if time > slice.start || slice.state == SliceState::Running {
            self.lead(lane, arrow);
            self.push(Slice { end: time, ..slice });
        }
    }

    fn finish(&mut self, time: u64) {
        for lane in self.open.keys().copied().collect::<Vec<_>>() {
            self.close(lane, time);
        }
        self.alive = 0;
        for row in self.rows.values_mut().filter(|row| row.lane.end.is_none()) {
            row.touched = self.version;
            let lane = &mut row.lane;
            lane.end = Some(time);
            lane.fate = if lane.kind == LaneKind::Loop {
                Fate::Finished
            } else {
                Fate::Pending
            };
        }
    }

    fn push(&mut self, slice: Slice) {
        self.slices.push(slice);
    }

    fn slice(&mut self, lane: Id, start: u64, state: SliceState, label: &str) -> Slice {
        labelled(lane, start, state, self.labels.get(label))
    }

    /// What is new for a reader of the timeline.
    #[must_use]
    pub fn timeline(&self, request: Request, state: &State, diagnostics: &[Diagnostic]) -> Timeline {
        let total = u32::try_from(self.slices.len()).unwrap_or(u32::MAX);
        let from = request.from.min(total);
        let next = from.saturating_add(request.slices).min(total);
        let shown = |id: Id| self.rows.get(&id).is_some_and(|row| row.number < request.lanes);
        let changed = || {
            // Ids count in the order of creation, as lanes do.
            let rows = self.rows.values().take(request.lanes as usize);
            rows.filter(|row| row.touched > request.since)
        };
        let open = changed()
            .filter_map(|row| self.open.get(&row.lane.id))
            .map(|open| Slice {
                end: state.now.max(open.slice.start),
                ..open.slice.clone()
            });
        let arrow = |slice: u32| self.arrows.partition_point(|arrow| arrow.slice < slice);
        let arrows = self.arrows.get(arrow(from)..arrow(next)).unwrap_or_default();
        let slices = self.slices.get(from as usize..next as usize).unwrap_or_default();
        let mark = |it: &Diagnostic| Mark {
            diagnostic: it.id.clone(),
            lane: it.task,
            time: it.time,
        };
        Timeline {
            lanes: changed().map(|row| row.lane.clone()).collect(),
            count: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            alive: self.alive,
            version: self.version,
            from,
            next,
            total,
            slices: slices.iter().filter(|slice| shown(slice.lane)).cloned().collect(),
            open: open.collect(),
            arrows: arrows.iter().filter(|arrow| shown(arrow.to)).cloned().collect(),
            marks: diagnostics.iter().map(mark).collect(),
            now: state.now,
        }
    }
}

fn labelled(lane: Id, start: u64, state: SliceState, label: Arc<str>) -> Slice {
    Slice {
        lane,
        start,
        end: start,
        state,
        label,
        stack: None,
    }
}

//! The run at one moment: what ran, what was ready, which timers were set, and where every task stood and why.
//!
//! A moment is a number of events. Going there folds the trace from the nearest checkpoint, so that stepping back costs
//! no more than stepping forward. Only what is alive is kept, so a checkpoint is as small as the program is at that time.

mod fold;
mod primitives;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{diagnostic::Region, state::State, timeline::SliceState, words};
use crate::trace::{
    event::{Event, Id, Kind, StackId, Wait},
    record::Record,
};
use fold::Fold;

/// Lists of a moment hold no more than this: nobody reads further, and the counts say what is left out.
const MOST: usize = 200;

/// A place where a task stands, or one of the calls that led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The function's qualified name.
    pub function: String,
    pub file: String,
    pub span: Region,
}

/// What ends a wait later in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Awaking {
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    /// The task that does it; absent for a timer or a callback.
    pub by: Option<Id>,
    pub place: Option<Standing>,
}

/// A task that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TaskMoment {
    pub id: Id,
    pub name: String,
    /// The coroutine's qualified name.
    pub function: String,
    pub state: SliceState,
    /// Since when it is in this state.
    #[cfg_attr(test, ts(type = "number"))]
    pub since: u64,
    /// What it waits for, such as `Lock.acquire` or a task's name; empty for one that does not wait.
    pub label: String,
    /// The task it waits for.
    pub on: Option<Id>,
    /// The tasks that it waits for all or some of, as in a group or a gather.
    pub group: Vec<Id>,
    /// The workspace's calls that led to where it stands, innermost first. Empty before its first step.
    pub chain: Vec<Standing>,
    /// What ends its wait; absent where nothing in this run does.
    pub until: Option<Awaking>,
}

/// A callback or task whose turn comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    pub id: Id,
    /// A task's name, or a callback's.
    pub name: String,
    pub task: bool,
    /// Since when it is ready, or for when its timer is set.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
}

/// Somebody who holds a lock, or a permit of a semaphore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The task that got it, which may have ended since; absent for what no task did.
    pub task: Option<Id>,
    #[cfg_attr(test, ts(type = "number"))]
    pub since: u64,
    /// Where it was got.
    pub place: Option<Standing>,
}

/// A lock, queue, event or semaphore that somebody waits at or holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Primitive {
    pub id: Id,
    /// `Lock`, `Queue`, …
    pub class: String,
    /// Those that hold it, in the order in which they came; for a condition, those that hold its lock.
    pub holders: Vec<Holder>,
    pub holder_count: u32,
    /// The lock of a condition.
    pub lock: Option<Id>,
    /// Those that wait, in the order in which they came.
    pub waiters: Vec<Id>,
    pub waiter_count: u32,
    /// What lets the first of them go on.
    pub until: Option<Awaking>,
}

/// Everything about one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// The number of events that have happened.
    pub count: u32,
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    /// The event that happened last.
    pub event: Option<Event>,
    /// Turns of the loop so far.
    pub iteration: u32,
    /// The task that runs, or the callback.
    pub running: Option<Id>,
    pub tasks: Vec<TaskMoment>,
    /// The number of tasks that have not ended.
    pub alive: u32,
    /// In the order in which they will run.
    pub ready: Vec<Turn>,
    pub ready_count: u32,
    /// By time.
    pub timers: Vec<Turn>,
    pub timer_count: u32,
    pub primitives: Vec<Primitive>,
    /// How long the one that waits longest for its turn has waited, in virtual nanoseconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub lag: u64,
}

/// Goes to any moment of a trace.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    now: Fold,
    checkpoints: BTreeMap<usize, Fold>,
    spacing: usize,
}

/// Beyond so many checkpoints every other one goes.
const CHECKPOINTS: usize = 32;
/// A program with a hundred thousand tasks has few: all of them together hold no more than so many things.
const HELD: usize = 400_000;
const FIRST_SPACING: usize = 2_048;

impl Moments {
    /// The state after the first `count` events, at a time before the next of them. `state` is that of all of them.
    pub fn at(&mut self, count: usize, time: u64, events: &Record, state: &State) -> Moment {
        let count = count.min(events.len());
        self.go(count, events);
        let event = count.checked_sub(1).and_then(|last| events.get(last));
        let from = event.as_ref().map_or(0, |event| event.time);
        let until = events.get(count).map_or(u64::MAX, |event| event.time);
        self.now.time = time.clamp(from, until.max(from));
        let ahead = events.starting_at(count);
        let blocked = self
            .now
            .running
            .last()
            .and_then(|task| blocks(*task, self.now.time, ahead));
        view(&self.now, event, blocked, state)
    }

    fn go(&mut self, count: usize, events: &Record) {
        if self.spacing == 0 {
            self.spacing = FIRST_SPACING;
        }
        let nearest = self.checkpoints.range(..=count).next_back();
        let nearest = nearest.filter(|(at, _)| self.now.count > count || **at > self.now.count);
        match nearest {
            Some((_, fold)) => self.now = fold.clone(),
            None if self.now.count > count => self.now = Fold::default(),
            None => {}
        }
        let missing = count.saturating_sub(self.now.count);
        for event in events.starting_at(self.now.count).take(missing) {
            self.now.apply(&event);
            if self.now.count.is_multiple_of(self.spacing) {
                self.keep();
            }
        }
    }

    fn keep(&mut self) {
        let held: usize = self.checkpoints.values().map(Fold::size).sum();
        if held + self.now.size() > HELD {
            return;
        }
        self.checkpoints.insert(self.now.count, self.now.clone());
        if self.checkpoints.len() > CHECKPOINTS {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.checkpoints.retain(|at, _| at.is_multiple_of(spacing));
        }
    }
}

/// Where a running task keeps the loop: a blocked stretch is told of at its end, which may still be to come.
fn blocks(task: Id, now: u64, ahead: impl Iterator<Item = Event>) -> Option<StackId> {
    let step = ahead.take_while(|event| !matches!(event.kind, Kind::StepEnded { id, .. } if id == task));
    step.take(MOST).find_map(|event| match event.kind {
        Kind::Blocked {
            start,
            task: Some(by),
            at,
            ..
        } if by == task && start <= now => Some(at),
        _ => None,
    })
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn view(fold: &Fold, event: Option<Event>, blocked: Option<StackId>, state: &State) -> Moment {
    let running = fold.running.last().copied().or(fold.handle);
    let turn = |id: Id, time: u64| {
        let task = state.tasks.get(&id);
        let callback = || state.handles.get(&id).map(|handle| handle.callback.clone());
        Turn {
            id,
            name: task.map(|task| task.name.clone()).or_else(callback).unwrap_or_default(),
            task: task.is_some(),
            time,
        }
    };
    Moment {
        count: size(fold.count),
        time: fold.time,
        event,
        iteration: fold.iteration,
        running,
        tasks: tasks(fold, blocked, state),
        alive: size(fold.alive.len()),
        ready: fold.ready().take(MOST).map(|(id, since)| turn(id, since)).collect(),
        ready_count: size(fold.ready_count()),
        timers: fold.timers().take(MOST).map(|(id, when)| turn(id, when)).collect(),
        timer_count: size(fold.timer_count()),
        primitives: primitives::view(fold, state),
        lag: fold.oldest().map_or(0, |since| fold.time.saturating_sub(since)),
    }
}

/// Those that run come first, then those that could, then those that wait.
fn tasks(fold: &Fold, blocked: Option<StackId>, state: &State) -> Vec<TaskMoment> {
    let doing = |id: &Id| {
        if fold.running.contains(id) {
            SliceState::Running
        } else if fold.is_ready(*id) || fold.is_late(*id) {
            SliceState::Ready
        } else {
            SliceState::Waiting
        }
    };
    let known = |id: Id| fold.alive.get_key_value(&id);
    let running = fold.running.iter().rev().copied();
    let ready = fold.ready().map(|(id, _)| id);
    let first = running.chain(ready).filter_map(known);
    let rest = fold
        .alive
        .iter()
        .filter(|(id, _)| !fold.running.contains(id) && !fold.is_ready(**id));
    first
        .chain(rest)
        .take(MOST)
        .map(|(id, alive)| {
            let mut task = task(*id, alive, doing(id), fold, state);
            if let Some(stack) = blocked.filter(|_| fold.running.last() == Some(id)) {
                task.state = SliceState::Blocked;
                task.chain = chain(state, stack);
            }
            task
        })
        .collect()
}

fn task(id: Id, alive: &fold::Alive, doing: SliceState, fold: &Fold, state: &State) -> TaskMoment {
    let known = state.tasks.get(&id);
    let wait = alive.wait.as_ref();
    let waits = wait.filter(|_| doing == SliceState::Waiting);
    let on = waits.and_then(|waiting| match waiting.on {
        Wait::Future { id, .. } => Some(id),
        Wait::Yield => None,
    });
    let stands = match doing {
        SliceState::Running => alive.at,
        _ => wait.map(|waiting| waiting.chain),
    };
    TaskMoment {
        id,
        name: known.map_or(String::new(), |task| task.name.clone()),
        function: known.map_or(String::new(), |task| task.function.clone()),
        state: doing,
        since: fold.since(id, alive),
        label: waits.map_or(String::new(), |waiting| words::label(state, waiting).into_owned()),
        group: group(id, on, fold),
        on: on.filter(|id| state.tasks.contains_key(id)),
        chain: stands.map_or(Vec::new(), |stack| chain(state, stack)),
        until: on.and_then(|future| awaking(state, future, fold.time)),
    }
}

fn group(id: Id, on: Option<Id>, fold: &Fold) -> Vec<Id> {
    let noted = [Some(id), on]
        .into_iter()
        .flatten()
        .filter_map(|by| fold.awaits.get(&by));
    let alive = noted.flatten().copied().filter(|id| fold.alive.contains_key(id));
    if on.is_some() {
        alive.take(MOST).collect()
    } else {
        Vec::new()
    }
}

/// The workspace's frames of a stack, innermost first.
fn chain(state: &State, stack: StackId) -> Vec<Standing> {
    let frames = state.frames(stack).iter().filter(|frame| state.in_workspace(frame));
    let standing = |frame: &crate::trace::event::Frame| Standing {
        function: frame.function.clone(),
        file: state.path(frame.span.file).to_owned(),
        span: frame.span.into(),
    };
    frames.take(MOST).map(standing).collect()
}

fn awaking(state: &State, future: Id, after: u64) -> Option<Awaking> {
    let done = state.done(future).filter(|done| done.time >= after)?;
    Some(Awaking {
        time: done.time,
        by: done.by,
        place: done.by.and_then(|_| chain(state, done.at).into_iter().next()),
    })
}

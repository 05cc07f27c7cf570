//! The timeline's view model: a lane for each task and loop, and what each did when. A fold over the events.

mod lanes;

use std::sync::Arc;

use serde::Serialize;

pub use lanes::{Lanes, Request};

use crate::trace::event::{Id, StackId};

/// How a lane ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// The run still goes on, and so does the lane.
    Running,
    Finished,
    Failed,
    Cancelled,
    /// The garbage collector took the task while it waited.
    Collected,
    /// The run ended first.
    Pending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LaneKind {
    Loop,
    Task,
    /// A simulated thread.
    Thread,
}

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    pub id: Id,
    pub kind: LaneKind,
    /// `Task-1`, `Event loop`, or the name of a thread.
    pub name: String,
    /// The qualified name of the coroutine, or of the function that a thread runs; empty for a loop.
    pub function: String,
    /// The task that created this one.
    pub parent: Option<Id>,
    #[cfg_attr(test, ts(type = "number"))]
    pub start: u64,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub end: Option<u64>,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SliceState {
    Running,
    /// It could run, and another had the loop.
    Ready,
    Waiting,
    /// It ran and kept the loop from everyone else for longer than the threshold.
    Blocked,
}

/// What a lane did from `start` until `end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Slice {
    pub lane: Id,
    #[cfg_attr(test, ts(type = "number"))]
    pub start: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub end: u64,
    pub state: SliceState,
    /// What it ran or waited for, such as `Lock`, `sleep` or `time.sleep`.
    pub label: Arc<str>,
    /// Where, innermost frame first, as introduced by a `stack` event.
    pub stack: Option<StackId>,
}

/// One lane made another ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Arrow {
    /// The index of the slice it leads to, among all slices of the run.
    pub slice: u32,
    /// The lane that ran when it happened: a task, or the loop for a timer.
    pub from: Id,
    pub to: Id,
    /// When the wake-up (or the creation) happened.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    pub kind: ArrowKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ArrowKind {
    Created,
    Woken,
    Cancelled,
}

/// A finding, on the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// The id of the diagnostic.
    pub diagnostic: String,
    pub lane: Option<Id>,
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
}

/// What is new on the timeline. `slices` and `arrows` only grow; a lane is told of again whenever it has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The lanes that are new or have changed, in the order in which they were made.
    pub lanes: Vec<Lane>,
    /// The number of lanes there are.
    pub count: u32,
    /// The number of tasks that have not ended.
    pub alive: u32,
    /// What to name as known when asking for the next change.
    pub version: u32,
    /// The index of the first slice that was looked at.
    pub from: u32,
    /// The index of the first slice that was not.
    pub next: u32,
    /// The number of slices there are.
    pub total: u32,
    /// Slices that have ended, in the order in which they did.
    pub slices: Vec<Slice>,
    /// What each lane of `lanes` is doing now; those without a slice here do nothing.
    pub open: Vec<Slice>,
    /// The arrows that lead to the slices from `from` to `next`.
    pub arrows: Vec<Arrow>,
    pub marks: Vec<Mark>,
    /// The virtual time of the last event.
    #[cfg_attr(test, ts(type = "number"))]
    pub now: u64,
}

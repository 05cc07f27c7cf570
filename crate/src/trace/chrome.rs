//! A trace in Chrome's trace event format, which Perfetto and `chrome://tracing` open.
//!
//! One process; a track for the loop and one for each task; a complete event (`X`) for each step, idle stretch,
//! callback and blocked stretch; a flow (`s`, `f`) for each wake-up; an instant (`i`) for each cancel request, failure
//! and collection. Times are microseconds of virtual time.

use std::{borrow::Borrow, collections::BTreeMap};

use serde_json::{Value, json};

use super::event::{BlockCause, Completion, Event, Id, Kind};

const PROCESS: u32 = 1;

/// The trace as one JSON object.
#[must_use]
pub fn export(events: impl IntoIterator<Item = impl Borrow<Event>>) -> Value {
    let mut writer = Writer::default();
    for event in events {
        writer.event(event.borrow());
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: Vec<Value>,
    names: BTreeMap<Id, String>,
    functions: BTreeMap<Id, String>,
    /// Steps and callbacks that run, with when they began.
    started: BTreeMap<Id, u64>,
    /// Which future each waiting task's last wake-up came from: when it was done, and by whose step.
    completed: BTreeMap<Id, (u64, Option<Id>)>,
    loops: Vec<Id>,
    flows: u32,
    now: u64,
}

impl Writer {
    fn event(&mut self, event: &Event) {
        let time = event.time;
        self.now = time;
        match &event.kind {
            Kind::LoopCreated { id, .. } => {
                self.names.insert(*id, "Event loop".to_owned());
            }
            Kind::LoopStarted { id, .. } => self.loops.push(*id),
            Kind::LoopStopped { id } => self.loops.retain(|running| running != id),
            Kind::IdleUntil { id, until } => self.slice(*id, "idle", "idle", time, *until),
            Kind::TaskCreated { id, name, function, .. } => {
                self.names.insert(*id, format!("{name}: {function}"));
                self.functions.insert(*id, function.clone());
            }
            Kind::TaskRenamed { id, name } => {
                let function = self.functions.get(id).cloned().unwrap_or_default();
                self.names.insert(*id, format!("{name}: {function}"));
            }
            Kind::StepStarted { id, woken_by, .. } => {
                self.started.insert(*id, time);
                self.wake(*id, *woken_by, time);
            }
            Kind::StepEnded { id, .. } => {
                let name = self.functions.get(id).cloned().unwrap_or_default();
                self.close(*id, *id, &name, "step");
            }
            Kind::HandleScheduled { id, callback, .. } => {
                self.functions.insert(*id, callback.clone());
            }
            Kind::HandleStarted { id } => {
                self.started.insert(*id, time);
            }
            Kind::HandleEnded { id } => {
                let name = self.functions.get(id).cloned().unwrap_or_default();
                let track = self.current_loop();
                self.close(*id, track, &name, "callback");
            }
            Kind::Blocked { start, cause, task, .. } => {
                let name = match cause {
                    BlockCause::Call { name } => name.as_str(),
                    BlockCause::Work => "computing",
                };
                let track = task.unwrap_or_else(|| self.current_loop());
                self.slice(track, name, "blocked", *start, time);
            }
            kind => self.instant_or_nothing(kind),
        }
    }

    fn instant_or_nothing(&mut self, kind: &Kind) {
        match kind {
            Kind::FutureDone { id, completion, by, .. } => {
                self.completed.insert(*id, (self.now, *by));
                if let (Completion::Exception(exception), true) = (completion, self.functions.contains_key(id)) {
                    self.instant(*id, &exception.class, "failure");
                }
            }
            Kind::CancelRequested { id, .. } if self.functions.contains_key(id) => {
                self.instant(*id, "cancel()", "cancel");
            }
            Kind::Collection { collected, .. } if *collected > 0 => {
                let track = self.current_loop();
                self.instant(track, "garbage collection", "collection");
            }
            _ => {}
        }
    }

    /// The loop's track; 0 while none runs.
    fn current_loop(&self) -> Id {
        self.loops.last().copied().unwrap_or_default()
    }

    fn close(&mut self, id: Id, track: Id, name: &str, category: &str) {
        if let Some(start) = self.started.remove(&id) {
            self.slice(track, name, category, start, self.now);
        }
    }

    fn slice(&mut self, track: Id, name: &str, category: &str, start: u64, end: u64) {
        self.out.push(json!({
            "ph": "X", "pid": PROCESS, "tid": track, "name": name, "cat": category,
            "ts": micro(start), "dur": micro(end.saturating_sub(start)),
        }));
    }

    fn instant(&mut self, track: Id, name: &str, category: &str) {
        self.out.push(json!({
            "ph": "i", "s": "t", "pid": PROCESS, "tid": track, "name": name, "cat": category, "ts": micro(self.now),
        }));
    }

    /// A flow from the step that completed the future to the step it woke.
    fn wake(&mut self, task: Id, woken_by: Option<Id>, time: u64) {
        let Some((done, by)) = woken_by.and_then(|future| self.completed.get(&future).copied()) else {
            return;
        };
        self.flows += 1;
        let from = by.unwrap_or_else(|| self.current_loop());
        let flow = |phase: &str, track: Id, at: u64| {
            json!({
                "ph": phase, "id": self.flows, "pid": PROCESS, "tid": track, "name": "wake", "cat": "wake",
                "ts": micro(at), "bp": "e",
            })
        };
        let pair = [flow("s", from, done), flow("f", task, time)];
        self.out.extend(pair);
    }

    fn finish(mut self) -> Value {
        // A run that was cut short leaves its last step open.
        for (id, start) in std::mem::take(&mut self.started) {
            let name = self.functions.get(&id).cloned().unwrap_or_default();
            let track = if self.names.contains_key(&id) {
                id
            } else {
                self.current_loop()
            };
            self.slice(track, &name, "step", start, self.now);
        }
        let mut events = vec![metadata("process_name", 0, "loopscope")];
        events.extend(self.names.iter().map(|(id, name)| metadata("thread_name", *id, name)));
        events.append(&mut self.out);
        json!({ "displayTimeUnit": "ms", "traceEvents": events })
    }
}

fn metadata(kind: &str, track: Id, name: &str) -> Value {
    json!({ "ph": "M", "pid": PROCESS, "tid": track, "name": kind, "args": { "name": name } })
}

#[expect(clippy::cast_precision_loss, reason = "virtual times are below 2^53")]
fn micro(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1000.0
}

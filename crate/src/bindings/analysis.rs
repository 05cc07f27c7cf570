//! The exports of the analysis module: one session, folded as its trace arrives.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{answer, take};
use crate::{
    analysis::{Analysis, moment::Moments, predict, rules, source::Sources, timeline},
    explore::{Exploration, Progress},
    trace::{
        Trace, chrome,
        event::{Event, Kind, Outcome, Stream},
        record::Record,
    },
    workspace::{Options, Workspace},
};

/// What a session is opened with.
#[derive(Clone, Default, Deserialize)]
struct Request {
    workspace: Workspace,
    #[serde(default)]
    options: Options,
}

struct Session {
    request: Request,
    record: Record,
    overview: Overview,
    analysis: Analysis,
    moments: Moments,
}

impl Session {
    fn open(request: &Request) -> Self {
        Self {
            request: request.clone(),
            record: Record::default(),
            overview: Overview::default(),
            analysis: Analysis::new(&request.workspace, &request.options),
            moments: Moments::default(),
        }
    }

    /// Reads the next batch, or so many events of it, and returns how many bytes those were; what came whole before a broken
    /// event is kept.
    fn push(&mut self, bytes: &[u8], most: u32) -> Result<usize, String> {
        let read = self.record.extend(bytes, most as usize, |event| {
            self.overview.push(event);
            self.analysis.push(event);
        });
        read.map_err(|error| format!("The trace cannot be read: {error}"))
    }
}

/// A run as a whole.
#[derive(Default, Serialize)]
struct Overview {
    /// Of the last event, in virtual nanoseconds.
    time: u64,
    /// Absent while the trace has no end.
    outcome: Option<Outcome>,
    stdout: String,
    stderr: String,
}

impl Overview {
    fn push(&mut self, event: &Event) {
        self.time = event.time;
        match &event.kind {
            Kind::Output { stream, text, .. } => match stream {
                Stream::Stdout => self.stdout.push_str(text),
                Stream::Stderr => self.stderr.push_str(text),
            },
            Kind::Ended { outcome, .. } => self.outcome = Some(outcome.clone()),
            _ => {}
        }
    }
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(Session::open(&Request::default()));
    static EXPLORATION: RefCell<Option<Exploration>> = const { RefCell::new(None) };
}

fn reply(value: &impl Serialize) -> u64 {
    let text = serde_json::to_vec(value);
    answer(text.unwrap_or_else(|_| br#"{"error":"The answer cannot be written as JSON."}"#.to_vec()))
}

fn reply_to(result: Result<impl Serialize, impl Into<String>>) -> u64 {
    match result {
        Ok(value) => reply(&value),
        Err(error) => reply(&json!({ "error": error.into() })),
    }
}

/// Begins a session, forgetting the one before.
///
/// # Safety
/// The bytes came from `allocate` and are given away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(pointer: u32, length: u32) -> u64 {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { take(pointer, length) };
    let request = serde_json::from_slice::<Request>(&bytes).map_err(|error| format!("The request is wrong: {error}"));
    reply_to(request.map(|request| SESSION.with_borrow_mut(|session| *session = Session::open(&request))))
}

/// Takes in a batch of the trace, or so many of its events. Answers how many bytes it has read.
///
/// # Safety
/// The bytes came from `allocate` and are given away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn push(pointer: u32, length: u32, most: u32) -> u64 {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { take(pointer, length) };
    SESSION.with_borrow_mut(|session| reply_to(session.push(&bytes, most)))
}

/// What the events so far amount to, for those who do not look at each: an [`Overview`].
#[unsafe(no_mangle)]
pub extern "C" fn overview() -> u64 {
    SESSION.with_borrow(|session| reply(&session.overview))
}

/// The findings so far.
#[unsafe(no_mangle)]
pub extern "C" fn diagnostics() -> u64 {
    SESSION.with_borrow(|session| reply(&session.analysis.diagnostics()))
}

/// The events from one index until another.
#[unsafe(no_mangle)]
pub extern "C" fn events(from: u32, to: u32) -> u64 {
    SESSION.with_borrow(|session| {
        let count = to.saturating_sub(from) as usize;
        let events: Vec<Event> = session.record.starting_at(from as usize).take(count).collect();
        reply(&events)
    })
}

/// What is new on the timeline, as a [`timeline::Request`] asks for it.
#[unsafe(no_mangle)]
pub extern "C" fn timeline(from: u32, since: u32, slices: u32, lanes: u32) -> u64 {
    let request = timeline::Request {
        from,
        since,
        slices,
        lanes,
    };
    SESSION.with_borrow(|session| reply(&session.analysis.timeline(request)))
}

/// The run after so many of its events, at a virtual time of so many nanoseconds.
#[unsafe(no_mangle)]
pub extern "C" fn moment(count: u32, time: u64) -> u64 {
    SESSION.with_borrow_mut(|session| {
        let Session {
            record,
            analysis,
            moments,
            ..
        } = session;
        reply(&moments.at(count as usize, time, record, analysis.state()))
    })
}

/// Begins to explore the program of the session, and forgets what was explored before. The session's own trace is the run as
/// written, if it is that of one. Answers as [`explore_next`] does.
#[unsafe(no_mangle)]
pub extern "C" fn explore() -> u64 {
    let progress = SESSION.with_borrow(|session| {
        let Request { workspace, options } = &session.request;
        let mut exploration = Exploration::new(workspace, options);
        if exploration.plain() == options {
            for event in session.record.starting_at(0) {
                exploration.push(&event);
            }
        }
        let progress = exploration.advance();
        EXPLORATION.set(Some(exploration));
        progress
    });
    reply(&progress)
}

/// Takes in a batch of the trace of the run that exploration has asked for.
///
/// # Safety
/// The bytes came from `allocate` and are given away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn explore_push(pointer: u32, length: u32) -> u64 {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { take(pointer, length) };
    let mut trace = Trace::default();
    let read = trace
        .extend(&bytes)
        .map_err(|error| format!("The trace cannot be read: {error}"));
    EXPLORATION.with_borrow_mut(|exploration| {
        if let Some(exploration) = exploration {
            for event in &trace.events {
                exploration.push(event);
            }
        }
    });
    reply_to(read)
}

/// What to run next, and what has been found: a [`Progress`].
#[unsafe(no_mangle)]
pub extern "C" fn explore_next() -> u64 {
    let progress: Option<Progress> = EXPLORATION.with_borrow_mut(|it| it.as_mut().map(Exploration::advance));
    reply_to(progress.ok_or("Nothing is being explored."))
}

/// The trace in Chrome's format.
#[unsafe(no_mangle)]
pub extern "C" fn chrome() -> u64 {
    SESSION.with_borrow(|session| reply(&chrome::export(session.record.starting_at(0))))
}

/// A rule's page: `{"name", "severity", "fault", "faultRu", "page"}`.
///
/// # Safety
/// The bytes, a rule's name, came from `allocate` and are given away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn explain(pointer: u32, length: u32) -> u64 {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { take(pointer, length) };
    let name = String::from_utf8_lossy(&bytes);
    let rule = rules::find(name.trim()).map(|entry| entry.metadata);
    reply_to(rule.ok_or_else(|| format!("There is no rule `{name}`.")).map(|rule| {
        json!({
            "name": rule.name,
            "severity": rule.severity,
            "fault": rule.fault,
            "faultRu": rule.fault_ru,
            "page": rule.page,
        })
    }))
}

/// What the syntax tree of a workspace says, without running it.
///
/// # Safety
/// The bytes, a JSON workspace, came from `allocate` and are given away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn predict(pointer: u32, length: u32) -> u64 {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { take(pointer, length) };
    let request = serde_json::from_slice::<Request>(&bytes).map_err(|error| format!("The request is wrong: {error}"));
    reply_to(request.map(|request| predict::predict(&Sources::new(&request.workspace), |_| true)))
}

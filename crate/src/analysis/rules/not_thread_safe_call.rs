//! The loop, or what belongs to it, was used from another thread.

use crate::{
    analysis::{
        diagnostic::Severity,
        joins, raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
    },
    trace::event::{Event, Id, Kind, Misuse, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "not-thread-safe-call",
    fault: "the event loop was used from another thread",
    fault_ru: "цикл событий использован из другого потока",
    severity: Severity::Error,
    page: include_str!("../../../rules/not-thread-safe-call.md"),
};

const WORDS: &str = "Non-thread-safe operation invoked on an event loop other than the current one";
const SENTENCE: Plain = (
    "This runs in another thread than the loop, which is not woken by it and may be damaged; only `call_soon_threadsafe()` and `run_coroutine_threadsafe()` may be called from there.",
    "Это выполняется не в том потоке, где работает цикл событий: цикл от этого не проснётся и может быть повреждён; из другого потока можно вызывать только `call_soon_threadsafe()` и `run_coroutine_threadsafe()`.",
);

#[derive(Default)]
pub(super) struct NotThreadSafeCall {
    found: u32,
}

impl Rule for NotThreadSafeCall {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let place = match &event.kind {
            Kind::Misuse {
                misuse: Misuse::NotThreadSafe,
                by,
                at,
                ..
            } => context.state.pointed_at(*at).map(|span| (span, *by)),
            // Nothing may have waited yet, so that there was no callback to schedule; somebody might have.
            Kind::FutureDone { id, by: None, at, .. } if context.state.futures.contains_key(id) => {
                from_outside(*at, context).map(|span| (span, None))
            }
            Kind::CancelRequested { id, by: None, at, .. } if context.state.tasks.contains_key(id) => {
                from_outside(*at, context).map(|span| (span, None))
            }
            // The debug mode's check stands at more places than the loop's own.
            _ => raised::reached(event, context)
                .filter(|raise| raise.is("RuntimeError", &[WORDS]))
                .map(|raise| (raise.span, raise.by)),
        };
        let Some((span, by)) = place else { return };
        let told = report
            .of(&METADATA)
            .any(|finding| finding.span == span.into() && finding.file == context.state.path(span.file));
        if told {
            return;
        }
        self.found += 1;
        let finding = METADATA.finding(self.found, span, SENTENCE, context);
        report.put(finding.cpython(WORDS).task(by));
    }
}

/// Where the workspace itself acts on something of a loop that runs in another thread than this.
fn from_outside(at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let here = |id: &Id| state.loop_threads.get(id) == Some(&state.thread);
    let elsewhere = !state.running_loops.is_empty() && !state.running_loops.iter().any(here);
    if !elsewhere {
        return None;
    }
    if let Some(span) = state.pointed_at(at) {
        return joins::called_by_program(at, state).then_some(span);
    }
    // The thread was given the method itself, as a timer is: whoever started it has called it.
    let caller = state.frames(at).first()?;
    let is_thread = state.path(caller.span.file).ends_with("/threading.py");
    state.pointed_at(*state.thread_starts.get(&state.thread).filter(|_| is_thread)?)
}

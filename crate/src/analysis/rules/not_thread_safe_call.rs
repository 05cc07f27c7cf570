//! The loop, or what belongs to it, was used from another thread.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::{Event, Kind, Misuse},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "not-thread-safe-call",
    fault: "the event loop was used from another thread",
    fault_ru: "цикл событий использован из другого потока",
    severity: Severity::Error,
    page: include_str!("../../../rules/not-thread-safe-call.md"),
};

const WORDS: &str = "Non-thread-safe operation invoked on an event loop other than the current one";
const SENTENCE: &str = "This runs in another thread than the loop, which is not woken by it and may be damaged; only `call_soon_threadsafe()` and `run_coroutine_threadsafe()` may be called from there.";

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

//! The loop, or what belongs to it, was used from another thread.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "not-thread-safe-call",
    fault: "the event loop was used from another thread",
    fault_ru: "цикл событий использован из другого потока",
    severity: Severity::Error,
    page: include_str!("../../../rules/not-thread-safe-call.md"),
};

#[derive(Default)]
pub(super) struct NotThreadSafeCall {
    findings: Findings,
}

impl Rule for NotThreadSafeCall {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = raise
            .is(
                "RuntimeError",
                &["Non-thread-safe operation invoked on an event loop other than the current one"],
            )
            .then_some("This runs in another thread than the loop; only `call_soon_threadsafe()` and `run_coroutine_threadsafe()` may be called from there.") else {
            return;
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(finding, &raise, context);
    }
}

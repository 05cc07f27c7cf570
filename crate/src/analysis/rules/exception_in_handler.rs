//! The program's own exception handler raised.

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
    },
    trace::event::{Event, Exception, Kind, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-in-handler",
    fault: "the loop's exception handler raised itself",
    fault_ru: "обработчик исключений цикла сам завершился исключением",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-in-handler.md"),
};

const WORDS: &str = "Unhandled error in exception handler";

#[derive(Default)]
pub(super) struct ExceptionInHandler {
    found: u32,
    /// What was raised last below `call_exception_handler`.
    raised: Option<(Exception, Span)>,
    /// What the handler was called for.
    reported: Option<(String, Option<Span>)>,
}

impl Rule for ExceptionInHandler {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::LoopException { message, exception, .. } => {
                let place = exception
                    .as_ref()
                    .and_then(|exception| state.first_in_workspace(&exception.traceback));
                self.reported = Some((message.clone(), place));
                self.raised = None;
            }
            Kind::Raised { exception, at, .. } => {
                let frames = state.frames(*at);
                let inside = frames
                    .iter()
                    .any(|frame| frame.function.ends_with("BaseEventLoop.call_exception_handler"));
                if let Some(span) = state.pointed_at(*at).filter(|_| inside) {
                    self.raised = Some((exception.clone(), span));
                }
            }
            Kind::Log { logger, message, .. } if logger == "asyncio" && message.starts_with(WORDS) => {
                let Some((exception, span)) = self.raised.take() else {
                    return;
                };
                self.found += 1;
                let class = exception.class.rsplit('.').next().unwrap_or_default();
                let sentence = say!(
                    "The exception handler raised `{class}` itself, so what it was called for is told in a footnote only.",
                    "Обработчик исключений сам бросил `{class}`, и о том, из-за чего его вызвали, сказано лишь мимоходом."
                );
                let mut finding = METADATA.finding(self.found, span, sentence, context).cpython(WORDS);
                if let Some((message, Some(place))) = self.reported.take() {
                    let sentence = say!(
                        "It was called for this: {message}.",
                        "Его вызвали из-за этого: «{message}»."
                    );
                    finding = finding.related_span(place, sentence, context);
                }
                report.put(finding);
            }
            _ => {}
        }
    }
}

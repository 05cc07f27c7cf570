//! A loop was started inside a running one.

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        predict::{Place, Seen},
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::Sentence,
    },
    trace::event::{Event, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "nested-event-loop",
    fault: "an event loop was started inside a running one",
    fault_ru: "цикл событий запущен внутри уже работающего",
    severity: Severity::Error,
    page: include_str!("../../../rules/nested-event-loop.md"),
};

/// `asyncio.run()` in a coroutine function, or `loop.run_until_complete()`.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Expression(Expr::Call(call)) = seen else {
        return None;
    };
    let runs = place.asyncio_call(call).as_deref() == Some("run")
        || matches!(&*call.func, Expr::Attribute(it)
            if it.attr.as_str() == "run_until_complete" && place.is_loop(&it.value));
    (runs && place.in_coroutine == Some(true)).then(|| {
        let message = (
            "A loop runs already where this is called: await the coroutine instead.",
            "Там, где это вызывают, цикл событий уже работает: ожидайте сопрограмму через `await`.",
        );
        (call.range(), message.into())
    })
}

const WORDS: [&str; 4] = [
    "asyncio.run() cannot be called from a running event loop",
    "Runner.run() cannot be called from a running event loop",
    "This event loop is already running",
    "Cannot run the event loop while another loop is running",
];

#[derive(Default)]
pub(super) struct NestedEventLoop {
    findings: Findings,
}

impl Rule for NestedEventLoop {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        // What a runner makes itself to end its loop is no work of the program that is left undone.
        if let Kind::CoroutineNeverAwaited { id } = &event.kind
            && let Some(coroutine) = context.state.coroutines.get(id)
            && context
                .state
                .passes_through(coroutine.at, "asyncio/runners.py", "Runner.close")
        {
            report.withdraw(&super::coroutine_never_awaited::METADATA, *id);
        }
        let Some(raise) = raised::reached(event, context).filter(|raise| raise.is("RuntimeError", &WORDS)) else {
            return;
        };
        let sentence = (
            "A loop runs already and called this code: await the coroutine instead of starting a loop for it.",
            "Этот код вызван уже работающим циклом событий: не запускайте ещё один, а ожидайте сопрограмму через `await`.",
        );
        let mut finding = self.findings.explain(&METADATA, &raise, sentence, context);
        let running = context.state.running_loops.last();
        let outer = running.and_then(|id| context.state.loops.get(id)?.started_at);
        if let Some(at) = outer {
            let sentence = (
                "The loop that runs was started here.",
                "Работающий цикл событий запущен здесь.",
            );
            finding = finding.related(at, sentence, context);
        }
        report.put_cause(finding, &raise, context);
    }
}

//! A callback of the loop raised.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        source::last_name,
    },
    trace::event::{Event, Frame, Id, Kind, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-in-callback",
    fault: "a callback of the loop raised",
    fault_ru: "функция обратного вызова завершилась исключением",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-in-callback.md"),
};

const SCHEDULED: Plain = ("The callback was scheduled here.", "Обратный вызов запланирован здесь.");

#[derive(Default)]
pub(super) struct ExceptionInCallback {
    found: u32,
    /// The callback that runs, or ran last.
    running: Option<Id>,
}

impl Rule for ExceptionInCallback {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Kind::HandleStarted { id } = &event.kind {
            self.running = Some(*id);
        }
        let Kind::LoopException {
            message,
            exception: Some(exception),
            handle,
            ..
        } = &event.kind
        else {
            return;
        };
        if !message.starts_with("Exception in callback ") {
            return;
        }
        let state = context.state;
        let handle = handle.or(self.running).and_then(|id| state.handles.get(&id));
        let raised = in_callback(&exception.traceback, context);
        let Some(span) = raised.or_else(|| state.pointed_at(handle?.at)) else {
            return;
        };
        // A coroutine where a plain function belongs is a fault of its own.
        if raised.is_none() && exception.message == "'coroutine' object is not callable" {
            return;
        }
        self.found += 1;
        let class = exception.class.rsplit('.').next().unwrap_or_default();
        let callback = match handle.map(|it| &it.callback) {
            Some(name) => say!("the callback `{name}`", "обратного вызова `{name}`"),
            None => ("a callback", "обратного вызова").into(),
        };
        let sentence = say!(
            "`{class}` left {callback}; the loop can only log it, since nobody waits for a callback.",
            "Исключение `{class}` вышло из {callback}; цикл событий может лишь записать его в журнал: обратного вызова никто не ждёт.",
            callback = callback,
        );
        let mut finding = METADATA
            .finding(self.found, span, sentence, context)
            .cpython(message.clone());
        if let Some(handle) = handle {
            finding = finding.related(handle.at, SCHEDULED, context);
        }
        report.put_symptom(finding, raised::signature(exception, context));
    }
}

/// The innermost place of the callback's own code. What `result()` passes on was raised elsewhere.
fn in_callback(traceback: &[Frame], context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let mut place = None;
    for frame in traceback.iter().rev().filter(|frame| state.in_workspace(frame)) {
        place = Some(frame.span);
        let tree = context.sources.tree(state.path(frame.span.file));
        let call = tree.and_then(|tree| tree.call_at(frame.span.into()));
        if call.is_some_and(|call| last_name(&call.func) == Some("result")) {
            break;
        }
    }
    place
}

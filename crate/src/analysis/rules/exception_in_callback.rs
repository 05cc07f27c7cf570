//! A callback of the loop raised.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        source::last_name,
    },
    trace::event::{Event, Exception, Frame, Id, Kind, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-in-callback",
    fault: "a callback of the loop raised",
    fault_ru: "функция обратного вызова завершилась исключением",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-in-callback.md"),
};

const SCHEDULED: Plain = ("The callback was scheduled here.", "Обратный вызов запланирован здесь.");

/// How the interpreter's words begin of what raised in a protocol's method, its factory, or a stream server's callback.
const OF_CONNECTIONS: [&str; 6] = [
    "Unhandled exception in client_connected_cb",
    "Fatal error: protocol.",
    "protocol.pause_writing() failed",
    "protocol.resume_writing() failed",
    "Error on transport creation for incoming connection",
    "Error calling eof_received()",
];

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
        let state = context.state;
        let raised = in_callback(&exception.traceback, context);
        let (span, sentence, scheduled) = if message.starts_with("Exception in callback ") {
            // A coroutine where a plain function belongs is a fault of its own.
            if raised.is_none() && exception.message == "'coroutine' object is not callable" {
                return;
            }
            let handle = handle.or(self.running).and_then(|id| state.handles.get(&id));
            let made = || state.pointed_at(handle?.at);
            let callback = handle.map(|it| it.callback.as_str());
            (raised.or_else(made), left_callback(exception, callback), handle)
        } else if OF_CONNECTIONS.iter().any(|start| message.starts_with(start)) {
            (raised, left_connection(exception, context), None)
        } else {
            return;
        };
        let Some(span) = span else { return };
        self.found += 1;
        let mut finding = METADATA
            .finding(self.found, span, sentence, context)
            .cpython(message.clone());
        if let Some(handle) = scheduled {
            finding = finding.related(handle.at, SCHEDULED, context);
        }
        report.put_symptom(finding, raised::signature(exception, context));
    }
}

fn left_callback(exception: &Exception, callback: Option<&str>) -> Sentence {
    let class = last_part(&exception.class);
    let callback = match callback {
        Some(name) => say!("the callback `{name}`", "обратного вызова `{name}`"),
        None => ("a callback", "обратного вызова").into(),
    };
    say!(
        "`{class}` left {callback}; the loop can only log it, since nobody waits for a callback.",
        "Исключение `{class}` вышло из {callback}; цикл событий может лишь записать его в журнал: обратного вызова никто не ждёт.",
        callback = callback,
    )
}

fn left_connection(exception: &Exception, context: Context<'_>) -> Sentence {
    let class = last_part(&exception.class);
    let state = context.state;
    let mut own = exception.traceback.iter().filter(|frame| state.in_workspace(frame));
    let name = own.next_back().map_or("", |frame| frame.function.as_str());
    say!(
        "`{class}` left `{name}()`, which serves a connection: the loop can only log it, and the other side is told nothing of it.",
        "Исключение `{class}` вышло из `{name}()`, обслуживающей соединение: цикл событий может лишь записать его в журнал, а другая сторона о нём не узнает."
    )
}

fn last_part(class: &str) -> &str {
    class.rsplit('.').next().unwrap_or_default()
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

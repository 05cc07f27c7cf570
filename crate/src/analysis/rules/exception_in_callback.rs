//! A callback of the loop raised.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape::nodes,
        source::last_name,
        state::Handle,
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
const ADDED: Plain = ("The callback was added here.", "Обратный вызов добавлен здесь.");

/// Methods that take a callback for later, when something else makes the loop schedule it.
const ADDERS: [&str; 4] = ["add_done_callback", "add_reader", "add_writer", "add_signal_handler"];

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
            // What runs upon a signal, or when a file is ready, is told of no more than by its name.
            let named = name_in(message);
            let handle = handle.filter(|it| named.is_none_or(|name| it.callback.starts_with(name)));
            let made = || state.pointed_at(handle?.at);
            let callback = handle.map(|it| it.callback.as_str()).or(named);
            (
                raised.or_else(made),
                left_callback(exception, callback),
                Some((handle, callback)),
            )
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
        if let Some((handle, callback)) = scheduled {
            if let Some(handle) = handle {
                finding = finding.related(handle.at, SCHEDULED, context);
            }
            let own = exception.traceback.iter().rev().find(|frame| state.in_workspace(frame));
            let own = own.map(|frame| frame.span);
            if let Some(added) = callback.and_then(|name| added(name, handle, own, context)) {
                finding = finding.related_span(added, ADDED, context);
            }
        }
        report.put_symptom(finding, raised::signature(exception, context));
    }
}

/// The only call that adds a callback of this name, or the lambda that its own place is in, unless the program gave the callback
/// to the loop itself.
fn added(callback: &str, handle: Option<&Handle>, own: Option<Span>, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let name = callback.rsplit('.').next()?;
    let given_at = handle.and_then(|it| state.pointed_at(it.at)).and_then(|span| {
        let tree = context.sources.tree(state.path(span.file))?;
        last_name(&tree.call_at(span.into())?.func)
    });
    if given_at.is_some_and(|method| method.starts_with("call_")) {
        return None;
    }
    let mut found = context.files().into_iter().flat_map(|(path, tree)| {
        let calls = nodes(&tree.module().body).into_iter().filter_map(move |node| {
            let AnyNodeRef::ExprCall(call) = node else { return None };
            let adds = last_name(&call.func).is_some_and(|name| ADDERS.contains(&name));
            let file = state.file(path).filter(|_| adds)?;
            let given = |value: &Expr| match value {
                Expr::Lambda(_) => {
                    own.is_some_and(|own| file == own.file && tree.region(value.range()).contains(own.into()))
                }
                _ => called_by(value) == Some(name),
            };
            call.arguments
                .args
                .iter()
                .any(given)
                .then(|| tree.region(call.range()).of(file))
        });
        calls.collect::<Vec<_>>()
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The name of the callback in the interpreter's words, if it has one.
fn name_in(message: &str) -> Option<&str> {
    let name = message.strip_prefix("Exception in callback ")?.split('(').next()?;
    let is_name = |it: &str| !it.is_empty() && !it.contains(char::is_whitespace);
    Some(name).filter(|it| is_name(it))
}

/// The name of the function that a callback calls: its own, or of that to which a `partial` gives arguments.
fn called_by(callback: &Expr) -> Option<&str> {
    match callback {
        Expr::Call(it) if last_name(&it.func) == Some("partial") => last_name(it.arguments.args.first()?),
        _ => last_name(callback),
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

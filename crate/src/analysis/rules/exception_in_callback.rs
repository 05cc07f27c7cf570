//! A callback of the loop raised.

use crate::{
    analysis::{
        callbacks,
        diagnostic::{Diagnostic, Severity},
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
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
const DEFINED: Plain = ("It is defined here.", "Определение здесь.");
const ADDED: Plain = ("The callback was added here.", "Обратный вызов добавлен здесь.");

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
        let of_callback = message.starts_with("Exception in callback ");
        if !of_callback && !OF_CONNECTIONS.iter().any(|start| message.starts_with(start)) {
            return;
        }
        // A coroutine where a plain function belongs is a fault of its own.
        if of_callback && raised.is_none() && exception.message == "'coroutine' object is not callable" {
            return;
        }
        let handle = handle.or(self.running).and_then(|id| state.handles.get(&id));
        // What runs upon a signal, or when a file is ready, is told of no more than by its name.
        let named = name_in(message);
        let handle = handle.filter(|it| of_callback && named.is_none_or(|name| it.callback.starts_with(name)));
        let callback = handle.map(|it| it.callback.as_str()).or(named);
        self.found += 1;
        let finding = match raised {
            Some(span) if of_callback => {
                let sentence = left_callback(exception, callback);
                let finding = METADATA.finding(self.found, span, sentence, context);
                let finding = with_places(finding.cpython(message), exception, handle, callback, context);
                Some(finding)
            }
            Some(span) => {
                let sentence = left_connection(exception, context);
                Some(METADATA.finding(self.found, span, sentence, context).cpython(message))
            }
            None => self.not_begun(message, exception, handle, callback, context),
        };
        if let Some(finding) = finding {
            report.put_symptom(finding, raised::signature(exception, context));
        }
    }
}

impl ExceptionInCallback {
    /// None of the program's own code has run: the finding is about what the loop was given to call.
    fn not_begun(
        &self,
        message: &str,
        exception: &Exception,
        handle: Option<&Handle>,
        callback: Option<&str>,
        context: Context<'_>,
    ) -> Option<Diagnostic> {
        let state = context.state;
        let given = handle.and_then(|handle| callbacks::given_to_loop(handle, context));
        let refusing = callbacks::refusing(exception);
        let added = || callbacks::handed_over(refusing.or(callback)?, context);
        let made = || state.pointed_at(handle?.at);
        let defined = refusing.and_then(|function| callbacks::defined(function, context));
        let span = given.or_else(added).or(defined).or_else(made)?;
        let Some(function) = refusing else {
            let sentence = not_callable(exception).unwrap_or_else(|| left_callback(exception, callback));
            return Some(METADATA.finding(self.found, span, sentence, context).cpython(message));
        };
        let finding = METADATA.finding(self.found, span, not_taken(function), context);
        let finding = finding.cpython(exception.message.as_str());
        Some(match defined.filter(|defined| *defined != span) {
            Some(defined) => finding.related_span(defined, DEFINED, context),
            None => finding,
        })
    }
}

/// Adds where the callback was scheduled, and where it was added if that is another place.
fn with_places(
    mut finding: Diagnostic,
    exception: &Exception,
    handle: Option<&Handle>,
    callback: Option<&str>,
    context: Context<'_>,
) -> Diagnostic {
    let state = context.state;
    if let Some(handle) = handle {
        finding = finding.related(handle.at, SCHEDULED, context);
        if callbacks::given_to_loop(handle, context).is_some() {
            return finding;
        }
    }
    let own = exception.traceback.iter().rev().find(|frame| state.in_workspace(frame));
    let own = own.map(|frame| frame.span);
    match callback.and_then(|name| callbacks::added(name, own, context)) {
        Some(added) => finding.related_span(added, ADDED, context),
        None => finding,
    }
}

/// The name of the callback in the interpreter's words, if it has one.
fn name_in(message: &str) -> Option<&str> {
    let name = message.strip_prefix("Exception in callback ")?.split('(').next()?;
    let is_name = |it: &str| !it.is_empty() && !it.contains(char::is_whitespace);
    Some(name).filter(|it| is_name(it))
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

fn not_taken(function: &str) -> Sentence {
    say!(
        "The loop calls `{function}()` with other arguments than it takes, so that none of its code runs; the loop can only log that, since nobody waits for a callback.",
        "Цикл событий вызывает `{function}()` не с теми аргументами, которые она принимает, и её код не выполняется; цикл может лишь записать это в журнал: обратного вызова никто не ждёт."
    )
}

/// What was given as the callback is none: most often it is what a function returned that should have been given itself.
fn not_callable(exception: &Exception) -> Option<Sentence> {
    let class = exception.message.strip_prefix('\'')?;
    let class = class.strip_suffix("' object is not callable")?;
    Some(say!(
        "What was given here as the callback cannot be called: it is a `{class}`. If a function returned it, give the function itself, without the parentheses.",
        "То, что передано здесь как обратный вызов, вызвать нельзя: это `{class}`. Если это вернула функция, передайте её саму, без скобок."
    ))
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

//! A loop, a stream or a session was left open.

use ruff_python_ast::{AnyNodeRef, Stmt};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        shape,
        source::last_name,
        state::{EventLoop, State},
    },
    trace::event::{Event, Kind, Outcome, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "resource-not-closed",
    fault: "a loop, stream or session was left open",
    fault_ru: "цикл событий, поток данных или сеанс остался незакрытым",
    severity: Severity::Warning,
    page: include_str!("../../../rules/resource-not-closed.md"),
};

/// What the words name, and the calls that make one.
const KINDS: [(&str, &[&str]); 5] = [
    (
        "unclosed <StreamWriter",
        &["open_connection", "open_unix_connection", "start_server"],
    ),
    (
        "unclosed transport",
        &["open_connection", "create_connection", "create_server"],
    ),
    (
        "unclosed <socket.socket",
        &[
            "start_server",
            "create_server",
            "open_connection",
            "create_connection",
            "socket",
        ],
    ),
    ("Unclosed client session", &["ClientSession"]),
    ("Unclosed connector", &["TCPConnector", "ClientSession"]),
];

const LEFT_OPEN: Plain = (
    "What was opened here was never closed, and fell to the garbage collector.",
    "То, что здесь открыто, так и не закрыли, и оно досталось сборщику мусора.",
);
const LOST: Plain = (
    "The last reference to it was gone here.",
    "Последняя ссылка на это исчезла здесь.",
);
const LOOP_LEFT_OPEN: Plain = (
    "This event loop was never closed: its selector stays open, and asynchronous generators and the executor are not shut down.",
    "Этот цикл событий так и не закрыли: его селектор остался открытым, а асинхронные генераторы и исполнитель не завершены.",
);

#[derive(Default)]
pub(super) struct ResourceNotClosed {
    found: u32,
}

impl Rule for ResourceNotClosed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let (words, at) = match &event.kind {
            Kind::Warning { category, message, at } if category == "ResourceWarning" => (message, Some(*at)),
            Kind::LoopException { message, .. } => (message, None),
            _ => return,
        };
        let Some((_, makers)) = KINDS.iter().find(|(start, _)| words.starts_with(start)) else {
            return;
        };
        let lost = at.and_then(|at| context.state.pointed_at(at));
        let Some(span) = made_by(makers, lost, context).or(lost) else {
            return;
        };
        // Whatever is above a socket has told of it already.
        if words.starts_with("unclosed <socket") && report.of(&METADATA).next().is_some() {
            return;
        }
        self.found += 1;
        // A server that listens for as long as the program runs does no harm by ending with it.
        let lasting = words.starts_with("unclosed <socket") && context.state.running_loops.is_empty();
        let severity = if lasting { Severity::Info } else { Severity::Warning };
        let mut finding = METADATA
            .finding(self.found, span, LEFT_OPEN, context)
            .severity(severity)
            .cpython(words.clone());
        if let Some(lost) = lost.filter(|lost| *lost != span) {
            finding = finding.related_span(lost, LOST, context);
        }
        report.put(finding);
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        // A run that was cut short had no chance to close anything.
        if !matches!(state.outcome, Some(Outcome::Completed)) {
            return;
        }
        for (id, it) in &state.loops {
            // The loop that `get_event_loop()` makes belongs to nobody in particular.
            let made_by_program = ["new_event_loop", "SelectorEventLoop"]
                .iter()
                .any(|function| called(function, it.at, context));
            let left_open = made_by_program && !closed(it, state);
            let Some(span) = state.pointed_at(it.at).filter(|_| left_open) else {
                continue;
            };
            report.put(
                METADATA
                    .finding(*id, span, LOOP_LEFT_OPEN, context)
                    .cpython("unclosed event loop"),
            );
        }
    }
}

/// Whether the program closed a loop itself: the loop's finaliser does so too, when it complains.
fn closed(it: &EventLoop, state: &State) -> bool {
    it.closed_at.is_some_and(|at| {
        let mut frames = state.frames(at).iter();
        !frames.any(|frame| frame.function == "BaseEventLoop.__del__")
    })
}

/// Whether the workspace's own call that a stack was in is of this function.
fn called(function: &str, at: u32, context: Context<'_>) -> bool {
    let state = context.state;
    let call = state.pointed_at(at).and_then(|span| {
        let tree = context.sources.tree(state.path(span.file))?;
        last_name(&tree.call_at(span.into())?.func)
    });
    call == Some(function)
}

/// The call that made what was lost: the only one of its kind in the function that lost it, or else in the workspace.
fn made_by(makers: &[&str], lost: Option<Span>, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let of = |maker: &&str| {
        let here = lost.and_then(|lost| {
            let path = state.path(lost.file);
            let body = context.sources.tree(path)?.scope(lost.into());
            only_call(maker, [(path, body)], context)
        });
        let all = context
            .files()
            .into_iter()
            .map(|(path, tree)| (path, &*tree.module().body));
        here.or_else(|| only_call(maker, all, context))
    };
    makers.iter().find_map(of)
}

/// The only call of a function in these statements of files.
fn only_call<'a>(
    function: &str,
    bodies: impl IntoIterator<Item = (&'a str, &'a [Stmt])>,
    context: Context<'_>,
) -> Option<Span> {
    let mut calls = bodies.into_iter().flat_map(|(path, body)| {
        let tree = context.sources.tree(path);
        let calls = shape::nodes(body).into_iter().filter_map(move |node| match node {
            AnyNodeRef::ExprCall(call) if last_name(&call.func) == Some(function) => {
                Some(tree?.region(call.range()).of(context.state.file(path)?))
            }
            _ => None,
        });
        calls.collect::<Vec<_>>()
    });
    let first = calls.next()?;
    calls.next().is_none().then_some(first)
}

//! A loop, a stream or a session was left open.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Stmt};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        closings::Closings,
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        shape,
        source::last_name,
        state::{EventLoop, State},
    },
    trace::event::{Event, Id, Kind, Outcome, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "resource-not-closed",
    fault: "a loop, stream or session was left open",
    fault_ru: "цикл событий, поток данных или сеанс остался незакрытым",
    severity: Severity::Warning,
    page: include_str!("../../../rules/resource-not-closed.md"),
};

const SOCKETS: [&str; 5] = [
    "start_server",
    "create_server",
    "open_connection",
    "create_connection",
    "socket",
];

/// What the interpreter's words name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resource {
    Session,
    Connector,
    Writer,
    Transport,
    TlsSocket,
    Socket,
}

impl Resource {
    const ALL: [Self; 6] = [
        Self::Session,
        Self::Connector,
        Self::Writer,
        Self::Transport,
        Self::TlsSocket,
        Self::Socket,
    ];

    fn named(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| words.starts_with(it.words()))
    }

    /// How the words begin.
    fn words(self) -> &'static str {
        match self {
            Self::Session => "Unclosed client session",
            Self::Connector => "Unclosed connector",
            Self::Writer => "unclosed <StreamWriter",
            Self::Transport => "unclosed transport",
            Self::TlsSocket => "unclosed <ssl.SSLSocket",
            Self::Socket => "unclosed <socket.socket",
        }
    }

    /// The calls that make one.
    fn makers(self) -> &'static [&'static str] {
        match self {
            Self::Session => &["ClientSession"],
            Self::Connector => &["TCPConnector", "ClientSession"],
            Self::Writer => &["open_connection", "open_unix_connection"],
            Self::Transport => &["open_connection", "create_connection", "create_server"],
            Self::TlsSocket | Self::Socket => &SOCKETS,
        }
    }

    fn level(self) -> Level {
        match self {
            Self::Session => Level::Session,
            Self::Connector => Level::Connector,
            Self::Writer | Self::Transport => Level::Stream,
            Self::TlsSocket | Self::Socket => Level::Socket,
        }
    }
}

/// How far up something stands: a session has a connector, which has transports, which have sockets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Session,
    Connector,
    Stream,
    Socket,
}

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

const HANDED: Plain = (
    "The server hands the writer of each connection to this function, and one was never closed: it fell to the garbage collector.",
    "Сервер передаёт этой функции `writer` каждого соединения, и один из них так и не закрыли: он достался сборщику мусора.",
);

const NOT_AWAITED: Plain = (
    "This only begins to close the stream, which later turns of the loop do: `await writer.wait_closed()` waits until it is closed.",
    "Здесь поток данных только начинают закрывать, а закроется он на следующих оборотах цикла событий: дождаться этого можно с `await writer.wait_closed()`.",
);

/// Where a stream's writer came from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The call that opened the connection.
    Opened(Span),
    /// The function that a server calls with each connection.
    Handed(Span),
    /// A server's side of a connection that no coroutine of the workspace is known to have got.
    Accepted,
}

/// What the interpreter has complained of in this turn of the loop.
struct Complaint {
    key: Id,
    words: String,
    of: Resource,
    lost: Option<Span>,
    severity: Severity,
}

#[derive(Default)]
pub(super) struct ResourceNotClosed {
    found: u32,
    /// Each writer has a future of its own, which is made and destroyed with it.
    writers: BTreeMap<Id, Origin>,
    /// The future of a writer whose server has not called its function yet.
    accepted: Option<Id>,
    complaints: Vec<Complaint>,
    /// Writers that were destroyed since the first of the complaints.
    destroyed: Vec<Origin>,
    closings: Closings,
}

impl Rule for ResourceNotClosed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        self.closings.apply(event, context);
        let (words, at) = match &event.kind {
            Kind::Warning { category, message, at } if category == "ResourceWarning" => (message, Some(*at)),
            Kind::LoopException { message, .. } => (message, None),
            Kind::FutureCreated { id, at, .. } => {
                self.writer_made(*id, *at, context);
                return;
            }
            Kind::CoroutineCreated { function, at, .. } => {
                self.function_called(function, *at, context);
                return;
            }
            Kind::Destroyed { id, .. } => {
                let origin = self.writers.remove(id);
                self.destroyed.extend(origin.filter(|_| !self.complaints.is_empty()));
                return;
            }
            Kind::Iteration { .. } => {
                self.tell(context, report);
                return;
            }
            _ => return,
        };
        let Some(of) = Resource::named(words) else { return };
        // A server that listens for as long as the program runs does no harm by ending with it.
        let lasting = of.level() == Level::Socket && state.running_loops.is_empty();
        self.found += 1;
        self.complaints.push(Complaint {
            key: self.found,
            words: words.clone(),
            of,
            lost: at.and_then(|at| state.pointed_at(at)),
            severity: if lasting { Severity::Info } else { Severity::Warning },
        });
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        self.tell(context, report);
        for closing in self.closings.unawaited(context) {
            self.found += 1;
            let finding = METADATA
                .finding(self.found, closing.span, NOT_AWAITED, context)
                .severity(Severity::Info)
                .time(closing.time);
            report.put(finding.task(Some(closing.task)));
        }
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

impl ResourceNotClosed {
    fn writer_made(&mut self, id: Id, at: StackId, context: Context<'_>) {
        let state = context.state;
        let inner = state.frames(at).iter().take(2);
        if !inner.into_iter().any(|frame| frame.function == "StreamWriter.__init__") {
            return;
        }
        if let Some(span) = state.pointed_at(at) {
            self.writers.insert(id, Origin::Opened(awaited(span, context)));
        } else {
            self.writers.insert(id, Origin::Accepted);
            self.accepted = Some(id);
        }
    }

    fn function_called(&mut self, function: &str, at: StackId, context: Context<'_>) {
        let state = context.state;
        let Some(id) = self.accepted.take() else { return };
        let by_server = state.frames(at).first();
        if by_server.is_none_or(|frame| frame.function != "StreamReaderProtocol.connection_made") {
            return;
        }
        let mut defining = context.sources.defining(function);
        let place = defining.find_map(|(path, tree)| {
            let header = tree.header(tree.definition(function)?);
            Some(header.of(state.file(path)?))
        });
        if let Some(place) = place {
            self.writers.insert(id, Origin::Handed(place));
        }
    }

    /// Tells of what was complained of in one turn of the loop. One thing left open may be complained of several times, by
    /// each of the parts that it is made of.
    fn tell(&mut self, context: Context<'_>, report: &mut Report) {
        let complaints = std::mem::take(&mut self.complaints);
        let destroyed = std::mem::take(&mut self.destroyed);
        let Some(highest) = complaints.iter().map(|it| it.of.level()).min() else {
            return;
        };
        let told: Vec<_> = complaints
            .iter()
            .filter(|it| it.of.level() == highest || stands_alone(it, &complaints))
            .collect();
        let streams = told.iter().filter(|it| it.of.level() == Level::Stream).count();
        let mut origins = match destroyed.as_slice() {
            all if all.len() == streams => destroyed.clone(),
            // Writers that were closed may be destroyed along with those that were not: then only their common place is sure.
            [first, rest @ ..] if rest.iter().all(|it| it == first) => vec![*first; streams],
            _ => Vec::new(),
        }
        .into_iter();
        for complaint in told {
            let makers = complaint.of.makers();
            let is_stream = complaint.of.level() == Level::Stream;
            let origin = if is_stream { origins.next() } else { None };
            // One of those that went is a server's, and which of them was left open is not known.
            let is_guess = is_stream && destroyed.contains(&Origin::Accepted);
            let made = || made_by(makers, complaint.lost, context).or(complaint.lost);
            let (span, sentence) = match origin {
                Some(Origin::Opened(span)) => (Some(span), LEFT_OPEN),
                Some(Origin::Handed(span)) => (Some(span), HANDED),
                Some(Origin::Accepted) => continue,
                None if is_guess => continue,
                None => (made(), LEFT_OPEN),
            };
            let Some(span) = span else { continue };
            // Whatever is above a socket has told of it already.
            if complaint.of.level() == Level::Socket && report.of(&METADATA).next().is_some() {
                continue;
            }
            let mut finding = METADATA
                .finding(complaint.key, span, sentence, context)
                .severity(complaint.severity)
                .cpython(complaint.words.clone());
            if let Some(lost) = complaint.lost.filter(|lost| *lost != span) {
                finding = finding.related_span(lost, LOST, context);
            }
            report.put(finding);
        }
    }
}

/// Whether nothing above this was complained of in the same turn, as far as the number of its file tells.
fn stands_alone(it: &Complaint, all: &[Complaint]) -> bool {
    let mut above = all.iter().filter(|other| other.of.level() < it.of.level());
    match file_number(&it.words) {
        Some(number) => {
            above.all(|other| other.of.level() == Level::Stream && file_number(&other.words) != Some(number))
        }
        None => above.next().is_none(),
    }
}

/// `5` of `fd=5`.
fn file_number(words: &str) -> Option<&str> {
    let rest = words.split("fd=").nth(1)?;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()
}

/// The call that is awaited at a place.
fn awaited(span: Span, context: Context<'_>) -> Span {
    let tree = context.sources.tree(context.state.path(span.file));
    let span = context.narrowed(span);
    tree.map_or(span, |tree| tree.awaited(span.into()).of(span.file))
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

/// The call that made what was lost: the only one that makes such things in the function that lost it, or else in the
/// workspace.
fn made_by(makers: &[&str], lost: Option<Span>, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let here = lost.and_then(|lost| {
        let path = state.path(lost.file);
        let body = context.sources.tree(path)?.scope(lost.into());
        only_call(makers, [(path, body)], context)
    });
    let all = context
        .files()
        .into_iter()
        .map(|(path, tree)| (path, &*tree.module().body));
    here.or_else(|| only_call(makers, all, context))
}

/// The only call of any of these functions in these statements of files.
fn only_call<'a>(
    functions: &[&str],
    bodies: impl IntoIterator<Item = (&'a str, &'a [Stmt])>,
    context: Context<'_>,
) -> Option<Span> {
    let mut calls = bodies.into_iter().flat_map(|(path, body)| {
        let tree = context.sources.tree(path);
        let calls = shape::nodes(body).into_iter().filter_map(move |node| match node {
            AnyNodeRef::ExprCall(call) if last_name(&call.func).is_some_and(|name| functions.contains(&name)) => {
                Some(tree?.region(call.range()).of(context.state.file(path)?))
            }
            _ => None,
        });
        calls.collect::<Vec<_>>()
    });
    let first = calls.next()?;
    calls.next().is_none().then_some(first)
}

//! A coroutine function was given to something that calls plain functions.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        predict::{Place, Seen, makes_coroutines},
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape,
        source::{Tree, last_name},
    },
    trace::event::{Event, Id, Kind, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-in-sync-callback",
    fault: "a coroutine was given to something that calls plain functions",
    fault_ru: "сопрограмма передана туда, где вызывают обычные функции",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-in-sync-callback.md"),
};

const SENTENCE: Plain = (
    "A callback is called, not awaited: a coroutine function only makes a coroutine, which nobody runs.",
    "Функцию обратного вызова вызывают, а не ожидают: сопрограммная функция лишь создаст сопрограмму, которую никто не запустит.",
);
const COROUTINE: Plain = (
    "A callback is called, not awaited: this is a coroutine, which cannot be called.",
    "Функцию обратного вызова вызывают, а не ожидают: это сопрограмма, и вызвать её нельзя.",
);
const TEST: Plain = (
    "A plain `TestCase` calls this and drops the coroutine: the test never runs.",
    "Обычный `TestCase` вызывает это и выбрасывает сопрограмму: тест не выполняется.",
);
const DEFINED: Plain = ("It is a coroutine function.", "Это сопрограммная функция.");

#[derive(Default)]
pub(super) struct CoroutineInSyncCallback {
    findings: Findings,
    /// The callback that runs.
    running: Option<Id>,
    /// Coroutines that the library made by calling what it was given, and the callback in which it did.
    called: BTreeMap<Id, Option<Id>>,
    /// Those of them that a thread made, in order.
    in_threads: Vec<Id>,
    /// Where work was handed to threads, in order.
    handed_over: Vec<Span>,
}

impl Rule for CoroutineInSyncCallback {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::HandleStarted { id } => self.running = Some(*id),
            Kind::HandleEnded { .. } => self.running = None,
            Kind::FutureCreated { at, .. }
                if state.passes_through(*at, "asyncio/base_events.py", "run_in_executor")
                    && !state.passes_through(*at, "asyncio/threads.py", "to_thread") =>
            {
                self.handed_over.extend(state.pointed_at(*at));
            }
            Kind::CoroutineCreated { at, function, .. } if function == "to_thread" => {
                self.handed_over.extend(state.pointed_at(*at));
            }
            Kind::CoroutineCreated { id, at, function, .. } => {
                let library = state.frames(*at).first().is_none_or(|frame| !state.in_workspace(frame));
                if library && !is_handed_back(*at, context) && definition(function, context).is_some() {
                    self.called.insert(*id, self.running);
                    if in_executor(*at, context) {
                        self.in_threads.push(*id);
                    }
                }
            }
            Kind::CoroutineNeverAwaited { id } => {
                if let Some(handle) = self.called.get(id) {
                    self.uncalled(*id, *handle, context, report);
                }
            }
            Kind::LoopException {
                message,
                exception: Some(exception),
                handle,
                ..
            } if message.starts_with("Exception in callback ")
                && exception.message == "'coroutine' object is not callable" =>
            {
                let scheduled = handle.or(self.running).and_then(|id| state.handles.get(&id));
                if let Some((id, scheduled)) = self.running.zip(scheduled)
                    && let Some(span) = state.pointed_at(scheduled.at)
                {
                    let finding = METADATA
                        .finding(id, span, COROUTINE, context)
                        .cpython(exception.message.clone());
                    report.explain_place(&finding, state.path(span.file), span.into());
                    report.put(finding);
                }
            }
            _ => {
                let raise = raised::reached(event, context)
                    .filter(|raise| raise.is_like("TypeError", "coroutines cannot be used with ", "()"));
                if let Some(raise) = raise {
                    let finding = self.findings.explain(&METADATA, &raise, SENTENCE, context);
                    let finding = Diagnostic {
                        id: format!("{}:debug", finding.id),
                        ..finding
                    };
                    report.put_cause(finding, &raise, context);
                }
            }
        }
    }
}

/// What calls the function that it is given, and where among the arguments that stands.
const CALLERS: [(&str, usize); 8] = [
    ("call_soon", 0),
    ("call_soon_threadsafe", 0),
    ("call_later", 1),
    ("call_at", 1),
    ("add_done_callback", 0),
    ("run_in_executor", 1),
    ("to_thread", 0),
    ("add_signal_handler", 1),
];

/// A coroutine function of the module is given to something that calls it, or is a test of a plain `TestCase`.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    match seen {
        Seen::Expression(Expr::Call(call)) => {
            let Expr::Attribute(method) = &*call.func else {
                return None;
            };
            let (_, position) = CALLERS.iter().find(|(name, _)| *name == method.attr.as_str())?;
            let Expr::Name(given) = call.arguments.args.get(*position)? else {
                return None;
            };
            place
                .coroutines
                .contains(given.id.as_str())
                .then(|| (call.range(), SENTENCE.into()))
        }
        Seen::Statement(Stmt::FunctionDef(test))
            if test.name.as_str().starts_with("test") && makes_coroutines(test) =>
        {
            let header = place.tree.header(test);
            let class = place.tree.path(header).into_iter().rev().find_map(|node| match node {
                AnyNodeRef::StmtClassDef(it) => Some(it),
                _ => None,
            });
            let [base] = class.filter(|_| place.in_coroutine.is_none())?.bases() else {
                return None;
            };
            let plain = place.tree.names().path(base).as_deref() == Some("unittest.TestCase");
            let header = place.tree.range(header).filter(|_| plain)?;
            Some((header, TEST.into()))
        }
        _ => None,
    }
}

impl CoroutineInSyncCallback {
    /// The call that handed the work over in which a thread made this coroutine. Pools begin their work in the order in
    /// which they got it.
    fn handed_over(&self, id: Id, context: Context<'_>) -> Option<Span> {
        let function = |id: &Id| context.state.coroutines.get(id).map(|it| it.function.as_str());
        let name = function(&id)?;
        let before = self.in_threads.iter().take_while(|it| **it != id);
        let earlier = before.filter(|it| function(it) == Some(name)).count();
        let mut named: Vec<Span> = self
            .handed_over
            .iter()
            .copied()
            .filter(|at| names(*at, name, context))
            .collect();
        // A pool that the program uses by itself tells the loop nothing: the calls are taken in their order.
        if named.is_empty() {
            named = registered(name, &POOLS, context);
        }
        named.get(earlier).or(named.last()).or(self.handed_over.last()).copied()
    }

    /// The library called a coroutine function and let go of what it got.
    fn uncalled(&self, id: Id, handle: Option<Id>, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(coroutine) = state.coroutines.get(&id) else {
            return;
        };
        let test = state
            .frames(coroutine.at)
            .iter()
            .any(|frame| state.path(frame.span.file).ends_with("unittest/case.py"));
        let defined = definition(&coroutine.function, context);
        let given = handle
            .and_then(|id| state.handles.get(&id))
            .and_then(|handle| state.pointed_at(handle.at));
        let threaded = self.in_threads.contains(&id);
        let called = state.pointed_at(coroutine.at);
        let place = if test {
            defined
        } else if threaded {
            self.handed_over(id, context).or(defined)
        } else {
            let by = callers(coroutine.at, context);
            let registered = || registered(&coroutine.function, by, context).first().copied();
            // What is called at the end of a block, or of an object, was given to it before.
            let kept = || if by == CLEAN_UPS { registered() } else { None };
            given.or_else(kept).or(called).or_else(registered).or(defined)
        };
        let Some(span) = place else { return };
        let name = &coroutine.function;
        let sentence = if test {
            say!(
                "A plain `TestCase` calls `{name}()` and drops the coroutine: the test never runs. Use `IsolatedAsyncioTestCase`.",
                "Обычный `TestCase` вызывает `{name}()` и выбрасывает сопрограмму: тест не выполняется. Возьмите `IsolatedAsyncioTestCase`."
            )
        } else if threaded {
            say!(
                "A thread calls `{name}()` like a plain function: the coroutine that it makes is handed back, nobody awaits it, and its body never runs.",
                "Поток вызывает `{name}()` как обычную функцию: созданная ею сопрограмма возвращается, её никто не ожидает, и её тело не выполняется."
            )
        } else if place != called && place != defined {
            say!(
                "`{name}()` is given here to be called like a plain function; the coroutine that it makes is dropped, and its body never runs.",
                "`{name}()` передают здесь, чтобы её вызвали как обычную функцию; созданная ею сопрограмма выбрасывается, и её тело не выполняется."
            )
        } else {
            say!(
                "`{name}()` is called here like a plain function; the coroutine that it makes is dropped, and its body never runs.",
                "`{name}()` вызывается здесь как обычная функция; сопрограмма, которую она создаёт, выбрасывается, и её тело не выполняется."
            )
        };
        let mut finding = METADATA
            .finding(id, span, sentence, context)
            .cpython(format!("coroutine '{name}' was never awaited"));
        if let Some(defined) = defined.filter(|defined| *defined != span) {
            finding = finding.related_span(defined, DEFINED, context);
        }
        report.withdraw(&super::coroutine_never_awaited::METADATA, id);
        report.put(finding);
    }
}

/// The library's wrappers that only return what they call, by file and by how their names end.
const WRAPPERS: [(&str, &str); 6] = [
    ("contextlib.py", ".inner"),
    ("functools.py", ".wrapper"),
    ("functools.py", "._method"),
    ("functools.py", "cached_property.__get__"),
    ("functools.py", "singledispatchmethod_get.__call__"),
    ("unittest/mock.py", ""),
];

/// Whether the library has only handed to the workspace what it called for it.
fn is_handed_back(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let mut frames = state.frames(at).iter();
    let mut library = frames.by_ref().take_while(|frame| !state.in_workspace(frame));
    let wraps = library.all(|frame| {
        let path = state.path(frame.span.file);
        WRAPPERS
            .iter()
            .any(|(file, end)| path.ends_with(file) && frame.function.ends_with(end))
    });
    wraps && state.pointed_at(at).is_some()
}

/// Whether a thread of a pool did it.
fn in_executor(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let mut frames = state.frames(at).iter();
    frames.any(|frame| state.path(frame.span.file).ends_with("concurrent/futures/thread.py"))
}

/// Whether the call at a place is given this function.
fn names(at: Span, function: &str, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(at.file));
    let call = tree.and_then(|tree| tree.call_at(at.into()));
    call.zip(function.rsplit('.').next())
        .is_some_and(|(call, name)| is_given(call, name))
}

const POOLS: [&str; 4] = ["submit", "map", "run_in_executor", "to_thread"];
const THREADS: [&str; 2] = ["Thread", "Timer"];
const LOOPS: [&str; 8] = [
    "call_soon",
    "call_soon_threadsafe",
    "call_later",
    "call_at",
    "add_done_callback",
    "add_signal_handler",
    "add_reader",
    "add_writer",
];

const CLEAN_UPS: [&str; 2] = ["callback", "finalize"];

/// What a function is given to that is called in this way; empty if that may be anything.
fn callers(at: StackId, context: Context<'_>) -> &'static [&'static str] {
    let state = context.state;
    if state.passes_through(at, "asyncio/events.py", "Handle._run") {
        &LOOPS
    } else if state.passes_through(at, "threading.py", "Thread._bootstrap") {
        &THREADS
    } else if state.passes_through(at, "contextlib.py", "_exit_wrapper")
        || state.passes_through(at, "weakref.py", "finalize.__call__")
    {
        &CLEAN_UPS
    } else {
        &[]
    }
}

/// The calls that a function is given to, as a callback is to `add_done_callback()`, in the order of the text. Where some
/// of them are of the kind that is asked for, it is those.
fn registered(function: &str, callers: &[&str], context: Context<'_>) -> Vec<Span> {
    let mut parts = function.rsplit('.');
    // An object that is called goes by the name of its class, where it is made.
    let name = parts
        .next()
        .and_then(|name| if name == "__call__" { parts.next() } else { Some(name) });
    let Some(name) = name else {
        return Vec::new();
    };
    let mut given = Vec::new();
    for (path, tree) in context.files() {
        let Some(file) = context.state.file(path) else { continue };
        let calls = shape::nodes(&tree.module().body).into_iter();
        for call in calls
            .filter_map(AnyNodeRef::expr_call)
            .filter(|call| is_given(call, name) || is_given_object(call, name, tree))
        {
            let span = tree.region(call.range()).of(file);
            let kind = last_name(&call.func).is_some_and(|it| callers.contains(&it));
            given.push((kind, span));
        }
    }
    let fits = given.iter().any(|(fits, _)| *fits);
    let wanted = given.into_iter().filter(|(it, _)| *it || !fits);
    wanted.map(|(_, span)| span).collect()
}

/// Whether this function is an argument of the call, by itself or within a `partial(…)`.
fn is_given(call: &ExprCall, function: &str) -> bool {
    let by_name = call.arguments.keywords.iter().map(|it| &it.value);
    call.arguments.args.iter().chain(by_name).any(|given| match given {
        Expr::Call(inner) => last_name(&inner.func) == Some("partial") && is_given(inner, function),
        _ => last_name(given) == Some(function),
    })
}

/// Whether an object of this class is an argument of the call, made there or before and given a name.
fn is_given_object(call: &ExprCall, class: &str, tree: &Tree) -> bool {
    let makes = |value: &Expr| {
        value
            .as_call_expr()
            .is_some_and(|it| last_name(&it.func) == Some(class))
    };
    call.arguments.args.iter().any(|given| match given {
        Expr::Name(it) => tree
            .value_before(it.id.as_str(), tree.region(call.range()))
            .is_some_and(makes),
        _ => makes(given),
    })
}

/// Where a coroutine function of the workspace is defined.
fn definition(function: &str, context: Context<'_>) -> Option<Span> {
    context.sources.defining(function).find_map(|(path, tree)| {
        let found = tree.definition(function).filter(|it| it.is_async)?;
        Some(tree.header(found).of(context.state.file(path)?))
    })
}

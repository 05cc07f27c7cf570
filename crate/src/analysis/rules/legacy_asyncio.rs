//! A way to use asyncio that Python has taken away.

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        predict::{Place, Seen},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
    },
    trace::event::{Event, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "legacy-asyncio",
    fault: "asyncio is used in a way that is gone from Python",
    fault_ru: "asyncio используется способом, которого в Python больше нет",
    severity: Severity::Error,
    page: include_str!("../../../rules/legacy-asyncio.md"),
};

#[derive(Default)]
pub(super) struct LegacyAsyncio {
    findings: Findings,
    warned: u32,
}

impl Rule for LegacyAsyncio {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::Warning { category, message, at } if category == "DeprecationWarning" => {
                if message.starts_with("'asyncio.")
                    && let Some(span) = context.state.pointed_at(*at)
                {
                    self.warned += 1;
                    let finding = METADATA
                        .finding(self.warned, span, ON_ITS_WAY_OUT, context)
                        .severity(Severity::Info)
                        .cpython(message.clone());
                    let id = format!("{}:warning", finding.id);
                    report.put(Diagnostic { id, ..finding });
                }
            }
            Kind::Uncaught { exception } if exception.syntax => {
                let state = context.state;
                let Some(span) = state.first_in_workspace(&exception.traceback) else {
                    return;
                };
                let text = context.sources.text(state.path(span.file)).unwrap_or_default();
                let line = text
                    .lines()
                    .nth((span.line as usize).saturating_sub(1))
                    .unwrap_or_default();
                if line.contains("asyncio.async(") {
                    let raise = Raise {
                        exception,
                        span,
                        by: None,
                        at: None,
                    };
                    let finding = self.findings.explain(&METADATA, &raise, KEYWORD, context);
                    report.put(finding);
                }
            }
            _ => {
                let Some(raise) = raised::reached(event, context) else {
                    return;
                };
                let Some(sentence) = sentence(&raise, context) else {
                    return;
                };
                let finding = self.findings.explain(&METADATA, &raise, sentence, context);
                report.put_cause(finding, &raise, context);
            }
        }
    }
}

/// Functions and classes that once took a `loop`.
const TOOK_LOOP: [&str; 19] = [
    "sleep",
    "wait",
    "wait_for",
    "gather",
    "shield",
    "as_completed",
    "open_connection",
    "start_server",
    "create_subprocess_exec",
    "create_subprocess_shell",
    "Lock",
    "Event",
    "Condition",
    "Semaphore",
    "BoundedSemaphore",
    "Queue",
    "PriorityQueue",
    "LifoQueue",
    "JoinableQueue",
];

/// A name that is gone, a `loop` argument, or coroutines in the hands of `wait()`.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    match seen {
        Seen::Expression(expression @ (Expr::Attribute(_) | Expr::Name(_))) => {
            let path = place.tree.names().of_asyncio(expression)?;
            let name = match path.strip_prefix("Task.") {
                Some(method @ ("all_tasks" | "current_task")) => method,
                None if !matches!(path.as_str(), "all_tasks" | "current_task") => &path,
                _ => return None,
            };
            let instead = replacement(name)?;
            Some((expression.range(), gone(name, instead)))
        }
        Seen::Expression(Expr::Call(call)) => {
            let name = place.asyncio_call(call)?;
            let is_coroutine = |element: &Expr| {
                matches!(element, Expr::Call(made)
                    if matches!(&*made.func, Expr::Name(it) if place.coroutines.contains(it.id.as_str())))
            };
            let elements = match call.arguments.args.first() {
                Some(Expr::List(it)) => it.elts.as_slice(),
                Some(Expr::Set(it)) => it.elts.as_slice(),
                Some(Expr::Tuple(it)) => it.elts.as_slice(),
                _ => &[],
            };
            if call.arguments.find_keyword("loop").is_some() && TOOK_LOOP.contains(&name.as_str()) {
                Some((call.range(), NO_LOOP.into()))
            } else if name == "wait" && elements.iter().any(is_coroutine) {
                Some((call.range(), WAIT_TAKES_TASKS.into()))
            } else {
                None
            }
        }
        _ => None,
    }
}

const ON_ITS_WAY_OUT: Plain = (
    "This part of asyncio is on its way out.",
    "Эту часть asyncio скоро уберут.",
);
const KEYWORD: Plain = (
    "`async` is a keyword since Python 3.7; `asyncio.create_task()` does what `asyncio.async()` did.",
    "`async` — ключевое слово с Python 3.7; то, что делал `asyncio.async()`, делает `asyncio.create_task()`.",
);
const NO_LOOP: Plain = (
    "This takes no `loop` since Python 3.10: it uses the one that runs.",
    "С Python 3.10 этот вызов не принимает `loop`: он берёт тот цикл, который работает.",
);
const WAIT_TAKES_TASKS: Plain = (
    "`wait()` takes tasks: since Python 3.11 it makes none of coroutines.",
    "`wait()` принимает задачи: с Python 3.11 он не создаёт их из сопрограмм.",
);
const YIELD_FROM: Plain = (
    "A coroutine is awaited in an `async def`; `yield from` did so before Python 3.5.",
    "Сопрограмму ожидают внутри `async def`; `yield from` служил для этого до Python 3.5.",
);

fn gone(name: &str, instead: Plain) -> Sentence {
    say!(
        "`{name}` is gone from asyncio; {instead}.",
        "`{name}` в asyncio больше нет; {instead}.",
        instead = instead,
    )
}

fn sentence(raise: &Raise<'_>, context: Context<'_>) -> Option<Sentence> {
    let words = raise.words();
    let loop_argument = [
        "got an unexpected keyword argument 'loop'",
        "got multiple values for keyword argument 'loop'",
    ];
    match raise.class() {
        "TypeError" if words == "Passing coroutines is forbidden, use tasks explicitly." => {
            Some(WAIT_TAKES_TASKS.into())
        }
        "TypeError" if words == "cannot 'yield from' a coroutine object in a non-coroutine generator" => {
            Some(YIELD_FROM.into())
        }
        "TypeError" if loop_argument.iter().any(|end| words.ends_with(end)) => {
            calls_asyncio(raise, context).then(|| NO_LOOP.into())
        }
        "AttributeError" => {
            let name = words
                .strip_prefix("module 'asyncio' has no attribute '")
                .or_else(|| words.strip_prefix("type object '_asyncio.Task' has no attribute '"))?
                .split('\'')
                .next()?;
            Some(gone(name, replacement(name)?))
        }
        "ImportError" => {
            let name = words.strip_prefix("cannot import name '")?.split('\'').next()?;
            let instead = replacement(name).filter(|_| words.contains(" from 'asyncio'"))?;
            Some(gone(name, instead))
        }
        _ => None,
    }
}

/// What is used today instead of a name that asyncio once had.
fn replacement(name: &str) -> Option<Plain> {
    Some(match name {
        "coroutine" => ("write `async def`", "пишите `async def`"),
        "async" => ("use `create_task()`", "вызывайте `create_task()`"),
        "all_tasks" => ("use `asyncio.all_tasks()`", "вызывайте `asyncio.all_tasks()`"),
        "current_task" => ("use `asyncio.current_task()`", "вызывайте `asyncio.current_task()`"),
        "JoinableQueue" => ("every `Queue` can be joined", "`join()` есть у любой очереди `Queue`"),
        "get_child_watcher"
        | "set_child_watcher"
        | "AbstractChildWatcher"
        | "SafeChildWatcher"
        | "FastChildWatcher"
        | "MultiLoopChildWatcher"
        | "PidfdChildWatcher"
        | "ThreadedChildWatcher" => (
            "child processes need no watcher",
            "дочерним процессам наблюдатель не нужен",
        ),
        "iscoroutine_function" => (
            "use `inspect.iscoroutinefunction()`",
            "вызывайте `inspect.iscoroutinefunction()`",
        ),
        _ => return None,
    })
}

/// Whether the call at the place is one of asyncio's, or of a method of one of its objects.
fn calls_asyncio(raise: &Raise<'_>, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(raise.span.file));
    let Some((tree, call)) = tree.and_then(|tree| Some((tree, tree.call_at(raise.span.into())?))) else {
        return false;
    };
    tree.names().of_asyncio(&call.func).is_some()
}

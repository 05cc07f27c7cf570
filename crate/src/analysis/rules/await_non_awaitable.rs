//! Something was awaited, or made a task of, that cannot be.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        source::last_name,
    },
    trace::event::{Event, Span},
};

use super::wrong_async_protocol::{ENTERED, article_of};

pub(super) static METADATA: Metadata = Metadata {
    name: "await-non-awaitable",
    fault: "something that is not awaitable was awaited",
    fault_ru: "через await ожидают то, чего ожидать нельзя",
    severity: Severity::Error,
    page: include_str!("../../../rules/await-non-awaitable.md"),
};

#[derive(Default)]
pub(super) struct AwaitNonAwaitable {
    findings: Findings,
}

impl Rule for AwaitNonAwaitable {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise, context) else {
            return;
        };
        let told = Raise {
            span: refused(&raise, context).unwrap_or(raise.span),
            ..raise
        };
        let finding = self.findings.explain(&METADATA, &told, sentence, context);
        report.put_cause(finding, &raise, context);
    }
}

/// What a function of the library was given that it cannot await, where that is its first argument.
fn refused(raise: &Raise<'_>, context: Context<'_>) -> Option<Span> {
    let takes_first = ["gather", "wait_for"].iter();
    let mut takes_first = takes_first.filter(|function| raise.through("asyncio/tasks.py", function, context));
    let function = *takes_first.next()?;
    let tree = context.sources.tree(context.state.path(raise.span.file))?;
    let call = tree.call_at(tree.awaited(raise.span.into()))?;
    let arguments = &call.arguments.args;
    let alone = function == "wait_for" || arguments.len() == 1;
    let first = arguments.first().filter(|it| alone && !it.is_starred_expr())?;
    (last_name(&call.func) == Some(function)).then(|| tree.region(first.range()).of(raise.span.file))
}

const FUNCTION_AWAITED: Plain = (
    "A function was awaited instead of what it returns: the parentheses of the call are missing.",
    "Через `await` ожидают саму функцию, а не то, что она возвращает: не хватает скобок вызова.",
);
const NOTHING_AWAITED: Plain = (
    "This is `None`: a plain function has done its work when it returns, and is called without `await`.",
    "Это `None`: обычная функция заканчивает работу, когда возвращается, и вызывается без `await`.",
);
const GENERATOR_AWAITED: Plain = (
    "An asynchronous generator is not awaited: `async for` goes through it.",
    "Асинхронный генератор не ожидают: по нему проходит `async for`.",
);
const FUNCTION_GIVEN: Plain = (
    "A function was given instead of the coroutine that calling it makes.",
    "Передана сама функция, а не сопрограмма, которую даёт её вызов.",
);
const NOT_AWAITABLE: Plain = (
    "What was given here is neither a coroutine nor a task nor any other awaitable.",
    "То, что здесь передано, — не сопрограмма, не задача и не другой ожидаемый объект.",
);
const NO_ITERATOR: Plain = (
    "The object's `__await__` must return an iterator, as a generator function does.",
    "Метод `__await__` этого объекта должен возвращать итератор, как это делает функция-генератор.",
);
const ONE_BY_ONE: Plain = (
    "`gather()` takes awaitables one by one: write `*` before the collection.",
    "`gather()` принимает ожидаемые объекты по одному: поставьте `*` перед набором.",
);

const OF_A_THREAD: Plain = (
    "This is a `concurrent.futures.Future`, which only a thread can wait for: `asyncio.wrap_future()` makes of it what can be awaited.",
    "Это `concurrent.futures.Future`, ждать который может только поток: `asyncio.wrap_future()` сделает из него то, чего можно ожидать.",
);

/// Whether a class of this name is the library's: before Python 3.9 it was `with (await lock)` for some.
fn is_of_library(class: &str, context: Context<'_>) -> bool {
    let mut defining = context.sources.defining(class);
    !defining.any(|(path, _)| context.state.file(path).is_some())
}

/// Whether what was awaited is what a call gave.
fn awaits_call(raise: &Raise<'_>, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(raise.span.file));
    tree.is_some_and(|tree| tree.call_at(tree.awaited(raise.span.into())).is_some())
}

/// What the only argument is that was not awaitable: a function, or what a plain one returned.
fn given_to_run(raise: &Raise<'_>, context: Context<'_>) -> Option<Sentence> {
    let tree = context.sources.tree(context.state.path(raise.span.file))?;
    let call = tree.call_at(tree.awaited(raise.span.into()))?;
    let [given] = &*call.arguments.args else { return None };
    let function = |expression: &Expr| tree.definition(expression.as_name_expr()?.id.as_str());
    if function(given).is_some() {
        return Some(FUNCTION_GIVEN.into());
    }
    let called = given.as_call_expr()?;
    let plain = function(&called.func).filter(|it| !it.is_async)?;
    let name = plain.name.as_str();
    Some(say!(
        "`{name}()` is a plain function and has run already: only `async def` makes what can be run here.",
        "`{name}()` — обычная функция, и она уже выполнена: запустить здесь можно лишь то, что даёт `async def`."
    ))
}

fn sentence(raise: &Raise<'_>, context: Context<'_>) -> Option<Sentence> {
    if raise.class() != "TypeError" {
        return None;
    }
    let words = raise.words();
    if let Some(class) = words
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix("' object can't be awaited"))
    {
        return Some(match class {
            "function" | "method" => FUNCTION_AWAITED.into(),
            "async_generator" => GENERATOR_AWAITED.into(),
            "Future" if is_of_library(class, context) => OF_A_THREAD.into(),
            class if ENTERED.contains(&class) && is_of_library(class, context) => say!(
                "A `{class}` is not awaited: it is entered by `async with`.",
                "Объект `{class}` не ожидают: в него входят через `async with`."
            ),
            "NoneType" if awaits_call(raise, context) => NOTHING_AWAITED.into(),
            _ => {
                let article = article_of(class);
                say!(
                    "This is {article} `{class}`, and only coroutines, tasks and futures can be awaited.",
                    "Это объект `{class}`, а ожидать можно только сопрограммы, задачи и future."
                )
            }
        });
    }
    if words.starts_with("a coroutine was expected, got <function ") {
        return Some(FUNCTION_GIVEN.into());
    }
    if let Some(given) = words.strip_prefix("a coroutine was expected, got ") {
        // Where the object lies is no concern of a reader, and not the same in each run.
        let known = given.strip_suffix('>').and_then(|it| it.split_once(" at 0x"));
        let given = known.map_or_else(|| given.to_owned(), |(start, _)| format!("{start}>"));
        return Some(say!(
            "A task is made of a coroutine, and this is {given}.",
            "Задачу создают из сопрограммы, а здесь — «{given}»."
        ));
    }
    if words == "An asyncio.Future, a coroutine or an awaitable is required" {
        return Some(given_to_run(raise, context).unwrap_or_else(|| NOT_AWAITABLE.into()));
    }
    if let Some(given) = words.strip_prefix("expect a list of futures, not ") {
        return Some(say!(
            "`wait()` takes a collection of tasks, and was given a `{given}`.",
            "`wait()` принимает набор задач, а ему передан объект `{given}`."
        ));
    }
    if words.starts_with("__await__() returned ") {
        return Some(NO_ITERATOR.into());
    }
    if words.contains("unhashable type: ") && raise.through("asyncio/tasks.py", "gather", context) {
        return Some(ONE_BY_ONE.into());
    }
    None
}

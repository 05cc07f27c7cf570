//! The plain form of a statement was used where the asynchronous one is needed, or the other way round.

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        predict::{Place, Seen},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "wrong-async-protocol",
    fault: "`with` or `for` was used where `async with` or `async for` belongs, or the other way round",
    fault_ru: "`with` или `for` вместо `async with` или `async for` либо наоборот",
    severity: Severity::Error,
    page: include_str!("../../../rules/wrong-async-protocol.md"),
};

#[derive(Default)]
pub(super) struct WrongAsyncProtocol {
    findings: Findings,
}

impl Rule for WrongAsyncProtocol {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise, context) else {
            return;
        };
        let finding = self
            .findings
            .explain(&METADATA, &raise, sentence.capitalised(), context);
        report.put_cause(finding, &raise, context);
    }
}

/// What of the library `async with` enters, as it is made and as its class is called.
pub(super) const ENTERED: [&str; 8] = [
    "timeout",
    "timeout_at",
    "Timeout",
    "TaskGroup",
    "Lock",
    "Semaphore",
    "BoundedSemaphore",
    "Condition",
];

/// `with asyncio.timeout(…)` and its like.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Statement(Stmt::With(block)) = seen else {
        return None;
    };
    let (name, item) = block.items.iter().find_map(|item| {
        let call = item.context_expr.as_call_expr()?;
        let name = place
            .asyncio_call(call)
            .filter(|name| ENTERED.contains(&name.as_str()))?;
        Some((name, item))
    })?;
    (!block.is_async).then(|| {
        let message = say!(
            "What `{name}()` gives is entered by `async with`.",
            "В то, что даёт `{name}()`, входят через `async with`."
        );
        (item.context_expr.range(), message)
    })
}

const PLAIN_VALUE: Plain = (
    "Something that was awaited yielded a plain value; the loop understands futures only.",
    "То, чего ожидали через `await`, отдало обычное значение; цикл событий понимает только future.",
);
const PLAIN_ITERABLE: Plain = (
    "`async for` needs an asynchronous iterable; a plain `for` goes through this one.",
    "`async for` нужен асинхронный итерируемый объект; по этому проходит обычный `for`.",
);
const NOT_CALLED: Plain = (
    "This is what has to be called, not what it gives: the parentheses of the call are missing.",
    "Здесь стоит то, что надо вызвать, а не то, что даёт вызов: не хватает скобок вызова.",
);
const NOT_AWAITED: Plain = (
    "This is a future, and what there is to go through is its result: `await` is missing.",
    "Это future, а проходить нужно по его результату: не хватает `await`.",
);
const BROKEN: Plain = (
    "The object's methods for the asynchronous protocol return what cannot be awaited.",
    "Методы асинхронного протокола этого объекта возвращают то, чего ожидать нельзя.",
);

fn sentence(raise: &Raise<'_>, context: Context<'_>) -> Option<Sentence> {
    let words = raise.words();
    if raise.class() == "RuntimeError" {
        let bare =
            words.starts_with("Task got bad yield: ") || words.starts_with("yield was used instead of yield from");
        return bare.then(|| PLAIN_VALUE.into());
    }
    // A coroutine in such a place was not awaited, which is another fault.
    if raise.class() != "TypeError" || words.contains("'coroutine'") || words.ends_with("got coroutine") {
        return None;
    }
    let class = words.strip_prefix('\'').and_then(|rest| rest.split('\'').next());
    // The library's own are known by the names that people write.
    let of_library = class.and_then(|class| class.strip_prefix("asyncio.")?.rsplit('.').next());
    let own = class.map(|class| class.strip_prefix("__main__.").unwrap_or(class));
    let class = of_library.or(own);
    let article = article_of(class.unwrap_or_default());
    if words.contains(" object does not support the context manager protocol") {
        let class = class.unwrap_or_default();
        // An exit stack does not say what it is instead.
        let asynchronous = words.contains("but it supports the asynchronous context manager protocol")
            || of_library.is_some_and(|class| ENTERED.contains(&class))
            || has_method(class, &["__aenter__"], context);
        return asynchronous.then(|| {
            say!(
                "{article} `{class}` is entered by `async with`.",
                "В объект `{class}` входят через `async with`."
            )
        });
    }
    if words.contains(" object does not support the asynchronous context manager protocol") {
        let class = class.unwrap_or_default();
        if is_called(class) {
            return Some(NOT_CALLED.into());
        }
        return Some(say!(
            "{article} `{class}` is no asynchronous context manager.",
            "Объект `{class}` — не асинхронный менеджер контекста."
        ));
    }
    if let Some(class) = words.strip_prefix(NO_AITER) {
        return Some(not_asynchronous(class, article_of(class), context));
    }
    let broken = ["'async for' received ", "'async with' received "];
    if broken.iter().any(|start| words.starts_with(start)) {
        return Some(BROKEN.into());
    }
    if words.ends_with("' object is not an async iterable") || words.ends_with("' object is not an async iterator") {
        let class = class.unwrap_or_default();
        return Some(say!(
            "{article} `{class}` is no asynchronous iterator.",
            "Объект `{class}` — не асинхронный итератор."
        ));
    }
    let class = gone_through(words)?;
    is_asynchronous(class, context).then(|| {
        let article = article_of(class);
        say!(
            "{article} `{class}` gives its items to `async for` only.",
            "Объект `{class}` отдаёт свои элементы только `async for`."
        )
    })
}

/// The class of what was to be gone through as a plain iterable or sequence is, by the interpreter's message.
fn gone_through(words: &str) -> Option<&str> {
    if let Some((_, class)) = words.rsplit_once(" must be an iterable, not ") {
        return Some(class);
    }
    let forms = [
        ("'", "' object is not iterable"),
        ("'", "' object is not an iterator"),
        ("'", "' object is not subscriptable"),
        ("'", "' object is not reversible"),
        ("cannot unpack non-iterable ", " object"),
        ("object of type '", "' has no len()"),
        ("argument of type '", "' is not a container or iterable"),
    ];
    let mut classes = forms
        .iter()
        .filter_map(|(start, end)| words.strip_prefix(start)?.strip_suffix(end));
    classes.next()
}

/// How the interpreter's message begins where `async for` is given something else.
pub(in crate::analysis) const NO_AITER: &str = "'async for' requires an object with __aiter__ method, got ";

/// What `async for` was given that goes by no asynchronous protocol.
fn not_asynchronous(class: &str, article: &str, context: Context<'_>) -> Sentence {
    if is_called(class) {
        NOT_CALLED.into()
    } else if matches!(class, "Future" | "Task" | "_GatheringFuture") {
        NOT_AWAITED.into()
    } else if is_plain_iterable(class) || has_method(class, &["__iter__", "__getitem__"], context) {
        PLAIN_ITERABLE.into()
    } else {
        say!(
            "{article} `{class}` is no asynchronous iterable.",
            "Объект `{class}` — не асинхронный итерируемый объект."
        )
    }
}

/// The article that stands before the name of a class.
pub(super) fn article_of(class: &str) -> &'static str {
    let vowel = class.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    if vowel { "an" } else { "a" }
}

/// Whether this is the class of what is called to get something else.
pub(in crate::analysis) fn is_called(class: &str) -> bool {
    matches!(
        class,
        "function" | "method" | "builtin_function_or_method" | "type" | "partial"
    )
}

/// Whether this is one of the classes that come with Python and that a plain `for` goes through.
pub(in crate::analysis) fn is_plain_iterable(class: &str) -> bool {
    const NAMES: [&str; 26] = [
        "list",
        "tuple",
        "dict",
        "set",
        "frozenset",
        "str",
        "bytes",
        "bytearray",
        "memoryview",
        "range",
        "generator",
        "map",
        "filter",
        "zip",
        "enumerate",
        "reversed",
        "deque",
        "defaultdict",
        "OrderedDict",
        "Counter",
        "array",
        "chain",
        "islice",
        "count",
        "TextIOWrapper",
        "StringIO",
    ];
    let name = class.rsplit('.').next().unwrap_or(class);
    NAMES.contains(&name) || name.starts_with("dict_") || name.ends_with("_iterator") || name.ends_with("iterator")
}

/// Whether objects of a class are gone through by `async for`: the interpreter's own, or a class of the workspace.
fn is_asynchronous(class: &str, context: Context<'_>) -> bool {
    matches!(class, "async_generator" | "StreamReader") || has_method(class, &["__aiter__", "__anext__"], context)
}

/// Whether a class of the workspace has one of these methods.
fn has_method(class: &str, methods: &[&str], context: Context<'_>) -> bool {
    let defining = context.sources.defining(class);
    let mut own = defining.filter(|(path, _)| context.state.file(path).is_some());
    own.any(|(_, tree)| tree.has_class_with(class, methods))
}

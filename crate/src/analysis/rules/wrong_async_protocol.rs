//! The plain form of a statement was used where the asynchronous one is needed, or the other way round.

use ruff_python_ast::{AnyNodeRef, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        predict::{Place, Seen},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape,
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
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
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
    let vowel = class.is_some_and(|class| class.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']));
    let article = if vowel { "An" } else { "A" };
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
        return Some(say!(
            "{article} `{class}` is no asynchronous context manager.",
            "Объект `{class}` — не асинхронный менеджер контекста."
        ));
    }
    if words.starts_with("'async for' requires an object with __aiter__ method, got ") {
        return Some(PLAIN_ITERABLE.into());
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
    let class = class?;
    let iterated = ["' object is not iterable", "' object is not an iterator"]
        .iter()
        .any(|end| words.ends_with(end));
    (iterated && is_asynchronous(class, context)).then(|| {
        say!(
            "{article} `{class}` gives its items to `async for` only.",
            "Объект `{class}` отдаёт свои элементы только `async for`."
        )
    })
}

/// Whether objects of a class are gone through by `async for`: the interpreter's own, or a class of the workspace.
fn is_asynchronous(class: &str, context: Context<'_>) -> bool {
    matches!(class, "async_generator" | "StreamReader") || has_method(class, &["__aiter__", "__anext__"], context)
}

/// Whether a class of the workspace has one of these methods.
fn has_method(class: &str, methods: &[&str], context: Context<'_>) -> bool {
    let defining = context.sources.defining(class);
    let mut own = defining.filter(|(path, _)| context.state.file(path).is_some());
    own.any(|(_, tree)| {
        shape::nodes(&tree.module().body).into_iter().any(|node| {
            matches!(node, AnyNodeRef::StmtClassDef(it) if it.name.as_str() == class
            && shape::own_nodes(&it.body).into_iter().any(|node| {
                matches!(node, AnyNodeRef::StmtFunctionDef(it) if methods.contains(&it.name.as_str()))
            }))
        })
    })
}

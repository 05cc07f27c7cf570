//! A coroutine was used as if it were the value that awaiting it gives.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        handed_on::{taken, thrown_away},
        looks::looked_at,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        shape,
        source::Tree,
        words,
    },
    trace::event::{Event, Id, Kind, Span, StackId},
};

use super::coroutine_never_awaited;

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-as-value",
    fault: "a coroutine, a task or a future was used instead of its result",
    fault_ru: "вместо результата использована сама сопрограмма, задача или future",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-as-value.md"),
};

const KEY: Plain = (
    "This key is an asynchronous function: what it gives is a coroutine, which cannot be compared. A key must be a plain function.",
    "Этот ключ — асинхронная функция: она даёт сопрограмму, а сопрограммы не сравнить. Ключом должна быть обычная функция.",
);

/// What stands for its result.
#[derive(Clone, Copy)]
enum Stand {
    Coroutine,
    Task,
    Future,
}

#[derive(Default)]
pub(super) struct CoroutineAsValue {
    findings: Findings,
    unexplained: Vec<Unexplained>,
    /// Where the coroutines were made that have been dropped just now: what is raised next may be about one of them.
    just_dropped: BTreeSet<Span>,
}

/// A finding about a coroutine of which the text does not show where it was made.
struct Unexplained {
    finding: Diagnostic,
    /// The last coroutine that there was then.
    newest: Id,
    /// Where coroutines were made of which it may be one: the same task had them then, and never awaited them.
    made: BTreeSet<Span>,
}

impl Rule for CoroutineAsValue {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Kind::CoroutineNeverAwaited { id } = event.kind {
            self.remember(id, context);
            used_silently(id, context, report);
            return;
        }
        let raise = raised::reached(event, context);
        if let Some((raise, stand)) = raise.and_then(|raise| Some((raise, refused(&raise, context)?))) {
            self.explain(stand, &raise, context, report);
        }
        // The interpreter's warning comes between.
        if !matches!(
            event.kind,
            Kind::Source { .. } | Kind::Stack { .. } | Kind::Warning { .. } | Kind::Output { .. }
        ) {
            self.just_dropped.clear();
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        for Unexplained { finding, made, .. } in std::mem::take(&mut self.unexplained) {
            let mut made = made.into_iter();
            if let (true, Some(only), None) = (report.has(&finding), made.next(), made.next()) {
                let file = context.state.path(only.file);
                report.explain_place(&finding, file, only.into());
                if finding.names(file, only.into()) {
                    continue;
                }
                report.put(finding.related_span(only, words::COROUTINE_MADE, context));
            }
        }
    }
}

impl CoroutineAsValue {
    fn explain(&mut self, stand: Stand, raise: &Raise<'_>, context: Context<'_>, report: &mut Report) {
        let tree = context.sources.tree(context.state.path(raise.span.file));
        let key = tree.and_then(|tree| key_at(tree, raise.span.into()));
        let itself = tree.and_then(|tree| stand_in(tree, raise.span, stand, context));
        let told = Raise {
            span: key.map(|key| key.of(raise.span.file)).or(itself).unwrap_or(raise.span),
            ..*raise
        };
        // What is left of a call is that something which it was given has one in it.
        let given = itself.is_none()
            && !raise.words().ends_with(" is not callable")
            && tree.is_some_and(|tree| tree.call_at(raise.span.into()).is_some());
        let sentence = match key {
            Some(_) => KEY,
            None if given => stand.among(),
            None => stand.sentence(),
        };
        let finding = self.findings.explain(&METADATA, &told, sentence, context);
        let id = format!("{}:raised", finding.id);
        let mut finding = Diagnostic { id, ..finding };
        let mut origins = tree.map_or_else(Vec::new, |tree| origins(tree, raise.span));
        origins.retain(|made| stand.made_at(*made, context));
        // What has methods of its own may be meant by a task; its result is where the coroutine gives one.
        let waits = !matches!(stand, Stand::Coroutine);
        if waits && raise.class() == "AttributeError" && !origins.iter().any(|made| gives_result(*made, context)) {
            return;
        }
        for made in &origins {
            report.explain_place(&finding, context.state.path(made.file), (*made).into());
            finding = finding.related_span(*made, stand.made_here(), context);
        }
        report.put_cause(finding.clone(), raise, context);
        let newest = context.state.coroutines.keys().next_back();
        if let (true, Stand::Coroutine, Some(newest)) = (origins.is_empty(), stand, newest) {
            self.unexplained.push(Unexplained {
                finding,
                newest: *newest,
                made: std::mem::take(&mut self.just_dropped),
            });
        }
    }

    /// Notes where a coroutine was made that was never awaited, with the findings that may be about it.
    fn remember(&mut self, id: Id, context: Context<'_>) {
        let Some(coroutine) = context.state.coroutines.get(&id).filter(|it| it.task.is_none()) else {
            return;
        };
        let Some(made) = taken(coroutine.at, context).filter(|made| !thrown_away(*made, context)) else {
            return;
        };
        let findings = self.unexplained.iter_mut();
        for it in findings.filter(|it| id <= it.newest && it.finding.task == coroutine.parent) {
            it.made.insert(made);
        }
        self.just_dropped.insert(made);
    }
}

impl Stand {
    fn sentence(self) -> Plain {
        match self {
            Self::Coroutine => (
                "This is a coroutine, not its result: `await` is missing.",
                "Это сопрограмма, а не её результат: не хватает `await`.",
            ),
            Self::Task => (
                "This is a task, not its result: `await` is missing.",
                "Это задача, а не её результат: не хватает `await`.",
            ),
            Self::Future => (
                "This is a future, not its result: `await` is missing.",
                "Это future, а не его результат: не хватает `await`.",
            ),
        }
    }

    fn among(self) -> Plain {
        match self {
            Self::Coroutine => (
                "A coroutine is among what this call was given, and not its result: `await` is missing.",
                "Среди переданного этому вызову — сопрограмма, а не её результат: не хватает `await`.",
            ),
            Self::Task => (
                "A task is among what this call was given, and not its result: `await` is missing.",
                "Среди переданного этому вызову — задача, а не её результат: не хватает `await`.",
            ),
            Self::Future => (
                "A future is among what this call was given, and not its result: `await` is missing.",
                "Среди переданного этому вызову — future, а не его результат: не хватает `await`.",
            ),
        }
    }

    fn made_here(self) -> Plain {
        match self {
            Self::Coroutine => words::COROUTINE_MADE,
            Self::Task => words::TASK_MADE,
            Self::Future => words::FUTURE_MADE,
        }
    }

    /// Whether a call made one, itself or in what it called.
    fn made_at(self, call: Span, context: Context<'_>) -> bool {
        let state = context.state;
        let through = |at: StackId| state.frames(at).iter().any(|frame| frame.span == call);
        match self {
            Self::Coroutine => state.coroutines.values().any(|it| through(it.at)),
            Self::Task => state.tasks.values().any(|it| through(it.at)),
            Self::Future => state.futures.values().any(|it| through(it.at)),
        }
    }
}

/// Whether a task that a call made runs a coroutine function that returns something.
fn gives_result(made: Span, context: Context<'_>) -> bool {
    let state = context.state;
    let mut tasks = state.tasks.values();
    let task = tasks.find(|it| state.frames(it.at).iter().any(|frame| frame.span == made));
    task.is_some_and(|task| {
        context.sources.defining(&task.function).any(|(_, tree)| {
            let nodes = tree.definition(&task.function).map(|it| shape::own_nodes(&it.body));
            let mut nodes = nodes.into_iter().flatten();
            nodes.any(|node| matches!(node, AnyNodeRef::StmtReturn(it) if it.value.is_some()))
        })
    })
}

/// What of these the interpreter speaks of where a value belongs.
fn refused(raise: &Raise<'_>, context: Context<'_>) -> Option<Stand> {
    let words = raise.words();
    // A loop over a future begins to wait for it, which only `await` may.
    if raise.is("RuntimeError", &["await wasn't used with future"]) {
        return Some(Stand::Future);
    }
    // The ways to await have a rule of their own, and so have callbacks, which the library calls.
    let other = words.starts_with("cannot 'yield from'")
        || words.starts_with("module '")
        || words.ends_with(" object can't be awaited")
        || words.ends_with(" object is not callable") && !calls(raise, context);
    if other || !matches!(raise.class(), "TypeError" | "AttributeError") {
        None
    } else if is_about("coroutine", words) {
        Some(Stand::Coroutine)
    } else if words.starts_with("'async for' ") || words.contains("context manager protocol") {
        None
    } else if words.contains("not supported between instances") && words.matches("'_").count() > 1 {
        // What sorts tasks, or pairs of a number and a task, was not after their results.
        None
    } else if is_about("_asyncio.Task", words) || words.contains("type Task ") {
        Some(Stand::Task)
    } else if is_about("_asyncio.Future", words) || is_about("_GatheringFuture", words) {
        Some(Stand::Future)
    } else {
        None
    }
}

/// Whether the interpreter names an object of this class where it says what was given.
fn is_about(class: &str, words: &str) -> bool {
    [
        "'{}'",
        "\"{}\"",
        "type {} ",
        "iterable {} ",
        ", got {} ",
        " not {} ",
        ", {} found ",
    ]
    .iter()
    .any(|form| format!("{words} ").contains(&form.replace("{}", class)))
}

/// Whether the workspace itself called something just there.
fn calls(raise: &Raise<'_>, context: Context<'_>) -> bool {
    let innermost = raise.exception.traceback.first();
    innermost.is_some_and(|frame| context.state.in_workspace(frame))
}

/// The key function of the call at just this place.
fn key_at(tree: &Tree, at: Region) -> Option<Region> {
    let key = shape::key_function(tree.call_at(at)?)?;
    Some(tree.region(key.range()))
}

/// The calls within the values that the names in an expression were given.
fn origins(tree: &Tree, at: Span) -> Vec<Span> {
    let Some(range) = tree.range(at.into()) else {
        return Vec::new();
    };
    let nodes = shape::own_nodes(tree.scope(at.into()));
    let values = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprName(it) if range.contains_range(it.range()) => tree.value_before(it.id.as_str(), at.into()),
        _ => None,
    });
    let nodes: Vec<_> = values.flat_map(shape::nodes_of).collect();
    let is_awaited = |range| {
        nodes
            .iter()
            .any(|node| matches!(node, AnyNodeRef::ExprAwait(it) if it.value.range() == range))
    };
    let calls = nodes.iter().filter_map(|node| node.as_expr_call()).map(Ranged::range);
    let made = calls.filter(|range| !is_awaited(*range));
    made.map(|range| tree.region(range).of(at.file)).collect()
}

/// The one expression in what was refused that stands for its result: the call that made it, or its name.
fn stand_in(tree: &Tree, refused: Span, stand: Stand, context: Context<'_>) -> Option<Span> {
    let range = tree.range(refused.into())?;
    // What it awaits or goes through may have made others.
    let mut coroutines = context.state.coroutines.values();
    if coroutines.any(|it| context.state.pointed_at(it.at) == Some(refused)) {
        return Some(refused);
    }
    let nodes = shape::own_nodes(tree.scope(refused.into()));
    let within = nodes.into_iter().filter(|node| range.contains_range(node.range()));
    let is_one =
        |call: &Expr| call.is_call_expr() && stand.made_at(tree.region(call.range()).of(refused.file), context);
    let mut found = within
        .filter(|node| match node {
            AnyNodeRef::ExprCall(it) => stand.made_at(tree.region(it.range()).of(refused.file), context),
            AnyNodeRef::ExprName(it) => tree.value_before(it.id.as_str(), refused.into()).is_some_and(is_one),
            _ => false,
        })
        .map(|node| tree.region(node.range()).of(refused.file));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Nothing was raised, since every object has a truth value and a text; but the coroutine was never awaited.
fn used_silently(id: Id, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let Some(coroutine) = state.coroutines.get(&id).filter(|it| it.task.is_none()) else {
        return;
    };
    let Some(made) = state.pointed_at(coroutine.at) else {
        return;
    };
    let Some(tree) = context.sources.tree(state.path(made.file)) else {
        return;
    };
    let Some(used) = looked_at(tree, made.into()) else {
        return;
    };
    let name = &coroutine.function;
    let mut finding = METADATA
        .finding(id, used.of(made.file), Stand::Coroutine.sentence(), context)
        .cpython(format!("coroutine '{name}' was never awaited"))
        .task(coroutine.parent);
    if used != made.into() {
        finding = finding.related_span(made, words::COROUTINE_MADE, context);
    }
    report.withdraw(&coroutine_never_awaited::METADATA, id);
    report.put(finding);
}

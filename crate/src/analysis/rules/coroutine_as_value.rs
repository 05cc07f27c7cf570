//! A coroutine was used as if it were the value that awaiting it gives.

use ruff_python_ast::{AnyNodeRef, Expr, ExprAttribute, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        shape,
        source::{Tree, last_name},
        words,
    },
    trace::event::{Event, Id, Kind, Span},
};

use super::coroutine_never_awaited;

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-as-value",
    fault: "a coroutine was used instead of its result",
    fault_ru: "вместо результата использована сама сопрограмма",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-as-value.md"),
};

const SENTENCE: Plain = (
    "This is a coroutine, not its result: `await` is missing.",
    "Это сопрограмма, а не её результат: не хватает `await`.",
);

const KEY: Plain = (
    "This key is an asynchronous function: what it gives is a coroutine, which cannot be compared. A key must be a plain function.",
    "Этот ключ — асинхронная функция: она даёт сопрограмму, а сопрограммы не сравнить. Ключом должна быть обычная функция.",
);

/// Functions that look at a value and do not keep it.
const LOOKS: [&str; 12] = [
    "print",
    "str",
    "repr",
    "len",
    "bool",
    "int",
    "float",
    "list",
    "tuple",
    "dict",
    "sorted",
    "isinstance",
];

#[derive(Default)]
pub(super) struct CoroutineAsValue {
    findings: Findings,
}

impl Rule for CoroutineAsValue {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Kind::CoroutineNeverAwaited { id } = event.kind {
            used_silently(id, context, report);
            return;
        }
        let Some(raise) = raised::reached(event, context).filter(refuses_coroutine) else {
            return;
        };
        let tree = context.sources.tree(context.state.path(raise.span.file));
        let key = tree.and_then(|tree| key_at(tree, raise.span.into()));
        let told = Raise {
            span: match key {
                Some(key) => key.of(raise.span.file),
                None => tree
                    .and_then(|tree| coroutine_in(tree, raise.span, context))
                    .unwrap_or(raise.span),
            },
            ..raise
        };
        let sentence = if key.is_some() { KEY } else { SENTENCE };
        let finding = self.findings.explain(&METADATA, &told, sentence, context);
        let id = format!("{}:raised", finding.id);
        let mut finding = Diagnostic { id, ..finding };
        let origins = tree.map(|tree| origins(tree, raise.span, context)).unwrap_or_default();
        for made in origins.into_iter().filter(|made| makes_one(*made, context)) {
            report.explain_place(&finding, context.state.path(made.file), made.into());
            finding = finding.related_span(made, words::COROUTINE_MADE, context);
        }
        report.put_cause(finding, &raise, context);
    }
}

/// Whether these are the interpreter's words about a coroutine where a value belongs.
fn refuses_coroutine(raise: &Raise<'_>) -> bool {
    let words = raise.words();
    // Callbacks have a rule of their own, and so have the ways to await.
    let other = words.ends_with(" object is not callable")
        || words.starts_with("cannot 'yield from'")
        || words.starts_with("module '");
    let value = words.contains("'coroutine'")
        || words.contains("\"coroutine\"")
        || [
            "type coroutine ",
            "iterable coroutine ",
            ", got coroutine ",
            " not coroutine ",
            ", coroutine found ",
        ]
        .iter()
        .any(|part| format!("{words} ").contains(part));
    matches!(raise.class(), "TypeError" | "AttributeError") && value && !other
}

/// The key function of the call at just this place.
fn key_at(tree: &Tree, at: Region) -> Option<Region> {
    let key = shape::key_function(tree.call_at(at)?)?;
    Some(tree.region(key.range()))
}

/// The calls that made the coroutines an expression names, in this function or in one that it awaited for them.
fn origins(tree: &Tree, at: Span, context: Context<'_>) -> Vec<Span> {
    let Some(range) = tree.range(at.into()) else {
        return Vec::new();
    };
    let nodes = shape::own_nodes(tree.scope(at.into()));
    let values = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprName(it) if range.contains_range(it.range()) => tree.value_before(it.id.as_str(), at.into()),
        _ => None,
    });
    let made = values.flat_map(|value| match value {
        Expr::Call(it) => vec![tree.region(it.range()).of(at.file)],
        Expr::Await(it) => it
            .value
            .as_call_expr()
            .map_or_else(Vec::new, |call| returned(&call.func, context)),
        _ => Vec::new(),
    });
    made.collect()
}

/// The calls whose values a function returns.
fn returned(function: &Expr, context: Context<'_>) -> Vec<Span> {
    let Some(name) = last_name(function) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (path, tree) in context.sources.defining(name) {
        let Some((file, definition)) = context.state.file(path).zip(tree.definition(name)) else {
            continue;
        };
        let nodes = shape::own_nodes(&definition.body).into_iter();
        found.extend(nodes.filter_map(|node| match node {
            AnyNodeRef::StmtReturn(it) => {
                let value = it.value.as_ref().filter(|value| value.is_call_expr())?;
                Some(tree.region(value.range()).of(file))
            }
            _ => None,
        }));
    }
    found
}

/// The one expression in what was refused that is a coroutine: the call that made it, or its name.
fn coroutine_in(tree: &Tree, refused: Span, context: Context<'_>) -> Option<Span> {
    let range = tree.range(refused.into())?;
    let nodes = shape::own_nodes(tree.scope(refused.into()));
    let within = nodes.into_iter().filter(|node| range.contains_range(node.range()));
    let mut found = within
        .filter(|node| match node {
            AnyNodeRef::ExprCall(it) => makes_one(tree.region(it.range()).of(refused.file), context),
            AnyNodeRef::ExprName(it) => tree
                .value_before(it.id.as_str(), refused.into())
                .filter(|value| value.is_call_expr())
                .is_some_and(|value| makes_one(tree.region(value.range()).of(refused.file), context)),
            _ => false,
        })
        .map(|node| tree.region(node.range()).of(refused.file));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether a call made a coroutine, itself or in what it called.
fn makes_one(call: Span, context: Context<'_>) -> bool {
    let state = context.state;
    let mut coroutines = state.coroutines.values();
    coroutines.any(|it| state.frames(it.at).iter().any(|frame| frame.span == call))
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
    let Some(used) = silent_use(tree, made.into()) else {
        return;
    };
    let name = &coroutine.function;
    let mut finding = METADATA
        .finding(id, used.of(made.file), SENTENCE, context)
        .cpython(format!("coroutine '{name}' was never awaited"))
        .task(coroutine.parent);
    if used != made.into() {
        finding = finding.related_span(made, words::COROUTINE_MADE, context);
    }
    report.withdraw(&coroutine_never_awaited::METADATA, id);
    report.put(finding);
}

/// Where the coroutine made at a place is looked at like a value: there, or under the name that it was given.
fn silent_use(tree: &Tree, made: Region) -> Option<Region> {
    let range = tree.range(made)?;
    // A list of coroutines is none itself, and neither is what is chosen by them.
    let is_other = |call| shape::collects(call) || shape::key_function(call).is_some();
    if tree.call_at(made).is_some_and(is_other) {
        return None;
    }
    if is_looked_at(tree, range) {
        return Some(made);
    }
    let Some(AnyNodeRef::StmtAssign(assign)) = tree.statement(made) else {
        return None;
    };
    let [Expr::Name(target)] = assign.targets.as_slice() else {
        return None;
    };
    if assign.value.range() != range {
        return None;
    }
    let nodes = shape::own_nodes(tree.scope(made));
    let uses = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprName(it) if it.id == target.id && it.start() > range.end() => Some(it.range()),
        _ => None,
    });
    uses.map(|used| (used, is_looked_at(tree, used)))
        .find_map(|(used, looked_at)| looked_at.then(|| tree.region(used)))
}

/// Whether the expression at this range is tested, compared, formatted or printed.
fn is_looked_at(tree: &Tree, range: TextRange) -> bool {
    let path = tree.path(tree.region(range));
    let around = path
        .into_iter()
        .rev()
        .find(|node| node.range() != range && !is_element(*node));
    let is_it = |expression: &Expr| expression.range() == range;
    match around {
        Some(AnyNodeRef::StmtIf(it)) => is_it(&it.test),
        Some(AnyNodeRef::ElifElseClause(it)) => it.test.as_ref().is_some_and(is_it),
        Some(AnyNodeRef::StmtWhile(it)) => is_it(&it.test),
        Some(AnyNodeRef::StmtAssert(it)) => is_it(&it.test),
        Some(AnyNodeRef::ExprIf(it)) => is_it(&it.test),
        Some(AnyNodeRef::ExprUnaryOp(it)) => it.op == UnaryOp::Not,
        // The last of the operands is what the whole gives.
        Some(AnyNodeRef::ExprBoolOp(it)) => {
            it.values.last().is_none_or(|last| !is_it(last)) || is_looked_at(tree, it.range())
        }
        Some(AnyNodeRef::ExprNamed(it)) => is_it(&it.value) && is_looked_at(tree, it.range()),
        Some(AnyNodeRef::Comprehension(it)) => it.ifs.iter().any(is_it),
        Some(AnyNodeRef::StmtMatch(it)) => is_it(&it.subject),
        Some(
            AnyNodeRef::ExprCompare(_)
            | AnyNodeRef::ExprFString(_)
            | AnyNodeRef::InterpolatedElement(_)
            | AnyNodeRef::ExprBinOp(_),
        ) => true,
        Some(AnyNodeRef::ExprCall(it)) => {
            let looks = match &*it.func {
                Expr::Name(name) => LOOKS.contains(&name.id.as_str()),
                Expr::Attribute(method) => writes(method),
                _ => false,
            };
            looks && !is_it(&it.func)
        }
        _ => false,
    }
}

/// Whether a method makes a text of its arguments: that of a format, or a logger's.
fn writes(method: &ExprAttribute) -> bool {
    let levels = ["debug", "info", "warning", "error", "critical", "exception"];
    let logs = || {
        let logger = last_name(&method.value).is_some_and(|name| name.to_ascii_lowercase().contains("log"));
        logger && levels.contains(&method.attr.as_str())
    };
    (method.attr.as_str() == "format" && method.value.is_string_literal_expr()) || logs()
}

/// Nodes that only group what stands in them.
fn is_element(node: AnyNodeRef<'_>) -> bool {
    matches!(node, AnyNodeRef::Arguments(_))
}

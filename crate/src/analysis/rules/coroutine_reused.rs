//! A coroutine object was awaited, or made a task of, a second time.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        shape,
        source::{Tree, last_name},
        words,
    },
    trace::event::{Event, FileId, Frame, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-reused",
    fault: "one coroutine was awaited twice",
    fault_ru: "одну и ту же сопрограмму ожидают дважды",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-reused.md"),
};

/// Through how many hands a coroutine is followed to where it was made.
const MOST_HANDS: usize = 8;

#[derive(Default)]
pub(super) struct CoroutineReused {
    findings: Findings,
}

impl Rule for CoroutineReused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let sentence = match raise.words() {
            _ if raise.class() != "RuntimeError" => return,
            "cannot reuse already awaited coroutine" => (
                "This coroutine has run before: each call of the function makes one that can be awaited once.",
                "Эта сопрограмма уже выполнялась: каждый вызов функции создаёт одну, и ожидать её можно один раз.",
            ),
            "coroutine is being awaited already" => (
                "Somebody else awaits this coroutine already: share a task of it, or call the function again.",
                "Эту сопрограмму уже кто-то ожидает: создайте из неё общую задачу или вызовите функцию ещё раз.",
            ),
            _ => return,
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        let finding = name_origin(finding, &raise, context);
        if awaits_coroutine(&raise, context) {
            report.put_new_cause(finding, &raise, context);
        } else {
            report.put_cause(finding, &raise, context);
        }
    }
}

/// Whether it is raised where a name is used that stands for a coroutine, and so by that coroutine itself: a task that was
/// made of one hands on what it has failed with.
fn awaits_coroutine(raise: &Raise<'_>, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(raise.span.file));
    let made = tree.filter(|_| raise.at.is_some()).and_then(|tree| {
        let name = reused_name(tree, raise.span.into())?;
        let call = tree.value_before(name, raise.span.into())?.as_call_expr()?;
        last_name(&call.func)
    });
    made.is_some_and(|function| {
        let mut defining = context.sources.defining(function);
        defining.any(|(_, tree)| tree.definition(function).is_some_and(|it| it.is_async))
    })
}

/// Names the place where the coroutine was made, and where it was used before: in the function that used it again, or in
/// those that handed it there.
fn name_origin(mut finding: Diagnostic, raise: &Raise<'_>, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let frames = raise.at.map_or(&[][..], |at| state.frames(at));
    let mut callers = frames.iter().filter(|frame| state.in_workspace(frame)).skip(1);
    let mut at = raise.span;
    let Some(mut name) = context
        .sources
        .tree(state.path(at.file))
        .and_then(|tree| reused_name(tree, at.into()))
    else {
        return match kept_in_attribute(at, context) {
            Some(made) => finding.related_span(made, words::COROUTINE_MADE, context),
            None => finding,
        };
    };
    for _ in 0..MOST_HANDS {
        let Some(tree) = context.sources.tree(state.path(at.file)) else {
            return finding;
        };
        if let Some(region) = used_before(tree, name, at.into()) {
            let words = ("It was used up here.", "Она израсходована здесь.");
            finding = finding.related_span(region.of(at.file), words, context);
        }
        let value = match tree.value_before(name, at.into()) {
            Some(value) => Some((value, at.file)),
            None => given(tree, name, at, callers.next(), raise, context),
        };
        match value {
            Some((value @ (Expr::Call(_) | Expr::ListComp(_)), file)) => {
                let Some(tree) = context.sources.tree(state.path(file)) else {
                    return finding;
                };
                let value = value.as_list_comp_expr().map_or(value, |it| &it.elt);
                let made = tree.region(value.range()).of(file);
                return finding.related_span(made, words::COROUTINE_MADE, context);
            }
            Some((Expr::Name(other), file)) => {
                let Some(tree) = context.sources.tree(state.path(file)) else {
                    return finding;
                };
                at = tree.region(other.range()).of(file);
                name = other.id.as_str();
            }
            _ => return finding,
        }
    }
    finding
}

/// What the caller of the function at a place gave it for a parameter, and the file of that: the next frame of the stack
/// says so, or else where the coroutine of the task was made.
fn given<'a>(
    tree: &'a Tree,
    name: &str,
    at: Span,
    caller: Option<&Frame>,
    raise: &Raise<'_>,
    context: Context<'a>,
) -> Option<(&'a Expr, FileId)> {
    let state = context.state;
    let function = tree.function(at.into())?;
    let made = || {
        let task = state.tasks.get(&raise.by?)?;
        let coroutine = state.coroutines.get(&task.coroutine?)?;
        let is_it = coroutine.function.rsplit('.').next() == Some(function.name.as_str());
        state.pointed_at(coroutine.at).filter(|_| is_it)
    };
    let place = caller.map(|frame| frame.span).or_else(made)?;
    let outer = context.sources.tree(state.path(place.file))?;
    let range = outer.range(place.into())?;
    let calls = shape::nodes(outer.scope(place.into())).into_iter();
    let mut calls = calls.filter_map(|node| match node {
        AnyNodeRef::ExprCall(it) if range.contains_range(it.range()) => Some(it),
        _ => None,
    });
    let call = calls.find(|call| last_name(&call.func) == Some(function.name.as_str()))?;
    Some((shape::argument(call, function, name)?, place.file))
}

/// Where a coroutine was made that an attribute keeps: the attribute is given a value at one place of the file only, and if
/// that is a parameter of `__init__()`, the class is called at one place only.
fn kept_in_attribute(at: Span, context: Context<'_>) -> Option<Span> {
    let tree = context.sources.tree(context.state.path(at.file))?;
    let range = tree.range(at.into())?;
    let mut within = shape::own_nodes(tree.scope(at.into())).into_iter();
    let value = within.find_map(|node| match node {
        AnyNodeRef::ExprAttribute(it) if range.contains_range(it.range()) => {
            tree.only_value(&Expr::Attribute(it.clone()))
        }
        _ => None,
    })?;
    let place = tree.region(value.range());
    let Expr::Name(parameter) = value else {
        return value.is_call_expr().then(|| place.of(at.file));
    };
    let init = tree.function(place)?;
    let class = tree.path(place).into_iter().rev().find_map(|node| match node {
        AnyNodeRef::StmtClassDef(it) => Some(it.name.as_str()),
        _ => None,
    })?;
    let mut calls = shape::nodes(&tree.module().body)
        .into_iter()
        .filter_map(|node| match node {
            AnyNodeRef::ExprCall(it) if last_name(&it.func) == Some(class) => Some(it),
            _ => None,
        });
    let call = calls.next().filter(|_| calls.next().is_none())?;
    let given = shape::argument(call, init, parameter.id.as_str())?;
    let given = match given {
        Expr::Name(name) => tree.value_before(name.id.as_str(), tree.region(call.range()))?,
        _ => given,
    };
    given.is_call_expr().then(|| tree.region(given.range()).of(at.file))
}

/// The place before another in its function at which a name was awaited, or handed to a call.
fn used_before(tree: &Tree, name: &str, at: Region) -> Option<Region> {
    let nodes = shape::own_nodes(tree.scope(at)).into_iter();
    nodes
        .filter(|node| uses(*node, name))
        .map(|node| tree.region(node.range()))
        .find(|region| (region.line, region.column) < (at.line, at.column) && !region.contains(at))
}

/// The name of the coroutine in the expression at this place: one that a call gave its value, or a parameter.
fn reused_name(tree: &Tree, at: Region) -> Option<&str> {
    let range = tree.range(at)?;
    let parameters = tree.function(at).map(|it| &it.parameters);
    let within = shape::own_nodes(tree.scope(at));
    within.into_iter().find_map(|node| match node {
        AnyNodeRef::ExprName(it) if range.contains_range(it.range()) => {
            let name = it.id.as_str();
            let found = match tree.value_before(name, at) {
                Some(value) => value.is_call_expr() || value.is_name_expr() || value.is_list_comp_expr(),
                None => parameters.is_some_and(|all| all.includes(name)),
            };
            (found && !is_asked(tree, it.range())).then_some(name)
        }
        _ => None,
    })
}

/// Whether the name at a place is that of a function that is called, or of an object that is asked for an attribute.
fn is_asked(tree: &Tree, name: TextRange) -> bool {
    let path = tree.path(tree.region(name));
    path.iter().any(|node| match node {
        AnyNodeRef::ExprCall(it) => it.func.range() == name,
        AnyNodeRef::ExprAttribute(it) => it.value.range() == name,
        _ => false,
    })
}

/// Whether a node awaits a name, or hands it to a call.
fn uses(node: AnyNodeRef<'_>, name: &str) -> bool {
    let is_it = |value: &Expr| matches!(value, Expr::Name(it) if it.id.as_str() == name);
    match node {
        AnyNodeRef::ExprAwait(it) => is_it(&it.value),
        AnyNodeRef::ExprCall(it) => it.arguments.args.iter().any(|value| match value {
            Expr::Starred(unpacked) => is_it(&unpacked.value),
            _ => is_it(value),
        }),
        _ => false,
    }
}

//! Functions that make something and only hand it on: what becomes of that is for their callers.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtAssign, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{
    diagnostic::Diagnostic,
    rule::Context,
    sentence::Plain,
    shape::{collects, key_function, nodes, own_nodes},
    source::Tree,
};
use crate::trace::event::{Frame, Span, StackId};

/// The call whose value is the caller's own affair: the innermost of the workspace, unless a plain function only returns
/// what it calls, as the wrappers that decorators make do. Then it is the call of that function, if the workspace called
/// it.
#[must_use]
pub fn taken(at: StackId, context: Context<'_>) -> Option<Span> {
    outwards(at, false, context)
}

/// The same of a task or a future, which a coroutine function may hand on too: whoever awaits that has it then, and the
/// place is the `await`.
#[must_use]
pub fn taken_of_future(at: StackId, context: Context<'_>) -> Option<Span> {
    outwards(at, true, context)
}

/// Adds to a finding at the place that something was handed to where it was made, if that is another.
#[must_use]
pub fn with_origin(finding: Diagnostic, span: Span, at: StackId, words: Plain, context: Context<'_>) -> Diagnostic {
    match context.state.pointed_at(at).filter(|made| *made != span) {
        Some(made) => finding.related_span(made, words, context),
        None => finding,
    }
}

/// Whether nothing is done with the value of the call or the `await` at a place: it is a whole statement.
#[must_use]
pub fn thrown_away(at: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(at.file));
    tree.is_some_and(|tree| {
        let range = tree.range(at.into());
        matches!(tree.statement(at.into()), Some(AnyNodeRef::StmtExpr(it)) if Some(it.range()) == range
            && (it.value.is_call_expr() || it.value.is_await_expr()))
    })
}

/// Whether nothing is done with the value of the call at a place, or it is given to the name `_`, which the function does
/// not read.
#[must_use]
pub fn given_up(at: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(at.file));
    let to_nobody = tree.is_some_and(|tree| {
        let Some(AnyNodeRef::StmtAssign(it)) = tree.statement(at.into()) else {
            return false;
        };
        let of_call = it.value.is_call_expr() && Some(it.value.range()) == tree.range(at.into());
        let named = matches!(&*it.targets, [Expr::Name(name)] if name.id.as_str() == "_");
        let read = |node| matches!(node, AnyNodeRef::ExprName(it) if it.ctx.is_load() && it.id.as_str() == "_");
        of_call && named && !nodes(tree.scope(at.into())).into_iter().any(read)
    });
    to_nobody || thrown_away(at, context)
}

/// Goes from the innermost frame of the workspace out through functions that only hand on what they are given.
fn outwards(at: StackId, awaited: bool, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let inner = state.frames(at).iter().skip_while(|frame| !state.in_workspace(frame));
    // A loop or a factory of the workspace makes tasks for the library, which hands them on.
    let factory =
        |frame: &&Frame| frame.function.ends_with("create_task") && state.path(frame.span.file).contains("/asyncio/");
    let frames = inner.filter(|frame| !factory(frame));
    let mut frames = frames.take_while(|frame| state.in_workspace(frame));
    let mut frame = frames.next()?;
    while hands_on(frame.span, awaited, context) {
        let Some(outer) = frames.next().filter(|outer| !goes_through(outer.span, context)) else {
            break;
        };
        frame = outer;
    }
    Some(frame.span)
}

/// Whether the call at a place calls a function for each of many: what becomes of the values is for the function to say.
fn goes_through(at: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(at.file));
    let call = tree.and_then(|tree| tree.call_at(at.into()));
    call.is_some_and(|call| collects(call) || key_function(call).is_some())
}

/// Whether a place is a call whose value a function returns, or that is all a lambda does. A coroutine function is asked
/// only where what `await` gives counts.
fn hands_on(at: Span, awaited: bool, context: Context<'_>) -> bool {
    let Some(tree) = context.sources.tree(context.state.path(at.file)) else {
        return false;
    };
    if tree.is_lambda_body(at.into()) {
        return true;
    }
    let Some(function) = tree.function(at.into()).filter(|it| awaited || !it.is_async) else {
        return false;
    };
    let is_it = |value: &Expr| tree.region(value.range()) == at.into();
    match tree.statement(at.into()) {
        Some(AnyNodeRef::StmtReturn(it)) => it.value.as_deref().is_some_and(is_it),
        Some(AnyNodeRef::StmtAssign(it)) => is_it(&it.value) && is_returned(it, function, tree),
        _ => false,
    }
}

/// Whether a function returns what it has given a name to, and keeps it nowhere: the name is only asked for attributes.
fn is_returned(assign: &StmtAssign, function: &StmtFunctionDef, tree: &Tree) -> bool {
    let [Expr::Name(name)] = assign.targets.as_slice() else {
        return false;
    };
    let is_name = |value: &Expr| matches!(value, Expr::Name(it) if it.id == name.id);
    let Some(Stmt::Return(last)) = function.body.last() else {
        return false;
    };
    let nodes = own_nodes(&function.body).into_iter();
    let mut others = nodes.filter(|node| match node {
        AnyNodeRef::ExprName(it) if it.id == name.id && it.range() != name.range() => {
            let around = tree.path(tree.region(it.range())).into_iter().rev().nth(1);
            !matches!(around, Some(AnyNodeRef::StmtReturn(_) | AnyNodeRef::ExprAttribute(_)))
        }
        _ => false,
    });
    last.value.as_deref().is_some_and(is_name) && others.next().is_none()
}

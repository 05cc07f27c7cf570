//! Functions that make something and only hand it on: what becomes of that is for their callers.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtAssign, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{rule::Context, shape::own_nodes, source::Tree};
use crate::trace::event::{Span, StackId};

/// The call whose value is the caller's own affair: the innermost of the workspace, unless a plain function only returns
/// what it calls, as the wrappers that decorators make do. Then it is the call of that function, if the workspace called
/// it.
#[must_use]
pub fn taken(at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let inner = state.frames(at).iter().skip_while(|frame| !state.in_workspace(frame));
    let mut frames = inner.take_while(|frame| state.in_workspace(frame));
    let mut frame = frames.next()?;
    while hands_on(frame.span, context) {
        let Some(outer) = frames.next() else { break };
        frame = outer;
    }
    Some(frame.span)
}

/// Whether a place is a call whose value a plain function returns, or that is all a lambda does.
fn hands_on(at: Span, context: Context<'_>) -> bool {
    let Some(tree) = context.sources.tree(context.state.path(at.file)) else {
        return false;
    };
    if tree.is_lambda_body(at.into()) {
        return true;
    }
    let Some(function) = tree.function(at.into()).filter(|it| !it.is_async) else {
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

//! A coroutine that nothing awaits: await it, or run it where no loop runs.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::place::{Place, fix};
use crate::analysis::{
    diagnostic::{Fix, Related},
    rules::coroutine_never_awaited::WANT_FUNCTIONS,
    shape,
    source::last_name,
    words::COROUTINE_MADE,
};

const TITLE: (&str, &str) = ("await it", "дождаться с помощью `await`");

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    if let Some(waited_for) = future(place) {
        let edits = place.wrap(waited_for, "await ", "");
        return place.in_coroutine(waited_for).then(|| fix(true, TITLE, edits));
    }
    // What goes through many, or calls a function for each of them, makes no coroutine itself.
    let makes_one = |call: &&ExprCall| {
        let goes_through = shape::collects(call) || last_name(&call.func) == Some("as_completed");
        !goes_through && shape::key_function(call).is_none()
    };
    // What was done with a coroutine may stand elsewhere than the call that made it.
    let made = || coroutine(place).filter(|_| place.finding.rule == "coroutine-as-value");
    let Some(call) = made().or_else(|| place.call()) else {
        return operands(place);
    };
    if !place.in_coroutine(call.range()) || !makes_one(&call) {
        return None;
    }
    let handed_on = place.around(call.range()).into_iter().any(|node| match node {
        AnyNodeRef::ExprCall(outer) => {
            outer.range() != call.range() && last_name(&outer.func).is_some_and(|name| WANT_FUNCTIONS.contains(&name))
        }
        AnyNodeRef::ExprAwait(outer) => outer.value.range() == call.range(),
        _ => false,
    });
    if handed_on {
        return None;
    }
    // A variable may stand for functions of both kinds, and an entry of a table, too.
    let surely = match &*call.func {
        Expr::Name(it) => place.coroutine_functions().contains(&it.id.as_str()) || place.resolve(&call.func).is_some(),
        other => !other.is_subscript_expr(),
    };
    let surely = surely && last_name(&call.func).is_none_or(|name| !place.is_defined(name));
    let edits = place.wrap(call.range(), "await ", "");
    Some(fix(surely, TITLE, edits))
}

/// Both operands of an operation that were to be awaited.
fn operands(place: &Place<'_>) -> Option<Fix> {
    let range = place.tree.range(place.finding.span)?;
    let nodes = place.around(range).into_iter();
    let operation = nodes.rev().find_map(|node| match node {
        AnyNodeRef::ExprBinOp(it) if it.range() == range => Some(it),
        _ => None,
    })?;
    let known = place.coroutine_functions();
    let makes_one = |operand: &Expr| {
        let name = operand.as_call_expr().and_then(|call| last_name(&call.func));
        name.is_some_and(|name| known.contains(&name) && !place.is_defined(name))
    };
    let operands = [&*operation.left, &*operation.right];
    let all = place.in_coroutine(range) && operands.iter().all(|it| makes_one(it));
    let edits = operands.iter().flat_map(|it| place.wrap(it.range(), "await ", ""));
    all.then(|| fix(true, TITLE, edits.collect()))
}

/// What to await where a finding is about the name of a task or a future: a task is there to run meanwhile, so it is
/// awaited where its result is used; the others, where they are made.
fn future(place: &Place<'_>) -> Option<TextRange> {
    let finding = place.finding;
    let used = place.tree.range(finding.span)?;
    let named = place.around(used).into_iter();
    let is_name = |node| matches!(node, AnyNodeRef::ExprName(it) if it.range() == used);
    if !named.into_iter().any(is_name) {
        return None;
    }
    let related = finding.related.iter().filter(|it| it.file == finding.file);
    let mut calls = related.filter_map(|it| place.call_at(it.span));
    calls.find_map(|call| match last_name(&call.func)? {
        "create_task" | "ensure_future" => Some(used),
        "gather" | "shield" | "run_in_executor" | "wrap_future" => Some(call.range()),
        _ => None,
    })
}

/// The call that made the coroutine, where the finding is about what was done with it.
fn coroutine<'a>(place: &Place<'a>) -> Option<&'a ExprCall> {
    let finding = place.finding;
    let made = |it: &&Related| it.message == COROUTINE_MADE.0 && it.file == finding.file;
    let mut related = finding.related.iter().filter(made);
    related.find_map(|it| place.call_at(it.span))
}

/// At the top of a file, the call is what the program was to do.
pub(super) fn run(place: &Place<'_>) -> Option<Fix> {
    let call = place.call()?;
    let alone = matches!(place.statement(call.range())?, Stmt::Expr(it) if it.value.range() == call.range());
    if !alone || !place.at_top(call.range()) {
        return None;
    }
    let (asyncio, import) = place.import("asyncio")?;
    let mut edits = place.wrap(call.range(), &format!("{asyncio}.run("), ")");
    edits.extend(import);
    let words = ("run it with `asyncio.run`", "запустить с помощью `asyncio.run`");
    Some(fix(true, words, edits))
}

//! A coroutine that nothing awaits: await it, or run it where no loop runs.

use ruff_python_ast::{AnyNodeRef, ExprCall, Stmt};
use ruff_text_size::Ranged;

use super::place::{Place, fix};
use crate::analysis::{diagnostic::Fix, shape, source::last_name};

/// Functions that want something to call later, to which an `await` would hand a result instead.
const WANT_CALLABLES: &[&str] = &[
    "call_soon",
    "call_later",
    "call_at",
    "call_soon_threadsafe",
    "run_in_executor",
    "add_done_callback",
    "submit",
    "to_thread",
    "Thread",
];

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let call = place.call().or_else(|| coroutine(place))?;
    let made_within = shape::collects(call) || shape::key_function(call).is_some();
    if !place.in_coroutine(call.range()) || made_within {
        return None;
    }
    let handed_on = place.around(call.range()).into_iter().any(|node| match node {
        AnyNodeRef::ExprCall(outer) => {
            outer.range() != call.range() && last_name(&outer.func).is_some_and(|name| WANT_CALLABLES.contains(&name))
        }
        AnyNodeRef::ExprAwait(outer) => outer.value.range() == call.range(),
        _ => false,
    });
    if handed_on {
        return None;
    }
    let edits = place.wrap(call.range(), "await ", "");
    Some(fix(true, ("await it", "дождаться с помощью `await`"), edits))
}

/// The call that made the coroutine, where the finding is about what was done with it.
fn coroutine<'a>(place: &Place<'a>) -> Option<&'a ExprCall> {
    let finding = place.finding;
    let related = finding.related.iter().filter(|it| it.file == finding.file);
    let known = place.coroutine_functions();
    related
        .filter_map(|it| place.call_at(it.span))
        .find(|call| last_name(&call.func).is_some_and(|name| known.contains(&name)))
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

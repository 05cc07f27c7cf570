//! A call that holds the event loop up: move it to a thread.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::place::{Place, fix, mentions};
use crate::analysis::{diagnostic::Fix, source::last_name};

const LAZY: [&str; 6] = ["map", "filter", "zip", "enumerate", "reversed", "iter"];

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let call = movable(place)?;
    let (asyncio, import) = place.import("asyncio")?;
    let mut edits = place.wrap(call.range(), &format!("await {asyncio}.to_thread("), ")");
    if is_plain(&call.func) {
        // `f(a, b)` becomes `to_thread(f, a, b)`.
        let empty = call.arguments.args.is_empty() && call.arguments.keywords.is_empty();
        let open = TextRange::new(call.func.end(), after_bracket(place, call)?);
        let closing = edits.pop()?;
        edits.push(place.replace(open, if empty { "" } else { ", " }));
        // The call's own bracket closes the new one.
        let rest = closing.text.strip_prefix(')').unwrap_or_default().to_owned();
        if !rest.is_empty() {
            edits.push(place.insert(call.range().end(), rest));
        }
    } else {
        let first = edits.first_mut()?;
        first.text.push_str("lambda: ");
    }
    edits.extend(import);
    let words = ("move it to a thread", "перенести в отдельный поток");
    // A computation in a thread still competes for the interpreter: what to do about it is for a person to say.
    Some(fix(place.finding.rule == "blocking-call", words, edits))
}

/// The call that the finding is about, or else the one through which a coroutine came there.
fn movable<'a>(place: &Place<'a>) -> Option<&'a ExprCall> {
    let related = place
        .finding
        .related
        .iter()
        .filter(|it| it.file == place.finding.file)
        .map(|it| it.span);
    let coroutines = place.coroutine_functions();
    std::iter::once(place.finding.span)
        .chain(related)
        .filter_map(|span| place.call_at(span))
        .find(|call| {
            let is_coroutine = last_name(&call.func).is_some_and(|name| coroutines.contains(&name));
            let awaited = matches!(place.parent(call.range()), Some(AnyNodeRef::ExprAwait(_)));
            let sleeps = place.resolve(&call.func).as_deref() == Some("time.sleep");
            // What these give does its work only when it is gone through.
            let lazy = last_name(&call.func).is_some_and(|name| LAZY.contains(&name));
            let stays = is_coroutine || awaited || sleeps || lazy || suspends(place, call);
            place.in_coroutine(call.range()) && !stays
        })
}

/// Whether an argument has to be computed in the coroutine itself.
fn suspends(place: &Place<'_>, call: &ExprCall) -> bool {
    let text = place.tree.source(call.range());
    mentions(text, "await") || mentions(text, "yield")
}

/// A name, or an attribute of one: evaluating it does nothing.
fn is_plain(function: &Expr) -> bool {
    match function {
        Expr::Name(_) => true,
        Expr::Attribute(it) => is_plain(&it.value),
        _ => false,
    }
}

/// The place behind the bracket that opens the arguments.
fn after_bracket(place: &Place<'_>, call: &ExprCall) -> Option<ruff_text_size::TextSize> {
    let range = call.arguments.range();
    place
        .tree
        .source(range)
        .starts_with('(')
        .then(|| range.start() + ruff_text_size::TextSize::from(1))
}

//! A call that holds the event loop up: move it to a thread.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::place::{Place, fix, mentions};
use crate::analysis::{
    diagnostic::Fix,
    rules::blocking_call::{CALLED, USES_LOOP},
    shape,
    source::last_name,
};

/// What these give does its work only when it is gone through.
const LAZY: [&str; 7] = ["map", "filter", "zip", "enumerate", "reversed", "iter", "as_completed"];

/// What has done its work when the call returns, so that it helps to move it even from the head of a `with` or a `for`.
const OPENING: [&str; 2] = ["open", "urlopen"];

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
        .filter(|it| it.file == place.finding.file && it.message == CALLED.0)
        .map(|it| it.span);
    let seen_to_use = place.finding.related.iter().any(|it| it.message == USES_LOOP.0);
    let coroutines = place.coroutine_functions();
    let related = related.filter(|_| !seen_to_use);
    std::iter::once(place.finding.span)
        .chain(related)
        .filter_map(|span| place.call_at(span))
        .find(|call| {
            let is_coroutine = last_name(&call.func).is_some_and(|name| coroutines.contains(&name));
            let awaited = matches!(place.parent(call.range()), Some(AnyNodeRef::ExprAwait(_)));
            let sleeps = place.resolve(&call.func).as_deref() == Some("time.sleep");
            let stays = is_coroutine || awaited || sleeps || suspends(place, call) || uses_loop(place, call);
            let helps = !works_later(place, call) && !belongs_here(place, call) && !keeps_the_interpreter(place, call);
            place.in_coroutine(call.range()) && !stays && helps
        })
}

/// Modules whose native functions keep the interpreter's lock for as long as they compute.
const NATIVE: [&str; 7] = ["re", "json", "math", "pickle", "heapq", "itertools", "struct"];

/// Whether it is native code that computes, as far as the source tells: one such call keeps the interpreter from every other
/// thread until it returns, so that the loop would stand still all the same.
fn keeps_the_interpreter(place: &Place<'_>, call: &ExprCall) -> bool {
    if place.finding.rule == "blocking-call" {
        return false;
    }
    let name = last_name(&call.func).unwrap_or_default();
    let defined = shape::nodes(&place.tree.module().body)
        .into_iter()
        .any(|node| match node {
            AnyNodeRef::StmtFunctionDef(it) => it.name.as_str() == name,
            AnyNodeRef::StmtClassDef(it) => it.name.as_str() == name,
            _ => false,
        });
    let imported = place.resolve(&call.func);
    let native = imported
        .as_deref()
        .is_none_or(|it| NATIVE.contains(&it.split('.').next().unwrap_or_default()));
    native && !defined
}

/// Methods that only a loop has, and that only its own thread may call.
const OF_LOOP: [&str; 6] = [
    "call_soon",
    "call_later",
    "call_at",
    "create_task",
    "create_future",
    "add_reader",
];

/// What of the library's functions another thread may call.
const FOR_THREADS: [&str; 2] = ["asyncio.run", "asyncio.run_coroutine_threadsafe"];

/// Whether the call, or the function of this file that it calls, uses the loop that runs here: no other thread has one.
fn uses_loop(place: &Place<'_>, call: &ExprCall) -> bool {
    let uses = |node: AnyNodeRef<'_>| {
        let AnyNodeRef::ExprCall(it) = node else { return false };
        let library = place.resolve(&it.func).filter(|path| path.starts_with("asyncio."));
        let by_method = it.func.is_attribute_expr() && last_name(&it.func).is_some_and(|name| OF_LOOP.contains(&name));
        by_method || library.is_some_and(|path| !FOR_THREADS.contains(&path.as_str()))
    };
    let given = shape::nodes_of(&call.func).into_iter();
    let arguments = call.arguments.args.iter().flat_map(shape::nodes_of);
    if given.chain(arguments).any(uses) {
        return true;
    }
    does(place, call, &uses)
}

/// Whether a function of this file that the call names has such a node of its own.
fn does(place: &Place<'_>, call: &ExprCall, what: &dyn Fn(AnyNodeRef<'_>) -> bool) -> bool {
    let name = last_name(&call.func).unwrap_or_default();
    let functions = shape::nodes(&place.tree.module().body).into_iter();
    let mut called = functions
        .filter_map(AnyNodeRef::stmt_function_def)
        .filter(|it| it.name.as_str() == name);
    called.any(|it| shape::own_nodes(&it.body).into_iter().any(what))
}

/// Whether the work is not done, or not all of it, when the call returns: to move the call alone moves nothing.
fn works_later(place: &Place<'_>, call: &ExprCall) -> bool {
    let name = last_name(&call.func).unwrap_or_default();
    if OPENING.contains(&name) {
        return false;
    }
    let generates = |node: AnyNodeRef<'_>| matches!(node, AnyNodeRef::ExprYield(_) | AnyNodeRef::ExprYieldFrom(_));
    if LAZY.contains(&name) || does(place, call, &generates) {
        return true;
    }
    // The end of a `with` block, and each turn of a loop, call again what stands at its head.
    place.around(call.range()).into_iter().any(|node| match node {
        AnyNodeRef::WithItem(it) => it.context_expr.range() == call.range(),
        AnyNodeRef::StmtFor(it) => it.iter.range() == call.range(),
        AnyNodeRef::Comprehension(it) => it.iter.range() == call.range(),
        _ => false,
    })
}

/// What belongs to the thread that has taken it.
const OWNED: [&str; 2] = ["threading.Condition", "threading.RLock"];

/// Whether it is a method of a lock that this thread holds, or takes for itself: another thread could not do that for it.
fn belongs_here(place: &Place<'_>, call: &ExprCall) -> bool {
    let Expr::Attribute(method) = &*call.func else {
        return false;
    };
    let text = place.tree.source(method.value.range());
    let holds = |node: AnyNodeRef<'_>| match node {
        AnyNodeRef::StmtWith(it) => {
            let mut items = it.items.iter();
            items.any(|item| place.tree.source(item.context_expr.range()) == text)
        }
        _ => false,
    };
    let made = place.tree.only_value(&method.value).and_then(Expr::as_call_expr);
    let class = made.and_then(|made| place.tree.names().path(&made.func));
    place.around(call.range()).into_iter().any(holds) || class.is_some_and(|class| OWNED.contains(&class.as_str()))
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

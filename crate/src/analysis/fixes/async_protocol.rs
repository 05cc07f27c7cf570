//! `with` for `async with`, `for` for `async for`, and the other way round.

use ruff_python_ast::{AnyNodeRef, Comprehension};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::place::{Place, fix};
use crate::analysis::{
    diagnostic::Fix,
    rules::wrong_async_protocol::{NO_AITER, is_called, is_plain_iterable},
};

/// What the interpreter said tells which of the two was meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Asynchronous,
    Plain,
}

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let words = place.finding.cpython.as_deref()?;
    let wanted = wanted(words, place)?;
    let target = place.tree.range(place.finding.span)?;
    if !place.in_coroutine(target) {
        return None;
    }
    let keyword = place.nodes().into_iter().rev().find_map(|node| keyword(node, target))?;
    let (start, is_async) = keyword;
    // What stands beside it in the same statement may want the other form.
    let alone =
        !matches!(place.tree.statement(place.finding.span), Some(AnyNodeRef::StmtWith(it)) if it.items.len() > 1);
    match (wanted, is_async) {
        (Wanted::Asynchronous, false) => {
            let words = ("make it `async`", "добавить `async`");
            Some(fix(alone, words, vec![place.insert(start, "async ")]))
        }
        (Wanted::Plain, true) => {
            let rest = place.tree.text().get(start.to_usize()..)?.strip_prefix("async")?;
            let blank = rest.len() - rest.trim_start().len();
            let length = u32::try_from("async".len() + blank).ok()?;
            let range = TextRange::at(start, TextSize::from(length));
            let words = ("leave `async` out", "убрать `async`");
            Some(fix(alone, words, vec![place.replace(range, "")]))
        }
        _ => None,
    }
}

fn wanted(words: &str, place: &Place<'_>) -> Option<Wanted> {
    if words.contains("but it supports the asynchronous") {
        return Some(Wanted::Asynchronous);
    }
    if let Some(class) = words.strip_prefix(NO_AITER) {
        let plain = is_plain_iterable(class) || place.tree.has_class_with(class, &["__iter__", "__getitem__"]);
        return plain.then_some(Wanted::Plain);
    }
    let class = words.strip_prefix('\'').and_then(|rest| rest.split('\'').next());
    if words.contains("asynchronous context manager protocol") {
        return class.is_none_or(|class| !is_called(class)).then_some(Wanted::Plain);
    }
    let plain = words.contains("context manager protocol") || words.contains("is not iterable");
    plain.then_some(Wanted::Asynchronous)
}

/// Where the statement or clause begins whose header the place is in, and whether it is `async` already.
fn keyword(node: AnyNodeRef<'_>, target: TextRange) -> Option<(TextSize, bool)> {
    match node {
        AnyNodeRef::StmtWith(it) => {
            let header = it.body.first().is_none_or(|first| target.start() < first.start());
            header.then_some((it.start(), it.is_async))
        }
        AnyNodeRef::StmtFor(it) => {
            let header = it.body.first().is_none_or(|first| target.start() < first.start());
            header.then_some((it.start(), it.is_async))
        }
        AnyNodeRef::ExprListComp(it) => clause(&it.generators, target),
        AnyNodeRef::ExprSetComp(it) => clause(&it.generators, target),
        AnyNodeRef::ExprDictComp(it) => clause(&it.generators, target),
        _ => None,
    }
}

/// The clause of a comprehension that iterates over what stands at the place, or its first.
fn clause(clauses: &[Comprehension], target: TextRange) -> Option<(TextSize, bool)> {
    let found = clauses
        .iter()
        .find(|it| it.iter.range().contains_range(target))
        .or(clauses.first())?;
    Some((found.start(), found.is_async))
}

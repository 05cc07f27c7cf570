//! A collection given to `gather()` as one awaitable: give it what is in the collection.

use ruff_text_size::Ranged;

use super::place::{Place, fix};
use crate::analysis::{diagnostic::Fix, source::last_name};

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let given = place.tree.range(place.finding.span)?;
    // What cannot be hashed is a list, a set or a dictionary; of those that are given by name, only the first is likely.
    let unhashable = place.finding.cpython.as_deref()?.contains("unhashable type: 'list'");
    let is_alone = place.calls(given).into_iter().any(|call| {
        let only = match &*call.arguments.args {
            [only] => only.range() == given,
            _ => false,
        };
        only && last_name(&call.func) == Some("gather")
    });
    let words = ("give its items with `*`", "передать его элементы через `*`");
    (unhashable && is_alone).then(|| fix(true, words, place.wrap(given, "*", "")))
}

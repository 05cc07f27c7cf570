//! An asynchronous generator that is left before its end: close it where it is left.

use ruff_python_ast::{AnyNodeRef, StmtFor};
use ruff_text_size::Ranged;

use super::place::{Place, fix, level};
use crate::analysis::diagnostic::Fix;

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let found = async_for(place)?;
    if !found.iter.is_call_expr() {
        return None;
    }
    let indentation = place.indentation(found.start())?;
    let name = place.free_name(found.range(), &["items", "stream", "generator"])?;
    let (aclosing, import) = match place.import("contextlib")? {
        (module, None) => (format!("{module}.aclosing"), None),
        (_, Some(_)) => match place.import("contextlib.aclosing")? {
            (function, None) => (function, None),
            (_, Some(_)) => (
                "aclosing".to_owned(),
                Some(place.import_line("from contextlib import aclosing")?),
            ),
        },
    };
    let iterated = place.tree.region(found.iter.range());
    let mut edits = place.indent(found.range());
    // The lines that the call goes on over go with it.
    edits.retain(|edit| !iterated.contains(edit.span));
    let source = place.tree.source(found.iter.range());
    let deeper = level(indentation);
    let first = edits.first_mut()?;
    first.text = format!("{indentation}async with {aclosing}({source}) as {name}:\n{deeper}");
    edits.push(place.replace(found.iter.range(), name));
    edits.extend(import);
    let words = (
        "close the generator with `aclosing`",
        "закрыть генератор с помощью `aclosing`",
    );
    Some(fix(true, words, edits))
}

/// The loop that the finding is in, or that one of its related places is in.
fn async_for<'a>(place: &Place<'a>) -> Option<&'a StmtFor> {
    let finding = place.finding;
    let related = finding.related.iter().filter(|it| it.file == finding.file);
    std::iter::once(finding.span)
        .chain(related.map(|it| it.span))
        .filter_map(|span| place.tree.range(span))
        .find_map(|range| {
            place.around(range).into_iter().rev().find_map(|node| match node {
                AnyNodeRef::StmtFor(it) if it.is_async => Some(it),
                _ => None,
            })
        })
}

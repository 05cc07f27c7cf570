//! A comment that allows nothing: remove it, or the one name of several.

use ruff_text_size::{TextRange, TextSize};

use super::place::{Place, fix};
use crate::{analysis::diagnostic::Fix, directives};

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let name = place.tree.range(place.finding.span)?;
    let comment = place.tree.comment_at(name.start())?;
    let text = place.tree.source(comment);
    let names = directives::allowed(text)?;
    let words = ("remove the comment", "удалить комментарий");
    // Another tool's comment beside it is not ours to remove.
    if text.matches('#').count() > 1 {
        return None;
    }
    if names.len() > 1 {
        let at = (name.start() - comment.start()).to_usize();
        let index = names.iter().position(|(start, _)| *start == at)?;
        let (from, to) = if let Some((next, _)) = names.get(index + 1) {
            (at, *next)
        } else {
            let (before, word) = names.get(index.checked_sub(1)?)?;
            (before + word.len(), at + name.len().to_usize())
        };
        let offset = |at: usize| u32::try_from(at).ok().map(|at| comment.start() + TextSize::from(at));
        let range = TextRange::new(offset(from)?, offset(to)?);
        return Some(fix(
            true,
            ("remove the name", "удалить имя"),
            vec![place.replace(range, "")],
        ));
    }
    let line = place.line_start(comment.start());
    let before = place.tree.source(TextRange::new(line, comment.start()));
    let range = if before.trim().is_empty() {
        let rest = place.tree.text().get(comment.end().to_usize()..)?;
        let end = rest.find('\n').map_or(rest.len(), |index| index + 1);
        TextRange::new(line, comment.end() + TextSize::from(u32::try_from(end).ok()?))
    } else {
        let kept = u32::try_from(before.trim_end().len()).ok()?;
        TextRange::new(line + TextSize::from(kept), comment.end())
    };
    Some(fix(true, words, vec![place.replace(range, "")]))
}

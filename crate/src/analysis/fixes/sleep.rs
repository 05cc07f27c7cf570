//! `time.sleep` on the event loop: let the others run meanwhile.

use ruff_text_size::Ranged;

use super::place::{Place, fix};
use crate::analysis::diagnostic::Fix;

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let call = place.call()?;
    if place.resolve(&call.func).as_deref() != Some("time.sleep") || !place.in_coroutine(call.range()) {
        return None;
    }
    let (asyncio, import) = place.import("asyncio")?;
    let mut edits = place.wrap(call.range(), "await ", "");
    // The two would meet at the same place, and an edit may not touch another.
    let first = edits.first_mut()?;
    let opening = std::mem::take(&mut first.text);
    *first = place.replace(call.func.range(), format!("{opening}{asyncio}.sleep"));
    edits.extend(import);
    let words = ("use `asyncio.sleep`", "заменить на `asyncio.sleep`");
    Some(fix(true, words, edits))
}

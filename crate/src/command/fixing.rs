//! `--fix`: writes the preferred fixes of what was found, and looks again.

use std::fs;

use super::{program::Program, report::Checked};
use crate::analysis::fixes;

/// One repair may bring the next to light; more rounds than this mean that two undo each other.
const ROUNDS: u32 = 8;

/// Checks a program and repairs it until no preferred fix is left. Returns the last check, and how many fixes were made.
pub(super) fn check(program: Program, run: impl Fn(Program) -> Checked) -> Result<(Checked, usize), String> {
    // The blocks of a document would move each other.
    if program.line().is_some() {
        return Ok((run(program), 0));
    }
    // An earlier program's repairs may have changed the files that this one shares with it.
    let mut checked = run(program.read_again()?);
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let (count, files) = fixes::choose(&checked.diagnostics);
        if count == 0 {
            break;
        }
        for (path, edits) in files {
            let shown = checked.shown_path(&path);
            let text = fs::read_to_string(&shown).map_err(|error| format!("{shown}: {error}"))?;
            // A byte order mark takes no column.
            let (mark, text) = text.split_at(if text.starts_with('\u{feff}') { 3 } else { 0 });
            let repaired = format!("{mark}{}", fixes::apply(text, &edits));
            fs::write(&shown, repaired).map_err(|error| format!("{shown}: {error}"))?;
        }
        fixed += count;
        checked = run(checked.program.read_again()?);
    }
    Ok((checked, fixed))
}

//! Applying repairs to a text.

use std::collections::BTreeMap;

use crate::analysis::diagnostic::{Diagnostic, Edit, Region};

/// The preferred fixes of a list of findings that can be applied together, as the edits of each file, in order. One that
/// touches what another has changed is left for the next time; an edit that two share, such as an import, is made once.
#[must_use]
pub fn choose(findings: &[Diagnostic]) -> (usize, BTreeMap<String, Vec<Edit>>) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.preferred) else {
            continue;
        };
        let fits = |edit: &Edit| chosen.iter().all(|other| *other == edit || !collide(other, edit));
        if fix.edits.iter().all(fits) {
            let fresh: Vec<&Edit> = fix.edits.iter().filter(|edit| !chosen.contains(edit)).collect();
            chosen.extend(fresh);
            count += 1;
        }
    }
    let mut files: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for edit in chosen {
        files.entry(edit.file.clone()).or_default().push(edit.clone());
    }
    for edits in files.values_mut() {
        edits.sort_by_key(|edit| edit.span);
    }
    (count, files)
}

fn collide(a: &Edit, b: &Edit) -> bool {
    let bounds = |it: Region| ((it.line, it.column), (it.end_line, it.end_column));
    let ((a_start, a_end), (b_start, b_end)) = (bounds(a.span), bounds(b.span));
    a.file == b.file && (a_start == b_start || a_start < b_end && b_start < a_end)
}

/// The text after these edits, which are in order and do not overlap.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut done = String::new();
    let mut from = 0;
    for edit in edits {
        let start = offset(text, edit.span.line, edit.span.column);
        let end = offset(text, edit.span.end_line, edit.span.end_column);
        done.push_str(text.get(from..start).unwrap_or_default());
        done.push_str(&edit.text);
        from = end.max(start);
    }
    done.push_str(text.get(from..).unwrap_or_default());
    done
}

/// The byte of a line and column that count from 1, within the text whatever they say.
fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let within: usize = rest
        .chars()
        .take(column.saturating_sub(1) as usize)
        .map(char::len_utf8)
        .sum();
    (start + within).min(text.len())
}

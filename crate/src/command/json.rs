//! `--format json`: one document, times in seconds.

use serde_json::{Value, json};

use super::report::{Checked, outcome_kind};
use crate::{
    analysis::diagnostic::{Diagnostic, Evidence, Fix, Region},
    trace::event::Outcome,
};

pub(super) fn render(all: &[Checked]) -> String {
    let files: Vec<_> = all.iter().map(file).collect();
    format!("{}\n", json!({ "files": files }))
}

fn file(checked: &Checked) -> Value {
    json!({
        "file": checked.program.shown,
        "line": checked.program.line(),
        "outcome": outcome(checked),
        "stdout": checked.stdout,
        "stderr": checked.stderr,
        "elapsed": seconds(checked.elapsed),
        "diagnostics": checked.diagnostics.iter().map(|it| diagnostic(it, checked)).collect::<Vec<_>>(),
    })
}

fn outcome(checked: &Checked) -> Value {
    let mut value = json!({ "kind": outcome_kind(&checked.outcome) });
    let details = match &checked.outcome {
        Outcome::Raised { status } => vec![("status", json!(status))],
        Outcome::Limit { limit } => vec![("limit", json!(limit))],
        Outcome::Internal { message } => vec![("message", json!(message))],
        _ => Vec::new(),
    };
    for (name, detail) in details {
        value[name] = detail;
    }
    if let Some(exception) = &checked.exception {
        let place = exception.place.as_ref();
        value["exception"] = json!({
            "class": exception.class,
            "message": exception.message,
            "file": place.map(|(file, _)| checked.shown_path(file)),
            "span": place.map(|(_, region)| span(*region)),
        });
    }
    value
}

fn diagnostic(it: &Diagnostic, checked: &Checked) -> Value {
    let related = it.related.iter().map(
        |place| json!({ "message": place.message, "file": checked.shown_path(&place.file), "span": span(place.span) }),
    );
    json!({
        "rule": it.rule,
        "severity": it.severity.name(),
        "evidence": evidence(it.evidence),
        "message": it.message,
        "cpython": it.cpython,
        "file": checked.shown_path(&it.file),
        "span": span(it.span),
        "time": seconds(it.time),
        "count": it.count,
        "related": related.collect::<Vec<_>>(),
        "fixes": it.fixes.iter().map(|it| fix(it, checked)).collect::<Vec<_>>(),
        "reproduce": it.reproduce,
    })
}

fn fix(it: &Fix, checked: &Checked) -> Value {
    let edits = it
        .edits
        .iter()
        .map(|edit| json!({ "file": checked.shown_path(&edit.file), "span": span(edit.span), "text": edit.text }));
    json!({ "title": it.title, "preferred": it.preferred, "edits": edits.collect::<Vec<_>>() })
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Observed => "observed",
        Evidence::Predicted => "predicted",
    }
}

fn span(region: Region) -> Value {
    json!({
        "line": region.line,
        "column": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

#[expect(clippy::cast_precision_loss, reason = "virtual times are below 2^53")]
pub(super) fn seconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e9
}

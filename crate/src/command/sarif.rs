//! `--format sarif`: SARIF 2.1.0, the interchange format of code scanners.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};

use super::{
    json::{evidence, seconds},
    report::{Checked, outcome_kind},
};
use crate::analysis::{
    diagnostic::{Diagnostic, Fix, Region, Severity},
    rules::RULES,
};

pub(super) fn render(all: &[Checked]) -> String {
    let results: Vec<_> = all
        .iter()
        .flat_map(|checked| checked.diagnostics.iter().map(|it| result(it, checked)))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "loopscope",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !all.iter().any(Checked::is_internal),
                "toolExecutionNotifications": all.iter().filter_map(uncaught).collect::<Vec<_>>(),
            }],
            "artifacts": all.iter().map(artifact).collect::<Vec<_>>(),
            "results": results,
        }],
    });
    format!("{document}\n")
}

fn rules() -> Vec<Value> {
    let rule = |metadata: &crate::analysis::rule::Metadata| {
        json!({
            "id": metadata.name,
            "shortDescription": { "text": metadata.fault },
            "help": { "text": metadata.page, "markdown": metadata.page },
            "defaultConfiguration": { "level": level(metadata.severity) },
        })
    };
    RULES.iter().map(|entry| rule(entry.metadata)).collect()
}

fn artifact(checked: &Checked) -> Value {
    json!({
        "location": { "uri": uri(&checked.program.shown) },
        "sourceLanguage": "python",
        "properties": { "line": checked.program.line(), "outcome": outcome_kind(&checked.outcome), "elapsed": seconds(checked.elapsed) },
    })
}

fn result(it: &Diagnostic, checked: &Checked) -> Value {
    let related = it.related.iter().enumerate().map(|(index, place)| {
        let mut value = location(&checked.shown_path(&place.file), place.span);
        value["id"] = json!(index + 1);
        value["message"] = json!({ "text": place.message });
        value
    });
    json!({
        "ruleId": it.rule,
        "ruleIndex": RULES.iter().position(|entry| entry.metadata.name == it.rule),
        "level": level(it.severity),
        "message": { "text": it.message },
        "locations": [location(&checked.shown_path(&it.file), it.span)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "occurrenceCount": it.count,
        "fixes": it.fixes.iter().map(|it| fix(it, checked)).collect::<Vec<_>>(),
        "properties": { "time": seconds(it.time), "evidence": evidence(it.evidence), "cpython": it.cpython, "reproduce": it.reproduce },
    })
}

/// The exception that left a program, as a notification of the tool's execution: what the program would have done next was
/// not checked.
///
/// A result would be a finding, which is counted, kept as an alert and able to fail a build, and this is none. Viewers such
/// as Visual Studio's list notifications beside the results; GitHub's code scanning leaves them out, but annotates what
/// `--format github` prints.
fn uncaught(checked: &Checked) -> Option<Value> {
    let exception = checked.exception.as_ref()?;
    let (class, words) = (&exception.class, &exception.words);
    let text = if words == class {
        class.clone()
    } else {
        format!("{class}: {words}")
    };
    let locations: Vec<_> = match &exception.place {
        Some((file, span)) => vec![location(&checked.shown_path(file), *span)],
        None => vec![json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&checked.program.shown) } } })],
    };
    Some(json!({
        "level": level(checked.severity_of_exception()),
        "message": { "text": text },
        "locations": locations,
        "exception": { "kind": class, "message": exception.message },
    }))
}

fn location(path: &str, span: Region) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) }, "region": region(span) } })
}

fn region(span: Region) -> Value {
    json!({
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    })
}

/// A fix: its edits, file by file.
fn fix(it: &Fix, checked: &Checked) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &it.edits {
        let replacement = json!({ "deletedRegion": region(edit.span), "insertedContent": { "text": edit.text } });
        files.entry(&edit.file).or_default().push(replacement);
    }
    let changes = files.into_iter().map(|(file, replacements)| {
        json!({ "artifactLocation": { "uri": uri(&checked.shown_path(file)) }, "replacements": replacements })
    });
    json!({ "description": { "text": it.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference: what a URI does not allow is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("a b/ж.py"), "a%20b/%D0%B6.py");
        assert_eq!(uri("c:x#y?z"), "c%3Ax%23y%3Fz");
    }
}

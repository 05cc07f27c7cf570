//! A comment that allows what does not happen.

use crate::analysis::{
    diagnostic::{Diagnostic, Evidence, Region, Severity},
    rule::{Metadata, Rule},
};

pub(in crate::analysis) static METADATA: Metadata = Metadata {
    name: "unused-allow",
    fault: "a comment that allows a finding which is not there",
    fault_ru: "комментарий разрешает то, чего нет",
    severity: Severity::Warning,
    page: include_str!("../../../rules/unused-allow.md"),
};

/// It looks at no event: what is left unused shows when the others have spoken, as `silence.rs` finds out.
#[derive(Default)]
pub(super) struct UnusedAllow;

impl Rule for UnusedAllow {}

pub(crate) fn finding(file: &str, span: Region, message: String, time: u64) -> Diagnostic {
    Diagnostic {
        id: format!("{}:{file}:{}:{}", METADATA.name, span.line, span.column),
        rule: METADATA.name.to_owned(),
        severity: METADATA.severity,
        evidence: Evidence::Observed,
        message,
        cpython: None,
        file: file.to_owned(),
        span,
        time,
        count: 1,
        related: Vec::new(),
        task: None,
        fixes: Vec::new(),
    }
}

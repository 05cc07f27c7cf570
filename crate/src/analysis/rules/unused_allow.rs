//! A comment that allows what does not happen.

use crate::analysis::{
    diagnostic::Severity,
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

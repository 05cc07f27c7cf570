//! One finding of a rule in one run, in the two forms it is shown: the page's (nanoseconds) and the command line's (seconds).

use serde::Serialize;

use crate::{
    trace::event::{FileId, Id, Span},
    workspace::Variation,
};

/// How bad a finding is. Errors and warnings make `loopscope check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether it happened in the run, or is only seen in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    Observed,
    Predicted,
}

/// A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Region {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

impl Region {
    /// The same stretch of a file of the trace.
    #[must_use]
    pub fn of(self, file: FileId) -> Span {
        Span {
            file,
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }

    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        (self.line, self.column) <= (other.line, other.column)
            && (other.end_line, other.end_column) <= (self.end_line, self.end_column)
    }
}

impl From<Span> for Region {
    fn from(span: Span) -> Self {
        Self {
            line: span.line,
            column: span.column,
            end_line: span.end_line,
            end_column: span.end_column,
        }
    }
}

/// Another place involved, with a sentence that says how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Related {
    pub message: String,
    pub message_ru: String,
    pub file: String,
    pub span: Region,
}

/// One replacement in a file: what stands at `span` becomes `text`. An empty span is an insertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    pub file: String,
    pub span: Region,
    pub text: String,
}

/// A repair that a person can accept as it is: all of its edits together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What it does, as a sentence fragment that begins with a verb.
    pub title: String,
    pub title_ru: String,
    /// Whether it does what the program was meant to do, so that it may be applied unseen. At most one fix of a finding is.
    pub preferred: bool,
    /// In the order of their places; no two overlap.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Its identity: the same finding, revised as more of the run arrives, keeps it.
    pub id: String,
    /// The rule's name.
    pub rule: String,
    pub severity: Severity,
    pub evidence: Evidence,
    /// One plain sentence about this finding.
    pub message: String,
    pub message_ru: String,
    /// The interpreter's own words, as `CPython` prints them.
    pub cpython: Option<String>,
    /// The path of a workspace file.
    pub file: String,
    pub span: Region,
    /// When it happened, in virtual nanoseconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    /// How often it was found at this place.
    pub count: u32,
    pub related: Vec<Related>,
    /// The task it is about.
    pub task: Option<Id>,
    /// What would repair it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// The run that shows it, if that is not the one as written: exploration has found it.
    pub reproduce: Option<Variation>,
}

impl Diagnostic {
    /// The order of every list of findings: by time, then by place, then by rule.
    #[must_use]
    pub fn order(&self) -> (u64, &str, Region, &str, &str) {
        (self.time, &self.file, self.span, &self.rule, &self.id)
    }

    /// Whether it makes `loopscope check` fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.severity >= Severity::Warning
    }
}

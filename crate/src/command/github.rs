//! `--format github`: workflow commands, which become annotations of a pull request.

use std::fmt::Write;

use super::report::Checked;
use crate::analysis::diagnostic::Severity;

pub(super) fn render(all: &[Checked]) -> String {
    let mut text = String::new();
    for checked in all {
        for it in &checked.diagnostics {
            let command = match it.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let file = property(&checked.shown_path(&it.file));
            let span = it.span;
            let mut position = format!("line={},endLine={}", span.line, span.end_line);
            // GitHub takes columns only of what stands on one line.
            if span.line == span.end_line {
                let _ = write!(position, ",col={},endColumn={}", span.column, span.end_column);
            }
            let message = data(&it.message);
            let _ = writeln!(
                text,
                "::{command} file={file},{position},title={}::{message}",
                property(&it.rule)
            );
        }
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_means_something_to_the_runner_is_escaped() {
        assert_eq!(data("50 %\nmore"), "50 %25%0Amore");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}

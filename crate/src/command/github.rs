//! `--format github`: workflow commands, which become annotations of a pull request.

use super::report::Checked;
use crate::analysis::diagnostic::{Region, Severity};

pub(super) fn render(all: &[Checked]) -> String {
    all.iter().map(annotations).collect()
}

/// The findings, and the exception that left the program.
fn annotations(checked: &Checked) -> String {
    let mut text = String::new();
    for it in &checked.diagnostics {
        let position = position(&checked.shown_path(&it.file), it.span);
        text.push_str(&command(it.severity, &position, &it.rule, &it.message));
    }
    if let Some(exception) = &checked.exception {
        // Without a place it is told of the file alone, or of the block's line in it.
        let position = if let Some((file, span)) = &exception.place {
            position(&checked.shown_path(file), *span)
        } else {
            let line = checked.program.line().map(|line| format!(",line={line}"));
            format!("file={}{}", property(&checked.program.shown), line.unwrap_or_default())
        };
        let severity = checked.severity_of_exception();
        text.push_str(&command(severity, &position, &exception.class, &exception.words));
    }
    text
}

fn command(severity: Severity, position: &str, title: &str, message: &str) -> String {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    format!("::{command} {position},title={}::{}\n", property(title), data(message))
}

fn position(path: &str, span: Region) -> String {
    let lines = format!("file={},line={},endLine={}", property(path), span.line, span.end_line);
    // GitHub takes columns only of what stands on one line.
    if span.line == span.end_line {
        format!("{lines},col={},endColumn={}", span.column, span.end_column)
    } else {
        lines
    }
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

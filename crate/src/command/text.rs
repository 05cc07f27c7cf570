//! `--format text`: findings for people, with the source they are about.

use std::{fmt::Write, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::report::Checked;
use crate::{
    analysis::{
        diagnostic::{Diagnostic, Evidence, Region, Related, Severity},
        words,
    },
    trace::event::{Limit, Outcome},
    workspace::Variation,
};

/// The findings of one program, and how it ended unless it simply did.
pub(super) fn render(checked: &Checked, colours: bool) -> String {
    let colours = colours && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for it in &checked.diagnostics {
        let _ = writeln!(text, "{}\n", renderer.render(&[finding(it, checked)]));
    }
    if let Some(ending) = ending(checked) {
        let _ = writeln!(text, "{}: {ending}", checked.program.name());
    }
    if let Some(hint) = &checked.hint {
        let _ = writeln!(text, "{}: {hint}", checked.program.name());
    }
    text
}

/// The last line of a check.
pub(super) fn summary(all: &[Checked]) -> String {
    let count = |severity| {
        all.iter()
            .flat_map(|it| &it.diagnostics)
            .filter(|it| it.severity == severity)
            .count()
    };
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let programs = counted(all.len(), "program");
    if errors + warnings + notes == 0 {
        return format!("{programs} checked, nothing found\n");
    }
    format!(
        "{programs} checked: {}, {}, {}\n",
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note")
    )
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn ending(checked: &Checked) -> Option<String> {
    let after = words::duration(checked.elapsed).en;
    Some(match &checked.outcome {
        Outcome::Completed => return None,
        Outcome::Raised { status } => match &checked.exception {
            Some(exception) if exception.message.is_empty() => {
                format!("{} left the program after {after}", exception.class)
            }
            Some(exception) => format!(
                "{} left the program after {after}: {}",
                exception.class, exception.message
            ),
            None => format!("the program ended with status {status} after {after}"),
        },
        Outcome::Deadlocked => format!("deadlocked after {after}"),
        Outcome::Idle => format!("the loop had nothing left to do after {after}"),
        Outcome::Stopped => format!("stopped after {after}"),
        Outcome::Limit { limit } => {
            let (what, option) = match limit {
                Limit::Time => ("virtual time", "--time-limit"),
                Limit::Work => ("counted work", "--work-limit"),
                Limit::Events => ("events", "--event-limit"),
                Limit::Output => ("output", "--output-limit"),
                Limit::Memory => ("memory", "--memory-limit"),
                Limit::Stack => return Some(format!("ended at the limit of the stack after {after}")),
            };
            format!("ended at the limit of {what} after {after} ({option} raises it)")
        }
        Outcome::Internal { message } => format!("this is a fault of loopscope, please send it to us: {message}"),
    })
}

fn finding<'a>(it: &'a Diagnostic, checked: &'a Checked) -> Group<'a> {
    let level = match it.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    };
    let mut group = level
        .primary_title(&*it.message)
        .id(&*it.rule)
        .elements(snippets(it, checked));
    if let Some(words) = &it.cpython {
        group = group.element(Level::NOTE.message(format!("CPython says: {words}")));
    }
    if it.count > 1 {
        group = group.element(Level::NOTE.message(format!("this happened here {} times", it.count)));
    }
    if let Some(flags) = it.reproduce.map(flags) {
        let file = &checked.program.shown;
        group = group.element(Level::HELP.message(format!("`loopscope run {flags} {file}` shows it")));
    }
    for fix in &it.fixes {
        let how = if fix.preferred {
            ", as `loopscope check --fix` does"
        } else {
            ""
        };
        group = group.element(Level::HELP.message(format!("{}{how}", fix.title)));
    }
    group.element(Level::HELP.message(format!("`loopscope explain {}` says more", it.rule)))
}

/// The options of a run, as the command line takes them.
fn flags(variation: Variation) -> String {
    let mut flags = Vec::new();
    if variation.schedule != 0 {
        flags.push(format!("--schedule {}", variation.schedule));
    }
    if let Some(cancel) = variation.cancel {
        flags.push(format!("--cancel {}:{}", cancel.task, cancel.step));
    }
    flags.join(" ")
}

/// A snippet for each file involved, the finding's own first.
fn snippets<'a>(it: &'a Diagnostic, checked: &'a Checked) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files = vec![it.file.as_str()];
    for place in &it.related {
        if !files.contains(&place.file.as_str()) {
            files.push(&place.file);
        }
    }
    files.into_iter().map(|file| snippet(file, it, checked)).collect()
}

fn snippet<'a>(
    file: &'a str,
    it: &'a Diagnostic,
    checked: &'a Checked,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = checked.program.text(file);
    let mut snippet = Snippet::source(text).path(checked.shown_path(file));
    if file == it.file {
        let label = match it.evidence {
            Evidence::Observed => format!("at {}", words::duration(it.time).en),
            Evidence::Predicted => "predicted: this did not run".to_owned(),
        };
        snippet = snippet.annotation(AnnotationKind::Primary.span(bytes(text, it.span)).label(label));
    }
    let places = it.related.iter().filter(|place| place.file == file);
    snippet.annotations(places.map(|place: &Related| {
        AnnotationKind::Context
            .span(bytes(text, place.span))
            .label(&*place.message)
    }))
}

/// The bytes of a region, within the text whatever the region says.
fn bytes(text: &str, region: Region) -> Range<usize> {
    let start = offset(text, region.line, region.column);
    let end = offset(text, region.end_line, region.end_column);
    start..end.max(start)
}

fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let width: usize = rest
        .chars()
        .take(column.saturating_sub(1) as usize)
        .map(char::len_utf8)
        .sum();
    (start + width).min(text.len())
}

//! Every built-in example prints, finds and ends as its comments say: nothing is missing, and there is nothing more.
//!
//! A comment `# error: rule-name` (or `warning`, or `info`; several, each with its own `#`) stands on the line at which
//! the finding begins. At the end of the first file stand `# prints: …` for each line of standard output, in order, and
//! `# outcome: …`. A last `# prints: …` with nothing but an ellipsis stands for any further lines.
#![cfg(feature = "command")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use loopscope::{
    analysis::{self, diagnostic::Evidence},
    engine::{native, packages::Packages},
    trace::{
        Trace,
        event::{Kind, Outcome, Stream},
    },
    workspace::{File, Options, Workspace},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Entry {
    id: String,
    title: Words,
    summary: Words,
    group: Words,
    files: Vec<String>,
    options: Options,
}

#[derive(Deserialize)]
struct Words {
    en: String,
    ru: String,
}

/// What an example's comments say of it, or what a run shows, in a form in which the two can be compared.
#[derive(Debug, Default, PartialEq, Eq)]
struct Behaviour {
    /// `file:line severity rule`, sorted.
    findings: Vec<String>,
    prints: Vec<String>,
    outcome: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/examples")
}

fn manifest() -> Vec<Entry> {
    let text = fs::read_to_string(folder().join("manifest.json")).expect("the manifest can be read");
    serde_json::from_str(&text).expect("the manifest is as the page expects it")
}

/// The files lie side by side to the program; the first is the one that runs.
fn workspace(entry: &Entry) -> Workspace {
    let files: Vec<File> = entry
        .files
        .iter()
        .map(|path| File {
            path: path.rsplit('/').next().unwrap_or(path).to_owned(),
            text: fs::read_to_string(folder().join(path))
                .expect("every file of the manifest is there")
                .into(),
        })
        .collect();
    Workspace {
        entry: files[0].path.clone(),
        files,
        ..Workspace::default()
    }
}

fn expected(workspace: &Workspace) -> Behaviour {
    let mut behaviour = Behaviour::default();
    for file in &workspace.files {
        for (index, line) in file.text.lines().enumerate() {
            for comment in line.split("# ").skip(1).map(str::trim_end) {
                if let Some(text) = comment.strip_prefix("prints: ") {
                    // What is printed may contain the sign of a comment.
                    let whole = line.split_once("# prints: ").map_or(text, |(_, rest)| rest);
                    behaviour.prints.push(whole.to_owned());
                    break;
                } else if let Some(outcome) = comment.strip_prefix("outcome: ") {
                    outcome.clone_into(&mut behaviour.outcome);
                }
                for severity in ["error", "warning", "info"] {
                    if let Some(rule) = comment.strip_prefix(severity).and_then(|rest| rest.strip_prefix(": ")) {
                        behaviour
                            .findings
                            .push(format!("{}:{} {severity} {rule}", file.path, index + 1));
                    }
                }
            }
        }
    }
    behaviour.findings.sort();
    behaviour
}

fn observed(workspace: &Workspace, options: &Options, trace: &Trace) -> Behaviour {
    let mut findings: Vec<String> = analysis::analyse(workspace, options, &trace.events)
        .diagnostics()
        .iter()
        .filter(|finding| finding.evidence == Evidence::Observed)
        .map(|finding| {
            format!(
                "{}:{} {} {}",
                finding.file,
                finding.span.line,
                finding.severity.name(),
                finding.rule
            )
        })
        .collect();
    findings.sort();
    let mut stdout = String::new();
    let mut ended = "without an end";
    for event in &trace.events {
        match &event.kind {
            Kind::Output {
                stream: Stream::Stdout,
                text,
                ..
            } => stdout.push_str(text),
            Kind::Ended { outcome, .. } => ended = name(outcome),
            _ => {}
        }
    }
    Behaviour {
        findings,
        prints: stdout.lines().map(str::to_owned).collect(),
        outcome: ended.to_owned(),
    }
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::Raised { .. } => "raised",
        Outcome::Deadlocked => "deadlocked",
        Outcome::Idle => "idle",
        Outcome::Stopped => "stopped",
        Outcome::Limit { .. } => "limit",
        Outcome::Internal { .. } => "internal",
    }
}

/// Cuts what is printed down to what the example shows of it, if it ends in an ellipsis.
fn cut(expected: &mut Behaviour, observed: &mut Behaviour) {
    if expected.prints.last().is_some_and(|line| line == "…") {
        expected.prints.pop();
        if observed.prints.len() > expected.prints.len() {
            observed.prints.truncate(expected.prints.len());
        }
    }
}

#[test]
fn examples_behave_as_their_comments_say() {
    let packages = Packages::find();
    let mut failures = Vec::new();
    for entry in manifest() {
        let workspace = workspace(&entry);
        let trace = native::run_with(&workspace, &entry.options, &packages);
        let mut expected = expected(&workspace);
        let mut observed = observed(&workspace, &entry.options, &trace);
        cut(&mut expected, &mut observed);
        if expected != observed {
            failures.push(format!("{}:\nexpected {expected:#?}\nobserved {observed:#?}", entry.id));
        }
    }
    assert!(
        failures.is_empty(),
        "{} examples behave otherwise:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_example_is_described_in_both_languages_and_every_file_belongs_to_one() {
    let entries = manifest();
    for entry in &entries {
        for words in [&entry.title, &entry.summary, &entry.group] {
            assert!(!words.en.is_empty() && !words.ru.is_empty(), "{}", entry.id);
        }
        let same = entries.iter().filter(|other| other.id == entry.id).count();
        assert_eq!(same, 1, "{} is not the only one of that name", entry.id);
    }
    let known: Vec<PathBuf> = entries
        .iter()
        .flat_map(|entry| &entry.files)
        .map(|path| folder().join(path))
        .collect();
    for path in python_files(&folder()) {
        assert!(known.contains(&path), "{} is in no example", path.display());
    }
}

fn python_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(python_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
    found
}

//! Programs that are right: each file in `tests/corpus` runs to its end, and no rule has an error or a warning to say.
//!
//! They are written in the ways that people write such programs, and each is close to something that a rule looks for.
#![cfg(feature = "command")]

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use loopscope::{
    analysis::{analyse, diagnostic::Severity},
    directives,
    engine::native,
    trace::event::{Kind, Outcome},
    workspace::{File, Options, Workspace},
};

/// Fewer would say little.
const ENOUGH: usize = 60;

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut programs: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    programs.sort();
    programs
}

/// What is said of a program that is right; empty if nothing is.
fn surplus(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("the program can be read");
    let mut options = Options::default();
    directives::apply(&text, &mut options);
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: text.into(),
        }],
        ..Workspace::default()
    };
    let trace = native::run(&workspace, &options);
    let mut words = String::new();
    match trace.events.last().map(|event| &event.kind) {
        Some(Kind::Ended {
            outcome: Outcome::Completed,
            ..
        }) => {}
        other => {
            let _ = writeln!(words, "  ended otherwise: {other:?}");
        }
    }
    let analysis = analyse(&workspace, &options, &trace.events);
    let findings = analysis.diagnostics().into_iter().chain(analysis.predictions());
    for it in findings.filter(|it| it.severity != Severity::Info) {
        let _ = writeln!(words, "  line {}: {}: {}", it.span.line, it.rule, it.message);
    }
    words
}

#[test]
fn programs_that_are_right_have_nothing_to_answer_for() {
    let programs = programs();
    assert!(programs.len() >= ENOUGH, "{} programs are too few", programs.len());
    let accused: Vec<_> = programs
        .iter()
        .map(|path| (path, surplus(path)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(path, words)| format!("{}\n{words}", path.display()))
        .collect();
    assert!(accused.is_empty(), "\n{}", accused.join(""));
}

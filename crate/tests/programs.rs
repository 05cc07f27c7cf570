//! Programs that say beside their lines what they do: each file in `tests/programs` runs, and must print that.
//!
//! `# prints: …` stands where a line of standard output comes from; a line that comes from elsewhere has its comment at the
//! end. The comments in the order of the file are the output in order. `# reports: …` is a part of standard error, `# leaves:
//! …` a file that is there afterwards, and `# outcome: …` is how the run ends, if not by completing. Options are set as in any program: `# loopscope: latency=1ms`.
#![cfg(feature = "command")]

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use loopscope::{
    directives,
    engine::{native, packages::Packages},
    trace::event::{Kind, Outcome, Stream},
    workspace::{File, Options, Workspace},
};

/// What follows a marker in each comment that has it.
fn comments<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines()
        .filter_map(move |line| Some(line.split_once(marker)?.1.trim()))
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed => "completed".to_owned(),
        Outcome::Raised { status } => format!("raised {status}"),
        Outcome::Deadlocked => "deadlocked".to_owned(),
        Outcome::Idle => "idle".to_owned(),
        Outcome::Limit { limit } => format!("limit {limit:?}").to_lowercase(),
        other => format!("{other:?}"),
    }
}

/// What is wrong with a program's run; empty if nothing is.
fn complaint(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a program can be read");
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: text.as_str().into(),
        }],
        ..Workspace::default()
    };
    let mut options = Options::default();
    let unknown = directives::apply(&text, &mut options);
    assert!(unknown.is_empty(), "{}: no option {unknown:?}", path.display());
    let trace = native::run_with(&workspace, &options, &Packages::find());
    let (mut printed, mut reported, mut ended) = (String::new(), String::new(), String::new());
    let mut left = Vec::new();
    for event in &trace.events {
        match &event.kind {
            Kind::Output { stream, text, .. } if *stream == Stream::Stdout => printed.push_str(text),
            Kind::Output { text, .. } => reported.push_str(text),
            Kind::FileLeft { path, size, .. } => left.push(format!("{path} {size}")),
            Kind::Ended { outcome: end, .. } => ended = outcome(end),
            _ => {}
        }
    }
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let expected: Vec<&str> = comments(&text, "# prints: ").collect();
    let mut complaint = String::new();
    if printed != expected {
        let _ = writeln!(complaint, "printed\n  {}", printed.join("\n  "));
        let _ = writeln!(complaint, "instead of\n  {}", expected.join("\n  "));
    }
    for part in comments(&text, "# reports: ").filter(|part| !reported.contains(part)) {
        let _ = writeln!(complaint, "did not report: {part}");
    }
    let files: Vec<&str> = comments(&text, "# leaves: ").collect();
    if left != files {
        let _ = writeln!(complaint, "left {left:?} instead of {files:?}");
    }
    let end = comments(&text, "# outcome: ").next().unwrap_or("completed");
    if ended != end {
        let _ = writeln!(complaint, "ended as {ended}, not {end}");
    }
    let times: Vec<u64> = trace.events.iter().map(|event| event.time).collect();
    if !times.is_sorted() {
        let _ = writeln!(complaint, "its clock went back");
    }
    if !complaint.is_empty() {
        let _ = writeln!(complaint, "and reported\n{reported}");
        complaint = format!("{}: {complaint}", path.display());
    }
    complaint
}

fn check(topic: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(topic);
    let entries = fs::read_dir(&folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    assert!(!paths.is_empty(), "{} has no programs", folder.display());
    let complaints: String = paths.iter().map(|path| complaint(path)).collect();
    assert!(complaints.is_empty(), "\n{complaints}");
}

#[test]
fn threads_take_turns_on_one_clock() {
    check("threads");
}

#[test]
fn executors_run_their_jobs_beside_the_loop() {
    check("executors");
}

#[test]
fn the_network_is_in_memory() {
    check("network");
}

#[test]
fn files_are_in_memory() {
    check("files");
}

#[test]
fn recursion_ends_as_a_recursion_error() {
    check("limits");
}

#[test]
fn the_language_is_cpythons() {
    check("language");
}

#[test]
fn a_program_ends_whatever_it_has_taken_away() {
    check("ends");
}

#[test]
fn signals_arrive() {
    check("signals");
}

#[test]
fn what_tutorials_import_works() {
    check("imports");
}

#[test]
fn packages_are_at_hand() {
    check("packages");
}

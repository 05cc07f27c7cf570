//! Runs one program and keeps what every format shows of it.

use std::{io::Write, path::Path};

use super::program::Program;
use crate::{
    analysis::{
        Analysis,
        diagnostic::{Diagnostic, Region, Severity},
        state::State,
    },
    engine::{native, packages::Packages},
    explore::Exploration,
    trace::{
        Trace, encode,
        event::{Event, Exception, Kind, Outcome, Stream},
    },
    workspace::{Options, Workspace},
};

/// What becomes of a program's output while it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    Keep,
    Through,
}

/// The exception that left a program: no finding, and still what its reader asks about first.
pub(super) struct Uncaught {
    /// As tracebacks print it.
    pub(super) class: String,
    /// `str(exception)`
    pub(super) message: String,
    /// What to say where its class and its place are told beside it. `str()` of a mistake of syntax ends with its place.
    pub(super) words: String,
    /// The file and the place in it that a person would point at: the innermost of the workspace that the exception passed
    /// through, or the mistake of syntax. Absent for one that was in no file of the workspace.
    pub(super) place: Option<(String, Region)>,
}

impl Uncaught {
    fn new(exception: &Exception, state: &State, program: &Program) -> Self {
        let span = state.first_in_workspace(&exception.traceback);
        let syntax = exception.message.rsplit_once(" (").filter(|_| exception.syntax);
        let words = match syntax {
            Some((words, _)) => words,
            None if exception.message.is_empty() => &exception.class,
            None => &exception.message,
        };
        Self {
            class: exception.class.clone(),
            message: exception.message.clone(),
            words: words.to_owned(),
            place: span.map(|span| program.place(state.path(span.file), span.into())),
        }
    }
}

/// A program that was run.
pub(super) struct Checked {
    pub(super) program: Program,
    pub(super) outcome: Outcome,
    /// What left the program, if an exception did.
    pub(super) exception: Option<Uncaught>,
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// Virtual nanoseconds.
    pub(super) elapsed: u64,
    /// With the workspace's own paths.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) trace: Trace,
    /// What to do about something that was not there.
    pub(super) hint: Option<String>,
}

impl Checked {
    pub(super) fn is_internal(&self) -> bool {
        matches!(self.outcome, Outcome::Internal { .. })
    }

    /// How bad it is that an exception left the program. A block of a document may be only a fragment.
    pub(super) fn severity_of_exception(&self) -> Severity {
        if self.program.line().is_some() {
            Severity::Info
        } else {
            Severity::Error
        }
    }

    /// Lets go of what is large, once nothing more is said of it: many programs are checked at once.
    pub(super) fn forget(&mut self) {
        self.program.forget();
        self.trace.events = Vec::new();
    }

    /// A path of a diagnostic as a path from here.
    pub(super) fn shown_path(&self, path: &str) -> String {
        self.program.shown_path(path)
    }
}

/// Runs a program to its end and looks at what happened, and then at what else might have.
pub(super) fn check(
    program: Program,
    options: &Options,
    packages: &Packages,
    passing: Passing,
    exploring: bool,
) -> Checked {
    let mut analysis = Analysis::new(&program.workspace, options);
    let mut checked = Checked {
        program,
        outcome: Outcome::Internal {
            message: "The run said nothing of its end.".to_owned(),
        },
        exception: None,
        stdout: String::new(),
        stderr: String::new(),
        elapsed: 0,
        diagnostics: Vec::new(),
        trace: Trace::default(),
        hint: None,
    };
    let workspace = checked.program.workspace.clone();
    native::run_live(&workspace, options, packages, |events| {
        for event in &events {
            analysis.push(event);
            checked.event(event, analysis.state(), passing);
        }
        checked.trace.events.extend(events);
    });
    let mut found = analysis.diagnostics();
    if exploring {
        found.extend(explore(&workspace, options, packages, &checked.trace));
    }
    checked.diagnostics = checked.program.report(found, checked.elapsed);
    checked.hint = checked
        .exception
        .as_ref()
        .and_then(|exception| hint(exception, &checked.program, packages));
    checked
}

/// Parts of the standard library that are not here: there is no wheel of them.
const NO_WHEEL: [&str; 24] = [
    "_ctypes",
    "_curses",
    "_sqlite3",
    "_tkinter",
    "ctypes",
    "curses",
    "dbm",
    "doctest",
    "ensurepip",
    "ftplib",
    "idlelib",
    "imaplib",
    "mmap",
    "poplib",
    "pty",
    "pydoc",
    "readline",
    "resource",
    "shelve",
    "smtplib",
    "sqlite3",
    "tkinter",
    "turtle",
    "venv",
];

/// What to do about a module, or a file, that is not here.
fn hint(exception: &Uncaught, program: &Program, packages: &Packages) -> Option<String> {
    if !program.complete && matches!(&*exception.class, "ModuleNotFoundError" | "FileNotFoundError") {
        return Some(
            "the program's folder has more files than a program can take along, and those farthest from it were left \
             out: put the program into a folder of its own, or name one with `run --root`"
                .to_owned(),
        );
    }
    let module = exception
        .message
        .strip_prefix("No module named '")?
        .strip_suffix('\'')?;
    if exception.class != "ModuleNotFoundError" || module.contains('.') || NO_WHEEL.contains(&module) {
        return None;
    }
    let names: Vec<&str> = packages.names().collect();
    Some(if names.is_empty() {
        format!(
            "no packages are at hand beside the command. `cargo xtask packages` fetches those that it knows, and \
             `--packages DIR` names a folder of them. `--wheel FILE` adds {module} from a wheel"
        )
    } else {
        format!(
            "`--wheel FILE` adds a wheel of {module}, if it is pure Python. At hand are {}",
            names.join(", ")
        )
    })
}

/// What only other runs show. The trace is that of the options, and serves if these ask for the run as written.
fn explore(workspace: &Workspace, options: &Options, packages: &Packages, trace: &Trace) -> Vec<Diagnostic> {
    let mut exploration = Exploration::new(workspace, options);
    if exploration.plain() == options {
        for event in &trace.events {
            exploration.push(event);
        }
    }
    while let Some(options) = exploration.next_run() {
        native::run_live(workspace, &options, packages, |events| {
            for event in &events {
                exploration.push(event);
            }
        });
    }
    exploration.diagnostics()
}

/// Writes a trace in the form that the file's name asks for.
pub(super) fn write_trace(trace: &Trace, path: &Path) -> Result<(), String> {
    let bytes = if path.extension().is_some_and(|extension| extension == "jsonl") {
        trace.to_json_lines().into_bytes()
    } else {
        let mut bytes = Vec::new();
        for event in &trace.events {
            encode(event, &mut bytes);
        }
        bytes
    };
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

impl Checked {
    fn event(&mut self, event: &Event, state: &State, passing: Passing) {
        self.elapsed = self.elapsed.max(event.time);
        match &event.kind {
            Kind::Output {
                stream: Stream::Stdout,
                text,
                ..
            } => {
                self.stdout.push_str(text);
                if passing == Passing::Through {
                    let mut stdout = std::io::stdout().lock();
                    // A reader that went away has seen what it wanted.
                    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
                }
            }
            Kind::Output {
                stream: Stream::Stderr,
                text,
                ..
            } => {
                self.stderr.push_str(text);
                if passing == Passing::Through {
                    let _ = std::io::stderr().write_all(text.as_bytes());
                }
            }
            Kind::Uncaught { exception } => self.exception = Some(Uncaught::new(exception, state, &self.program)),
            Kind::Ended { outcome, .. } => self.outcome = outcome.clone(),
            _ => {}
        }
    }
}

/// The outcome in one word, as every machine-readable format has it.
pub(super) fn outcome_kind(outcome: &Outcome) -> &'static str {
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

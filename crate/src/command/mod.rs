//! The `loopscope` command line: check, run, explain.

mod fixing;
mod github;
mod json;
mod program;
mod report;
mod sarif;
mod text;

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    analysis::{diagnostic::Severity, rules},
    workspace::Options,
};
use program::Program;
use report::{Checked, Passing};

/// Something is wrong with the command line, or with loopscope itself.
const FAILURE: u8 = 2;

/// Runs async Python on a virtual clock and shows what the event loop did to it.
#[derive(Parser)]
#[command(name = "loopscope", version, about)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run each program and report what its event loop suffered.
    Check {
        /// Programs, or folders of them: each `*.py` file in a folder is a program of its own.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Write the preferred fixes into the files, and report what is left.
        #[arg(long)]
        fix: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Run one program, its output passing through, and report the findings after it on standard error.
    Run {
        /// The folder that modules and data files are found in [default: the program's own].
        #[arg(long)]
        root: Option<PathBuf>,
        /// Run this module, as `python -m` would.
        #[arg(short = 'm', value_name = "MODULE")]
        module: Option<String>,
        /// Write the trace to this file: an event a line if it ends in `.jsonl`, else the engine's own bytes.
        #[arg(long, value_name = "FILE")]
        trace: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
        /// The program, unless a module is given, and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FILE] [ARGUMENTS")]
        arguments: Vec<String>,
    },
    /// Explain a rule.
    Explain {
        /// Its name; without one, all rules are listed.
        rule: Option<String>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Settings {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Seeds `random`, `uuid4` and `os.urandom`.
    #[arg(long)]
    seed: Option<u64>,
    /// `asyncio.get_event_loop()` makes a loop where there is none, as Python up to 3.11 did.
    #[arg(long)]
    classic_policy: bool,
    /// asyncio's debug mode.
    #[arg(long)]
    debug: bool,
    /// Collect garbage after every step, not only when the loop goes idle.
    #[arg(long)]
    collect_every_step: bool,
    /// Record nothing but output and outcome: to see that recording changes neither.
    #[arg(long)]
    no_record: bool,
    /// A file with what `input()` reads.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Milliseconds after which a step is slow.
    #[arg(long, value_name = "MILLISECONDS")]
    slow_step: Option<u32>,
    /// Seconds of virtual time after which a run is ended.
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<u32>,
    /// Seconds of counted work after which a run is ended.
    #[arg(long, value_name = "SECONDS")]
    work_limit: Option<u32>,
    /// Events after which a run is ended.
    #[arg(long, value_name = "EVENTS")]
    event_limit: Option<u32>,
    /// Bytes of output after which a run is ended.
    #[arg(long, value_name = "BYTES")]
    output_limit: Option<u32>,
    /// Mebibytes of memory after which a run is ended.
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(..4096))]
    memory_limit: Option<u32>,
}

impl Settings {
    /// The options of a program: its own wishes, and over them the command line's.
    fn options(&self, program: &Program) -> Options {
        let mut options = Options::default();
        for word in program.directives(&mut options) {
            tell(&format!("{}: `# loopscope:` knows no `{word}`", program.shown));
        }
        options.seed = self.seed.unwrap_or(options.seed);
        options.classic_policy |= self.classic_policy;
        options.debug |= self.debug;
        options.collect_every_step |= self.collect_every_step;
        options.record &= !self.no_record;
        options.slow_step = self.slow_step.map_or(options.slow_step, |it| u64::from(it) * 1_000_000);
        let limits = &mut options.limits;
        limits.time = self.time_limit.map_or(limits.time, |it| u64::from(it) * 1_000_000_000);
        limits.work = self.work_limit.map_or(limits.work, |it| u64::from(it) * 1_000_000_000);
        limits.events = self.event_limit.unwrap_or(limits.events);
        limits.output = self.output_limit.unwrap_or(limits.output);
        limits.memory = self.memory_limit.map_or(limits.memory, |it| it << 20);
        options
    }

    fn input(&self) -> Result<String, String> {
        self.input
            .as_ref()
            .map_or_else(|| Ok(String::new()), |path| program::read(path))
    }
}

/// The whole command.
#[must_use]
pub fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Check { paths, fix, settings } => check(&paths, fix, &settings),
        Command::Run {
            root,
            module,
            trace,
            settings,
            arguments,
        } => run(root, module, arguments, trace.as_deref(), &settings),
        Command::Explain { rule } => explain(rule.as_deref()),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(message) => {
            tell(&message);
            ExitCode::from(FAILURE)
        }
    }
}

fn check(paths: &[PathBuf], fix: bool, settings: &Settings) -> Result<u8, String> {
    let input = settings.input()?;
    let mut all = Vec::new();
    let run = |mut program: Program| {
        program.workspace.input.clone_from(&input);
        let options = settings.options(&program);
        report::check(program, &options, Passing::Keep)
    };
    for program in program::find(paths)? {
        let checked = if fix {
            let (checked, fixed) = fixing::check(program, run)?;
            if fixed > 0 {
                tell(&format!("{}: fixed {fixed}", checked.program.shown));
            }
            checked
        } else {
            run(program)
        };
        // Text appears as it is found; the other formats are one document.
        if settings.format == Format::Text {
            say(&text::render(&checked, std::io::stdout().is_terminal()));
        }
        all.push(checked);
    }
    match settings.format {
        Format::Text => say(&text::summary(&all)),
        Format::Json => say(&json::render(&all)),
        Format::Sarif => say(&sarif::render(&all)),
        Format::Github => say(&github::render(&all)),
    }
    Ok(status(&all))
}

fn run(
    root: Option<PathBuf>,
    module: Option<String>,
    mut arguments: Vec<String>,
    trace: Option<&Path>,
    settings: &Settings,
) -> Result<u8, String> {
    let mut program = match module {
        Some(module) => program::of_module(root.unwrap_or_else(|| PathBuf::from(".")), module)?,
        None if arguments.is_empty() => return Err("what shall be run? Give a FILE, or -m MODULE".to_owned()),
        None => program::of_file(Path::new(&arguments.remove(0)), root)?,
    };
    program.workspace.arguments = arguments;
    program.workspace.input = settings.input()?;
    let options = settings.options(&program);
    let checked = [report::check(program, &options, Passing::Through)];
    if let Some(path) = trace {
        report::write_trace(&checked[0].trace, path)?;
    }
    let text = match settings.format {
        Format::Text => {
            let mut text = String::new();
            for checked in &checked {
                text.push_str(&text::render(checked, std::io::stderr().is_terminal()));
            }
            text
        }
        Format::Json => json::render(&checked),
        Format::Sarif => sarif::render(&checked),
        Format::Github => github::render(&checked),
    };
    let _ = std::io::stderr().write_all(text.as_bytes());
    Ok(status(&checked))
}

fn explain(rule: Option<&str>) -> Result<u8, String> {
    let Some(name) = rule else {
        for entry in rules::RULES {
            let rule = entry.metadata;
            say(&format!(
                "{:<26} {:<8} {}\n",
                rule.name,
                rule.severity.name(),
                rule.fault
            ));
        }
        return Ok(0);
    };
    let entry = rules::find(name)
        .ok_or_else(|| format!("there is no rule `{name}`; `loopscope explain` lists those there are"))?;
    say(entry.metadata.page);
    Ok(0)
}

fn status(all: &[Checked]) -> u8 {
    if all.iter().any(Checked::is_internal) {
        return FAILURE;
    }
    let fails = all
        .iter()
        .flat_map(|it| &it.diagnostics)
        .any(|it| it.severity >= Severity::Warning);
    u8::from(fails)
}

/// Writes to standard output. A reader that went away has seen what it wanted.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "loopscope: {message}");
}

//! The `loopscope` command line: check, run, explain.

mod documents;
mod fixing;
mod folders;
mod github;
mod json;
mod program;
mod report;
mod sarif;
mod text;
mod wheel;

use std::{
    io::{ErrorKind, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use rayon::prelude::*;

use crate::{
    analysis::{diagnostic::Severity, rules},
    directives,
    engine::packages::Packages,
    workspace::{Cancellation, Options, Wheel},
};
use folders::Folders;
use program::Program;
use report::{Checked, Passing};

/// Something is wrong with the command line, or with loopscope itself.
const FAILURE: u8 = 2;

const DOCUMENTS: &str = "\
Documents: in Markdown the fenced blocks of `python` or `py` are run, in reStructuredText `code-block`, `code`, `sourcecode`
and `loopscope`, each as a program of its own, with the files beside the document at hand. What is found is reported at its
line and column of the document. A block that awaits outside of a function runs as the body of a coroutine; one that is only
a fragment ends with the exception that Python raises, which is shown and is no finding.

A block is not run if `no-check` stands in its info string (```python {.no-check}) or class (:class: no-check), or in a comment
right before it: <!-- loopscope: no-check -->, or .. loopscope: no-check. Such a comment may also hold what `# loopscope:` may in
a program, such as `allow blocking-call` or `seed=3`. A block that is meant to err says so: ```python expect=blocking-call, or
:expect: blocking-call; it is then told of if it does not.";

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
    #[command(after_long_help = DOCUMENTS)]
    Check {
        /// Programs, folders of them (each `*.py` file in a folder is a program of its own), or documents (`*.md`, `*.rst`),
        /// in which each block of Python is one.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Write the preferred fixes into the programs' files, and report what is left. Documents stay as they are.
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
        /// Run this module, as `python -m` would: what follows it are its own arguments.
        #[arg(short = 'm', num_args = 1.., allow_hyphen_values = true, value_names = ["MODULE", "ARGUMENTS"])]
        module: Vec<String>,
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

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    /// Only what loopscope itself cannot do makes the command fail.
    Never,
}

impl FailOn {
    fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// Takes the name of a rule and no other word.
fn rule_name(name: &str) -> Result<String, String> {
    let known = rules::find(name).map(|entry| entry.metadata.name.to_owned());
    known.ok_or_else(|| "there is no such rule; `loopscope explain` lists those there are".to_owned())
}

fn cancellation(text: &str) -> Result<Cancellation, String> {
    let words = "write the number of a task and of a step, from 1 on, as in `2:1`";
    directives::cancellation(text).ok_or_else(|| words.to_owned())
}

/// Seconds, which may have a fraction, in nanoseconds.
fn nanoseconds(text: &str) -> Result<u64, String> {
    let duration = text
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let nanoseconds = duration.and_then(|duration| u64::try_from(duration.as_nanos()).ok());
    nanoseconds.ok_or_else(|| "write a number of seconds, as in `60` or `0.5`".to_owned())
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Settings {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Seeds `random`, `uuid4` and `os.urandom`.
    #[arg(long)]
    seed: Option<u64>,
    /// `asyncio.get_event_loop()` makes a loop where there is none, as Python up to 3.13 did.
    #[arg(long)]
    classic_policy: bool,
    /// asyncio's debug mode.
    #[arg(long)]
    debug: bool,
    /// Collect garbage after every step, not only when the loop goes idle.
    #[arg(long)]
    collect_every_step: bool,
    /// Collect garbage once, after the first step that ends at this virtual time or later.
    #[arg(long, value_name = "MILLISECONDS")]
    collect_at: Option<u32>,
    /// Record nothing but output and outcome: to see that recording changes neither.
    #[arg(long)]
    no_record: bool,
    /// The folder of the packages that programs may import, as `cargo xtask packages` makes it [default: the one beside the
    /// command].
    #[arg(long, value_name = "DIR")]
    packages: Option<PathBuf>,
    /// A wheel of pure Python that programs may import. May be given several times.
    #[arg(long, value_name = "FILE")]
    wheel: Vec<PathBuf>,
    /// A file with what `input()` reads.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Run each program under other schedules too, and cancel its tasks between writes that belong together: what only such
    /// a run shows is reported with the options that show it.
    #[arg(long)]
    explore: bool,
    /// Run under this schedule: sleeps, the network and threads take other times than written [default: 0, as written].
    #[arg(long, value_name = "NUMBER")]
    schedule: Option<u64>,
    /// Cancel this task, counted in the order in which they are made, when it gives control away for this time.
    #[arg(long, value_name = "TASK:STEP", value_parser = cancellation)]
    cancel: Option<Cancellation>,
    /// The least severity that makes the command fail.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,
    /// Say nothing of this rule's findings. May be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule_name)]
    allow: Vec<String>,
    /// Milliseconds from which on a blocking call is mentioned, but for those of files and servers, which always are [default: 1].
    #[arg(long, value_name = "MILLISECONDS")]
    short_block: Option<u32>,
    /// Milliseconds after which a step is slow, and a blocking call a warning [default: 100].
    #[arg(long, value_name = "MILLISECONDS")]
    slow_step: Option<u32>,
    /// Milliseconds after which a step has given nothing else a turn [default: 1000].
    #[arg(long, value_name = "MILLISECONDS")]
    long_step: Option<u32>,
    /// How many living tasks of one place are too many [default: 100].
    #[arg(long, value_name = "TASKS")]
    many_tasks: Option<u32>,
    /// How many turns spent asking again are a busy wait [default: 50].
    #[arg(long, value_name = "TURNS")]
    busy_turns: Option<u32>,
    /// Seconds of virtual time after which a run is ended.
    #[arg(long, value_name = "SECONDS", value_parser = nanoseconds)]
    time_limit: Option<u64>,
    /// Seconds of counted work after which a run is ended.
    #[arg(long, value_name = "SECONDS", value_parser = nanoseconds)]
    work_limit: Option<u64>,
    /// Events after which a run is ended.
    #[arg(long, value_name = "EVENTS")]
    event_limit: Option<u32>,
    /// Bytes of output after which a run is ended [default: a mebibyte, and 64 of them where output passes through].
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
        options.collect_at = self
            .collect_at
            .map_or(options.collect_at, |it| u64::from(it) * 1_000_000);
        options.record &= !self.no_record;
        let times = [
            (self.short_block, &mut options.short_block),
            (self.slow_step, &mut options.slow_step),
            (self.long_step, &mut options.long_step),
        ];
        for (milliseconds, time) in times {
            *time = milliseconds.map_or(*time, |it| u64::from(it) * 1_000_000);
        }
        options.many_tasks = self.many_tasks.unwrap_or(options.many_tasks);
        options.busy_turns = self.busy_turns.unwrap_or(options.busy_turns);
        options.schedule = self.schedule.unwrap_or(options.schedule);
        options.cancel = self.cancel.or(options.cancel);
        let limits = &mut options.limits;
        limits.time = self.time_limit.unwrap_or(limits.time);
        limits.work = self.work_limit.unwrap_or(limits.work);
        limits.events = self.event_limit.unwrap_or(limits.events);
        limits.output = self.output_limit.unwrap_or(limits.output);
        limits.memory = self.memory_limit.map_or(limits.memory, |it| it << 20);
        options
    }

    /// Gives a program what every one of the command gets, and finds its options.
    fn prepare(&self, mut program: Program, supplies: &Supplies, passing: Passing) -> Job {
        program.workspace.input.clone_from(&supplies.input);
        program.workspace.wheels.clone_from(&supplies.wheels);
        let mut options = self.options(&program);
        if passing == Passing::Through && self.output_limit.is_none() {
            options.limits.output = options.limits.output.max(PASSING_OUTPUT);
        }
        Job {
            program,
            options,
            passing,
        }
    }

    /// Runs a program; what the command line allows is not among the findings.
    fn check(&self, job: Job, packages: &Packages) -> Checked {
        let mut checked = report::check(job.program, &job.options, packages, job.passing, self.explore);
        checked.diagnostics.retain(|it| !self.allow.contains(&it.rule));
        checked
    }

    fn supplies(&self) -> Result<Supplies, String> {
        let input = self.input.as_ref().map(|path| program::read(path));
        let packages = self.packages.as_ref().map(|folder| Packages::at(folder));
        Ok(Supplies {
            input: input.transpose()?.unwrap_or_default(),
            wheels: self
                .wheel
                .iter()
                .map(|path| wheel::read(path))
                .collect::<Result<_, _>>()?,
            packages: packages.transpose()?.unwrap_or_else(Packages::find),
        })
    }

    fn status(&self, all: &[Checked]) -> u8 {
        if all.iter().any(Checked::is_internal) {
            return FAILURE;
        }
        let mut findings = all.iter().flat_map(|it| &it.diagnostics);
        u8::from(findings.any(|it| self.fail_on.includes(it.severity)))
    }
}

/// What passes through is kept by nobody: a program may write so many bytes, as a package's own tests do where many fail.
const PASSING_OUTPUT: u32 = 64 << 20;

/// What every program of the command gets besides its own files.
struct Supplies {
    input: String,
    wheels: Vec<Wheel>,
    packages: Packages,
}

/// A program that is ready to run.
struct Job {
    program: Program,
    options: Options,
    passing: Passing,
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
        } => run(root, &module, &arguments, trace.as_deref(), &settings),
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
    let supplies = settings.supplies()?;
    let mut all = Vec::new();
    let mut folders = Folders::default();
    let mut is_complete = true;
    let mut jobs = Vec::new();
    for file in program::find(paths)? {
        let programs = program::of_found(&file, &mut folders).unwrap_or_else(|message| {
            tell(&message);
            is_complete = false;
            Vec::new()
        });
        for program in programs {
            if fix {
                let run =
                    |program| settings.check(settings.prepare(program, &supplies, Passing::Keep), &supplies.packages);
                let (checked, fixed) = fixing::check(program, run)?;
                if fixed > 0 {
                    tell(&format!("{}: fixed {fixed}", checked.program.shown));
                    // Other programs may have the file beside them.
                    folders = Folders::default();
                }
                keep(checked, settings, &mut all)?;
            } else {
                jobs.push(settings.prepare(program, &supplies, Passing::Keep));
            }
            if jobs.len() >= rayon::current_num_threads() {
                check_together(&mut jobs, settings, &supplies.packages, &mut all)?;
            }
        }
    }
    check_together(&mut jobs, settings, &supplies.packages, &mut all)?;
    match settings.format {
        Format::Text => say(&text::summary(&all)),
        Format::Json => say(&json::render(&all)),
        Format::Sarif => say(&sarif::render(&all)),
        Format::Github => say(&github::render(&all)),
    }?;
    Ok(if is_complete { settings.status(&all) } else { FAILURE })
}

/// Runs programs at the same time, each in a process of its own. What is said of them keeps their order.
fn check_together(
    jobs: &mut Vec<Job>,
    settings: &Settings,
    packages: &Packages,
    all: &mut Vec<Checked>,
) -> Result<(), String> {
    let checked: Vec<Checked> = (jobs.par_drain(..)).map(|job| settings.check(job, packages)).collect();
    checked.into_iter().try_for_each(|checked| keep(checked, settings, all))
}

/// Text appears as it is found; the other formats are one document.
fn keep(mut checked: Checked, settings: &Settings, all: &mut Vec<Checked>) -> Result<(), String> {
    if settings.format == Format::Text {
        say(&text::render(&checked, std::io::stdout().is_terminal()))?;
    }
    checked.forget();
    all.push(checked);
    Ok(())
}

fn run(
    root: Option<PathBuf>,
    module: &[String],
    arguments: &[String],
    trace: Option<&Path>,
    settings: &Settings,
) -> Result<u8, String> {
    let mut words = module.iter().chain(arguments);
    let mut program = match words.next() {
        Some(name) if !module.is_empty() => {
            program::of_module(root.unwrap_or_else(|| PathBuf::from(".")), name.clone())?
        }
        Some(file) => program::of_file(Path::new(file), root, &mut Folders::default())?,
        None => return Err("what shall be run? Give a FILE, or -m MODULE".to_owned()),
    };
    program.workspace.arguments = words.cloned().collect();
    let supplies = settings.supplies()?;
    let job = settings.prepare(program, &supplies, Passing::Through);
    let checked = [settings.check(job, &supplies.packages)];
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
    Ok(settings.status(&checked))
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
            ))?;
        }
        return Ok(0);
    };
    let entry = rules::find(name)
        .ok_or_else(|| format!("there is no rule `{name}`; `loopscope explain` lists those there are"))?;
    say(entry.metadata.page)?;
    Ok(0)
}

/// Writes to standard output. A reader that went away has seen what it wanted.
fn say(text: &str) -> Result<(), String> {
    let mut output = std::io::stdout();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write what was found: {error}")),
        _ => Ok(()),
    }
}

fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "loopscope: {message}");
}

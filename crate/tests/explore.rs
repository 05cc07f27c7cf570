//! Other schedules, and cancellations between writes: what they show, what they must not, and that it can be shown again.
//!
//! Each program in `explored/` says in comments what only other runs than the one as written show.
#![cfg(feature = "command")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use loopscope::{
    analysis::{
        analyse,
        diagnostic::{Diagnostic, Severity},
    },
    engine::{native, packages::Packages},
    explore::Exploration,
    trace::event::{Event, Kind, StepEnd},
    workspace::{Cancellation, File, Options, Variation, Workspace},
};

fn programs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut programs: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    programs.sort();
    programs
}

fn workspace(text: &str) -> Workspace {
    Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: text.into(),
        }],
        ..Workspace::default()
    }
}

/// Explores a program as the command does. Returned are the findings, and how many runs it took.
fn explore(workspace: &Workspace) -> (Vec<Diagnostic>, usize) {
    let mut exploration = Exploration::new(workspace, &Options::default());
    let mut runs = 0;
    while let Some(options) = exploration.next_run() {
        runs += 1;
        native::run_live(workspace, &options, &Packages::default(), |events| {
            for event in &events {
                exploration.push(event);
            }
        });
    }
    (exploration.diagnostics(), runs)
}

fn summary(found: &[Diagnostic]) -> BTreeSet<(u32, String)> {
    let words = |it: &Diagnostic| (it.span.line, format!("{}: {}", it.severity.name(), it.rule));
    found.iter().map(words).collect()
}

fn expected(text: &str) -> BTreeSet<(u32, String)> {
    let comment = |(line, text): (u32, &str)| Some((line, text.split_once("  # error: ")?.1.to_owned()));
    let lines = (1..).zip(text.lines()).filter_map(comment);
    lines.map(|(line, rule)| (line, format!("error: {rule}"))).collect()
}

#[test]
fn programs_are_broken_by_other_runs_as_their_comments_say() {
    let mut broken = 0;
    for path in programs("explored") {
        let text = fs::read_to_string(&path).expect("the program can be read");
        let workspace = workspace(&text);
        let options = Options::default();
        let plain = native::run(&workspace, &options);
        let as_written = analyse(&workspace, &options, &plain.events).diagnostics();
        let loud: Vec<_> = as_written.iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(loud.is_empty(), "{}: as written {loud:?}", path.display());

        let (found, _) = explore(&workspace);
        assert_eq!(summary(&found), expected(&text), "{}: {found:#?}", path.display());
        for finding in &found {
            assert_shown_again(&workspace, finding);
        }
        broken += found.len();
    }
    assert!(broken >= 6, "only {broken} findings");
}

/// The options that a finding carries show it in an ordinary run.
fn assert_shown_again(workspace: &Workspace, finding: &Diagnostic) {
    let variation = finding.reproduce.expect("a finding of exploration says how to see it");
    assert_ne!(variation, Variation::default());
    let options = Options::default().varied(variation);
    let trace = native::run(workspace, &options);
    let shown = analyse(workspace, &options, &trace.events).diagnostics();
    let same = |it: &&Diagnostic| it.rule == finding.rule && it.span == finding.span && it.message == finding.message;
    assert!(shown.iter().any(|it| same(&it)), "{variation:?} shows {shown:#?}");
}

#[test]
fn programs_that_are_right_are_right_under_other_schedules() {
    for path in programs("corpus") {
        let text = fs::read_to_string(&path).expect("the program can be read");
        let (found, _) = explore(&workspace(&text));
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

const SLEEPERS: &str = "\
import asyncio, random, time

async def sleep(seconds):
    await asyncio.sleep(seconds)
    await asyncio.sleep(0)
    print(seconds, random.random())

async def main():
    async with asyncio.timeout(10):
        await asyncio.gather(sleep(0.1), sleep(0.2), asyncio.to_thread(time.sleep, 0.15))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 1)
    except TimeoutError:
        print('late')

asyncio.run(main())
";

fn run(text: &str, variation: Variation) -> Vec<Event> {
    native::run(&workspace(text), &Options::default().varied(variation)).events
}

fn schedule(schedule: u64) -> Variation {
    Variation { schedule, cancel: None }
}

#[test]
fn a_schedule_is_the_same_every_time_and_no_other() {
    assert_eq!(run(SLEEPERS, schedule(5)), run(SLEEPERS, schedule(5)));
    assert_ne!(run(SLEEPERS, schedule(5)), run(SLEEPERS, schedule(6)));
    assert_ne!(run(SLEEPERS, schedule(5)), run(SLEEPERS, schedule(0)));
}

#[test]
fn a_deadline_stays_where_it_is_written() {
    let text = "import asyncio\n\nasync def main():\n    try:\n        await asyncio.wait_for(asyncio.Event().wait(), 1)\n    except TimeoutError:\n        print('late')\n\nasyncio.run(main())\n";
    let end = |variation| run(text, variation).last().map(|event| event.time / 1_000_000);
    assert_eq!(end(schedule(3)), end(schedule(0)));
}

/// What the program's own generator gives does not depend on the schedule: only who gets it does.
#[test]
fn random_numbers_are_those_of_the_seed() {
    let drawn = |variation| {
        let printed = run(SLEEPERS, variation)
            .into_iter()
            .filter_map(|event| match event.kind {
                Kind::Output { text, .. } => text.split_whitespace().nth(1).map(str::to_owned),
                _ => None,
            });
        printed.collect::<Vec<_>>()
    };
    assert_eq!(drawn(schedule(0)).len(), 2);
    assert_eq!(drawn(schedule(0)), drawn(schedule(9)));
}

#[test]
fn a_task_is_cancelled_at_the_step_that_was_asked_for() {
    // The second task made, at the second await.
    let cancel = Cancellation { task: 2, step: 2 };
    let events = run(
        SLEEPERS,
        Variation {
            schedule: 0,
            cancel: Some(cancel),
        },
    );
    let mut tasks = Vec::new();
    let mut steps = 0;
    for event in &events {
        match &event.kind {
            Kind::TaskCreated { id, .. } => tasks.push(*id),
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { .. },
            } if tasks.get(1) == Some(id) => steps += 1,
            Kind::CancelRequested { id, accepted, .. } if tasks.get(1) == Some(id) => {
                assert!(*accepted);
                assert_eq!(steps, cancel.step);
                return;
            }
            _ => {}
        }
    }
    panic!("nothing was cancelled");
}

#[test]
fn what_takes_no_time_outside_is_not_tried_again_and_again() {
    let text =
        "import asyncio\n\nasync def main():\n    await asyncio.sleep(0)\n    print('done')\n\nasyncio.run(main())\n";
    let (found, runs) = explore(&workspace(text));
    assert!(found.is_empty());
    assert_eq!(runs, 2, "the run as written, and one that is the same");
}

#[test]
fn a_long_program_gets_fewer_runs() {
    let text = "import asyncio\n\nasync def main():\n    for _ in range(3):\n        await asyncio.sleep(0.1)\n        sum(range(2_000_000))\n\nasyncio.run(main())\n";
    let (_, runs) = explore(&workspace(text));
    assert!(runs < 5, "{runs} runs");
}

/// No run has counted it as work, and yet it is most of what each takes.
#[test]
fn a_library_that_every_run_compiles_is_paid_for() {
    let text = "import asyncio, unittest\n\nclass Sleeps(unittest.IsolatedAsyncioTestCase):\n    async def test_sleep(self):\n        await asyncio.sleep(0.1)\n\nunittest.main()\n";
    let (_, runs) = explore(&workspace(text));
    assert!((2..=6).contains(&runs), "{runs} runs");
}

#[test]
fn what_a_line_allows_is_not_told() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explored/connect_in_time.py");
    let text = fs::read_to_string(path).expect("the program can be read");
    let allowed = text.replace("  # error: assumed-order", "  # loopscope: allow assumed-order");
    let workspace = workspace(&allowed);
    assert!(explore(&workspace).0.is_empty());
    // Only exploration needs the comment, which is no reason to call it useless.
    let options = Options::default();
    let trace = native::run(&workspace, &options);
    assert!(analyse(&workspace, &options, &trace.events).diagnostics().is_empty());
}

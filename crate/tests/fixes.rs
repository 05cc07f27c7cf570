//! Every repair repairs: after it the finding is gone, nothing new has come, and the program prints what it should.
//!
//! Each program in `tests/fixes` errs in one way. Its first line names the rule that finds it and how the fix's title begins;
//! `# prints: …` are the lines that it prints once it is repaired.
#![cfg(feature = "command")]
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure of any step is the failure of the test"
)]

use std::{collections::BTreeSet, fs, path::Path};

use loopscope::{
    analysis::{analyse, diagnostic::Diagnostic, fixes},
    engine::native,
    trace::event::{Kind, Stream},
    workspace::{File, Options, Workspace},
};

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

/// The findings of a program, and its standard output.
fn run(text: &str) -> (Vec<Diagnostic>, String) {
    let workspace = workspace(text);
    let options = Options::default();
    let trace = native::run(&workspace, &options);
    let output = trace.events.iter().filter_map(|event| match &event.kind {
        Kind::Output {
            stream: Stream::Stdout,
            text,
            ..
        } => Some(text.as_str()),
        _ => None,
    });
    let output = output.collect();
    (analyse(&workspace, &options, &trace.events).diagnostics(), output)
}

/// Says what is wrong with the repair of a program.
fn check(name: &str, program: &str) -> Result<(), String> {
    let head = program.lines().next().and_then(|line| line.strip_prefix("# "));
    let (rule, title) = head.and_then(|head| head.split_once(": ")).ok_or("no rule and fix")?;
    let prints = program.lines().filter_map(|line| line.strip_prefix("# prints: "));
    let prints: String = prints.flat_map(|line| [line, "\n"]).collect();
    let (before, _) = run(program);
    let finding = before.iter().find(|it| it.rule == rule);
    let finding = finding.ok_or_else(|| format!("{name}: {rule} finds nothing"))?;
    let fix = finding.fixes.iter().find(|it| it.title.starts_with(title));
    let fix = fix.ok_or_else(|| format!("{name}: no `{title}` in {:#?}", finding.fixes))?;
    let repaired = fixes::apply(program, &fix.edits);
    let (after, output) = run(&repaired);
    let known: BTreeSet<&str> = before.iter().map(|it| it.rule.as_str()).collect();
    let new = after
        .iter()
        .find(|it| it.rule == rule || !known.contains(it.rule.as_str()));
    if let Some(new) = new {
        return Err(format!("{name}: {}: {} in\n{repaired}", new.rule, new.message));
    }
    if output != prints {
        return Err(format!(
            "{name}: it printed\n{output}and not\n{prints}after\n{repaired}"
        ));
    }
    Ok(())
}

#[test]
fn every_repair_repairs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixes");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 28, "{} programs are too few", paths.len());
    let failures: Vec<_> = paths
        .iter()
        .filter_map(|path| check(&path.display().to_string(), &fs::read_to_string(path).unwrap()).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Two repairs of one file share what both need.
#[test]
fn one_set_keeps_the_tasks_of_a_module() {
    let program = "\
import asyncio

async def job():
    await asyncio.sleep(0.1)

def one():
    asyncio.create_task(job())

def two():
    asyncio.create_task(job())

async def main():
    one()
    two()
    await asyncio.sleep(1)

asyncio.run(main())
";
    let (findings, _) = run(program);
    let (count, edits) = fixes::choose(&findings);
    let repaired = fixes::apply(program, &edits["main.py"]);
    assert_eq!(count, 2);
    assert_eq!(repaired.matches("background_tasks = set()").count(), 1, "{repaired}");
    let (left, _) = run(&repaired);
    assert!(left.is_empty(), "{left:#?} of\n{repaired}");
}

/// What does not fit the shape that a repair knows is left alone.
#[test]
fn nothing_is_offered_where_it_would_not_do() {
    let programs = [
        // A plain function cannot await.
        "import asyncio\n\nasync def f():\n    pass\n\ndef g():\n    f()\n\ng()\n",
        // What is to be called later is not to be awaited now.
        "import asyncio\n\nasync def f():\n    pass\n\nasync def main():\n    asyncio.get_running_loop().call_later(0.1, lambda: f())\n    await asyncio.sleep(1)\n\nasyncio.run(main())\n",
    ];
    for program in programs {
        nothing_is_offered_for("coroutine-never-awaited", program);
    }
}

/// A generator expression has no place for an `await`, and what the call around it gives is no coroutine.
#[test]
fn a_generator_of_coroutines_is_left_alone() {
    let program = "import asyncio\n\nasync def f():\n    await asyncio.sleep(0)\n\nasync def main():\n    print(', '.join(f() for _ in range(2)))\n\nasyncio.run(main())\n";
    nothing_is_offered_for("coroutine-as-value", program);
}

/// The loop's own thread alone may use the loop.
#[test]
fn a_call_that_uses_the_loop_is_not_moved_to_a_thread() {
    let program = "import asyncio, time\n\ndef play(tasks):\n    time.sleep(0.3)\n    tasks.append(asyncio.create_task(asyncio.sleep(1)))\n\nasync def main():\n    tasks = []\n    play(tasks)\n    await asyncio.wait(tasks)\n\nasyncio.run(main())\n";
    nothing_is_offered_for("blocking-call", program);
}

/// The one thing that another thread has not is the loop that runs here.
#[test]
fn a_call_that_asks_for_the_running_loop_is_not_moved_to_a_thread() {
    let program = "import asyncio, time\n\ndef stamp():\n    time.sleep(0.3)\n    return asyncio.get_running_loop().time()\n\nasync def main():\n    print(stamp())\n\nasyncio.run(main())\n";
    nothing_is_offered_for("blocking-call", program);
}

/// What a table, a list or a base class holds may be functions of both kinds: one says nothing of the others. And of two
/// things that one `with` enters, the other may be entered the other way.
#[test]
fn what_may_be_otherwise_the_next_time_is_not_preferred() {
    let programs = [
        (
            "coroutine-never-awaited",
            "import asyncio\n\nasync def ping():\n    await asyncio.sleep(0)\n\ncommands = {'ping': ping, 'add': max}\n\nasync def main():\n    commands['add'](1, 2)\n    commands['ping']()\n\nasyncio.run(main())\n",
        ),
        (
            "coroutine-never-awaited",
            "import asyncio\n\nclass Base:\n    def setup(self):\n        pass\n\nclass Sub(Base):\n    async def setup(self):\n        await asyncio.sleep(0)\n\nasync def main():\n    for it in Base(), Sub():\n        it.setup()\n\nasyncio.run(main())\n",
        ),
        (
            "dangling-task",
            "import asyncio\n\nasync def job():\n    await asyncio.sleep(0.1)\n\nasync def main():\n    for handler in [lambda: asyncio.create_task(job()), print]:\n        handler()\n    await asyncio.sleep(1)\n\nasyncio.run(main())\n",
        ),
        (
            "wrong-async-protocol",
            "import asyncio, io\n\nasync def main():\n    lock = asyncio.Lock()\n    with lock, io.StringIO():\n        pass\n\nasyncio.run(main())\n",
        ),
    ];
    for (rule, program) in programs {
        let (findings, _) = run(program);
        let finding = findings.iter().find(|it| it.rule == rule).unwrap();
        assert!(finding.fixes.iter().all(|fix| !fix.preferred), "{:#?}", finding.fixes);
    }
}

/// Native code keeps the interpreter until it returns, in a thread as well.
#[test]
fn native_code_is_not_moved_to_a_thread() {
    let program = "import asyncio, re\n\nasync def main():\n    print(re.match(r'(a+)+$', 'a' * 23 + 'b'))\n\nasyncio.run(main())\n";
    nothing_is_offered_for("cpu-bound-step", program);
}

fn nothing_is_offered_for(rule: &str, program: &str) {
    let (findings, _) = run(program);
    let finding = findings.iter().find(|it| it.rule == rule).unwrap();
    assert!(finding.fixes.is_empty(), "{:#?} of\n{program}", finding.fixes);
}

//! Every repair repairs: after it the finding is gone, nothing new has come, and the program prints what it should.
//!
//! Each program errs in one way. Where the rule that finds it is at work here, the fix is the one that the finding
//! carries; the place of the others is the first line with a comment `# here`.
//! The programs stand in one file, long as it is: all go the same way from a finding to what the repaired program prints.
#![cfg(feature = "command")]
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure of any step is the failure of the test"
)]

use std::collections::BTreeSet;

use loopscope::{
    analysis::{
        analyse,
        diagnostic::{Diagnostic, Evidence, Fix, Region, Severity},
        fixes,
        rules::find,
        source::Sources,
    },
    engine::native,
    trace::event::{Kind, Stream},
    workspace::{File, Options, Workspace},
};

/// A program that errs, and what it prints once it is repaired.
struct Case {
    rule: &'static str,
    /// The beginning of the fix's title.
    fix: &'static str,
    program: &'static str,
    prints: &'static str,
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

/// The finding as a rule would make it at the statement that ends in `# here: CPython's words`.
fn made_by_hand(rule: &str, program: &str) -> Diagnostic {
    let (index, line) = program
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("# here"))
        .unwrap();
    let (code, words) = line.split_once("# here").unwrap();
    let line = u32::try_from(index).unwrap() + 1;
    let column = |text: &str| u32::try_from(text.chars().count()).unwrap() + 1;
    let start = &code[..code.len() - code.trim_start().len()];
    Diagnostic {
        id: format!("{rule}:1"),
        rule: rule.to_owned(),
        severity: Severity::Warning,
        evidence: Evidence::Observed,
        message: String::new(),
        message_ru: String::new(),
        cpython: words.strip_prefix(": ").map(str::to_owned),
        file: "main.py".to_owned(),
        span: Region {
            line,
            column: column(start),
            end_line: line,
            end_column: column(code.trim_end().trim_end_matches(':')),
        },
        time: 0,
        count: 1,
        related: Vec::new(),
        task: None,
        fixes: Vec::new(),
        reproduce: None,
    }
}

fn wanted<'a>(fixes: &'a [Fix], case: &Case) -> &'a Fix {
    let found = fixes.iter().find(|fix| fix.title.starts_with(case.fix));
    found.unwrap_or_else(|| panic!("{}: no `{}` in {fixes:#?} of\n{}", case.rule, case.fix, case.program))
}

#[track_caller]
fn check(case: &Case) {
    let (before, _) = run(case.program);
    let found = before.iter().find(|finding| finding.rule == case.rule);
    let by_hand = || {
        assert!(
            find(case.rule).is_none(),
            "{} is at work, and finds nothing in\n{}",
            case.rule,
            case.program
        );
        let mut finding = made_by_hand(case.rule, case.program);
        finding.fixes = fixes::offer(&finding, &Sources::new(&workspace(case.program)));
        finding
    };
    let finding = found.cloned().unwrap_or_else(by_hand);
    let fix = wanted(&finding.fixes, case);
    let repaired = fixes::apply(case.program, &fix.edits);
    let (after, output) = run(&repaired);
    assert_eq!(output, case.prints, "the output of\n{repaired}");
    let known: BTreeSet<&str> = before.iter().map(|finding| finding.rule.as_str()).collect();
    for finding in &after {
        assert!(
            finding.rule != case.rule && known.contains(finding.rule.as_str()),
            "{}: {} in\n{repaired}",
            finding.rule,
            finding.message
        );
    }
}

macro_rules! repairs {
    ($($name:ident: $rule:literal, $fix:literal, $program:literal => $prints:literal;)*) => {
        $(#[test]
        fn $name() {
            check(&Case { rule: $rule, fix: $fix, program: $program, prints: $prints });
        })*
    };
}

repairs! {
    a_call_that_was_to_be_awaited: "coroutine-never-awaited", "await it", "\
import asyncio

async def greet():
    print('hello')

async def main():
    greet()
    print('done')

asyncio.run(main())
" => "hello\ndone\n";

    a_result_that_was_to_be_awaited: "coroutine-as-value", "await it", "\
import asyncio

async def answer():
    return [42]

async def main():
    try:
        print(answer()[0])
    except TypeError:
        print('no answer')

asyncio.run(main())
" => "42\n";

    an_argument_that_was_to_be_awaited: "coroutine-as-value", "await it", "\
import asyncio

async def numbers():
    return [3, 1, 2]

async def main():
    try:
        print(sorted(numbers()))
    except TypeError:
        print('no numbers')

asyncio.run(main())
" => "[1, 2, 3]\n";

    a_program_that_never_ran: "coroutine-never-awaited", "run it", "\
async def main():
    print('hello')

main()
" => "hello\n";

    a_sleep_that_blocks: "blocking-call", "use `asyncio.sleep`", "\
import asyncio
import time

async def main():
    time.sleep(0.5)
    print('slept')

asyncio.run(main())
" => "slept\n";

    a_sleep_by_another_name_without_asyncio_at_hand: "blocking-call", "use `asyncio.sleep`", "\
'''Sleeps.'''
from __future__ import annotations
from asyncio import run
from time import sleep as nap

async def main():
    nap(0.5)
    print('slept')

run(main())
" => "slept\n";

    a_plain_function_that_blocks: "blocking-call", "move it to a thread", "\
import asyncio
import time

def fetch(name, *, times):
    time.sleep(0.5)
    return name * times

async def main():
    print(fetch('a', times=3).upper())

asyncio.run(main())
" => "AAA\n";

    a_question_that_blocks_without_arguments: "blocking-call", "move it to a thread", "\
import asyncio
import time

class Meter:
    def read(self):
        time.sleep(0.2)
        return 7

def meter():
    return Meter()

async def main():
    print(meter().read())

asyncio.run(main())
" => "7\n";

    a_computation_in_a_coroutine: "cpu-bound-step", "move it to a thread", "\
import asyncio

def count(limit):
    total = 0
    for number in range(limit):
        total += number
    return total

async def main():
    print(count(6_000_000))

asyncio.run(main())
" => "17999997000000\n";

    a_task_that_nothing_refers_to: "dangling-task", "keep a reference", "\
import asyncio

async def tick():
    await asyncio.sleep(0.1)
    print('tick')

async def main():
    asyncio.create_task(tick())  # fire and forget
    await asyncio.sleep(0.2)

asyncio.run(main())
" => "tick\n";

    tasks_that_the_collector_takes: "task-garbage-collected", "keep a reference", "\
import asyncio

background_tasks = set()

class Bell:
    def __init__(self):
        self.rung = None

    async def wait(self):
        self.rung = asyncio.get_running_loop().create_future()
        await self.rung
        print('rung')

async def main():
    import weakref
    bell = Bell()
    known = weakref.ref(bell)
    asyncio.create_task(bell.wait())
    del bell
    await asyncio.sleep(0.1)
    if known() is not None:
        known().rung.set_result(None)
    await asyncio.sleep(0.1)

asyncio.run(main())
" => "rung\n";

    a_lock_held_the_plain_way: "wrong-async-protocol", "make it `async`", "\
import asyncio

async def main():
    lock = asyncio.Lock()
    with lock:  # here: 'Lock' object does not support the context manager protocol
        print('held')

asyncio.run(main())
" => "held\n";

    a_generator_read_the_plain_way: "wrong-async-protocol", "make it `async`", "\
import asyncio

async def numbers():
    yield 1
    yield 2

async def main():
    found = [number
             for number in numbers()]  # here: 'async_generator' object is not iterable
    print(found)

asyncio.run(main())
" => "[1, 2]\n";

    a_list_read_the_asynchronous_way: "wrong-async-protocol", "leave `async` out", "\
import asyncio

async def main():
    async for number in [1, 2]:  # here: 'async for' requires an object with __aiter__ method, got list
        print(number)

asyncio.run(main())
" => "1\n2\n";

    siblings_that_run_on: "siblings-outlive-failure", "use a `TaskGroup`", "\
import asyncio

async def fails():
    await asyncio.sleep(0.1)
    raise ValueError('no')

async def writes():
    await asyncio.sleep(0.2)
    print('written after all')

async def main():
    try:
        await asyncio.gather(fails(), writes())  # here
    except ValueError:
        print('nothing was written')
    await asyncio.sleep(1)

asyncio.run(main())
" => "nothing was written\n";

    results_of_a_series: "exception-swallowed-by-gather", "use a `TaskGroup`", "\
import asyncio

async def fetch(number):
    await asyncio.sleep(0.1)
    if number > 5:
        raise ValueError(number)
    return number

async def main():
    try:
        found = await asyncio.gather(*(fetch(number) for number in (6, 7)))  # here
        print(found)
    except ValueError:
        print('failed')

asyncio.run(main())
" => "failed\n";

    a_generator_left_early: "async-generator-not-closed", "close the generator", "\
import asyncio

async def numbers():
    try:
        for number in range(10):
            yield number
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)
        print('closed')

async def main():
    async for number in numbers():  # here
        text = '''
  as it was'''
        print(number, text)
        break
    print('done')

asyncio.run(main())
" => "0 \n  as it was\nclosed\ndone\n";

    tasks_of_former_days: "legacy-asyncio", "call it `ensure_future`", "\
import asyncio

async def greet():
    print('hello')

async def main():
    await asyncio.async(greet())  # here

asyncio.run(main())
" => "hello\n";

    coroutines_of_former_days: "legacy-asyncio", "make it `async def`", "\
import asyncio

@asyncio.coroutine  # here
def greet(name):
    yield from asyncio.sleep(0.1)
    print('hello', name)

@asyncio.coroutine
def main():
    yield from greet('you')

asyncio.run(main())
" => "hello you\n";

    a_loop_argument: "legacy-asyncio", "leave the `loop` argument out", "\
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(3, loop=loop)  # here
    await queue.put(1)
    print(queue.qsize())

asyncio.run(main())
" => "1\n";

    coroutines_that_are_waited_for: "legacy-asyncio", "make tasks", "\
import asyncio

async def greet(name):
    print('hello', name)

async def main():
    await asyncio.wait([greet(name) for name in 'ab'])  # here

asyncio.run(main())
" => "hello a\nhello b\n";

    a_loop_that_is_not_there: "no-running-loop", "use `asyncio.run`", "\
import asyncio

async def main():
    print('hello')

loop = asyncio.get_event_loop()
loop.run_until_complete(main())
loop.close()
print('bye')
" => "hello\nbye\n";

    a_writer_that_is_never_closed: "resource-not-closed", "close it and wait", "\
import asyncio

async def greet(reader, writer):
    writer.write(b'hello')
    await writer.drain()
    writer.close()
    await writer.wait_closed()

async def ask():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8888)
    return await reader.read(100)

async def main():
    async with await asyncio.start_server(greet, '127.0.0.1', 8888):
        print(await ask())

asyncio.run(main())
" => "b'hello'\n";

    a_loop_that_is_never_closed: "resource-not-closed", "use `asyncio.run`", "\
import asyncio

async def main():
    print('hello')

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
" => "hello\n";

    a_handler_that_keeps_the_cancellation: "cancellation-swallowed", "raise `CancelledError` again", "\
import asyncio

async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('told')
    print('went on')
    await asyncio.sleep(1)

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())

asyncio.run(main())
" => "told\nTrue\n";

    a_handler_of_everything: "cancellation-swallowed", "raise `CancelledError` again", "\
import asyncio

async def work():
    while True:
        try:
            await asyncio.sleep(10)
        except:
            break
    await asyncio.sleep(1)

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())

asyncio.run(main())
" => "True\n";

    a_comment_that_allows_nothing: "unused-allow", "remove the comment", "\
# loopscope: allow blocking-call
print('hello')
" => "hello\n";

    a_name_that_allows_nothing: "unused-allow", "remove the name", "\
import asyncio
import time

async def main():
    time.sleep(1)  # loopscope: allow dangling-task, blocking-call -- on purpose
    print('slept')

asyncio.run(main())
" => "slept\n";
}

/// A call that a thread could not make instead, or that does its work later, is left where it is.
#[test]
fn a_thread_is_offered_only_where_it_helps() {
    let programs = [
        "import asyncio, time\nfrom concurrent.futures import ThreadPoolExecutor\n\nasync def main():\n    with ThreadPoolExecutor() as pool:\n        pool.submit(time.sleep, 0.3)\n\nasyncio.run(main())\n",
        "import asyncio, time\nfrom concurrent.futures import ThreadPoolExecutor, as_completed\n\nasync def main():\n    pool = ThreadPoolExecutor()\n    for job in as_completed([pool.submit(time.sleep, 0.3)]):\n        job.result()\n\nasyncio.run(main())\n",
        "import asyncio, time\n\ndef slowly():\n    time.sleep(0.3)\n    yield 1\n\nasync def main():\n    for number in slowly():\n        print(number)\n\nasyncio.run(main())\n",
        "import asyncio, threading\n\nasync def main():\n    changed = threading.Condition()\n    with changed:\n        changed.wait(0.2)\n\nasyncio.run(main())\n",
        "import asyncio, threading, time\n\nasync def late():\n    await asyncio.sleep(0)\n\ndef later():\n    time.sleep(0.3)\n\nasync def main():\n    asyncio.get_running_loop().call_soon(later)\n    task = asyncio.create_task(late())\n    await task\n\nasyncio.run(main())\n",
    ];
    for program in programs {
        nothing_is_offered_for("blocking-call", program);
    }
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

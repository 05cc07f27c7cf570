//! Each case is the smallest run that shows, or must not show, a finding.

use loopscope::{
    analysis::diagnostic::{Diagnostic, Evidence, Severity},
    trace::event::{
        BlockCause, Completion, Event, Exception, Frame, Id, Kind, Misuse, Outcome, Span, StepEnd, Victim, Wait,
    },
};

use super::script::{LOOP, SECOND, Script};

/// The findings as `severity rule line`.
fn short(list: &[Diagnostic]) -> Vec<String> {
    list.iter()
        .map(|it| format!("{} {} {}", it.severity.name(), it.rule, it.span.line))
        .collect()
}

fn error(line: u32) -> Completion {
    let span = Span {
        file: 1,
        line,
        column: 1,
        end_line: line,
        end_column: 5,
    };
    let frame = Frame {
        function: "f".to_owned(),
        span,
        definition: 1,
    };
    Completion::Exception(Exception {
        class: "ValueError".to_owned(),
        message: "no".to_owned(),
        traceback: vec![frame],
        syntax: false,
    })
}

#[test]
fn a_coroutine_is_reported_at_its_call_unless_a_task_has_it_or_the_run_was_cut() {
    let write = |outcome: Outcome| {
        let mut script = Script::new("");
        let at = script.at(3);
        for id in [5, 6] {
            let function = "f".to_owned();
            script.push(Kind::CoroutineCreated {
                id,
                function,
                generator: false,
                parent: None,
                at,
            });
        }
        script.push(Kind::TaskCreated {
            id: 7,
            name: "Task-1".to_owned(),
            function: "f".to_owned(),
            coroutine: Some(6),
            parent: None,
            eager: false,
            at,
        });
        script.start(7, false).finish(7, Completion::Result);
        script
            .push(Kind::CoroutineNeverAwaited { id: 5 })
            .push(Kind::CoroutineNeverAwaited { id: 6 });
        script.end(outcome)
    };
    let found = write(Outcome::Completed);
    assert_eq!(short(&found), ["error coroutine-never-awaited 3"]);
    assert_eq!(found[0].cpython.as_deref(), Some("coroutine 'f' was never awaited"));
    assert_eq!((found[0].span.column, found[0].span.end_column), (5, 12));
    assert_eq!(found[0].count, 1);
    assert!(write(Outcome::Stopped).is_empty());
}

#[test]
fn a_failure_is_a_warning_until_it_is_asked_for_or_lost() {
    let failed = |script: &mut Script| {
        script.task(3, "f", 8).start(3, false).done(3, error(4), false);
        script.push(Kind::StepEnded {
            id: 3,
            end: StepEnd::Finished,
        });
    };
    let mut held = Script::new("");
    failed(&mut held);
    assert_eq!(
        short(&held.end(Outcome::Completed)),
        ["warning exception-never-retrieved 4"]
    );

    let mut asked = Script::new("");
    failed(&mut asked);
    let at = asked.at(9);
    asked.push(Kind::Retrieved { id: 3, by: None, at });
    assert!(asked.end(Outcome::Completed).is_empty());

    let mut lost = Script::new("");
    failed(&mut lost);
    let message = "Task exception was never retrieved".to_owned();
    lost.push(Kind::LoopException {
        message: message.clone(),
        exception: None,
        task: Some(3),
        future: None,
        handle: None,
    });
    lost.push(Kind::Destroyed {
        id: 3,
        pending: false,
        unretrieved: true,
    });
    let found = lost.end(Outcome::Completed);
    assert_eq!(short(&found), ["error exception-never-retrieved 4"]);
    assert_eq!(found[0].cpython, Some(message));
    assert_eq!(found[0].related[0].span.line, 8);
}

#[test]
fn a_lost_task_is_collected_or_pending_according_to_its_loop() {
    let waiting = || {
        let mut script = Script::new("");
        script.task(3, "f", 5).step(3, 9, 2);
        script
    };
    let mut collected = waiting();
    collected.push(Kind::TaskUnreferenced { id: 3, timer: false });
    collected.push(Kind::Destroyed {
        id: 3,
        pending: true,
        unretrieved: false,
    });
    let found = collected.end(Outcome::Completed);
    assert_eq!(
        short(&found),
        ["warning dangling-task 5", "error task-garbage-collected 5"]
    );
    assert_eq!(found[1].related[0].span.line, 2);

    let mut closed = waiting();
    let at = closed.at(7);
    closed.push(Kind::LoopStopped { id: LOOP }).push(Kind::LoopClosed {
        id: LOOP,
        pending: vec![3],
        at,
    });
    closed.push(Kind::Destroyed {
        id: 3,
        pending: true,
        unretrieved: false,
    });
    let found = closed.end(Outcome::Completed);
    assert_eq!(short(&found), ["error task-pending-at-close 5"]);
    assert!(found[0].related.iter().any(|it| it.span.line == 7));

    let mut left = waiting();
    assert_eq!(short(&left.end(Outcome::Completed)), ["error task-pending-at-close 5"]);
    assert!(
        waiting()
            .end(Outcome::Limit {
                limit: loopscope::trace::event::Limit::Time
            })
            .is_empty()
    );
}

#[test]
fn a_task_that_never_started_is_told_of_once() {
    let mut cancelled = Script::new("");
    cancelled.task(3, "f", 5);
    let at = cancelled.at(7);
    cancelled
        .cancel(3, at, 1)
        .start(3, true)
        .finish(3, Completion::Cancelled);
    let found = cancelled.end(Outcome::Completed);
    assert_eq!(short(&found), ["warning task-never-started 5"]);
    assert_eq!(found[0].related[0].span.line, 7);

    let mut left = Script::new("");
    left.task(3, "f", 5);
    let at = left.at(7);
    left.push(Kind::LoopClosed {
        id: LOOP,
        pending: vec![3],
        at,
    });
    assert_eq!(short(&left.end(Outcome::Completed)), ["warning task-never-started 5"]);

    let mut group = Script::new("");
    group.task(3, "f", 5);
    let at = group.stack(&[(2, 90, "TaskGroup._abort"), (1, 7, "main")]);
    group.cancel(3, at, 1).start(3, true).finish(3, Completion::Cancelled);
    assert!(group.end(Outcome::Completed).is_empty());
}

#[test]
fn blocking_names_its_victims_and_minds_the_threshold() {
    let write = |lasted: u64, cause: BlockCause, task: Option<Id>| {
        let mut script = Script::new("");
        script
            .task(2, "main", 1)
            .task(3, "other", 5)
            .start(2, false)
            .later(lasted);
        let at = script.at(4);
        let victims = vec![Victim { id: 3, late: lasted }];
        script.push(Kind::Blocked {
            start: 0,
            cause,
            task,
            handle: None,
            at,
            victims,
        });
        script
            .finish(2, Completion::Result)
            .start(3, false)
            .finish(3, Completion::Result);
        script.end(Outcome::Completed)
    };
    let call = || BlockCause::Call {
        name: "time.sleep".to_owned(),
    };
    let found = write(SECOND, call(), Some(2));
    assert_eq!(short(&found), ["warning blocking-call 4"]);
    assert!(
        found[0]
            .message
            .contains("`time.sleep()` stopped the event loop for 1 s"),
        "{}",
        found[0].message
    );
    assert_eq!(found[0].related[0].span.line, 5);
    assert_eq!(short(&write(SECOND / 50, call(), Some(2))), ["info blocking-call 4"]);
    assert!(write(SECOND / 2, call(), None).is_empty());
    assert_eq!(
        short(&write(SECOND / 2, BlockCause::Work, Some(2))),
        ["warning cpu-bound-step 4"]
    );
    assert!(write(SECOND / 50, BlockCause::Work, Some(2)).is_empty());
}

#[test]
fn a_circle_of_tasks_is_named() {
    let mut script = Script::new("");
    script.task(2, "main", 1).task(3, "a", 5).task(4, "b", 6);
    script.step(2, 3, 7).step(3, 4, 2).step(4, 3, 3);
    let found = script.end(Outcome::Deadlocked);
    assert_eq!(short(&found), ["error await-cycle 3"]);
    assert!(
        found[0]
            .message
            .contains("`b` (Task-3) and task `a` (Task-2) await each other"),
        "{}",
        found[0].message
    );
    let lines: Vec<_> = found[0].related.iter().map(|it| it.span.line).collect();
    assert_eq!(lines, [2, 6]);
    let mut idle = Script::new("");
    idle.task(2, "main", 1).start(2, false).finish(2, Completion::Result);
    assert!(idle.end(Outcome::Idle).is_empty());
}

#[test]
fn threads_that_wait_are_named_with_what_they_wait_for() {
    let mut script = Script::new("");
    let to_thread = script.stack(&[(2, 30, "to_thread"), (1, 2, "main")]);
    let on = Wait::Future {
        id: 9,
        primitive: None,
        owner: None,
        lock: None,
    };
    script.task(2, "main", 1).start(2, false).push(Kind::StepEnded {
        id: 2,
        end: StepEnd::Suspended { on, chain: to_thread },
    });
    for (id, line) in [(5, 4), (6, 5)] {
        let at = script.at(line);
        script.push(Kind::ThreadStarted {
            id,
            name: format!("worker-{id}"),
            function: "work".to_owned(),
            daemon: false,
            at,
        });
        let on = "threading.Lock.acquire".to_owned();
        script.push(Kind::ThreadBlocked { id, on, at });
    }
    script.push(Kind::ThreadResumed { id: 6 });
    let found = script.end(Outcome::Deadlocked);
    assert_eq!(short(&found), ["error deadlock 2"]);
    let related: Vec<_> = found[0].related.iter().map(|it| (it.span.line, &*it.message)).collect();
    assert_eq!(
        related,
        [
            (1, "The task was made here."),
            (4, "Thread `worker-5` waits here, for `threading.Lock.acquire()`.")
        ]
    );
}

#[test]
fn a_lock_taken_twice_is_recognised() {
    let text = "async def main(lock):\n    async with lock:\n        async with lock:\n            pass\n";
    let mut script = Script::new(text);
    script.task(2, "main", 1);
    let chain = script.stack(&[(2, 20, "Lock.acquire"), (2, 30, "Lock.__aenter__"), (1, 3, "main")]);
    // The column of an item: `        async with lock`.
    if let Some(Event {
        kind: Kind::Stack { frames, .. },
        ..
    }) = script.events.last_mut()
    {
        frames[2].span.column = 20;
    }
    let on = Wait::Future {
        id: 9,
        primitive: Some("Lock".to_owned()),
        owner: Some(8),
        lock: None,
    };
    let at = script.at(2);
    script.push(Kind::Acquired {
        id: 8,
        class: "Lock".to_owned(),
        by: Some(2),
        at,
    });
    script.start(2, false).push(Kind::StepEnded {
        id: 2,
        end: StepEnd::Suspended { on, chain },
    });
    let found = script.end(Outcome::Deadlocked);
    assert_eq!(short(&found), ["error deadlock 3"]);
    assert!(
        found[0]
            .message
            .contains("`Lock.acquire()`: the same task holds it already"),
        "{}",
        found[0].message
    );
}

const SWALLOWS: &str = "\
async def f():
    try:
        await g()
    except BaseException:
        pass
    await h()
    async with timeout(1):
        try:
            await i()
        except:
            return
";

#[test]
fn a_swallowed_cancellation_points_at_the_handler() {
    // What arrives at a line is caught by the handler that another line is in, or by none.
    let delivered = |line: u32, caught: Option<u32>, canceller: &[(u32, u32, &str)]| {
        let mut script = Script::new(SWALLOWS);
        script.task(3, "f", 20).step(3, 9, line);
        let at = script.stack(canceller);
        script.cancel(3, at, 1).start(3, true);
        if let Some(line) = caught {
            let (exit, at) = (None, script.at(line));
            script.push(Kind::CancellationCaught { id: 3, exit, at });
        }
        script
    };
    let by_hand: &[(u32, u32, &str)] = &[(1, 21, "main")];
    let at_shutdown: &[(u32, u32, &str)] = &[(3, 200, "_cancel_all_tasks"), (1, 30, "<module>")];
    let by_timeout: &[(u32, u32, &str)] = &[(4, 100, "Timeout._on_timeout")];

    let found = delivered(3, Some(5), by_hand)
        .finish(3, Completion::Result)
        .end(Outcome::Completed);
    assert_eq!(short(&found), ["warning cancellation-swallowed 4"]);
    assert_eq!((found[0].span.column, found[0].span.end_column), (5, 25));
    assert!(
        delivered(3, Some(5), by_hand)
            .finish(3, Completion::Cancelled)
            .end(Outcome::Completed)
            .is_empty()
    );
    assert_eq!(
        delivered(3, Some(5), at_shutdown)
            .finish(3, Completion::Result)
            .end(Outcome::Completed)[0]
            .severity,
        Severity::Info
    );

    let mut goes_on = delivered(3, Some(5), by_hand);
    let chain = goes_on.at(6);
    assert_eq!(
        short(&goes_on.suspend(3, 10, chain).end(Outcome::Idle)[..1]),
        ["error cancellation-swallowed 4"]
    );

    let uncancel = Kind::Uncancelled { id: 3, count: 0 };
    assert!(
        delivered(6, None, by_timeout)
            .push(uncancel.clone())
            .finish(3, Completion::Result)
            .end(Outcome::Completed)
            .is_empty()
    );
    let found = delivered(9, Some(11), by_timeout)
        .push(uncancel)
        .finish(3, Completion::Result)
        .end(Outcome::Completed);
    assert_eq!(short(&found), ["warning cancellation-swallowed 10"]);
}

#[test]
fn a_canceller_may_consume_the_end_of_its_child() {
    let mut script = Script::new(SWALLOWS);
    // The step gets `CancelledError` from the child that it awaits; nobody asked it to end itself.
    script
        .task(3, "f", 20)
        .step(3, 9, 3)
        .start(3, true)
        .finish(3, Completion::Result);
    assert!(script.end(Outcome::Completed).is_empty());
}

#[test]
fn asking_whether_a_loop_runs_is_no_misuse_until_the_answer_escapes() {
    let text = "import asyncio\n\ntry:\n    asyncio.get_running_loop()\nexcept RuntimeError:\n    raise\nasyncio.get_running_loop()\n";
    let misuse = |line: u32| {
        let mut script = Script::new(text);
        let at = script.at(line);
        let message = "no running event loop".to_owned();
        script.push(Kind::Misuse {
            misuse: Misuse::NoRunningLoop,
            message,
            by: None,
            at,
        });
        script
    };
    assert!(misuse(4).end(Outcome::Completed).is_empty());
    assert_eq!(short(&misuse(7).end(Outcome::Completed)), ["error no-running-loop 7"]);
    let mut escaped = misuse(4);
    let frame = Frame {
        function: "<module>".to_owned(),
        span: Span {
            file: 1,
            line: 4,
            column: 5,
            end_line: 4,
            end_column: 31,
        },
        definition: 1,
    };
    let exception = Exception {
        class: "RuntimeError".to_owned(),
        message: "no running event loop".to_owned(),
        traceback: vec![frame],
        syntax: false,
    };
    escaped.push(Kind::Uncaught { exception });
    assert_eq!(
        short(&escaped.end(Outcome::Raised { status: 1 })),
        ["error no-running-loop 4"]
    );
}

#[test]
fn a_closed_loop_is_shown_with_where_it_was_closed() {
    let mut script = Script::new("");
    let (closed, used) = (script.at(5), script.at(6));
    script.push(Kind::LoopClosed {
        id: LOOP,
        pending: Vec::new(),
        at: closed,
    });
    let message = "Event loop is closed".to_owned();
    script.push(Kind::Misuse {
        misuse: Misuse::LoopClosed,
        message,
        by: None,
        at: used,
    });
    let found = script.end(Outcome::Raised { status: 1 });
    assert_eq!(short(&found), ["error closed-loop-used 6"]);
    assert_eq!(found[0].related[0].span.line, 5);
}

/// Where the loop is said to have been closed that the last line of a program uses. It makes two loops on its first two
/// lines and closes them on the next two.
fn closed_line(program: &str) -> Option<u32> {
    let mut script = Script::new(program);
    for (line, id) in [(1, 11), (2, 12)] {
        let at = script.at_expression(line, "asyncio.new_event_loop()");
        script.push(Kind::LoopCreated { id, at });
    }
    for (line, id) in [(3, 11), (4, 12)] {
        let at = script.at(line);
        let pending = Vec::new();
        script.push(Kind::LoopClosed { id, pending, at });
    }
    let (line, last) = (1..).zip(program.lines()).last().expect("the program has lines");
    let used = script.at_expression(line, last.trim_start());
    script.push(Kind::Misuse {
        misuse: Misuse::LoopClosed,
        message: "Event loop is closed".to_owned(),
        by: None,
        at: used,
    });
    let found = script.end(Outcome::Raised { status: 1 });
    assert_eq!(short(&found), [format!("error closed-loop-used {line}")]);
    found[0].related.first().map(|it| it.span.line)
}

#[test]
fn of_several_closed_loops_the_one_that_is_used_is_shown() {
    let made = "one = asyncio.new_event_loop()\ntwo = asyncio.new_event_loop()\none.close()\ntwo.close()\n";
    let closed = |rest: &str| closed_line(&format!("{made}{rest}"));
    assert_eq!(closed("one.run_forever()"), Some(3));
    assert_eq!(closed("two.run_forever()"), Some(4));
    assert_eq!(closed("three = one\nthree.run_forever()"), Some(3));
    assert_eq!(closed("def f():\n    one.run_forever()"), Some(3));
    // Which of them it is cannot be told, and so neither is shown.
    assert_eq!(closed("if x:\n    one = two\none.run_forever()"), None);
    assert_eq!(closed("get().run_forever()"), None);
    assert_eq!(closed("one, two = two, one\none.run_forever()"), None);
    assert_eq!(closed("for one in (one, two):\n    one.run_forever()"), None);
    assert_eq!(closed("a = b\nb = a\nb.run_forever()"), None);
}

#[test]
fn the_same_mistake_at_one_place_is_one_finding() {
    let mut script = Script::new("");
    for id in 3..103 {
        script.task(id, "f", 5).push(Kind::TaskUnreferenced { id, timer: true });
        script
            .step(id, 200 + id, 6)
            .start(id, false)
            .finish(id, Completion::Result)
            .later(1);
    }
    let found = script.end(Outcome::Completed);
    assert_eq!(short(&found), ["warning dangling-task 5"]);
    assert_eq!((found[0].count, found[0].time), (100, 0));
    assert!(found[0].id.ends_with(":3"));
}

#[test]
fn what_would_happen_in_code_that_did_not_run_is_told_at_the_end() {
    let text = "import time\nasync def ran():\n    time.sleep(1)\nasync def did_not():\n    time.sleep(1)\n";
    let mut script = Script::new(text);
    let at = script.at(3);
    script.push(Kind::CoroutineCreated {
        id: 5,
        function: "ran".to_owned(),
        generator: false,
        parent: None,
        at,
    });
    assert_eq!(short(&script.analysis().diagnostics()), [] as [&str; 0]);
    let found = script.end(Outcome::Completed);
    assert_eq!(short(&found), ["warning blocking-call 5"]);
    assert_eq!(found[0].evidence, Evidence::Predicted);
}

#[test]
fn predictions_come_from_the_tree_and_yield_to_the_run() {
    let text = "import time\nasync def f():\n    time.sleep(1)\ndef g():\n    time.sleep(1)\nf()\nx = f()\n";
    let mut script = Script::new(text);
    let predicted = script.analysis().predictions();
    let rules: Vec<_> = predicted
        .iter()
        .map(|it| (it.rule.as_str(), it.span.line, it.span.column))
        .collect();
    assert_eq!(rules, [("blocking-call", 3, 5), ("coroutine-never-awaited", 6, 1)]);
    let at = script.at(6);
    script.push(Kind::CoroutineCreated {
        id: 5,
        function: "f".to_owned(),
        generator: false,
        parent: None,
        at,
    });
    script.push(Kind::CoroutineNeverAwaited { id: 5 });
    assert_eq!(script.analysis().predictions().len(), 1);
}

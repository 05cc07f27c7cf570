//! The loop's own thread waits for something that only this loop can bring.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        held::held,
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape::{nodes, own_nodes},
        sharing::neighbours,
        source::{Tree, last_name},
        threads::Threads,
        waited_in, words,
    },
    trace::event::{BlockCause, Event, Id, Kind, Outcome, Span, StackId},
};

use super::deadlock;

pub(super) static METADATA: Metadata = Metadata {
    name: "sync-wait-on-own-loop",
    fault: "the loop's thread waits for what only the loop can do",
    fault_ru: "поток цикла ждёт того, что может сделать только сам цикл",
    severity: Severity::Error,
    page: include_str!("../../../rules/sync-wait-on-own-loop.md"),
};

const OWN_COROUTINE: Plain = (
    "This waits for a coroutine of the same loop, and keeps the loop from running it: neither can go on.",
    "Здесь ждут сопрограмму того же цикла событий и не дают циклу её выполнять: оба стоят на месте.",
);
const GIVEN: Plain = (
    "The coroutine was given to this loop here.",
    "Сопрограмма передана этому циклу здесь.",
);

const OWN_WORK: Plain = (
    "This waits for work in another thread, and that work waits for a coroutine of this loop: neither can go on.",
    "Здесь ждут работу другого потока, а она сама ждёт сопрограмму этого цикла событий: оба стоят на месте.",
);
const HANDED_OVER: Plain = ("The work was given to a thread here.", "Работа передана потоку здесь.");

/// What makes a future that another thread or another step completes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Maker {
    /// `run_coroutine_threadsafe()`
    Coroutine,
    /// `submit()` of an executor
    Work,
}

/// A helper that calls a helper that calls … is not followed further.
const DEEPEST: u32 = 8;

/// A wait that the loop's thread began within a step.
struct Wait {
    thread: Id,
    on: String,
    at: StackId,
    task: Option<Id>,
    time: u64,
    /// It is over, unless the run is.
    resumed: bool,
}

#[derive(Default)]
pub(super) struct SyncWaitOnOwnLoop {
    wait: Option<Wait>,
    threads: Threads,
    found: u32,
}

impl Rule for SyncWaitOnOwnLoop {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        self.threads.apply(&event.kind);
        match &event.kind {
            Kind::ThreadBlocked { id, on, at } => {
                let on_loop = state
                    .running_loops
                    .iter()
                    .any(|it| state.loop_threads.get(it) == Some(id));
                if on_loop && state.current().is_some() {
                    self.wait = Some(Wait {
                        thread: *id,
                        on: on.clone(),
                        at: *at,
                        task: state.steps.last().copied(),
                        time: event.time,
                        resumed: false,
                    });
                }
            }
            Kind::ThreadResumed { .. } => {
                if let Some(wait) = &mut self.wait {
                    wait.resumed = true;
                }
            }
            // The step went on after its wait.
            Kind::StepStarted { .. } | Kind::StepEnded { .. } | Kind::Iteration { .. }
                if self.wait.as_ref().is_some_and(|wait| wait.resumed) =>
            {
                self.wait = None;
            }
            Kind::Blocked {
                start,
                cause: BlockCause::Call { .. },
                task: Some(task),
                at,
                ..
            } => {
                if let Some(span) = state
                    .pointed_at(*at)
                    .filter(|_| waits_for_own_coroutine(*at, *start, context))
                {
                    let message = say!(
                        "This waited {time} for a coroutine of the same loop, which could not run meanwhile.",
                        "Здесь {time} ждали сопрограмму того же цикла событий, а она тем временем не могла выполняться.",
                        time = words::duration(event.time.saturating_sub(*start)),
                    );
                    let finding = self.finding(span, message, *at, context);
                    report.put(finding.time(*start).task(Some(*task)));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        if !matches!(context.state.outcome, Some(Outcome::Deadlocked)) {
            return;
        }
        let Some(wait) = self.wait.take() else { return };
        let Some(span) = context.state.pointed_at(wait.at) else {
            return;
        };
        let message = if waits_for_own_coroutine(wait.at, wait.time, context) {
            OWN_COROUTINE.into()
        } else if submission(wait.at, Maker::Work, context).is_some()
            && self.threads.places().any(|at| waits_for_coroutine(at, context))
        {
            OWN_WORK.into()
        } else {
            say!(
                "{call} waits here on the loop's own thread, and what it waits for can only come from this loop: neither can go on.",
                "{call} ждёт здесь в потоке самого цикла событий, а дать ожидаемое может только этот цикл: оба стоят на месте.",
                call = waited_in::called(&wait.on, wait.at, context),
            )
        };
        // That everything stands still is what comes of it.
        report.withdraw_where(&deadlock::METADATA, |_| true);
        let finding = self.finding(span, message, wait.at, context);
        let finding = finding.time(wait.time).task(wait.task);
        report.put(self.threads.relate(finding, Some(wait.thread), context));
    }
}

impl SyncWaitOnOwnLoop {
    fn finding(&mut self, span: Span, message: Sentence, at: StackId, context: Context<'_>) -> Diagnostic {
        self.found += 1;
        let mut finding = METADATA.finding(self.found, span, message, context);
        for (maker, sentence) in [(Maker::Coroutine, GIVEN), (Maker::Work, HANDED_OVER)] {
            if let Some(place) = submission(at, maker, context) {
                finding = finding.related_span(place, sentence, context);
            }
        }
        name_holders(finding, span, context)
    }
}

/// Whether a blocking wait that began at a time is for the future of `run_coroutine_threadsafe()` on the very loop that it
/// keeps waiting.
pub(super) fn waits_for_own_coroutine(at: StackId, start: u64, context: Context<'_>) -> bool {
    waits_for_coroutine(at, context) && !another_loop_worked(start, context)
}

/// Whether a blocking wait is for the future of `run_coroutine_threadsafe()`.
fn waits_for_coroutine(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let futures = "concurrent/futures/_base.py";
    let waits = state.passes_through(at, futures, "result") || state.passes_through(at, futures, "exception");
    waits && submission(at, Maker::Coroutine, context).is_some()
}

/// Whether a loop of another thread has had a coroutine under way since then that was given to it from outside.
fn another_loop_worked(since: u64, context: Context<'_>) -> bool {
    let state = context.state;
    state.tasks.values().any(|task| {
        task.event_loop.is_some_and(|it| Some(it) != state.current_loop())
            && task.done.as_ref().is_none_or(|done| done.time >= since)
            && state.passes_through(task.at, "asyncio/tasks.py", "callback")
    })
}

/// The call that has made the future which is waited for.
fn submission(at: StackId, maker: Maker, context: Context<'_>) -> Option<Span> {
    let (frame, tree) = joins::frames(at, context).next()?;
    let call = tree.call_at(frame.span.into())?;
    let Expr::Attribute(method) = &*call.func else {
        return None;
    };
    let path = context.state.path(frame.span.file);
    let files = neighbours(path, tree, context.sources);
    let made = made_by(maker, &method.value, (tree, frame.span.into()), &files, DEEPEST)?;
    Some(joins::span_in(frame.span, made))
}

/// The call that an expression at a place gets its value from, if that is such a future: made there, or by a function of
/// these files that returns one.
fn made_by(
    maker: Maker,
    future: &Expr,
    (tree, at): (&Tree, Region),
    files: &[(&str, &Tree)],
    deepest: u32,
) -> Option<Region> {
    let future = match future {
        Expr::Name(name) => tree.value_before(name.id.as_str(), at)?,
        Expr::Attribute(_) => tree.only_value(future)?,
        other => other,
    };
    let Expr::Call(call) = future else { return None };
    let name = last_name(&call.func)?;
    let known = match maker {
        Maker::Coroutine => name == "run_coroutine_threadsafe",
        Maker::Work => name == "submit",
    };
    // A function of the program's own may have that name, and then it is known what it does.
    let mut returned = returns(name, tree);
    if returned.is_empty() {
        returned = files.iter().flat_map(|(_, tree)| returns(name, tree)).collect();
    }
    let deeper = deepest.checked_sub(1)?;
    let helps = returned
        .iter()
        .all(|(tree, value)| made_by(maker, value, (tree, tree.region(value.range())), files, deeper).is_some());
    let gives = if returned.is_empty() { known } else { helps };
    gives.then(|| tree.region(call.range()))
}

/// What the functions of this name in a file return.
fn returns<'a>(name: &str, tree: &'a Tree) -> Vec<(&'a Tree, &'a Expr)> {
    let functions = nodes(&tree.module().body).into_iter().filter_map(|node| match node {
        AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == name && !it.is_async => Some(it),
        _ => None,
    });
    let values = functions
        .flat_map(|it| own_nodes(&it.body))
        .filter_map(|node| match node {
            AnyNodeRef::StmtReturn(it) => it.value.as_deref(),
            _ => None,
        });
    values.map(|value| (tree, value)).collect()
}

/// Names the tasks that hold the lock in question across an `await`.
fn name_holders(finding: Diagnostic, at: Span, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let tree = context.sources.tree(state.path(at.file));
    let Some(wanted) = tree.and_then(|tree| tree.acquired(at.into())) else {
        return finding;
    };
    state.waiting_tasks().fold(finding, |finding, (id, _, waiting)| {
        let mut frames = joins::frames(waiting.chain, context);
        let Some((holder, _)) = frames.find(|(frame, tree)| held(tree, frame.span).contains(&wanted)) else {
            return finding;
        };
        let sentence = say!(
            "{task} holds it while it waits here.",
            "Задача {task} держит блокировку, пока ждёт здесь.",
            task = words::task(state, id).capitalised(),
        );
        finding.related_span(holder.span, sentence, context)
    })
}

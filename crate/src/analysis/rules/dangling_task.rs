//! A task was started and nothing of the program holds it any more.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        handed_on::{given_up, taken_of_future, thrown_away, with_origin},
        predict::{Place, Seen, discarded},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        state::Task,
        words,
    },
    trace::event::{Completion, Event, Id, Kind, StackId, StepEnd, Wait},
};

use super::{not_thread_safe_call, task_never_started, unbounded_tasks};

pub(super) static METADATA: Metadata = Metadata {
    name: "dangling-task",
    fault: "a running task that nothing refers to",
    fault_ru: "на работающую задачу ничто не ссылается",
    severity: Severity::Warning,
    page: include_str!("../../../rules/dangling-task.md"),
};

#[derive(Default)]
pub(super) struct DanglingTask {
    /// Tasks that were reported, and when.
    dangling: BTreeMap<Id, u64>,
    /// Those of them that came to their end without waiting for anything.
    unharmed: Vec<Id>,
}

impl Rule for DanglingTask {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::TaskUnreferenced { id, timer } => {
                if context
                    .state
                    .tasks
                    .get(id)
                    .is_some_and(|task| dangles(*id, task, context, report))
                {
                    self.dangling.insert(*id, event.time);
                    // One that runs to its end without waiting needs nobody to hold it: its end tells.
                    if context.state.tasks.get(id).is_some_and(|task| task.waiting.is_some()) {
                        put(*id, event.time, *timer, context, report);
                    }
                }
            }
            // Where it waits says what becomes of it.
            Kind::StepEnded {
                id,
                end:
                    StepEnd::Suspended {
                        on: Wait::Future { .. },
                        ..
                    },
            } => {
                if let Some(since) = self.dangling.get(id) {
                    put(*id, *since, context.state.held_by_timer(*id), context, report);
                }
            }
            Kind::FutureDone {
                id,
                completion: Completion::Result,
                ..
            } if self.dangling.contains_key(id) && report.get(&METADATA, *id).is_none() => self.unharmed.push(*id),
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        if self.unharmed.is_empty() {
            return;
        }
        // Of others that were made at the same place, and never ran, their own rule tells.
        let unstarted = context.state.tasks.values().filter(|task| task.steps == 0);
        let unstarted: BTreeSet<_> = unstarted.filter_map(|task| taken_of_future(task.at, context)).collect();
        for id in &self.unharmed {
            let at = context.state.tasks.get(id).map(|task| task.at);
            let place = at.and_then(|at| taken_of_future(at, context));
            if place.is_some_and(|place| unstarted.contains(&place)) {
                continue;
            }
            if let Some(since) = self.dangling.get(id) {
                put_unharmed(*id, *since, context, report);
            }
        }
    }
}

/// A task is started in a function, and the call is the whole statement.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let call = discarded(seen)?;
    let in_coroutine = place.in_coroutine?;
    let name = place.asyncio_call(call);
    let maker = match (name.as_deref(), &*call.func) {
        (Some(name @ ("create_task" | "ensure_future")), _) => name,
        // A plain function may run the loop itself, which then holds the task to the end.
        (_, Expr::Attribute(it)) if it.attr.as_str() == "create_task" && in_coroutine && place.is_loop(&it.value) => {
            "create_task"
        }
        _ => return None,
    };
    let coroutine = call.arguments.args.first()?;
    coroutine.is_call_expr().then(|| {
        let message = say!(
            "Nothing will refer to the task that `{maker}()` makes here.",
            "На задачу, которую здесь создаёт `{maker}()`, ничто не будет ссылаться."
        );
        (call.range(), message)
    })
}

fn dangles(id: Id, task: &Task, context: Context<'_>, report: &Report) -> bool {
    let state = context.state;
    let awaited = state.loops.values().any(|it| it.running && it.until == Some(id));
    // A task that never started has a rule of its own, and so has the root of a program that the collector takes.
    // `gather` that failed lets go of tasks that the program never had in hand.
    let told = report.get(&task_never_started::METADATA, id).is_some();
    !(awaited
        || told
        || task.root
        || task.cancelling > 0
        || loop_is_over(task, context)
        || made_by_the_library(task.at, context))
}

fn put(id: Id, since: u64, timer: bool, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let Some(task) = state.tasks.get(&id) else { return };
    let Some(span) = taken_of_future(task.at, context) else {
        return;
    };
    let waiting = task.waiting.as_ref().or(task.last_wait.as_ref());
    let awaited = waiting.map(|waiting| words::awaited(state, waiting));
    let fate = match &awaited {
        Some(awaited) if timer => say!(
            "it survives while it waits for {awaited}, because a timer of the loop holds it, and only until then",
            "пока она ждёт {awaited}, её держит таймер цикла, но только до тех пор",
            awaited = *awaited,
        ),
        Some(awaited) => say!(
            "it waits for {awaited}, and if only it can reach that, the garbage collector takes both",
            "она ждёт {awaited}, и если добраться до этого можно только через неё, сборщик мусора заберёт и то и другое",
            awaited = *awaited,
        ),
        None => (
            "the garbage collector may take it while it waits",
            "сборщик мусора может забрать её, пока она ждёт",
        )
            .into(),
    };
    let message = say!(
        "Nothing refers to {task}: {fate}.",
        "На задачу {task} ничто не ссылается: {fate}.",
        task = words::task(state, id),
        fate = fate,
    );
    // Who shields a coroutine means it to go on alone; only what nothing holds may not get there.
    let shielded = state.passes_through(task.at, "asyncio/tasks.py", "shield");
    let severity = if shielded && timer {
        Severity::Info
    } else {
        Severity::Warning
    };
    let finding = METADATA
        .finding(id, span, message, context)
        .severity(severity)
        .task(Some(id))
        .time(since);
    let mut finding = with_origin(finding, span, task.at, words::TASK_HANDED_ON, context);
    if let Some((waiting, awaited)) = waiting.zip(awaited) {
        let sentence = say!(
            "It waits here, for {awaited}.",
            "Она ждёт здесь {awaited}.",
            awaited = awaited
        );
        finding = finding.related(waiting.chain, sentence, context);
    }
    report.put(finding);
}

/// The task was thrown away where it was made, and came to no harm since it never waited. Whether it should have been made
/// there at all comes first.
fn put_unharmed(id: Id, since: u64, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let Some(task) = state.tasks.get(&id) else { return };
    if task.last_wait.as_ref().is_some_and(|last| last.on != Wait::Yield) {
        return;
    }
    let Some(span) = taken_of_future(task.at, context).filter(|span| given_up(*span, context)) else {
        return;
    };
    let elsewhere = [
        &task_never_started::METADATA,
        &unbounded_tasks::METADATA,
        &not_thread_safe_call::METADATA,
    ];
    let region = span.into();
    let told = |it: &Diagnostic| it.span == region && it.file == state.path(span.file);
    if elsewhere.into_iter().any(|rule| report.of(rule).any(told)) {
        return;
    }
    let message = say!(
        "Nothing refers to {task}: it came to its end because it never waited for anything; one that does may be taken by the garbage collector.",
        "На задачу {task} ничто не ссылается: она дошла до конца, потому что ни разу ничего не ждала; ту, что ждёт, сборщик мусора может забрать.",
        task = words::task(state, id),
    );
    let finding = METADATA
        .finding(id, span, message, context)
        .severity(Severity::Info)
        .task(Some(id))
        .time(since);
    report.put(with_origin(finding, span, task.at, words::TASK_HANDED_ON, context));
}

/// Whether the task outlived what its loop ran for, so that the loop, not the program, decides its end: it is cancelled
/// or left. A program that held it until then held it long enough; one that threw it away at once did not.
fn loop_is_over(task: &Task, context: Context<'_>) -> bool {
    let state = context.state;
    let Some(its_loop) = task.event_loop.and_then(|id| state.loops.get(&id)) else {
        return false;
    };
    let over = !its_loop.running || its_loop.until.is_some_and(|until| state.done(until).is_some());
    let thrown_away = taken_of_future(task.at, context).is_some_and(|span| thrown_away(span, context));
    its_loop.closed_at.is_some() || over && !thrown_away
}

fn made_by_the_library(at: StackId, context: Context<'_>) -> bool {
    ["gather", "wait_for", "wait", "as_completed"]
        .iter()
        .any(|function| context.state.passes_through(at, "asyncio/tasks.py", function))
}

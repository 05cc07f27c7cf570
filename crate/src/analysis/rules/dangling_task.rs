//! A task was started and nothing of the program holds it any more.

use std::collections::BTreeMap;

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        handed_on::taken,
        predict::{Place, Seen, discarded},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        state::Task,
        words,
    },
    trace::event::{Event, Id, Kind, StackId, StepEnd, Wait},
};

use super::task_never_started;

pub(super) static METADATA: Metadata = Metadata {
    name: "dangling-task",
    fault: "a running task that nothing refers to",
    fault_ru: "на работающую задачу ничто не ссылается",
    severity: Severity::Warning,
    page: include_str!("../../../rules/dangling-task.md"),
};

const HANDED_ON: Plain = (
    "The task was made here, and handed on.",
    "Задача создана здесь и передана дальше.",
);

#[derive(Default)]
pub(super) struct DanglingTask {
    /// Tasks that were reported, and when.
    dangling: BTreeMap<Id, u64>,
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
                    // One that runs to its end without waiting needs nobody to hold it.
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
            _ => {}
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
    let Some(span) = taken(task.at, context) else { return };
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
    let mut finding = METADATA
        .finding(id, span, message, context)
        .severity(severity)
        .task(Some(id))
        .time(since);
    if let Some(made) = state.pointed_at(task.at).filter(|made| *made != span) {
        finding = finding.related_span(made, HANDED_ON, context);
    }
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

/// Whether the task outlived what its loop ran for, so that the loop, not the program, decides its end: it is cancelled
/// or left. A program that held it until then held it long enough; one that threw it away at once did not.
fn loop_is_over(task: &Task, context: Context<'_>) -> bool {
    let state = context.state;
    let Some(its_loop) = task.event_loop.and_then(|id| state.loops.get(&id)) else {
        return false;
    };
    let over = !its_loop.running || its_loop.until.is_some_and(|until| state.done(until).is_some());
    let thrown_away = taken(task.at, context).is_some_and(|span| {
        let tree = context.sources.tree(state.path(span.file));
        tree.is_some_and(|tree| tree.is_discarded(span.into()))
    });
    its_loop.closed_at.is_some() || over && !thrown_away
}

fn made_by_the_library(at: StackId, context: Context<'_>) -> bool {
    ["gather", "wait_for", "wait", "as_completed"]
        .iter()
        .any(|function| context.state.passes_through(at, "asyncio/tasks.py", function))
}

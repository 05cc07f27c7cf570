//! A loop was closed, or left for good, while a task that had begun still waited.

use crate::{
    analysis::{
        diagnostic::Severity,
        handed_on::{taken_of_future, with_origin},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        state::State,
        words,
    },
    trace::event::{Event, Frame, Id, Kind, Outcome, StackId},
};

use super::task_garbage_collected::collected;

pub(super) static METADATA: Metadata = Metadata {
    name: "task-pending-at-close",
    fault: "the loop was closed before a task had ended",
    fault_ru: "цикл событий закрыт раньше, чем завершилась задача",
    severity: Severity::Error,
    page: include_str!("../../../rules/task-pending-at-close.md"),
};

#[derive(Default)]
pub(super) struct TaskPendingAtClose;

impl Rule for TaskPendingAtClose {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::LoopClosed { pending, at, .. } if !context.state.is_finalizer(*at) => {
                for task in pending {
                    pending_task(*task, Some(*at), context, report);
                }
            }
            Kind::Destroyed { id, pending: true, .. } => {
                let left = context
                    .state
                    .tasks
                    .get(id)
                    .is_some_and(|task| !collected(context.state, task));
                if left && report.get(&METADATA, *id).is_none() {
                    pending_task(*id, None, context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // Of a run that did not come to its own end, nobody expects that its tasks have.
        if !matches!(context.state.outcome, Some(Outcome::Completed)) {
            return;
        }
        for (id, task) in &context.state.tasks {
            let left = task.done.is_none() && !task.destroyed;
            if left && report.get(&METADATA, *id).is_none() {
                pending_task(*id, None, context, report);
            }
        }
    }
}

/// The task whose coroutine is only being closed here, since nothing refers to it any more: no loop runs, and its own will
/// never run again.
pub(super) fn being_collected(at: StackId, state: &State) -> Option<Id> {
    if !state.running_loops.is_empty() {
        return None;
    }
    let frames = state.frames(at);
    let mut tasks = state.tasks.iter();
    let found = tasks.find(|(_, task)| {
        let left = task.done.is_none() && !task.destroyed && task.steps > 0 && !task.running;
        let is_it = |frame: &Frame| frame.function == task.function && state.in_workspace(frame);
        left && frames.iter().any(is_it)
    });
    found.map(|(id, _)| *id)
}

fn pending_task(id: Id, closed: Option<StackId>, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let Some(task) = state.tasks.get(&id) else { return };
    // One that never began has a rule of its own.
    if task.steps == 0 {
        return;
    }
    let hung = task.waiting.as_ref().or(task.last_wait.as_ref());
    let at = hung.and_then(|waiting| state.pointed_at(waiting.chain));
    let Some(span) = taken_of_future(task.at, context).or(at) else {
        return;
    };
    let end = if closed.is_some() {
        ("The loop was closed", "Цикл событий закрыли")
    } else {
        ("The loop never ran again", "Цикл событий больше не работал")
    };
    let waited = hung.map_or_else(Sentence::default, |waiting| {
        say!(
            ", waiting for {awaited}",
            " и ждала {awaited}",
            awaited = words::awaited(state, waiting),
        )
    });
    let message = say!(
        "{end} while {task} had not ended{waited}.",
        "{end}, а задача {task} ещё не завершилась{waited}.",
        end = end,
        task = words::task(state, id),
        waited = waited,
    );
    let finding = METADATA
        .finding(id, span, message, context)
        .cpython("Task was destroyed but it is pending!")
        .task(Some(id));
    let mut finding = with_origin(finding, span, task.at, words::TASK_HANDED_ON, context);
    if let Some(waiting) = hung {
        finding = finding.related(
            waiting.chain,
            ("It was left at this await.", "Она осталась на этом `await`."),
            context,
        );
    }
    let stopped = task
        .event_loop
        .and_then(|id| state.loops.get(&id))
        .and_then(|it| it.started_at);
    if let Some(at) = stopped {
        let sentence = (
            "The loop ran here for the last time.",
            "В последний раз цикл событий работал здесь.",
        );
        finding = finding.related(at, sentence, context);
    }
    if let Some(at) = closed {
        finding = finding.related(at, words::LOOP_CLOSED, context);
    }
    report.put(finding);
}

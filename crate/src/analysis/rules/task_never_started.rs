//! A task was made, and ended or was left before its first step.

use crate::{
    analysis::{
        diagnostic::Severity,
        handed_on::{taken_of_future, with_origin},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Outcome, StackId},
};

use super::{dangling_task, task_garbage_collected::loop_never_ran, unbounded_tasks};

pub(super) static METADATA: Metadata = Metadata {
    name: "task-never-started",
    fault: "a task was cancelled or left before its first step",
    fault_ru: "задача отменена или брошена до первого шага",
    severity: Severity::Warning,
    page: include_str!("../../../rules/task-never-started.md"),
};

const BLOCKED: Plain = (
    "The loop was blocked here, so that no task could start.",
    "Цикл событий был заблокирован здесь, и ни одна задача не могла начаться.",
);

/// Remembers where the loop was last blocked, which is often why a task came too late.
#[derive(Default)]
pub(super) struct TaskNeverStarted {
    blocked: Option<(u64, u64, StackId)>,
}

impl Rule for TaskNeverStarted {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::Blocked { start, at, .. } => self.blocked = Some((*start, event.time, *at)),
            Kind::FutureDone {
                id,
                completion: Completion::Cancelled,
                ..
            } => self.check(*id, None, context, report),
            Kind::Destroyed { id, pending: true, .. } => {
                let dropped = context
                    .state
                    .tasks
                    .get(id)
                    .is_some_and(|task| loop_never_ran(context.state, task));
                if !dropped {
                    self.check(*id, None, context, report);
                }
            }
            Kind::LoopClosed { pending, at, .. } if !context.state.is_finalizer(*at) => {
                for task in pending {
                    self.check(*task, Some(*at), context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        if !matches!(context.state.outcome, Some(Outcome::Completed)) {
            return;
        }
        let left: Vec<Id> = context
            .state
            .tasks
            .iter()
            .filter(|(_, task)| task.done.is_none() && !task.destroyed)
            .map(|(id, _)| *id)
            .collect();
        for id in left {
            self.check(id, None, context, report);
        }
    }
}

impl TaskNeverStarted {
    fn check(&self, id: Id, closed: Option<StackId>, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        if task.steps > 0 || report.get(&METADATA, id).is_some() {
            return;
        }
        let cancel = task.cancels.iter().find(|request| request.accepted);
        if cancel.is_some_and(|request| by_structure(request.at, context)) {
            return;
        }
        let Some((span, made)) = taken_of_future(task.at, context).zip(state.pointed_at(task.at)) else {
            return;
        };
        // The last of a crowd that nothing ends is not the fault.
        if report.of(&unbounded_tasks::METADATA).any(|it| it.span == made.into()) {
            return;
        }
        let end = match cancel {
            Some(request) if at_shutdown(request.at, context) => ("the program ended", "программа завершилась"),
            Some(_) => ("it was cancelled", "её отменили"),
            None if closed.is_some() => ("the loop was closed", "цикл событий закрыли"),
            None => ("the loop stopped for good", "цикл событий остановился насовсем"),
        };
        let blocked = self
            .blocked
            .filter(|(start, end, _)| *end >= task.created && *start >= task.created);
        let late = blocked.map_or_else(Sentence::default, |(start, end, _)| {
            say!(
                ", since the loop was blocked for {time} meanwhile",
                ", потому что цикл событий тем временем был заблокирован на {time}",
                time = words::duration(end - start),
            )
        });
        let message = say!(
            "{task} never ran: {end} before its first step{late}.",
            "Задача {task} так и не выполнялась: {end} до её первого шага{late}.",
            task = words::task(state, id).capitalised(),
            end = end,
            late = late,
        );
        let finding = METADATA.finding(id, span, message, context).task(Some(id));
        let mut finding = with_origin(finding, span, task.at, words::TASK_HANDED_ON, context);
        if closed.is_some() || cancel.is_none() {
            finding = finding.cpython("Task was destroyed but it is pending!");
        }
        if let Some((_, _, at)) = blocked {
            finding = finding.related(at, BLOCKED, context);
        }
        if let Some(request) = cancel {
            let how = if at_shutdown(request.at, context) {
                ("The program's end cancelled it.", "Её отменил конец программы.")
            } else {
                ("It was cancelled here.", "Её отменили здесь.")
            };
            finding = finding.related(request.at, how, context);
        }
        if let Some(at) = closed {
            finding = finding.related(at, words::LOOP_CLOSED, context);
        }
        // That nothing refers to it is not why it never ran.
        report.withdraw(&dangling_task::METADATA, id);
        report.put(finding);
    }
}

/// Whether `asyncio.run` cancelled it on its way out.
fn at_shutdown(at: StackId, context: Context<'_>) -> bool {
    context
        .state
        .passes_through(at, "asyncio/runners.py", "_cancel_all_tasks")
}

/// Whether the library cancelled it on behalf of something else that ended, as a task group does for its tasks: that is
/// what the program asked for.
fn by_structure(at: StackId, context: Context<'_>) -> bool {
    let called_by_library = context
        .state
        .frames(at)
        .first()
        .is_some_and(|frame| !context.state.in_workspace(frame));
    called_by_library && !at_shutdown(at, context)
}

//! The garbage collector took a task that had not ended.

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        state::{State, Task},
        words,
    },
    trace::event::{Event, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "task-garbage-collected",
    fault: "the garbage collector took a task that was still waiting",
    fault_ru: "сборщик мусора уничтожил задачу, которая ещё ждала",
    severity: Severity::Error,
    page: include_str!("../../../rules/task-garbage-collected.md"),
};

#[derive(Default)]
pub(super) struct TaskGarbageCollected;

impl Rule for TaskGarbageCollected {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::Destroyed { id, pending: true, .. } = event.kind else {
            return;
        };
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        let taken = if task.steps == 0 {
            loop_never_ran(state, task)
        } else {
            collected(state, task)
        };
        if !taken {
            return;
        }
        let hung = task.waiting.as_ref().or(task.last_wait.as_ref());
        let at = hung.and_then(|waiting| state.pointed_at(waiting.chain));
        let Some(span) = state.pointed_at(task.at).or(at) else {
            return;
        };
        let waited = hung.map_or_else(Sentence::default, |waiting| {
            say!(
                " while it waited for {awaited}",
                ", пока она ждала {awaited}",
                awaited = words::awaited(state, waiting),
            )
        });
        let message = say!(
            "The garbage collector destroyed {task}{waited}: nothing else referred to it.",
            "Сборщик мусора уничтожил задачу {task}{waited}: больше на неё ничто не ссылалось.",
            task = words::task(state, id),
            waited = waited,
        );
        let mut finding = METADATA
            .finding(id, span, message, context)
            .cpython("Task was destroyed but it is pending!")
            .task(Some(id));
        if let Some(waiting) = hung {
            finding = finding.related(
                waiting.chain,
                ("It died at this await.", "Она оборвалась на этом `await`."),
                context,
            );
        }
        report.put(finding);
    }
}

/// Whether a task that never started belongs to a loop that never ran and was not closed. If it is destroyed, whatever
/// held both let go of both.
pub(super) fn loop_never_ran(state: &State, task: &Task) -> bool {
    let its_loop = task.event_loop.and_then(|id| state.loops.get(&id));
    task.steps == 0 && its_loop.is_some_and(|it| it.started_at.is_none() && it.closed_at.is_none())
}

/// Whether a pending task that was destroyed fell to the collector, not to the end of its loop or of the program: its
/// loop was still in use.
pub(super) fn collected(state: &State, task: &Task) -> bool {
    let its_loop = task.event_loop.and_then(|id| state.loops.get(&id));
    let closed = its_loop.is_some_and(|it| it.closed_at.is_some());
    !closed && (its_loop.is_some_and(|it| it.running) || state.collected_by_program == Some(state.now))
}

//! The garbage collector took a task that had not ended.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        handed_on::{taken_of_future, with_origin},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        state::{State, Task},
        words,
    },
    trace::event::{Event, Id, Kind, StepEnd, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "task-garbage-collected",
    fault: "the garbage collector took a task that was still waiting",
    fault_ru: "сборщик мусора уничтожил задачу, которая ещё ждала",
    severity: Severity::Error,
    page: include_str!("../../../rules/task-garbage-collected.md"),
};

const WENT_TOO: Plain = (
    "What only it awaited died with it, at this await.",
    "На этом `await` вместе с ней оборвалось то, чего ждала только она.",
);

#[derive(Default)]
pub(super) struct TaskGarbageCollected {
    /// Who has awaited each task, and what each has awaited.
    awaited_by: BTreeMap<Id, BTreeSet<Id>>,
    awaits: BTreeMap<Id, BTreeSet<Id>>,
    /// What went with each task that has a finding, itself included, in the order of the collector.
    lost: BTreeMap<Id, Vec<Id>>,
    /// The task whose finding tells of each one that was collected.
    told_with: BTreeMap<Id, Id>,
}

impl Rule for TaskGarbageCollected {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        self.note(&event.kind, context.state);
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
        self.lost.insert(id, vec![id]);
        self.told_with.insert(id, id);
        if let Some(above) = self.only_awaiter(id).and_then(|by| self.told_with.get(&by).copied()) {
            self.fold(id, above, report);
        }
        let head = self.told_with.get(&id).copied().unwrap_or(id);
        for child in self.awaits.get(&id).cloned().unwrap_or_default() {
            if self.only_awaiter(child) == Some(id) {
                self.fold(child, head, report);
            }
        }
        let went_too = self.lost.get(&head).map_or(&[][..], Vec::as_slice);
        if let Some(finding) = finding(head, went_too, context) {
            report.put(finding);
        }
    }
}

impl TaskGarbageCollected {
    fn note(&mut self, kind: &Kind, state: &State) {
        match kind {
            Kind::Awaited { id, by } => self.awaits(*id, *by),
            // The collector ends the coroutine of a task, which lets go of what it awaits: that is no step of the task.
            Kind::NoLongerAwaited { id, by } if state.tasks.get(by).is_some_and(|task| task.running) => {
                if let Some(awaiters) = self.awaited_by.get_mut(id) {
                    awaiters.remove(by);
                }
            }
            Kind::StepEnded {
                id: by,
                end:
                    StepEnd::Suspended {
                        on: Wait::Future { id, .. },
                        ..
                    },
            } if state.tasks.contains_key(id) => self.awaits(*id, *by),
            _ => {}
        }
    }

    fn awaits(&mut self, id: Id, by: Id) {
        self.awaited_by.entry(id).or_default().insert(by);
        self.awaits.entry(by).or_default().insert(id);
    }

    fn only_awaiter(&self, id: Id) -> Option<Id> {
        let awaiters = self.awaited_by.get(&id)?;
        awaiters.first().copied().filter(|_| awaiters.len() == 1)
    }

    /// Lets the finding of one task tell of another, and of what went with that.
    fn fold(&mut self, id: Id, into: Id, report: &mut Report) {
        let Some(went) = (id != into).then(|| self.lost.remove(&id)).flatten() else {
            return;
        };
        report.withdraw(&METADATA, id);
        for one in &went {
            self.told_with.insert(*one, into);
        }
        self.lost.entry(into).or_default().extend(went);
    }
}

/// The finding of a task, and of what went with it.
fn finding(id: Id, went: &[Id], context: Context<'_>) -> Option<Diagnostic> {
    let state = context.state;
    let task = state.tasks.get(&id)?;
    let hung = |task: &'_ Task| task.waiting.clone().or_else(|| task.last_wait.clone());
    let last = hung(task);
    let at = last.as_ref().and_then(|waiting| state.pointed_at(waiting.chain));
    let span = taken_of_future(task.at, context).or(at)?;
    let waited = last.as_ref().map_or_else(Sentence::default, |waiting| {
        say!(
            " while it waited for {awaited}",
            ", пока она ждала {awaited}",
            awaited = words::awaited(state, waiting),
        )
    });
    let message = say!(
        "The garbage collector destroyed {task}{waited}{others}: nothing else referred to it.",
        "Сборщик мусора уничтожил задачу {task}{waited}{others}: больше на неё ничто не ссылалось.",
        task = words::task(state, id),
        waited = waited,
        others = others(went.len().saturating_sub(1)),
    );
    let finding = METADATA
        .finding(id, span, message, context)
        .cpython("Task was destroyed but it is pending!")
        .task(Some(id));
    let mut finding = with_origin(finding, span, task.at, words::TASK_HANDED_ON, context);
    if let Some(waiting) = last {
        let words = ("It died at this await.", "Она оборвалась на этом `await`.");
        finding = finding.related(waiting.chain, words, context);
    }
    let others = went.iter().filter(|other| **other != id);
    for waiting in others.filter_map(|other| hung(state.tasks.get(other)?)) {
        finding = finding.related(waiting.chain, WENT_TOO, context);
    }
    Some(finding)
}

/// How many tasks went with one.
fn others(number: usize) -> Sentence {
    if number == 0 {
        return Sentence::default();
    }
    let tasks = words::count(number as u64, ["task", "tasks"], ["задача", "задачи", "задач"]);
    say!(
        ", and with it {tasks} that only it awaited",
        ", а вместе с ней — то, чего ждала только она ({tasks})",
        tasks = tasks,
    )
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

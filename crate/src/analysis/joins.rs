//! Who waits for whom, and who asked whom to end, as far as single events say.

use std::collections::{BTreeMap, BTreeSet};

use super::{rule::Context, source::Tree, state::State};
use crate::trace::event::{Completion, Frame, Id, Kind, Span, StackId, StepEnd, Wait};

/// The task or future for which an event shows that somebody waits from now on, or would have if it had not ended.
#[must_use]
pub fn joined(kind: &Kind) -> Option<Id> {
    match kind {
        Kind::Awaited { id, .. }
        | Kind::Joined { id, .. }
        | Kind::StepEnded {
            end: StepEnd::Suspended {
                on: Wait::Future { id, .. },
                ..
            },
            ..
        } => Some(*id),
        _ => None,
    }
}

/// The library's notes of who awaits what, as they stand.
#[derive(Debug, Default)]
pub struct Awaits {
    by_task: BTreeMap<Id, BTreeSet<Id>>,
}

impl Awaits {
    pub fn apply(&mut self, kind: &Kind) {
        match kind {
            Kind::Awaited { id, by } => {
                self.by_task.entry(*by).or_default().insert(*id);
            }
            Kind::NoLongerAwaited { id, by } => {
                if let Some(awaited) = self.by_task.get_mut(by) {
                    awaited.remove(id);
                }
            }
            _ => {}
        }
    }

    /// What a task awaits by way of the library.
    pub fn of(&self, task: Id) -> impl Iterator<Item = Id> + '_ {
        self.by_task.get(&task).into_iter().flatten().copied()
    }

    /// A task that has not ended and awaits this one, directly or by way of the library.
    #[must_use]
    pub fn waiter(&self, id: Id, state: &State) -> Option<Id> {
        let pending = |task: &Id| state.tasks.get(task).is_some_and(|task| task.done.is_none());
        let noted = self
            .by_task
            .iter()
            .find(|(by, awaited)| awaited.contains(&id) && pending(by))
            .map(|(by, _)| *by);
        noted.or_else(|| {
            state
                .waiting_tasks()
                .find(|(_, _, waiting)| matches!(waiting.on, Wait::Future { id: on, .. } if on == id))
                .map(|(by, ..)| by)
        })
    }
}

/// Whether `asyncio.run` or a `Runner` asked for it on its way out.
#[must_use]
pub fn at_shutdown(at: StackId, context: Context<'_>) -> bool {
    context
        .state
        .passes_through(at, "asyncio/runners.py", "_cancel_all_tasks")
}

/// Whether the workspace's own line made the call, not the library on its behalf.
#[must_use]
pub fn called_by_program(at: StackId, state: &State) -> bool {
    state.frames(at).first().is_some_and(|frame| state.in_workspace(frame))
}

/// Whether what the program runs the loop for failed, was cancelled or was left behind: then the loop ends everything
/// else, as it should.
#[must_use]
pub fn program_failed(state: &State) -> bool {
    state.tasks.values().filter(|task| task.root).any(|task| {
        task.done
            .as_ref()
            .is_none_or(|done| !matches!(done.completion, Completion::Result))
    })
}

/// The frames of a stack in the workspace, innermost first, each with its tree.
pub fn frames(at: StackId, context: Context<'_>) -> impl Iterator<Item = (&Frame, &Tree)> {
    let state = context.state;
    state
        .frames(at)
        .iter()
        .filter(|frame| state.in_workspace(frame))
        .filter_map(move |frame| Some((frame, context.sources.tree(state.path(frame.span.file))?)))
}

/// A region of the file of a span, as a span.
#[must_use]
pub fn span_in(file: Span, region: super::diagnostic::Region) -> Span {
    region.of(file.file)
}

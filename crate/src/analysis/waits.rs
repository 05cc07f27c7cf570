//! Which of the library's waits go on: `wait()`, `gather()`, `shield()` and task groups.

use std::collections::BTreeMap;

use super::state::{State, Task};
use crate::trace::event::{Event, Id, Kind, StepEnd, Wait};

/// Whether a task is of a task group, which waits for all of its own at the end of its block.
#[must_use]
pub fn is_of_a_group(task: &Task, state: &State) -> bool {
    state.passes_through(task.at, "asyncio/taskgroups.py", "TaskGroup.create_task")
}

/// The future that stands for each wait: when it has ended, so has the wait, whether or not what was waited for has.
#[derive(Debug, Default)]
pub struct Waits {
    /// What each task has noted in its running step, and no future stands for yet.
    noted: BTreeMap<Id, Vec<Id>>,
    /// The future that each task has made in its running step for what it notes next: one thing, or many.
    standing: BTreeMap<Id, (Id, bool)>,
    /// The waits for each task or future, by the futures that stand for them, each with who waits.
    by_awaited: BTreeMap<Id, Vec<(Id, Id)>>,
}

impl Waits {
    pub fn apply(&mut self, event: &Event, state: &State) {
        match &event.kind {
            Kind::FutureCreated {
                id,
                class,
                parent: Some(parent),
                ..
            } if class == "_GatheringFuture" => {
                for child in self.noted.remove(parent).unwrap_or_default() {
                    self.by_awaited.entry(child).or_default().push((*id, *parent));
                }
            }
            Kind::FutureCreated {
                id,
                parent: Some(parent),
                at,
                ..
            } => {
                let made_by = |function| state.passes_through(*at, "asyncio/tasks.py", function);
                let many = made_by("_wait");
                if many || made_by("shield") {
                    self.standing.insert(*parent, (*id, many));
                }
            }
            Kind::Awaited { id, by } => match self.standing.get(by).copied() {
                Some((future, many)) => {
                    self.by_awaited.entry(*id).or_default().push((future, *by));
                    if !many {
                        self.standing.remove(by);
                    }
                }
                None => self.noted.entry(*by).or_default().push(*id),
            },
            Kind::StepEnded { id, end } => {
                self.noted.remove(id);
                self.standing.remove(id);
                if matches!(end, StepEnd::Finished) {
                    self.by_awaited.remove(id);
                }
            }
            _ => {}
        }
    }

    /// Whether somebody who has not ended waits for this task now, or will by what is there already.
    #[must_use]
    pub fn go_on_for(&self, id: Id, state: &State) -> bool {
        let pending = |id: &Id| state.tasks.get(id).is_some_and(|task| task.done.is_none());
        let stands = |future: &Id| {
            let future = state.futures.get(future);
            future.is_some_and(|it| it.done.is_none() && !it.destroyed)
        };
        let mut by_library = self.by_awaited.get(&id).into_iter().flatten();
        let in_group = state.tasks.get(&id).is_some_and(|task| is_of_a_group(task, state));
        in_group
            || by_library.any(|(future, by)| stands(future) && pending(by))
            || state
                .waiting_tasks()
                .any(|(_, _, waiting)| matches!(waiting.on, Wait::Future { id: on, .. } if on == id))
    }
}

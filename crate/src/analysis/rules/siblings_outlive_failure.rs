//! One of a `gather` failed, and the others ran on.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        waits, words,
    },
    trace::event::{Completion, Event, Id, Kind, Outcome, Span, StackId},
};

use super::{
    dangling_task, exception_swallowed_by_gather, task_cancelled_at_exit,
    tasks_outlive_wait::{names_in_call, uses_after},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "siblings-outlive-failure",
    fault: "`gather()` failed, and the other tasks ran on unnoticed",
    fault_ru: "`gather()` завершился ошибкой, а остальные задачи продолжили работать без присмотра",
    severity: Severity::Warning,
    page: include_str!("../../../rules/siblings-outlive-failure.md"),
};

/// A task that was left running by a `gather` that failed.
#[derive(Clone)]
struct Sibling {
    at: StackId,
    waiter: Option<Id>,
    failed: Option<Id>,
    time: u64,
    /// It had a turn after the failure.
    ran_on: bool,
}

#[derive(Default)]
pub(super) struct SiblingsOutliveFailure {
    /// What each task began to await in its running step.
    noted: BTreeMap<Id, BTreeSet<Id>>,
    /// The children of each `gather()`.
    gathers: BTreeMap<Id, BTreeSet<Id>>,
    siblings: BTreeMap<Id, Sibling>,
}

impl Rule for SiblingsOutliveFailure {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        if let Some(id) = joins::joined(&event.kind) {
            self.siblings.remove(&id);
        }
        match &event.kind {
            Kind::Awaited { id, by } => {
                self.noted.entry(*by).or_default().insert(*id);
            }
            Kind::FutureCreated {
                id,
                class,
                parent: Some(parent),
                ..
            } if class == "_GatheringFuture" => {
                let children = self.noted.remove(parent).unwrap_or_default();
                self.gathers.insert(*id, children);
            }
            Kind::FutureDone {
                id,
                completion: Completion::Exception(_),
                ..
            } => self.fail(*id, event.time, context),
            Kind::StepEnded { id, .. } => {
                self.noted.remove(id);
            }
            Kind::StepStarted { id, cancel: false, .. } => {
                if let Some(sibling) = self.siblings.get_mut(id) {
                    sibling.ran_on = true;
                }
            }
            Kind::CancelRequested {
                id, accepted: true, at, ..
            } if !joins::at_shutdown(*at, context) => {
                self.siblings.remove(id);
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        if matches!(state.outcome, Some(Outcome::Stopped | Outcome::Internal { .. }) | None) {
            return;
        }
        let failed = joins::program_failed(state);
        for (id, sibling) in &self.siblings {
            // A failure that ends the program ends the others with it.
            let outlived =
                (sibling.ran_on || !failed) && report.get(&exception_swallowed_by_gather::METADATA, *id).is_none();
            let span = state.pointed_at(sibling.at).filter(|span| !taken_up(*span, context));
            if let Some(span) = span.filter(|_| outlived) {
                report.withdraw(&task_cancelled_at_exit::METADATA, *id);
                report.withdraw(&dangling_task::METADATA, *id);
                report.put(finding(*id, sibling, span, context));
            }
        }
    }
}

impl SiblingsOutliveFailure {
    fn fail(&mut self, gather: Id, time: u64, context: Context<'_>) {
        let Some(children) = self.gathers.remove(&gather) else {
            return;
        };
        let state = context.state;
        let Some(future) = state.futures.get(&gather) else {
            return;
        };
        let failed = children
            .iter()
            .copied()
            .find(|id| state.done(*id).is_some_and(|done| done.exception().is_some()));
        let sibling = Sibling {
            at: future.at,
            waiter: future.parent,
            failed,
            time,
            ran_on: false,
        };
        let going_on = children.iter().filter(|id| {
            let task = state.tasks.get(id);
            task.is_some_and(|task| {
                let forgotten = task.cancelling == 0 && !waits::is_of_a_group(task, state);
                task.done.is_none() && forgotten && task.function != "sleep"
            })
        });
        for id in going_on {
            self.siblings.insert(*id, sibling.clone());
        }
    }
}

fn finding(id: Id, sibling: &Sibling, span: Span, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let task = state.tasks.get(&id);
    let cancelled = task.is_some_and(|task| !task.cancels.is_empty());
    let fate = match task.and_then(|task| task.done.as_ref()).filter(|_| !cancelled) {
        Some(done) => say!(
            "it ran on for {time} after the failure",
            "она работала ещё {time} после сбоя",
            time = words::duration(done.time.saturating_sub(sibling.time)),
        ),
        None if cancelled => (
            "it was left running until the end of the program cancelled it",
            "она работала, пока её не отменил конец программы",
        )
            .into(),
        None => ("it was left running", "она осталась работать").into(),
    };
    let message = say!(
        "`gather()` failed and does not cancel its other tasks: {task} was forgotten, and {fate}.",
        "`gather()` завершился ошибкой, а остальных своих задач не отменяет: о задаче {task} забыли, и {fate}.",
        task = words::task(state, id),
        fate = fate,
    );
    let mut finding = METADATA
        .finding(id, span, message, context)
        .time(sibling.time)
        .task(sibling.waiter);
    let raised = sibling
        .failed
        .and_then(|id| state.done(id)?.exception())
        .and_then(|exception| Some((state.first_in_workspace(&exception.traceback)?, exception)));
    if let Some((place, exception)) = raised {
        let class = exception.class.rsplit('.').next().unwrap_or_default();
        let sentence = say!(
            "`{class}` was raised here, and ended the `gather()`.",
            "Здесь брошено `{class}`, и `gather()` на этом закончился."
        );
        finding = finding.related_span(place, sentence, context);
    }
    if let Some(waiting) = task.and_then(|task| task.last_wait.as_ref()) {
        let sentence = ("The other task waited here.", "Другая задача ждала здесь.");
        finding = finding.related(waiting.chain, sentence, context);
    }
    finding
}

/// Whether the code after the `gather()` does something with the tasks it was given.
fn taken_up(gather: Span, context: Context<'_>) -> bool {
    let Some(tree) = context.sources.tree(context.state.path(gather.file)) else {
        return false;
    };
    uses_after(tree, gather.into(), &names_in_call(tree, gather.into()))
}

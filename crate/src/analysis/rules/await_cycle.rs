//! Tasks that wait for one another in a circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::successors,
};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins::Awaits,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        words,
    },
    trace::event::{Completion, Event, Exception, Id, Kind, Span, StackId, StepEnd, Wait},
};

use super::{cancellation_swallowed, deadlock, phantom_cancellation};

pub(super) static METADATA: Metadata = Metadata {
    name: "await-cycle",
    fault: "tasks await each other in a circle",
    fault_ru: "задачи ждут друг друга по кругу",
    severity: Severity::Error,
    page: include_str!("../../../rules/await-cycle.md"),
};

const ON_ITSELF: &str = "Task cannot await on itself";

#[derive(Default)]
pub(super) struct AwaitCycle {
    awaits: Awaits,
    /// Where each task suspended last.
    chains: BTreeMap<Id, StackId>,
    /// The tasks that others have ever waited for: none but these is in a circle.
    wanted: BTreeSet<Id>,
    circles: Vec<Vec<Id>>,
}

impl Rule for AwaitCycle {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        self.awaits.apply(&event.kind);
        match &event.kind {
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { on, chain },
            } => {
                self.chains.insert(*id, *chain);
                if let Wait::Future { id: wanted, .. } = on {
                    if context.state.tasks.contains_key(wanted) {
                        self.wanted.insert(*wanted);
                    }
                    self.look_for_circle(*id, context, report);
                }
            }
            Kind::Awaited { id, .. } => {
                self.wanted.insert(*id);
            }
            Kind::Raised {
                exception,
                by: Some(by),
                ..
            } => self.on_itself(*by, exception, context, report),
            Kind::FutureDone {
                id,
                completion: Completion::Exception(exception),
                ..
            } => self.on_itself(*id, exception, context, report),
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // A task that cancels itself and then awaits itself meets its own request at that place.
        let own: Vec<_> = report.of(&METADATA).cloned().collect();
        let on_itself = |it: &&Diagnostic| {
            self.circles
                .iter()
                .any(|circle| it.task.is_some_and(|id| *circle == [id]))
        };
        for finding in own.iter().filter(on_itself) {
            for rule in [&cancellation_swallowed::METADATA, &phantom_cancellation::METADATA] {
                report.withdraw_where(rule, |it| {
                    it.task == finding.task && it.names(&finding.file, finding.span)
                });
            }
        }
        // That the program stands still is what the circle does.
        let circles = &self.circles;
        let state = context.state;
        report.withdraw_where(&deadlock::METADATA, |finding| {
            let Some(first) = finding.task else { return false };
            let mut next = first;
            for _ in 0..=state.tasks.len() {
                if circles.iter().any(|circle| circle.contains(&next)) {
                    return true;
                }
                let waiting = state.tasks.get(&next).and_then(|task| task.waiting.as_ref());
                let Some(Wait::Future { id, .. }) = waiting.map(|waiting| &waiting.on) else {
                    return false;
                };
                let noted = self
                    .awaits
                    .of(next)
                    .find(|id| circles.iter().any(|circle| circle.contains(id)));
                next = noted.unwrap_or(*id);
            }
            false
        });
    }
}

impl AwaitCycle {
    fn on_itself(&mut self, id: Id, exception: &Exception, context: Context<'_>, report: &mut Report) {
        if !exception.message.starts_with(ON_ITSELF) {
            return;
        }
        let state = context.state;
        // The error may go on to those who wait for the task: it is theirs no more.
        let place = state
            .first_in_workspace(&exception.traceback)
            .or_else(|| self.chains.get(&id).and_then(|chain| state.pointed_at(*chain)));
        // The circle was seen as it closed; what the interpreter says of it came next.
        if let Some(finding) = report.get(&METADATA, id).cloned() {
            if finding.cpython.is_none() {
                report.put(finding.cpython(exception.message.clone()));
            }
            return;
        }
        let Some(span) = place.filter(|_| !known(report, &exception.message)) else {
            return;
        };
        let message = say!(
            "{task} awaits itself, and could never go on.",
            "Задача {task} ждёт саму себя и никогда не смогла бы продолжить.",
            task = words::task(state, id).capitalised(),
        );
        let mut finding = METADATA
            .finding(id, span, message, context)
            .cpython(exception.message.clone())
            .task(Some(id));
        if let Some(task) = state.tasks.get(&id) {
            finding = finding.related(task.at, words::TASK_MADE, context);
        }
        report.put(finding);
        self.circles.push(vec![id]);
    }

    /// What a task cannot go on without: the task it awaits, or every task of its `gather()` or `TaskGroup`.
    fn needs(&self, id: Id, context: Context<'_>) -> Vec<Id> {
        let state = context.state;
        let waiting = state.tasks.get(&id).and_then(|task| task.waiting.as_ref());
        let Some(Wait::Future { id: on, primitive, .. }) = waiting.map(|waiting| &waiting.on) else {
            return Vec::new();
        };
        if state.tasks.contains_key(on) {
            return vec![*on];
        }
        let gathers = state
            .futures
            .get(on)
            .is_some_and(|future| future.class == "_GatheringFuture");
        if gathers || primitive.as_deref() == Some("TaskGroup") {
            let pending = |id: &Id| state.tasks.get(id).is_some_and(|task| task.done.is_none());
            return self.awaits.of(id).filter(pending).collect();
        }
        Vec::new()
    }

    fn look_for_circle(&mut self, from: Id, context: Context<'_>, report: &mut Report) {
        let Some(circle) = self.circle(from, context) else {
            return;
        };
        let state = context.state;
        let place = |id: &Id| self.chains.get(id).and_then(|chain| state.pointed_at(*chain));
        let Some(span) = place(&from) else { return };
        let names: Vec<_> = circle.iter().map(|id| words::task(state, *id)).collect();
        let who = words::list(&names).capitalised();
        let message = if names.len() == 1 {
            say!(
                "{who} awaits itself, and can never go on.",
                "Задача {who} ждёт саму себя и никогда не сможет продолжить.",
                who = who,
            )
        } else {
            say!(
                "{who} await each other in a circle: {none} of them can ever go on.",
                "Задачи {who} ждут друг друга по кругу: ни одна из них никогда не сможет продолжить.{none}",
                who = who,
                none = (if names.len() == 2 { "neither" } else { "none" }, ""),
            )
        };
        let mut finding = METADATA.finding(from, span, message, context).task(Some(from));
        for id in circle.iter().filter(|id| **id != from) {
            if let Some(other) = place(id) {
                finding = name_wait(finding, *id, other, context);
            }
        }
        if let Some(task) = state.tasks.get(&from) {
            finding = finding.related(task.at, words::TASK_MADE, context);
        }
        report.put(finding);
        self.circles.push(circle);
    }

    /// The tasks of the circle through this one, if there is one, in the order in which they wait.
    fn circle(&self, from: Id, context: Context<'_>) -> Option<Vec<Id>> {
        if !self.wanted.contains(&from) {
            return None;
        }
        // By whom each was come upon.
        let mut before = BTreeMap::from([(from, from)]);
        let mut ahead = vec![from];
        while let Some(last) = ahead.pop() {
            for next in self.needs(last, context) {
                if next == from {
                    let mut circle: Vec<_> = successors(Some(last), |id| before.get(id).copied())
                        .take_while(|id| *id != from)
                        .collect();
                    circle.push(from);
                    circle.reverse();
                    return Some(circle);
                }
                before.entry(next).or_insert_with(|| {
                    ahead.push(next);
                    last
                });
            }
        }
        None
    }
}

fn known(report: &Report, message: &str) -> bool {
    report
        .of(&METADATA)
        .any(|finding| finding.cpython.as_deref() == Some(message))
}

fn name_wait(
    finding: crate::analysis::diagnostic::Diagnostic,
    id: Id,
    place: Span,
    context: Context<'_>,
) -> crate::analysis::diagnostic::Diagnostic {
    let state = context.state;
    let awaited = state.tasks.get(&id).and_then(|task| task.waiting.as_ref()).map_or_else(
        || ("another", "другую задачу").into(),
        |waiting| words::awaited(state, waiting),
    );
    let sentence = say!(
        "{task} waits here, for {awaited}.",
        "Задача {task} ждёт здесь {awaited}.",
        task = words::task(state, id).capitalised(),
        awaited = awaited,
    );
    finding.related_span(place, sentence, context)
}

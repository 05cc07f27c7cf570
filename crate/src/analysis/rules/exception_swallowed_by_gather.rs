//! A second task of one `gather()` failed, and `gather()` dropped its exception.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        words::{self, Case},
    },
    trace::event::{Event, Id, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-swallowed-by-gather",
    fault: "`gather()` dropped the exception of a second task",
    fault_ru: "`gather()` отбросил исключение второй задачи",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-swallowed-by-gather.md"),
};

const FIRST_ONLY: Plain = (
    "This `gather()` reports the first failure only.",
    "Этот `gather()` сообщает только о первом сбое.",
);
const FIRST: Plain = (
    "The failure that it passed on was raised here.",
    "Сбой, о котором он сообщил, случился здесь.",
);

/// `gather()` notes its children before it makes the future that stands for all of them.
#[derive(Default)]
pub(super) struct ExceptionSwallowedByGather {
    noted: Vec<Id>,
    /// The gathering future of each child.
    gathers: BTreeMap<Id, Id>,
    /// The child that made a gathering future fail.
    first: BTreeMap<Id, Id>,
    /// The child whose exception `gather()` has just taken.
    taken: Option<Id>,
}

impl Rule for ExceptionSwallowedByGather {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::Awaited { id, .. } => self.noted.push(*id),
            Kind::FutureCreated { id, class, .. } => {
                let noted = std::mem::take(&mut self.noted);
                if class == "_GatheringFuture" {
                    self.gathers.extend(noted.into_iter().map(|child| (child, *id)));
                }
            }
            Kind::StepEnded { .. } => self.noted.clear(),
            Kind::Retrieved { id, at, .. } => {
                if state.passes_through(*at, "asyncio/tasks.py", "gather.<locals>._done_callback") {
                    self.taken = Some(*id);
                    self.swallowed(*id, context, report);
                } else {
                    // Somebody asked the task itself.
                    report.withdraw(&METADATA, *id);
                }
            }
            Kind::FutureDone { id, .. } => {
                if let Some(child) = self.taken.filter(|child| self.gathers.get(child) == Some(id)) {
                    self.first.entry(*id).or_insert(child);
                }
            }
            _ => {}
        }
    }
}

impl ExceptionSwallowedByGather {
    fn swallowed(&self, child: Id, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(gather) = self.gathers.get(&child) else { return };
        let failed = state.done(*gather).is_some_and(|done| done.exception().is_some());
        let Some(done) = state.done(child).filter(|_| failed) else {
            return;
        };
        let Some(exception) = done.exception() else { return };
        // One exception that several tasks passed on was seen once, and is known.
        let first = self.first.get(gather).and_then(|id| Some((id, state.done(*id)?)));
        if first.is_some_and(|(id, _)| *id == child) {
            return;
        }
        let made = state.tasks.get(&child).map(|task| task.at);
        let raised = state.first_in_workspace(&exception.traceback);
        let Some(span) = raised.or_else(|| state.pointed_at(made?)) else {
            return;
        };
        let class = exception.class.rsplit('.').next().unwrap_or_default();
        let sentence = say!(
            "`{class}` ended {what} after `gather()` had passed on the failure of another; `gather()` dropped this one.",
            "Исключение `{class}` завершило {what}, когда `gather()` уже сообщил о другом сбое; это исключение он отбросил.",
            what = words::runnable(state, child, Case::Accusative),
        );
        let mut finding = METADATA
            .finding(child, span, sentence, context)
            .time(done.time)
            .task(Some(child));
        if let Some(future) = state.futures.get(gather) {
            finding = finding.related(future.at, FIRST_ONLY, context);
        }
        let earlier = first.and_then(|(_, done)| state.first_in_workspace(&done.exception()?.traceback));
        if let Some(place) = earlier {
            finding = finding.related_span(place, FIRST, context);
        }
        report.put_symptom(finding, raised::signature(exception, context));
    }
}

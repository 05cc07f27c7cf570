//! What `shield()` protected failed after its caller had been cancelled.

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

use super::dangling_task;

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-in-shielded-future",
    fault: "shielded work failed after its caller was cancelled",
    fault_ru: "работа под shield() упала после отмены того, кто её ждал",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-in-shielded-future.md"),
};

const MADE: Plain = ("What was shielded was made here.", "То, что защищено, создано здесь.");

#[derive(Default)]
pub(super) struct ExceptionInShieldedFuture {
    /// The shielded tasks and futures that failed.
    found: Vec<Id>,
}

impl Rule for ExceptionInShieldedFuture {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::LoopException {
                message,
                exception: Some(exception),
                task,
                future,
                ..
            } if message.ends_with(" exception in shielded future") => {
                let Some(id) = task.or(*future) else { return };
                let state = context.state;
                let inner = state.tasks.get(&id);
                let made = inner.map(|task| task.at).or_else(|| Some(state.futures.get(&id)?.at));
                let raised = state.first_in_workspace(&exception.traceback);
                let Some(span) = raised.or_else(|| state.pointed_at(made?)) else {
                    return;
                };
                let class = exception.class.rsplit('.').next().unwrap_or_default();
                let what = match inner {
                    Some(_) => words::runnable(state, id, Case::Accusative),
                    None => ("a future", "future").into(),
                };
                let sentence = say!(
                    "`{class}` ended {what}, which `shield()` protected, after the one that waited for it was cancelled.",
                    "Исключение `{class}` завершило {what} под защитой `shield()`, когда того, кто этого ждал, уже отменили.",
                    what = what,
                );
                let mut finding = METADATA
                    .finding(id, span, sentence, context)
                    .cpython(message.clone())
                    .task(inner.map(|_| id));
                if let Some(at) = made {
                    finding = finding.related(at, MADE, context);
                }
                report.withdraw(&dangling_task::METADATA, id);
                report.put_symptom(finding, raised::signature(exception, context));
                self.found.push(id);
            }
            // Whoever asks for it after all knows of the failure: only the message was in vain.
            Kind::Retrieved { id, at, .. }
                if self.found.contains(id)
                    && !context
                        .state
                        .passes_through(*at, "asyncio/tasks.py", "_log_on_exception") =>
            {
                make_light_of(*id, report);
            }
            Kind::StepStarted { woken_by: Some(id), .. } if self.found.contains(id) => make_light_of(*id, report),
            _ => {}
        }
    }
}

fn make_light_of(id: Id, report: &mut Report) {
    if let Some(finding) = report.get(&METADATA, id).cloned() {
        report.put(finding.severity(Severity::Info));
    }
}

//! A task or future failed, and nobody asked.

use std::collections::BTreeSet;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        words::{self, Case},
    },
    trace::event::{Completion, Event, Exception, Id, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-never-retrieved",
    fault: "a task failed and nobody looked at its exception",
    fault_ru: "задача упала, а её исключение никто не прочитал",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-never-retrieved.md"),
};

const DROPPED: Plain = (
    "which was dropped before anybody asked for its exception",
    "и никто не спросил о нём, пока этот объект существовал",
);
const UNASKED: Plain = (
    "and nobody has asked for its exception yet",
    "и никто о нём ещё не спросил",
);
const A_TASK: Plain = ("a task", "задачу");
const A_FUTURE: Plain = ("a future", "future");
const EITHER: Plain = ("a task or a future", "задачу или future");

#[derive(Default)]
pub(super) struct ExceptionNeverRetrieved {
    /// Tasks that the collector took. What their closed coroutines raise afterwards is no failure of their own.
    collected: BTreeSet<Id>,
    /// How many tasks and futures failed that the trace knows by nothing else: those of asyncio's own Python classes.
    unknown: u32,
}

impl Rule for ExceptionNeverRetrieved {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::Destroyed { id, pending: true, .. } => {
                self.collected.insert(*id);
            }
            Kind::FutureDone { id, .. } | Kind::Destroyed { id, .. } if self.collected.contains(id) => {}
            Kind::FutureDone {
                id,
                completion: Completion::Exception(_),
                waited: false,
                ..
            } => {
                let finding = finding(*id, context, UNASKED);
                let finding = finding.map(|finding| finding.severity(Severity::Warning));
                report_if(report, finding, *id, context);
            }
            Kind::Retrieved { id, .. } => report.withdraw(&METADATA, *id),
            Kind::Destroyed {
                id, unretrieved: true, ..
            } => {
                report_if(report, finding(*id, context, DROPPED), *id, context);
            }
            Kind::LoopException {
                message,
                exception,
                task,
                future,
                ..
            } if message.ends_with("exception was never retrieved") => {
                let Some(id) = task.or(*future) else {
                    self.report_unknown(message, exception.as_ref(), context, report);
                    return;
                };
                let finding = finding(id, context, DROPPED).filter(|_| !self.collected.contains(&id));
                let finding = finding.map(|finding| finding.cpython(message.clone()));
                report_if(report, finding, id, context);
            }
            _ => {}
        }
    }
}

impl ExceptionNeverRetrieved {
    /// Nothing but the loop's words tells of a task or future of asyncio's own Python classes.
    fn report_unknown(
        &mut self,
        message: &str,
        exception: Option<&Exception>,
        context: Context<'_>,
        report: &mut Report,
    ) {
        let Some(exception) = exception else { return };
        let Some(span) = context.state.first_in_workspace(&exception.traceback) else {
            return;
        };
        self.unknown += 1;
        let what = match message.split(' ').next() {
            Some("Task") => A_TASK,
            Some("Future") => A_FUTURE,
            _ => EITHER,
        };
        let finding = METADATA
            .finding(self.unknown, span, sentence(exception, &what.into(), DROPPED), context)
            .cpython(message);
        let id = format!("{}:unknown", finding.id);
        report.put_symptom(Diagnostic { id, ..finding }, raised::signature(exception, context));
    }
}

/// Puts a finding, or its revision: the interpreter's words, once said, stay said.
fn report_if(report: &mut Report, finding: Option<Diagnostic>, id: Id, context: Context<'_>) {
    let exception = context.state.done(id).and_then(|done| done.exception());
    if let Some((finding, exception)) = finding.zip(exception) {
        let said = report.get(&METADATA, id).and_then(|known| known.cpython.clone());
        let cpython = finding.cpython.clone().or(said);
        report.put_symptom(Diagnostic { cpython, ..finding }, raised::signature(exception, context));
    }
}

fn finding(id: Id, context: Context<'_>, fate: Plain) -> Option<Diagnostic> {
    let state = context.state;
    let done = state.done(id)?;
    let exception = done.exception()?;
    let task = state.tasks.get(&id);
    let made = task
        .map(|task| task.at)
        .or_else(|| state.futures.get(&id).map(|future| future.at));
    let raised = state.first_in_workspace(&exception.traceback);
    let span = raised
        .or_else(|| state.pointed_at(done.at))
        .or_else(|| state.pointed_at(made?))?;
    let message = sentence(exception, &words::runnable(state, id, Case::Accusative), fate);
    let mut finding = METADATA
        .finding(id, span, message, context)
        .time(done.time)
        .task(task.map(|_| id));
    if let Some(at) = made {
        let what = if task.is_some() {
            words::TASK_MADE
        } else {
            words::FUTURE_MADE
        };
        finding = finding.related(at, what, context);
    }
    Some(finding)
}

fn sentence(exception: &Exception, what: &Sentence, fate: Plain) -> Sentence {
    let class = exception.class.rsplit('.').next().unwrap_or_default();
    let said = &exception.message;
    let detail = if said.is_empty() {
        Sentence::default()
    } else {
        say!(" ({said})", " («{said}»)")
    };
    say!(
        "`{class}`{detail} ended {what}, {fate}.",
        "Исключение `{class}`{detail} завершило {what}, {fate}.",
        detail = detail,
        what = *what,
        fate = fate,
    )
}

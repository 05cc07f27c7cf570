//! A task was cancelled, and nobody waited until it had ended.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape::own_nodes,
        source::{covers, last_name},
        waits::Waits,
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Outcome, StackId, StepEnd},
};

use super::cancellation_swallowed;

pub(super) static METADATA: Metadata = Metadata {
    name: "cancel-not-awaited",
    fault: "a cancelled task was not awaited",
    fault_ru: "отменённой задачи никто не дождался",
    severity: Severity::Warning,
    page: include_str!("../../../rules/cancel-not-awaited.md"),
};

/// A call of `cancel()` whose outcome nobody has waited for yet.
struct Request {
    at: StackId,
    by: Option<Id>,
    time: u64,
    progress: Progress,
    /// Whoever asked went on while the task was still cleaning up.
    overtaken: bool,
    ended: bool,
    /// The end of the program cancelled it again.
    at_exit: bool,
}

/// How far the cancellation has come.
#[derive(Clone, Copy)]
enum Progress {
    Asked,
    Delivered,
    /// The task waited again, here, after the cancellation had reached it.
    CleaningUp(StackId),
}

impl Request {
    fn cleanup(&self) -> Option<StackId> {
        match self.progress {
            Progress::CleaningUp(chain) => Some(chain),
            Progress::Asked | Progress::Delivered => None,
        }
    }
}

#[derive(Default)]
pub(super) struct CancelNotAwaited {
    waits: Waits,
    requests: BTreeMap<Id, Request>,
}

impl Rule for CancelNotAwaited {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        self.waits.apply(event, context.state);
        // The end of the program waits for everything, which is no care of its own.
        if let Some(id) = joins::joined(&event.kind)
            && self.requests.get(&id).is_some_and(|request| !request.at_exit)
        {
            self.requests.remove(&id);
        }
        match &event.kind {
            Kind::CancelRequested { id, at, .. } if joins::at_shutdown(*at, context) => {
                if let Some(request) = self.requests.get_mut(id) {
                    request.at_exit = true;
                    request.overtaken |= request.cleanup().is_some();
                }
            }
            Kind::CancelRequested {
                id,
                by,
                accepted: true,
                at,
                ..
            } => self.ask(*id, *by, *at, event.time, context),
            Kind::StepStarted { id, cancel, .. } => {
                let asked = |request: &&mut Request| *cancel && matches!(request.progress, Progress::Asked);
                if let Some(request) = self.requests.get_mut(id).filter(asked) {
                    request.progress = Progress::Delivered;
                }
                for request in self.requests.values_mut().filter(|request| request.by == Some(*id)) {
                    request.overtaken |= request.cleanup().is_some() && !request.ended;
                }
            }
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => {
                let delivered = |request: &&mut Request| matches!(request.progress, Progress::Delivered);
                if let Some(request) = self.requests.get_mut(id).filter(delivered) {
                    request.progress = Progress::CleaningUp(*chain);
                }
                let asks = |request: &Request| request.by == Some(*id) && !request.ended;
                if self.requests.values().any(asks) && polls(*chain, context) {
                    self.requests.retain(|_, request| !asks(request));
                }
            }
            Kind::FutureDone {
                id, completion, waited, ..
            } => self.end_of_task(*id, completion, *waited),
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let outcome = context.state.outcome.as_ref();
        if matches!(outcome, Some(Outcome::Stopped | Outcome::Internal { .. }) | None) {
            return;
        }
        for (id, request) in &self.requests {
            // A task that has kept its cancellation to itself does not clean up, and to wait for it would be no help.
            let kept = |it: &Diagnostic| it.task == Some(*id) && it.severity > Severity::Info;
            if report.of(&cancellation_swallowed::METADATA).any(kept) {
                continue;
            }
            if let Some(finding) = finding(*id, request, context) {
                report.put(finding);
            }
        }
    }
}

impl CancelNotAwaited {
    fn end_of_task(&mut self, id: Id, completion: &Completion, waited: bool) {
        let Some(request) = self.requests.get_mut(&id) else {
            return;
        };
        request.ended = true;
        // A callback is told of the end, and one that failed has a rule of its own, as has one that took no notice.
        if waited && !request.at_exit || !matches!(completion, Completion::Cancelled) {
            self.requests.remove(&id);
        }
    }

    fn ask(&mut self, id: Id, by: Option<Id>, at: StackId, time: u64, context: Context<'_>) {
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        // One that never started has a rule of its own.
        let of_interest = task.steps > 0 && by != Some(id) && joins::called_by_program(at, state);
        if !of_interest || self.waits.go_on_for(id, state) {
            return;
        }
        let request = Request {
            at,
            by,
            time,
            progress: Progress::Asked,
            overtaken: false,
            ended: false,
            at_exit: false,
        };
        self.requests.entry(id).or_insert(request);
    }
}

/// Whether who waits here is in a loop that asks tasks whether they have ended, which is a way of waiting for them.
fn polls(chain: StackId, context: Context<'_>) -> bool {
    joins::frames(chain, context).any(|(frame, tree)| {
        let at = frame.span.into();
        let Some(offset) = tree.offset(at) else { return false };
        tree.enclosing(at).into_iter().any(|statement| {
            let body = match statement {
                Stmt::While(it) => &it.body,
                Stmt::For(it) => &it.body,
                _ => return false,
            };
            covers(body, offset)
                && own_nodes(std::slice::from_ref(statement))
                    .into_iter()
                    .any(asks_for_the_end)
        })
    })
}

fn asks_for_the_end(node: AnyNodeRef<'_>) -> bool {
    let AnyNodeRef::ExprCall(call) = node else { return false };
    match last_name(&call.func) {
        Some("done" | "cancelled") => matches!(&*call.func, Expr::Attribute(_)),
        Some(name) => name == "all_tasks",
        None => false,
    }
}

fn finding(id: Id, request: &Request, context: Context<'_>) -> Option<Diagnostic> {
    let state = context.state;
    let span = state.pointed_at(request.at)?;
    let task = words::task(state, id);
    let (severity, message) = match request.cleanup() {
        Some(_) if request.overtaken => (
            Severity::Warning,
            say!(
                "`cancel()` only asks {task} to end; nobody waited for it, and the program went on while it was still cleaning up.",
                "`cancel()` только просит задачу {task} завершиться; её никто не дождался, и программа пошла дальше, пока задача ещё занималась очисткой.",
                task = task,
            ),
        ),
        _ => (
            Severity::Info,
            say!(
                "`cancel()` only asks {task} to end at its next turn; nobody waits until it has.",
                "`cancel()` только просит задачу {task} завершиться на её следующем ходу; никто не ждёт, пока это случится.",
                task = task,
            ),
        ),
    };
    let mut finding = METADATA
        .finding(id, span, message, context)
        .severity(severity)
        .time(request.time)
        .task(request.by);
    if let Some(chain) = request.cleanup() {
        finding = finding.related(chain, ("Its clean-up waited here.", "Её очистка ждала здесь."), context);
    }
    if let Some(task) = state.tasks.get(&id) {
        finding = finding.related(task.at, words::TASK_MADE, context);
    }
    Some(finding)
}

//! A task was cancelled, and nobody waited until it had ended.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        aliases::{aliases, parts},
        diagnostic::{Diagnostic, Region, Severity},
        joins::{self, Awaits},
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape::{nodes, own_nodes},
        source::{Tree, last_name},
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Outcome, StackId, StepEnd},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "cancel-not-awaited",
    fault: "a cancelled task was not awaited",
    fault_ru: "отменённую задачу никто не дождался",
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
    awaits: Awaits,
    requests: BTreeMap<Id, Request>,
    /// Tasks whose step began with a `CancelledError`.
    thrown: BTreeSet<Id>,
}

impl Rule for CancelNotAwaited {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        self.awaits.apply(&event.kind);
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
                if *cancel {
                    self.thrown.insert(*id);
                } else {
                    self.thrown.remove(id);
                }
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
            }
            Kind::FutureDone {
                id, completion, waited, ..
            } => self.end_of_task(*id, completion, *waited),
            // To await one that has ended already gives its `CancelledError`. That of a cancelled task comes to the await at
            // which it waits.
            Kind::Raised { exception, by, at } if exception.class.ends_with("CancelledError") => {
                if !self.is_delivery(*by, *at, context) {
                    self.requests.retain(|_, request| !request.ended);
                }
            }
            Kind::Retrieved { id, .. } => {
                self.requests.remove(id);
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let outcome = context.state.outcome.as_ref();
        if matches!(outcome, Some(Outcome::Stopped | Outcome::Internal { .. }) | None) {
            return;
        }
        let mut joined = BTreeMap::new();
        for (id, request) in &self.requests {
            // One that has ended by the time it is awaited gives no sign of that.
            let silent = request.ended && !request.overtaken;
            if silent
                && *joined
                    .entry(request.at)
                    .or_insert_with(|| joined_later(request.at, context))
            {
                continue;
            }
            if let Some(finding) = finding(*id, request, context) {
                report.put(finding);
            }
        }
    }
}

impl CancelNotAwaited {
    /// Whether a `CancelledError` is the one that the step of a task began with.
    fn is_delivery(&self, by: Option<Id>, at: StackId, context: Context<'_>) -> bool {
        let state = context.state;
        let Some(id) = by.filter(|id| self.thrown.contains(id)) else {
            return false;
        };
        let waited = state.tasks.get(&id).and_then(|task| task.last_wait.as_ref());
        waited.is_some_and(|waited| state.pointed_at(waited.chain) == state.pointed_at(at))
    }

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
        if !of_interest || self.awaits.waiter(id, state).is_some() {
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

/// Whether code that the run came to waits for the task, or for a collection that it is in: after the `cancel()` in its
/// function or in one that gave it the task, or in a function that knows it from elsewhere.
fn joined_later(cancel: StackId, context: Context<'_>) -> bool {
    let mut given: Option<BTreeSet<&str>> = None;
    for (frame, tree) in joins::frames(cancel, context) {
        let at = frame.span.into();
        let Some(call) = tree.call_at(at) else { return false };
        let of: Vec<&str> = match (&given, &*call.func) {
            (None, Expr::Attribute(method)) => parts(&method.value),
            (None, _) => return false,
            (Some(_), _) => tree.arguments(at).into_iter().flat_map(parts).collect(),
        };
        let names = aliases(tree.scope(at), of);
        if awaited_after(tree, at, &names) || (given.is_none() && awaited_elsewhere(tree, at, &names, context)) {
            return true;
        }
        let takes = |it: &StmtFunctionDef| it.parameters.iter().any(|it| names.contains(it.name().as_str()));
        if !tree.function(at).is_some_and(takes) {
            return false;
        }
        given = Some(names);
    }
    false
}

/// Whether one of these names stands in what is awaited or returned after a place in its function.
fn awaited_after(tree: &Tree, at: Region, names: &BTreeSet<&str>) -> bool {
    let end = tree.range(at).map(TextRange::end);
    end.is_some_and(|end| awaits(tree.scope(at), names, |wait| wait.start() >= end))
}

/// Whether another function that the run came to awaits what the one around a place knows by an attribute, or by a name
/// that is not its own.
fn awaited_elsewhere(tree: &Tree, at: Region, names: &BTreeSet<&str>, context: Context<'_>) -> bool {
    let here = tree.function(at);
    let nodes_here = own_nodes(tree.scope(at));
    let bound = |name: &str| {
        let stored = nodes_here
            .iter()
            .any(|node| matches!(node, AnyNodeRef::ExprName(it) if it.ctx.is_store() && it.id.as_str() == name));
        stored || here.is_some_and(|it| it.parameters.iter().any(|it| it.name().as_str() == name))
    };
    let shared: BTreeSet<&str> = nodes_here
        .iter()
        .filter_map(|node| match node {
            AnyNodeRef::ExprAttribute(it) => Some(it.attr.as_str()),
            AnyNodeRef::ExprName(it) if here.is_none() || !bound(it.id.as_str()) => Some(it.id.as_str()),
            _ => None,
        })
        .filter(|name| names.contains(name))
        .collect();
    let of_file = |(path, other): (&str, &Tree)| {
        let Some(file) = context.state.file(path) else {
            return false;
        };
        nodes(&other.module().body).into_iter().any(|node| {
            let AnyNodeRef::StmtFunctionDef(it) = node else {
                return false;
            };
            let Some(first) = it.body.first().filter(|_| here != Some(it)) else {
                return false;
            };
            let within = here.is_some_and(|here| here.range().contains_range(it.range()));
            let of = if within { names } else { &shared };
            let known = aliases(&it.body, of.iter().copied());
            let called = || other.qualified_function(other.region(first.range()));
            awaits(&it.body, &known, |_| true) && called().is_some_and(|name| context.state.came_to(file, &name))
        })
    };
    context.files().into_iter().any(of_file)
}

/// Whether one of these names stands in what some statements wait for, or hand to those who may.
fn awaits(body: &[Stmt], names: &BTreeSet<&str>, counts: impl Fn(TextRange) -> bool) -> bool {
    let nodes = own_nodes(body);
    let waits = nodes.iter().filter_map(|node| match node {
        AnyNodeRef::ExprAwait(it) => Some(it.range()),
        AnyNodeRef::StmtFor(it) if it.is_async => Some(it.iter.range()),
        AnyNodeRef::ExprCall(it) if last_name(&it.func) == Some("run_until_complete") => Some(it.arguments.range()),
        AnyNodeRef::StmtReturn(it) => {
            let value = it.value.as_deref()?;
            parts(value).iter().any(|name| names.contains(name)).then(|| it.range())
        }
        _ => None,
    });
    let waits: Vec<_> = waits.filter(|wait| counts(*wait)).collect();
    nodes.iter().any(|node| {
        let name = match node {
            AnyNodeRef::ExprName(it) => it.id.as_str(),
            AnyNodeRef::ExprAttribute(it) => it.attr.as_str(),
            _ => return false,
        };
        names.contains(name) && waits.iter().any(|wait| wait.contains_range(node.range()))
    })
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

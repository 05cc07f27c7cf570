//! The program's end cancelled a task that still had work to do.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, ExprAwait};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        handed_on::{taken_of_future, with_origin},
        joins::{self, Awaits},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        shape::{nodes_of, own_nodes},
        source::Tree,
        state::Waiting,
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Span, StackId},
};

use super::{awaitable_dropped, dangling_task};

pub(super) static METADATA: Metadata = Metadata {
    name: "task-cancelled-at-exit",
    fault: "the program ended and cancelled a task that was not finished",
    fault_ru: "программа завершилась и отменила незаконченную задачу",
    severity: Severity::Warning,
    page: include_str!("../../../rules/task-cancelled-at-exit.md"),
};

const CANCELLED: Plain = ("It was cancelled at this await.", "Её отменили на этом `await`.");
const ENDED: Plain = ("The end of this run cancelled it.", "Её отменил конец этого запуска.");

#[derive(Default)]
pub(super) struct TaskCancelledAtExit {
    awaits: Awaits,
    found: BTreeMap<Id, Diagnostic>,
}

impl Rule for TaskCancelledAtExit {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        self.awaits.apply(&event.kind);
        if let Kind::CancelRequested {
            id, accepted: true, at, ..
        } = &event.kind
            && joins::at_shutdown(*at, context)
        {
            self.judge(*id, *at, context);
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        for (id, finding) in std::mem::take(&mut self.found) {
            let ended_well = context.state.tasks.get(&id).is_some_and(|task| {
                let done = task.done.as_ref();
                done.is_some_and(|done| !matches!(done.completion, Completion::Cancelled))
            });
            // Nobody could wait for what was dropped: that is told at the same place.
            let dropped = report
                .of(&awaitable_dropped::METADATA)
                .any(|it| it.span == finding.span && it.file == finding.file);
            if ended_well || dropped {
                continue;
            }
            // What was thrown away at its start was never going to be waited for: this is what became of it.
            match report.get(&dangling_task::METADATA, id).cloned() {
                Some(cause) => report.put(consequence(cause, &finding)),
                None => report.put(finding),
            }
        }
    }
}

impl TaskCancelledAtExit {
    fn judge(&mut self, id: Id, at: StackId, context: Context<'_>) {
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        let asked_before = task.cancels.iter().filter(|request| request.accepted).count() > 1;
        if task.steps == 0 || asked_before || joins::program_failed(state) || self.awaits.waiter(id, state).is_some() {
            return;
        }
        let Some((span, waiting)) = taken_of_future(task.at, context).zip(task.waiting.as_ref()) else {
            return;
        };
        if serves(waiting, context) {
            return;
        }
        self.found.insert(id, finding(id, span, waiting, at, context));
    }
}

fn finding(id: Id, span: Span, waiting: &Waiting, at: StackId, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let message = say!(
        "The program ended before {task} did, and cancelled it while it waited for {awaited}: the rest of its work was not done.",
        "Программа завершилась раньше задачи {task} и отменила её, пока та ждала {awaited}: остальная её работа не сделана.",
        task = words::task(state, id),
        awaited = words::awaited(state, waiting),
    );
    let finding = METADATA.finding(id, span, message, context).task(Some(id));
    let finding = match state.tasks.get(&id) {
        Some(task) => with_origin(finding, span, task.at, words::TASK_HANDED_ON, context),
        None => finding,
    };
    finding
        .related(waiting.chain, CANCELLED, context)
        .related(at, ENDED, context)
}

/// The finding that explains this one, with a word of it.
fn consequence(mut cause: Diagnostic, finding: &Diagnostic) -> Diagnostic {
    let at_last = finding
        .related
        .iter()
        .filter(|it| !cause.related.iter().any(|known| known.span == it.span));
    let places: Vec<_> = at_last.cloned().collect();
    cause.related.extend(places);
    cause.related.push(words::consequence(finding));
    cause
}

/// Whether the task is a service, which has no end of its own, or is prepared to be ended: it waits in an endless loop,
/// or under a `finally` or a handler of the cancellation.
fn serves(waiting: &Waiting, context: Context<'_>) -> bool {
    let state = context.state;
    let library = |name: &str| {
        state
            .frames(waiting.chain)
            .iter()
            .any(|frame| frame.function.ends_with(name))
    };
    if library("serve_forever") || joins::frames(waiting.chain, context).next().is_none() {
        return true;
    }
    joins::frames(waiting.chain, context).any(|(frame, tree)| {
        let at = frame.span.into();
        tree.expects_cancellation(at)
            || tree
                .endless_loop(at)
                .is_some_and(|_| !holds_an_item(tree, frame.span, context))
    })
}

/// Whether a loop that takes items from a queue had one in hand at this place: it was cancelled after its `get()`, and had
/// still to use what it got or to say that it is done.
fn holds_an_item(tree: &Tree, at: Span, context: Context<'_>) -> bool {
    let Some((around, place)) = tree.endless_loop(at.into()).zip(tree.offset(at.into())) else {
        return false;
    };
    let body = own_nodes(&around.body);
    let taken = body.iter().rev().find_map(|node| match node {
        AnyNodeRef::ExprAwait(it) if it.end() < place && takes_item(it, tree, at, context) => Some(it.range()),
        _ => None,
    });
    let Some(taken) = taken else { return false };
    let items = named(tree, taken);
    body.iter().any(|node| match node {
        AnyNodeRef::ExprCall(call) => {
            matches!(&*call.func, Expr::Attribute(method) if method.attr.as_str() == "task_done")
        }
        AnyNodeRef::ExprName(it) => it.ctx.is_load() && it.end() > place && items.contains(&it.id.as_str()),
        _ => false,
    })
}

/// Whether an `await` is of a queue's `get()`.
fn takes_item(awaited: &ExprAwait, tree: &Tree, at: Span, context: Context<'_>) -> bool {
    let is_get = matches!(&*awaited.value, Expr::Call(call)
        if matches!(&*call.func, Expr::Attribute(method) if method.attr.as_str() == "get"));
    let state = context.state;
    let call = tree.region(awaited.value.range());
    let here = |place: Span| place.file == at.file && (Region::from(place) == call || call.contains(place.into()));
    is_get
        && state
            .coroutines
            .values()
            .any(|it| it.function.ends_with("Queue.get") && state.pointed_at(it.at).is_some_and(here))
}

/// The names that the statement at a place gives to what it got.
fn named(tree: &Tree, at: TextRange) -> Vec<&str> {
    let Some(statement) = tree.statement(tree.region(at)) else {
        return Vec::new();
    };
    let targets: Vec<&Expr> = match statement {
        AnyNodeRef::StmtAssign(it) => it.targets.iter().collect(),
        AnyNodeRef::StmtAnnAssign(it) => vec![&*it.target],
        _ => Vec::new(),
    };
    let names = targets.into_iter().flat_map(nodes_of).filter_map(|node| match node {
        AnyNodeRef::ExprName(it) if it.ctx.is_store() => Some(it.id.as_str()),
        _ => None,
    });
    names.collect()
}

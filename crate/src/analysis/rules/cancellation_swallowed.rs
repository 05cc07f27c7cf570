//! A task was asked to end, and caught the request.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, ExceptHandler, ExceptHandlerExceptHandler, Expr, Identifier, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        joins,
        managers::{Keeper, keepers},
        predict::{Place, Seen},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape::own_nodes,
        source::{handler, last_name},
        state::CancelRequest,
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Outcome, Span, StackId, StepEnd},
};

use super::deadlock;

pub(super) static METADATA: Metadata = Metadata {
    name: "cancellation-swallowed",
    fault: "a task caught its cancellation and did not pass it on",
    fault_ru: "задача перехватила свою отмену и не пропустила её дальше",
    severity: Severity::Warning,
    page: include_str!("../../../rules/cancellation-swallowed.md"),
};

const WENT_ON: Plain = (
    "the task went on, and ended as if nothing had happened",
    "задача продолжила работу и завершилась, будто ничего не было",
);
const ENDED: Plain = (
    "the task ended as if nothing had happened",
    "задача завершилась, будто ничего не было",
);
const GOES_ON: Plain = (
    "the task goes on, so whoever waits for its end waits for ever",
    "задача работает дальше, и тот, кто ждёт её конца, будет ждать вечно",
);
const CANCELLED_AGAIN: Plain = (
    "the task went on, so that it had to be cancelled again",
    "задача продолжила работу, и её пришлось отменять ещё раз",
);
const NO_TIMEOUT_ERROR: Plain = (
    "`timeout()` raised no `TimeoutError`",
    "`timeout()` не бросил `TimeoutError`",
);
const ASKED: Plain = ("The cancellation was asked for here.", "Отмену запросили здесь.");
const BLOCK: Plain = (
    "It ended this block, which went on as if nothing had happened.",
    "Этим закончился этот блок, и программа пошла дальше, будто ничего не было.",
);
const ARRIVED: Plain = ("It arrived at this await.", "Она пришла в этот `await`.");

/// A `CancelledError` that was thrown into a task whose cancellation somebody had asked for.
struct Delivery {
    /// The await chain at which it arrived.
    chain: StackId,
    request: CancelRequest,
    /// The task waited for something again afterwards, outside of any handler.
    went_on: bool,
}

#[derive(Default)]
pub(super) struct CancellationSwallowed {
    delivered: BTreeMap<Id, Delivery>,
    /// Where the time limit was entered that each task was last cancelled by.
    limits: BTreeMap<Id, StackId>,
}

impl Rule for CancellationSwallowed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::StepStarted { id, cancel: true, .. } => self.deliver(*id, context, report),
            Kind::CancelRequested { id, .. } => {
                if let Some(timer) = state.handle.and_then(|id| state.handles.get(&id)) {
                    self.limits.insert(*id, timer.at);
                }
            }
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => {
                if let Some(delivery) = self.delivered.get_mut(id) {
                    delivery.went_on |= !cleans_up(*chain, context);
                }
            }
            Kind::Uncancelled { id, count: 0 } => {
                if let Some(delivery) = self.delivered.remove(id) {
                    let entered = self.limits.get(id).copied();
                    judge_timeout(*id, &delivery, entered, context, report);
                }
            }
            Kind::FutureDone { id, completion, .. } => {
                let Some(delivery) = self.delivered.remove(id) else {
                    return;
                };
                if *completion == Completion::Result {
                    let shutdown = state.passes_through(delivery.request.at, "asyncio/runners.py", "_cancel_all_tasks");
                    // At the end of the program one that returns at once does what the cancellation was for.
                    let severity = if shutdown && !delivery.went_on {
                        Severity::Info
                    } else {
                        Severity::Warning
                    };
                    let fate = if delivery.went_on { WENT_ON } else { ENDED };
                    put(*id, &delivery, severity, fate, context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        if matches!(
            context.state.outcome,
            Some(Outcome::Stopped | Outcome::Internal { .. }) | None
        ) {
            return;
        }
        for (id, delivery) in &self.delivered {
            let pending = context.state.tasks.get(id).is_some_and(|task| task.done.is_none());
            if pending && delivery.went_on {
                put(*id, delivery, Severity::Error, GOES_ON, context, report);
                explain_deadlock(*id, context, report);
            }
        }
    }
}

/// A handler around an `await` in a coroutine function that keeps a cancellation to itself.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Statement(Stmt::Try(it)) = seen else {
        return None;
    };
    let catching = handler(it, &["CancelledError", "BaseException"]).filter(|_| place.in_coroutine == Some(true))?;
    // Another handler before it may be the one for cancellations.
    let named_before = it
        .handlers
        .iter()
        .take_while(|ExceptHandler::ExceptHandler(one)| one != catching);
    let mut first = named_before.filter(|ExceptHandler::ExceptHandler(one)| handles_cancellation(one));
    let function = place.tree.function(place.tree.region(it.range()))?;
    let lets_out = own_nodes(&catching.body)
        .into_iter()
        .any(|node| node.is_stmt_raise() || uses(node, catching.name.as_ref()));
    if first.next().is_some() || lets_out || cancels(&function.body) || !waits_for_its_own(&it.body) {
        return None;
    }
    let catch = place.tree.catch(catching);
    let message = (
        "This catches a cancellation of the task and does not raise it again: the task goes on.",
        "Здесь перехватывается отмена задачи и не бросается дальше: задача продолжит работу.",
    );
    Some((place.tree.range(catch.header)?, message.into()))
}

fn handles_cancellation(handler: &ExceptHandlerExceptHandler) -> bool {
    handler
        .type_
        .as_deref()
        .and_then(last_name)
        .is_some_and(|name| name == "CancelledError")
}

/// Whether a node is the exception by its name: then it is kept for somebody, or told of.
fn uses(node: AnyNodeRef<'_>, name: Option<&Identifier>) -> bool {
    match (node, name) {
        (AnyNodeRef::ExprName(it), Some(name)) => it.id == name.id,
        _ => false,
    }
}

/// Whether a function cancels tasks itself, and so may wait for their ends, or takes requests back.
fn cancels(body: &[Stmt]) -> bool {
    own_nodes(body).into_iter().any(|node| {
        matches!(node, AnyNodeRef::ExprCall(call)
            if matches!(last_name(&call.func), Some("cancel" | "uncancel" | "cancelling" | "aclose" | "timeout")))
    })
}

/// Whether some statements await a call, not only tasks that others may cancel.
fn waits_for_its_own(body: &[Stmt]) -> bool {
    let joins = ["gather", "wait", "wait_for", "shield", "create_task", "ensure_future"];
    own_nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::ExprAwait(it) => matches!(&*it.value, Expr::Call(call)
            if last_name(&call.func).is_none_or(|name| !joins.contains(&name))),
        AnyNodeRef::StmtFor(it) => it.is_async,
        _ => false,
    })
}

impl CancellationSwallowed {
    fn deliver(&mut self, id: Id, context: Context<'_>, report: &mut Report) {
        let Some(task) = context.state.tasks.get(&id) else {
            return;
        };
        // One that consumes the end of its child, as a canceller does, was not asked to end itself.
        let (Some(waiting), Some(request), true) = (&task.last_wait, &task.arrived, task.cancelling > 0) else {
            return;
        };
        // A scope of anyio's asks until the task has left it, and catches the cancellation there itself.
        let scope = ("anyio/_backends/_asyncio.py", "_deliver_cancellation");
        if context.state.passes_through(request.at, scope.0, scope.1) {
            return;
        }
        // A second request says that the first was lost.
        if let Some(first) = self.delivered.get(&id)
            && first.went_on
        {
            put(id, first, Severity::Warning, CANCELLED_AGAIN, context, report);
        }
        let delivery = Delivery {
            chain: waiting.chain,
            request: request.clone(),
            went_on: false,
        };
        self.delivered.insert(id, delivery);
    }
}

/// That the program hangs where the task waits now comes of what it has caught.
fn explain_deadlock(id: Id, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let waiting = state.tasks.get(&id).and_then(|task| task.waiting.as_ref());
    let Some(at) = waiting.and_then(|waiting| state.pointed_at(waiting.chain)) else {
        return;
    };
    let here = |it: &&Diagnostic| it.span == at.into() && it.file == state.path(at.file);
    let hangs = report.of(&deadlock::METADATA).find(here).cloned();
    let Some((hangs, mut cause)) = hangs.zip(report.get(&METADATA, id).cloned()) else {
        return;
    };
    report.withdraw_where(&deadlock::METADATA, |it| it.id == hangs.id);
    cause.related.push(words::consequence(&hangs));
    report.put(cause);
}

/// Whether a chain waits in a handler or a `finally` of the workspace, or in the end of an `async with`, as an orderly end
/// does.
fn cleans_up(chain: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let mut frames = state.frames(chain).iter();
    if frames.any(|frame| frame.function.ends_with("__aexit__")) {
        return true;
    }
    state
        .frames(chain)
        .iter()
        .filter(|frame| state.in_workspace(frame))
        .any(|frame| {
            let tree = context.sources.tree(state.path(frame.span.file));
            tree.is_some_and(|tree| tree.cleans_up(frame.span.into()))
        })
}

/// `timeout()` takes its own request back. It was swallowed all the same if a handler within its block had caught it:
/// then it raises no `TimeoutError`.
fn judge_timeout(id: Id, delivery: &Delivery, entered: Option<StackId>, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    if !state.passes_through(delivery.request.at, "asyncio/timeouts.py", "_on_timeout") {
        return;
    }
    // What stands around a call of `wait_for()` is outside of its limit.
    let outside = entered
        .filter(|at| state.passes_through(*at, "asyncio/tasks.py", "wait_for"))
        .and_then(|at| state.pointed_at(at));
    for (frame, tree) in joins::frames(delivery.chain, context) {
        if outside == Some(frame.span) {
            return;
        }
        // A caller's handler lies outside of the limit.
        let limit = tree.time_limit_start(frame.span.into());
        let inside = keepers_around(frame.span, context)
            .into_iter()
            .find(|keeper| keeper.sure && limit.is_none_or(|start| start < keeper.start));
        if let Some(keeper) = inside {
            let culprit = Culprit::of(&keeper, frame.span, context);
            report.put(finding(id, delivery, &culprit, NO_TIMEOUT_ERROR, context));
            return;
        }
        if limit.is_some() {
            return;
        }
    }
}

fn put(id: Id, delivery: &Delivery, severity: Severity, fate: Plain, context: Context<'_>, report: &mut Report) {
    let Some(culprit) = culprit(delivery.chain, context) else {
        return;
    };
    report.put(finding(id, delivery, &culprit, fate, context).severity(severity));
}

fn finding(id: Id, delivery: &Delivery, culprit: &Culprit, fate: Plain, context: Context<'_>) -> Diagnostic {
    let task = words::task(context.state, id);
    let message = if culprit.returned {
        say!(
            "The end of a `with` block did not let the cancellation of {task} go on: {fate}.",
            "Конец блока `with` не пропустил отмену задачи {task} дальше: {fate}.",
            task = task,
            fate = fate,
        )
    } else {
        say!(
            "This caught the cancellation of {task} and did not raise it again: {fate}.",
            "Здесь отмену задачи {task} перехватили и не бросили дальше: {fate}.",
            task = task,
            fate = fate,
        )
    };
    let mut finding = METADATA
        .finding(id, culprit.place, message, context)
        .time(delivery.request.time)
        .task(Some(id));
    if let Some(item) = culprit.item {
        finding = finding.related_span(item, BLOCK, context);
    }
    finding
        .related(delivery.request.at, ASKED, context)
        .related(delivery.chain, ARRIVED, context)
}

/// What kept a cancellation to itself.
struct Culprit {
    place: Span,
    /// The item of the `with` whose block it ended, where that is another place.
    item: Option<Span>,
    /// Whether it is what the `__exit__()` of a class returned.
    returned: bool,
}

impl Culprit {
    /// `at` is in the function whose block it is. A file that the run has not told of has no number to be named by.
    fn of(keeper: &Keeper<'_>, at: Span, context: Context<'_>) -> Self {
        let state = context.state;
        let item = keeper.item.map(|item| item.of(at.file));
        let here = keeper.path == state.path(at.file);
        let file = if here { Some(at.file) } else { state.file(keeper.path) };
        let place = file.map(|file| keeper.region.of(file)).or(item).unwrap_or(at);
        Self {
            place,
            item: item.filter(|item| *item != place),
            returned: keeper.returned,
        }
    }
}

/// The innermost handler around the await, or end of a block, that lets nothing out; failing that, one that may.
fn culprit(chain: StackId, context: Context<'_>) -> Option<Culprit> {
    let found: Vec<_> = joins::frames(chain, context)
        .flat_map(|(frame, _)| {
            let keepers = keepers_around(frame.span, context).into_iter();
            keepers.map(|keeper| (frame.span, keeper))
        })
        .collect();
    let kept = found.iter().find(|(_, keeper)| keeper.sure).or(found.first());
    match kept {
        Some((at, keeper)) => Some(Culprit::of(keeper, *at, context)),
        None => Some(Culprit {
            place: context.state.pointed_at(chain)?,
            item: None,
            returned: false,
        }),
    }
}

fn keepers_around(at: Span, context: Context<'_>) -> Vec<Keeper<'_>> {
    keepers(context.state.path(at.file), Region::from(at), context.sources)
}

//! A task was asked to end, and caught the request.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, ExceptHandler, ExceptHandlerExceptHandler, Expr, Identifier, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        keeper::Keeper,
        predict::{Place, Seen},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        shape::own_nodes,
        source::{handler, last_name},
        state::CancelRequest,
        words,
    },
    trace::event::{Completion, Event, Frame, Id, Kind, Outcome, Span, StackId, StepEnd},
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
const FAILED: Plain = (
    "the task ended as one that has failed",
    "задача завершилась так, будто в ней произошла ошибка",
);
const NO_TIMEOUT_ERROR: Plain = (
    "`timeout()` raised no `TimeoutError`",
    "`timeout()` не бросил `TimeoutError`",
);
const NO_TIMEOUT_ERROR_OF_WAIT_FOR: Plain = (
    "`wait_for()` raised no `TimeoutError`",
    "`wait_for()` не бросил `TimeoutError`",
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
    /// Absent as long as it may go on, and where the library has it.
    caught: Option<Caught>,
    /// What the task has raised first since, if it is known; of what came after that nothing can be told.
    raised: Option<Raised>,
    /// How many a child's end has thrown into the task since, and not been caught.
    later: u32,
}

/// An exception that came after a cancellation.
struct Raised {
    at: StackId,
    class: String,
    /// The head of the handler that raised it instead of the cancellation, if it did.
    instead: Option<Span>,
}

/// Where a frame of the workspace kept it for good.
struct Caught {
    at: StackId,
    /// The method that the end of a `with` block has asked.
    exit: Option<Frame>,
}

#[derive(Default)]
pub(super) struct CancellationSwallowed {
    delivered: BTreeMap<Id, Delivery>,
    /// Those of time limits that are over, and may still raise their error.
    over: BTreeMap<Id, Delivery>,
}

impl Rule for CancellationSwallowed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        if let Kind::StepEnded { id, .. } | Kind::FutureDone { id, .. } = &event.kind
            && let Some(delivery) = self.over.remove(id)
        {
            put_timeout(*id, &delivery, context, report);
        }
        match &event.kind {
            Kind::Raised {
                exception,
                by: Some(id),
                at,
            } => self.raise(*id, &exception.class, *at, context, report),
            Kind::StepStarted { id, cancel: true, .. } => self.deliver(*id, context, report),
            Kind::CancellationCaught { id, exit, at } => {
                if let Some(delivery) = self.delivered.get_mut(id) {
                    // The last is caught first; one that has taken the place of another leaves that uncaught.
                    if delivery.later == 0 || delivery.caught.is_none() {
                        let (at, exit) = (*at, exit.clone());
                        delivery.caught = Some(Caught { at, exit });
                    }
                    delivery.later = delivery.later.saturating_sub(1);
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
                    self.judge_timeout(*id, delivery, context, report);
                }
            }
            Kind::FutureDone { id, completion, .. } => {
                let Some(delivery) = self.delivered.remove(id) else {
                    return;
                };
                let shutdown = state.passes_through(delivery.request.at, "asyncio/runners.py", "_cancel_all_tasks");
                // At the end of the program one that returns at once does what the cancellation was for, and so does
                // the program itself when a timer or a signal ends it.
                let is_program = state.tasks.get(id).is_some_and(|task| task.root);
                let ends = shutdown || is_program && delivery.request.by.is_none();
                // The failure itself is told where the program ends.
                if let Completion::Exception(exception) = completion
                    && !ends
                    && delivery.replaced().is_some_and(|it| it.class == exception.class)
                {
                    put(*id, &delivery, Severity::Warning, FAILED, context, report);
                }
                if *completion == Completion::Result {
                    let severity = if ends && !delivery.went_on {
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
                let cause = put(*id, delivery, Severity::Error, GOES_ON, context, report);
                explain_deadlock(*id, cause, context, report);
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
            if let Some(delivery) = self.delivered.get_mut(&id) {
                delivery.later += 1;
            }
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
            caught: None,
            raised: None,
            later: 0,
        };
        self.delivered.insert(id, delivery);
    }

    /// A task has raised something else than a cancellation.
    fn raise(&mut self, id: Id, class: &str, at: StackId, context: Context<'_>, report: &mut Report) {
        if let Some(delivery) = self.over.remove(&id)
            && !(class == "TimeoutError" && context.state.passes_through(at, "asyncio/timeouts.py", "__aexit__"))
        {
            put_timeout(id, &delivery, context, report);
        }
        if let Some(delivery) = self.delivered.get_mut(&id)
            && delivery.raised.is_none()
            && !class.ends_with("CancelledError")
        {
            let instead = replacer(delivery.chain, at, context);
            let class = class.to_owned();
            delivery.raised = Some(Raised { at, class, instead });
        }
    }

    /// `timeout()` takes its own request back. It was swallowed all the same if it was caught before that, or if something
    /// else was raised: then `timeout()` raises no `TimeoutError`.
    fn judge_timeout(&mut self, id: Id, delivery: Delivery, context: Context<'_>, report: &mut Report) {
        let at = delivery.request.at;
        if !context.state.passes_through(at, "asyncio/timeouts.py", "_on_timeout") {
            return;
        }
        if delivery.caught.is_some() {
            put_timeout(id, &delivery, context, report);
        } else if delivery.replaced().is_some() {
            self.over.insert(id, delivery);
        }
    }
}

impl Delivery {
    /// What took the place of the cancellation.
    fn replaced(&self) -> Option<&Raised> {
        let raised = self.raised.as_ref().filter(|_| self.caught.is_none());
        raised.filter(|it| it.instead.is_some())
    }

    /// The call stack where it was lost.
    fn lost_at(&self) -> Option<StackId> {
        let caught = self.caught.as_ref().map(|it| it.at);
        caught.or_else(|| self.replaced().map(|it| it.at))
    }
}

/// The handler that has raised something instead of what came out of an `await` in the same function.
fn replacer(chain: StackId, at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let raising = state.frames(at).first().filter(|frame| state.in_workspace(frame))?;
    let (file, place) = (raising.span.file, raising.span.into());
    let tree = context.sources.tree(state.path(file))?;
    let awaits = state.frames(chain).iter();
    let mut own = awaits.filter(|it| it.span.file == file && it.function == raising.function);
    let header = own.find_map(|it| tree.replacer(place, it.span.into()))?;
    tree.is_raise(place).then(|| joins::span_in(raising.span, header))
}

/// That the program hangs where the task waits now comes of what it has caught.
fn explain_deadlock(id: Id, cause: Option<Diagnostic>, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let waiting = state.tasks.get(&id).and_then(|task| task.waiting.as_ref());
    let Some(at) = waiting.and_then(|waiting| state.pointed_at(waiting.chain)) else {
        return;
    };
    let here = |it: &&Diagnostic| it.span == at.into() && it.file == state.path(at.file);
    let hangs = report.of(&deadlock::METADATA).find(here).cloned();
    let Some((hangs, mut cause)) = hangs.zip(cause) else {
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

fn put_timeout(id: Id, delivery: &Delivery, context: Context<'_>, report: &mut Report) {
    let in_wait_for = delivery.lost_at().is_some_and(|at| is_in_wait_for(at, context));
    let fate = if in_wait_for {
        NO_TIMEOUT_ERROR_OF_WAIT_FOR
    } else {
        NO_TIMEOUT_ERROR
    };
    put(id, delivery, Severity::Warning, fate, context, report);
}

/// Whether the nearest limit around the place that caught is that of a `wait_for()`.
fn is_in_wait_for(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    state
        .frames(at)
        .iter()
        .find_map(|frame| {
            let path = state.path(frame.span.file);
            if frame.function == "wait_for" && path.ends_with("asyncio/tasks.py") {
                return Some(true);
            }
            let tree = context.sources.tree(path).filter(|_| state.in_workspace(frame))?;
            tree.time_limit_start(frame.span.into()).map(|_| false)
        })
        .unwrap_or(false)
}

/// Puts a finding for each place at which a task has caught a cancellation.
fn put(
    id: Id,
    delivery: &Delivery,
    severity: Severity,
    fate: Plain,
    context: Context<'_>,
    report: &mut Report,
) -> Option<Diagnostic> {
    let finding = finding(id, delivery, fate, context)?.severity(severity);
    let place = format!("{}:{}:{}", finding.file, finding.span.line, finding.span.column);
    let finding = Diagnostic {
        id: format!("{}:{place}", finding.id),
        ..finding
    };
    report.put(finding.clone());
    Some(finding)
}

fn finding(id: Id, delivery: &Delivery, fate: Plain, context: Context<'_>) -> Option<Diagnostic> {
    let task = words::task(context.state, id);
    let culprit = delivery.caught.as_ref().and_then(|caught| Culprit::of(caught, context));
    let replaced = delivery.replaced();
    let message = match &culprit {
        Some(culprit) if culprit.is_item => say!(
            "The end of a `with` block did not let the cancellation of {task} go on: {fate}.",
            "Конец блока `with` не пропустил отмену задачи {task} дальше: {fate}.",
            task = task,
            fate = fate,
        ),
        Some(_) => say!(
            "This caught the cancellation of {task} and did not raise it again: {fate}.",
            "Здесь отмену задачи {task} перехватили и не бросили дальше: {fate}.",
            task = task,
            fate = fate,
        ),
        None if let Some(Raised { class, .. }) = replaced => say!(
            "This caught the cancellation of {task} and raised `{class}` instead of it: {fate}.",
            "Здесь отмену задачи {task} перехватили и бросили вместо неё `{class}`: {fate}.",
            task = task,
            fate = fate,
        ),
        None => say!(
            "What is awaited here kept the cancellation of {task} to itself: {fate}.",
            "То, чего здесь ждут, не пропустило отмену задачи {task} дальше: {fate}.",
            task = task,
            fate = fate,
        ),
    };
    let place = match (&culprit, replaced.and_then(|it| it.instead)) {
        (Some(culprit), _) => culprit.place,
        (None, Some(handler)) => handler,
        (None, None) => context.state.pointed_at(delivery.chain)?,
    };
    let mut finding = METADATA
        .finding(id, place, message, context)
        .time(delivery.request.time)
        .task(Some(id));
    if let Some(block) = culprit.and_then(|culprit| culprit.block) {
        finding = finding.related_span(block, BLOCK, context);
    }
    finding = finding.related(delivery.request.at, ASKED, context);
    Some(finding.related(delivery.chain, ARRIVED, context))
}

/// What kept a cancellation to itself.
struct Culprit {
    place: Span,
    /// Whether that is the end of a `with` block.
    is_item: bool,
    /// The item of the block that has ended by it, where that is another place.
    block: Option<Span>,
}

impl Culprit {
    fn of(caught: &Caught, context: Context<'_>) -> Option<Self> {
        let state = context.state;
        let mut frames = state.frames(caught.at).iter();
        let frame = frames.next()?;
        match keeper(frame, context)? {
            Keeper::Handler(region) => {
                // A generator that is a context manager is resumed by the end of its block.
                let library: Vec<_> = frames.by_ref().take_while(|frame| !state.in_workspace(frame)).collect();
                let is_manager = library.iter().any(|frame| frame.function.ends_with("exit__"));
                let around = state.frames(caught.at).get(library.len() + 1).filter(|_| is_manager);
                let block = around.and_then(|frame| match keeper(frame, context)? {
                    Keeper::Item(region) => Some(joins::span_in(frame.span, region)),
                    Keeper::Handler(_) => None,
                });
                Some(Self {
                    place: joins::span_in(frame.span, region),
                    is_item: false,
                    block,
                })
            }
            Keeper::Item(region) => {
                let item = joins::span_in(frame.span, region);
                let returned = caught.exit.as_ref().and_then(|exit| {
                    let tree = context.sources.tree(state.path(exit.span.file))?;
                    Some(joins::span_in(exit.span, tree.only_true_return(&exit.function)?))
                });
                Some(Self {
                    place: returned.unwrap_or(item),
                    is_item: true,
                    block: returned.map(|_| item),
                })
            }
        }
    }
}

fn keeper(frame: &Frame, context: Context<'_>) -> Option<Keeper> {
    let tree = context.sources.tree(context.state.path(frame.span.file))?;
    tree.keeper(frame.span.into())
}

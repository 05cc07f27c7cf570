//! The loop's own thread waits for something that only this loop can bring.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        source::{Tree, covers, last_name},
        words,
    },
    trace::event::{BlockCause, Event, Id, Kind, Outcome, Span, StackId},
};

use super::deadlock;

pub(super) static METADATA: Metadata = Metadata {
    name: "sync-wait-on-own-loop",
    fault: "the loop's thread waits for what only the loop can do",
    fault_ru: "поток цикла ждёт того, что может сделать только сам цикл",
    severity: Severity::Error,
    page: include_str!("../../../rules/sync-wait-on-own-loop.md"),
};

const OWN_COROUTINE: Plain = (
    "This waits for a coroutine of the same loop, and keeps the loop from running it: neither can go on.",
    "Здесь ждут сопрограмму того же цикла событий и не дают циклу её выполнять: оба стоят на месте.",
);
const GIVEN: Plain = (
    "The coroutine was given to this loop here.",
    "Сопрограмма передана этому циклу здесь.",
);

/// A wait that the loop's thread began within a step.
struct Wait {
    on: String,
    at: StackId,
    task: Option<Id>,
    time: u64,
    /// It is over, unless the run is.
    resumed: bool,
}

#[derive(Default)]
pub(super) struct SyncWaitOnOwnLoop {
    wait: Option<Wait>,
    found: u32,
}

impl Rule for SyncWaitOnOwnLoop {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::ThreadBlocked { id, on, at } => {
                let on_loop = state
                    .running_loops
                    .iter()
                    .any(|it| state.loop_threads.get(it) == Some(id));
                if on_loop && state.current().is_some() {
                    self.wait = Some(Wait {
                        on: on.clone(),
                        at: *at,
                        task: state.steps.last().copied(),
                        time: event.time,
                        resumed: false,
                    });
                }
            }
            Kind::ThreadResumed { .. } => {
                if let Some(wait) = &mut self.wait {
                    wait.resumed = true;
                }
            }
            // The step went on after its wait.
            Kind::StepStarted { .. } | Kind::StepEnded { .. } | Kind::Iteration { .. }
                if self.wait.as_ref().is_some_and(|wait| wait.resumed) =>
            {
                self.wait = None;
            }
            Kind::Blocked {
                start,
                cause: BlockCause::Call { .. },
                task: Some(task),
                at,
                ..
            } => {
                if let Some(span) = state.pointed_at(*at).filter(|_| waits_for_own_coroutine(*at, context)) {
                    let message = say!(
                        "This waited {time} for a coroutine of the same loop, which could not run meanwhile.",
                        "Здесь {time} ждали сопрограмму того же цикла событий, а она тем временем не могла выполняться.",
                        time = words::duration(event.time.saturating_sub(*start)),
                    );
                    self.put(span, message, *start, Some(*task), *at, context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        if !matches!(context.state.outcome, Some(Outcome::Deadlocked)) {
            return;
        }
        let Some(wait) = self.wait.take() else { return };
        let Some(span) = context.state.pointed_at(wait.at) else {
            return;
        };
        let message = if waits_for_own_coroutine(wait.at, context) {
            OWN_COROUTINE.into()
        } else {
            let call = &wait.on;
            say!(
                "`{call}()` waits here on the loop's own thread, and what it waits for can only come from this loop: neither can go on.",
                "`{call}()` ждёт здесь в потоке самого цикла событий, а дать ожидаемое может только этот цикл: оба стоят на месте."
            )
        };
        // That everything stands still is what comes of it.
        report.withdraw_where(&deadlock::METADATA, |_| true);
        self.put(span, message, wait.time, wait.task, wait.at, context, report);
    }
}

impl SyncWaitOnOwnLoop {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the one finding")]
    fn put(
        &mut self,
        span: Span,
        message: Sentence,
        time: u64,
        task: Option<Id>,
        at: StackId,
        context: Context<'_>,
        report: &mut Report,
    ) {
        self.found += 1;
        let mut finding = METADATA
            .finding(self.found, span, message, context)
            .time(time)
            .task(task);
        if let Some(place) = submission(at, context) {
            finding = finding.related_span(place, GIVEN, context);
        }
        report.put(name_holders(finding, span, context));
    }
}

/// Whether a blocking wait is for the future of `run_coroutine_threadsafe()` on the very loop that it keeps waiting.
pub(super) fn waits_for_own_coroutine(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let futures = "concurrent/futures/_base.py";
    let waits = state.passes_through(at, futures, "result") || state.passes_through(at, futures, "exception");
    waits && submission(at, context).is_some()
}

/// The call of `run_coroutine_threadsafe()` whose future is waited for.
fn submission(at: StackId, context: Context<'_>) -> Option<Span> {
    let (frame, tree) = joins::frames(at, context).next()?;
    let call = tree.call_at(frame.span.into())?;
    let Expr::Attribute(method) = &*call.func else {
        return None;
    };
    let future = match &*method.value {
        Expr::Name(name) => tree.value_before(name.id.as_str(), frame.span.into())?,
        other => other,
    };
    let Expr::Call(made) = future else { return None };
    (last_name(&made.func) == Some("run_coroutine_threadsafe"))
        .then(|| joins::span_in(frame.span, tree.region(made.range())))
}

/// Names the tasks that hold the lock in question across an `await`.
fn name_holders(finding: Diagnostic, at: Span, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let tree = context.sources.tree(state.path(at.file));
    let Some(wanted) = tree.and_then(|tree| tree.acquired(at.into())) else {
        return finding;
    };
    state.waiting_tasks().fold(finding, |finding, (id, _, waiting)| {
        let holds = joins::frames(waiting.chain, context).any(|(frame, tree)| holds(tree, frame.span, wanted));
        if !holds {
            return finding;
        }
        let sentence = say!(
            "{task} holds it while it waits here.",
            "Задача {task} держит блокировку, пока ждёт здесь.",
            task = words::task(state, id).capitalised(),
        );
        finding.related(waiting.chain, sentence, context)
    })
}

/// Whether a place is in the body of a plain `with` of this lock, as written.
fn holds(tree: &Tree, at: Span, lock: &str) -> bool {
    let Some(offset) = tree.offset(at.into()) else {
        return false;
    };
    tree.enclosing(at.into()).into_iter().any(|statement| {
        matches!(statement, Stmt::With(it) if !it.is_async && covers(&it.body, offset)
            && it.items.iter().any(|item| tree.source(item.context_expr.range()) == lock))
    })
}

//! A time limit around code that never gives control away.

use std::collections::BTreeMap;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        predict::{Place, Seen},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        surroundings::suspends,
        words,
    },
    trace::event::{Event, Id, Kind, Span, StackId, StepEnd},
};

use super::{coroutine_as_value, coroutine_never_awaited};

pub(super) static METADATA: Metadata = Metadata {
    name: "timeout-without-await",
    fault: "a time limit around code that never awaits",
    fault_ru: "ограничение времени вокруг кода, который ничего не ждёт",
    severity: Severity::Warning,
    page: include_str!("../../../rules/timeout-without-await.md"),
};

/// A `timeout()` that has been entered, by the handle of its timer.
struct Limit {
    task: Option<Id>,
    at: StackId,
    begun: u64,
    when: Option<u64>,
}

#[derive(Default)]
pub(super) struct TimeoutWithoutAwait {
    limits: BTreeMap<Id, Limit>,
    /// The limits that each task has entered since its last suspension.
    fresh: BTreeMap<Id, Vec<Id>>,
    /// The blocks in which nothing awaits, by finding.
    found: Vec<Span>,
}

impl Rule for TimeoutWithoutAwait {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::HandleScheduled {
                id,
                callback,
                when,
                by,
                at,
                ..
            } if callback.ends_with("Timeout._on_timeout") => {
                let limit = Limit {
                    task: *by,
                    at: *at,
                    begun: event.time,
                    when: *when,
                };
                self.limits.insert(*id, limit);
                if let Some(task) = by {
                    self.fresh.entry(*task).or_default().push(*id);
                }
            }
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { .. },
            } => {
                for handle in self.fresh.remove(id).into_iter().flatten() {
                    self.limits.remove(&handle);
                }
            }
            Kind::HandleStarted { id } => {
                self.limits.remove(id);
            }
            Kind::HandleCancelled { id } => {
                if let Some(limit) = self.limits.remove(id) {
                    self.judge(&limit, event.time, context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // Something there was to be awaited: that is the fault, and told where it was forgotten.
        for (block, id) in self.found.iter().zip(1..) {
            let path = context.state.path(block.file);
            let within = |it: &Diagnostic| it.file == path && Region::from(*block).contains(it.span);
            let forgotten = [&coroutine_never_awaited::METADATA, &coroutine_as_value::METADATA];
            if forgotten.iter().any(|rule| report.of(rule).any(within)) {
                report.withdraw(&METADATA, id);
            }
        }
    }
}

/// `async with asyncio.timeout(…)` around statements that never give control away.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Statement(Stmt::With(block)) = seen else {
        return None;
    };
    let item = block.items.iter().find(|item| {
        let name = item
            .context_expr
            .as_call_expr()
            .and_then(|call| place.asyncio_call(call));
        name.is_some_and(|name| matches!(name.as_str(), "timeout" | "timeout_at"))
    })?;
    let alone = block.items.len() == 1 && block.is_async && !suspends(&block.body);
    alone.then(|| (item.context_expr.range(), NOTHING_AWAITS.into()))
}

const NOTHING_AWAITS: Plain = (
    "Nothing in this block awaits, so the time limit can never act.",
    "В этом блоке ничего не ждут, поэтому ограничение времени никогда не сработает.",
);

impl TimeoutWithoutAwait {
    fn judge(&mut self, limit: &Limit, now: u64, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(span) = state.pointed_at(limit.at) else { return };
        let Some(tree) = context.sources.tree(state.path(span.file)) else {
            return;
        };
        let Some(block) = tree.with_of_item(span.into()) else {
            return;
        };
        let lasted = now.saturating_sub(limit.begun);
        let late = limit.when.is_some_and(|when| now > when);
        let effect = if late {
            say!(
                "The block took {time}, longer than its time limit, and did not await: a limit can only act at an await.",
                "Блок занял {time}, больше отведённого времени, и ничего не ждал: ограничение действует только на `await`.",
                time = words::duration(lasted),
            )
        } else if suspends(&block.body) {
            return;
        } else {
            NOTHING_AWAITS.into()
        };
        self.found.push(tree.region(block.range()).of(span.file));
        let id = Id::try_from(self.found.len()).unwrap_or(Id::MAX);
        report.put(METADATA.finding(id, span, effect, context).task(limit.task));
    }
}

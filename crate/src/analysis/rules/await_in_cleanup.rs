//! A task that is being cancelled waits in its clean-up.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        words,
    },
    trace::event::{Event, Id, Kind, Span, StackId, StepEnd, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "await-in-cleanup",
    fault: "a cancelled task waits in its clean-up",
    fault_ru: "отменённая задача ждёт внутри своей очистки",
    severity: Severity::Warning,
    page: include_str!("../../../rules/await-in-cleanup.md"),
};

const ARRIVED: Plain = (
    "The cancellation arrived at this await.",
    "Отмена пришла в этот `await`.",
);
const ASKED: Plain = ("It was asked for here.", "Её запросили здесь.");
const SECOND_ASKED: Plain = (
    "The second cancellation was asked for here.",
    "Вторую отмену запросили здесь.",
);

/// A cancellation on its way out of a task.
struct Delivery {
    request: StackId,
    chain: StackId,
    /// Where the task waits in its clean-up.
    cleanup: Option<Span>,
    /// The clean-up has set itself a time limit there.
    limited: bool,
}

#[derive(Default)]
pub(super) struct AwaitInCleanup {
    delivered: BTreeMap<Id, Delivery>,
}

impl Rule for AwaitInCleanup {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepStarted { id, cancel: true, .. } => self.deliver(*id, context, report),
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { on, chain },
            } => self.wait(*id, on, *chain, context, report),
            Kind::FutureDone { id, .. } => {
                self.delivered.remove(id);
            }
            _ => {}
        }
    }
}

impl AwaitInCleanup {
    fn deliver(&mut self, id: Id, context: Context<'_>, report: &mut Report) {
        let Some(task) = context.state.tasks.get(&id).filter(|task| task.cancelling > 0) else {
            return;
        };
        // Where the task waits for what it has cancelled itself, that comes to an end: nobody has asked a second time.
        let Some((request, waiting)) = task.arrived.as_ref().zip(task.last_wait.as_ref()) else {
            return;
        };
        let before = self
            .delivered
            .remove(&id)
            .and_then(|delivery| Some((delivery.cleanup?, delivery)));
        let by_timeout = context
            .state
            .passes_through(request.at, "asyncio/timeouts.py", "_on_timeout");
        // That the end of the program cut it short is what comes of not waiting for it, and its own limit is meant to.
        let cut =
            |(_, first): &(Span, Delivery)| !(joins::at_shutdown(request.at, context) || by_timeout && first.limited);
        if let Some((place, first)) = before.filter(cut) {
            let message = say!(
                "A second cancellation of {task} arrived at this await and cut its clean-up short.",
                "Вторая отмена задачи {task} пришла в этот `await` и оборвала её очистку.",
                task = words::task(context.state, id),
            );
            let finding = finding(id, place, message, &first, context)
                .severity(Severity::Warning)
                .related(request.at, SECOND_ASKED, context);
            report.put(finding);
        }
        let delivery = Delivery {
            request: request.at,
            chain: waiting.chain,
            cleanup: None,
            limited: false,
        };
        self.delivered.insert(id, delivery);
    }

    fn wait(&mut self, id: Id, on: &Wait, chain: StackId, context: Context<'_>, report: &mut Report) {
        let Some(delivery) = self.delivered.get_mut(&id) else {
            return;
        };
        let state = context.state;
        let place = joins::frames(chain, context).find_map(|(frame, tree)| {
            let at = frame.span.into();
            let limited = tree.awaits_call_of(at, &["wait_for"]) || tree.has_time_limit(at);
            let shielded = tree.awaits_call_of(at, &["shield"]);
            // To wait in an `__aexit__()` is how such a block ends; only that it was cut short is worth a word.
            let exits = frame.function.ends_with("__aexit__");
            (exits || tree.ends_cancelled(at)).then_some((frame.span, exits || shielded, limited))
        });
        let Some((span, safe, limited)) = place else {
            // It has swallowed the cancellation, or it waits in somebody else's clean-up.
            if joins::frames(chain, context).next().is_some() {
                self.delivered.remove(&id);
            }
            return;
        };
        delivery.cleanup = Some(span);
        delivery.limited = limited;
        if safe || limited || joins_cancelled(id, on, context) || report.get(&METADATA, id).is_some() {
            return;
        }
        let message = say!(
            "{task} is being cancelled and waits here in its clean-up: another cancellation would cut it short, and whoever cancelled it waits as long.",
            "Задачу {task} отменяют, а она ждёт здесь в своей очистке: ещё одна отмена оборвёт очистку, и столько же ждёт тот, кто её отменил.",
            task = words::task(state, id).capitalised(),
        );
        report.put(finding(id, span, message, delivery, context).severity(Severity::Info));
    }
}

fn finding(id: Id, span: Span, message: Sentence, delivery: &Delivery, context: Context<'_>) -> Diagnostic {
    METADATA
        .finding(id, span, message, context)
        .task(Some(id))
        .related(delivery.chain, ARRIVED, context)
        .related(delivery.request, ASKED, context)
}

/// Whether the clean-up consists in waiting for tasks that it has cancelled itself.
fn joins_cancelled(id: Id, on: &Wait, context: Context<'_>) -> bool {
    let Wait::Future { id: on, .. } = on else { return false };
    let asked = |request: &crate::analysis::state::CancelRequest| request.accepted && request.by == Some(id);
    match context.state.tasks.get(on) {
        Some(task) => task.cancels.iter().any(asked),
        None => context
            .state
            .tasks
            .values()
            .any(|task| task.done.is_none() && task.cancels.iter().any(asked)),
    }
}

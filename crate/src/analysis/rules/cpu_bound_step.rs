//! A step that computed for too long.

use crate::{
    analysis::{
        diagnostic::{Region, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        words::{self, Case},
    },
    trace::event::{BlockCause, Event, Kind, Span, StackId},
};

use super::blocking_call::{consequence, name_caller, name_victims, others};

pub(super) static METADATA: Metadata = Metadata {
    name: "cpu-bound-step",
    fault: "a step that computes for so long that nothing else can run",
    fault_ru: "шаг считает так долго, что остальным не достаётся времени",
    severity: Severity::Warning,
    page: include_str!("../../../rules/cpu-bound-step.md"),
};

#[derive(Default)]
pub(super) struct CpuBoundStep {
    found: u32,
}

impl Rule for CpuBoundStep {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::Blocked {
            start,
            cause: BlockCause::Work,
            task,
            handle,
            at,
            victims,
        } = &event.kind
        else {
            return;
        };
        let lasted = event.time.saturating_sub(*start);
        if task.or(*handle).is_none() || lasted < context.options.slow_step {
            return;
        }
        let Some(span) = computed(*at, context) else {
            return;
        };
        let victims = &others(victims, *task);
        self.found += 1;
        let message = say!(
            "A step of {who} computed for {lasted} without an await, mostly here{consequence}.",
            "Шаг {who} считал {lasted} без единого `await`, в основном здесь{consequence}.",
            who = words::runnable(context.state, task.or(*handle).unwrap_or_default(), Case::Genitive),
            lasted = words::duration(lasted),
            consequence = consequence(victims, context),
        );
        let finding = METADATA
            .finding(self.found, span, message, context)
            .time(*start)
            .task(*task);
        let finding = name_caller(finding, *at, context);
        report.put(name_victims(finding, victims, context));
    }
}

/// What computed. Work is looked at between two instructions, so that the place may be one that only takes the value of
/// what has come to its end, or the head of a lambda.
fn computed(at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let span = state.pointed_at(at)?;
    let Some((frame, tree)) = joins::frames(at, context).next() else {
        return Some(span);
    };
    let at = Region::from(span);
    let of_lambda = frame
        .function
        .ends_with("<lambda>")
        .then(|| tree.lambda_body(at))
        .flatten();
    let widened = of_lambda.or_else(|| tree.value_for(at));
    Some(widened.map_or(span, |region| region.of(span.file)))
}

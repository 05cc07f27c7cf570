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

use super::blocking_call::{consequence, name_caller, name_uses_of_loop, name_victims, others};

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
        let victims = &others(victims, *task);
        let who = task.or(*handle);
        // A thread's native code harms only those who would have run beside it.
        if who.is_none() && victims.is_empty() || lasted < context.options.slow_step {
            return;
        }
        let given = || given_to_thread(context).filter(|_| who.is_none());
        let Some(span) = computed(*at, context).or_else(given) else {
            return;
        };
        self.found += 1;
        let message = if let Some(who) = who {
            say!(
                "A step of {who} computed for {lasted} without giving control away, mostly here{consequence}.",
                "Шаг {who} считал {lasted}, не отдавая управления, в основном здесь{consequence}.",
                who = words::runnable(context.state, who, Case::Genitive),
                lasted = words::duration(lasted),
                consequence = consequence(victims, context),
            )
        } else {
            say!(
                "This computes in a thread, but in native code, which keeps the interpreter for itself: the event loop \
                 stood still for {lasted}{consequence}.",
                "Это считается в потоке, но встроенным кодом, который не отпускает интерпретатор: цикл событий стоял \
                 {lasted}{consequence}.",
                lasted = words::duration(lasted),
                consequence = consequence(victims, context),
            )
        };
        let finding = METADATA
            .finding(self.found, span, message, context)
            .time(*start)
            .task(*task);
        let finding = name_caller(finding, *at, context);
        report.put(name_victims(finding, victims, context));
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        name_uses_of_loop(&METADATA, context, report);
    }
}

/// Where the function that a thread runs was given to it, if it is native itself: by the only task that waits for such a
/// thread, or by the step in the middle of which the thread has been started.
fn given_to_thread(context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let chains = state
        .tasks
        .values()
        .filter_map(|task| Some(task.waiting.as_ref()?.chain));
    let mut waiting = chains.filter(|chain| state.passes_through(*chain, "threads.py", "to_thread"));
    match (waiting.next(), waiting.next()) {
        (Some(chain), None) => state.pointed_at(chain),
        (None, _) => state.pointed_at(
            *state
                .thread_starts
                .get(&state.thread)
                .filter(|_| state.current().is_some())?,
        ),
        _ => None,
    }
}

/// What computed. Work is looked at between two instructions, so that the place may be one that only takes the value of
/// what has come to its end, or the head of a lambda, or one that has a line and no columns.
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
    let on_line = || {
        tree.widest_expression(at.line)
            .filter(|_| (at.line, at.column) == (at.end_line, at.end_column))
    };
    let widened = of_lambda.or_else(|| tree.value_for(at)).or_else(on_line);
    Some(widened.map_or(span, |region| region.of(span.file)))
}

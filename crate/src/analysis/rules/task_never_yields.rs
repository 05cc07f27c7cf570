//! One step of a task that lasts so long that everything else stands still.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        words,
    },
    trace::event::{BlockCause, Event, Id, Kind, Limit, Outcome, Span, StackId},
};

use super::cpu_bound_step;

pub(super) static METADATA: Metadata = Metadata {
    name: "task-never-yields",
    fault: "a task that keeps the loop for a second and more",
    fault_ru: "задача, которая не отдаёт цикл дольше секунды",
    severity: Severity::Warning,
    page: include_str!("../../../rules/task-never-yields.md"),
};

/// A step that runs.
#[derive(Clone, Copy)]
struct Step {
    start: u64,
    /// Time that single slow calls took, of which `blocking-call` tells.
    calls: u64,
    /// Where it last was seen to be busy.
    at: Option<StackId>,
    /// Where it last made a coroutine or a future.
    last_call: Option<StackId>,
    /// Bytes that it has printed.
    printed: usize,
}

#[derive(Default)]
pub(super) struct TaskNeverYields {
    steps: BTreeMap<Id, Step>,
    /// Bytes that the program has printed.
    printed: usize,
}

impl Rule for TaskNeverYields {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepStarted { id, .. } => {
                let step = Step {
                    start: event.time,
                    calls: 0,
                    at: None,
                    last_call: None,
                    printed: 0,
                };
                self.steps.insert(*id, step);
            }
            Kind::Blocked {
                start,
                cause,
                task: Some(task),
                at,
                ..
            } => {
                let lasted = event.time.saturating_sub(*start);
                if let Some(step) = self.steps.get_mut(task) {
                    step.at = Some(*at);
                    // The turn of the loop begins a moment before the step that it takes.
                    step.start = step.start.min(*start);
                    if matches!(cause, BlockCause::Call { .. }) && lasted >= context.options.slow_step {
                        step.calls += lasted;
                    }
                }
                // The word on a computing step may come after its end.
                if *cause == BlockCause::Work && !self.steps.contains_key(task) {
                    let step = Step {
                        start: *start,
                        calls: 0,
                        at: Some(*at),
                        last_call: None,
                        printed: 0,
                    };
                    judge(*task, step, event.time, context, report);
                }
            }
            // Where it goes round and round is the best that is known of a step that the limit of events cut.
            Kind::CoroutineCreated {
                parent: Some(task), at, ..
            }
            | Kind::FutureCreated {
                parent: Some(task), at, ..
            } => {
                if let Some(step) = self.steps.get_mut(task) {
                    step.last_call = Some(*at);
                }
            }
            Kind::Output { text, task, .. } => {
                self.printed += text.len();
                if let Some(step) = task.and_then(|task| self.steps.get_mut(&task)) {
                    step.printed += text.len();
                }
            }
            Kind::StepEnded { id, .. } => {
                if let Some(step) = self.steps.remove(id) {
                    judge(*id, step, event.time, context, report);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // An eager task's step lies within that of its creator: the innermost is the one that runs.
        let Some((id, step)) = self.steps.iter().max_by_key(|(_, step)| step.start) else {
            return;
        };
        let options = context.options;
        let too_long = match context.state.outcome {
            // Each call that never suspends is an event, and they may be used up before the second is. A loop that counts
            // its turns would have come to its end.
            Some(Outcome::Limit { limit: Limit::Events }) if step.goes_round(context) => {
                options.slow_step.min(options.long_step)
            }
            Some(Outcome::Limit {
                limit: Limit::Work | Limit::Time | Limit::Events,
            }) => options.long_step,
            Some(Outcome::Limit { limit: Limit::Output }) => 0,
            _ => return,
        };
        // Output may be at its end because of what many steps have printed, or in a task that has none to wait for it.
        let by_output = matches!(context.state.outcome, Some(Outcome::Limit { limit: Limit::Output }));
        if by_output && (step.printed * 2 < self.printed || others(*id, context) == 0) {
            return;
        }
        let lasted = context.state.now.saturating_sub(step.start).saturating_sub(step.calls);
        if lasted >= too_long {
            let how = (" and never gave control back", " и так и не отдала управление");
            put(*id, *step, lasted, how, Severity::Error, context, report);
        }
    }
}

impl Step {
    /// Whether a `while` is around what it was seen to do last.
    fn goes_round(&self, context: Context<'_>) -> bool {
        let seen = self.last_call.or(self.at);
        seen.is_some_and(|at| joins::frames(at, context).any(|(frame, tree)| tree.in_while(frame.span.into())))
    }
}

fn judge(id: Id, step: Step, now: u64, context: Context<'_>, report: &mut Report) {
    let lasted = now.saturating_sub(step.start).saturating_sub(step.calls);
    if lasted >= context.options.long_step && !starts_up(id, context) {
        let how = (" before it gave anything else a turn", ", прежде чем дать ход другим");
        put(id, step, lasted, how, Severity::Warning, context, report);
    }
}

/// Whether the program is only getting ready: its first task is alone, and in its first step.
fn starts_up(id: Id, context: Context<'_>) -> bool {
    let state = context.state;
    let first = state.tasks.get(&id).is_some_and(|task| task.root && task.steps <= 1);
    let alone = state
        .tasks
        .iter()
        .all(|(other, task)| *other == id || task.done.is_some());
    first && alone
}

/// How many other tasks there are.
fn others(id: Id, context: Context<'_>) -> usize {
    let tasks = context.state.tasks.iter();
    tasks
        .filter(|(other, task)| **other != id && task.done.is_none() && !task.destroyed)
        .count()
}

fn put(id: Id, step: Step, lasted: u64, how: Plain, severity: Severity, context: Context<'_>, report: &mut Report) {
    let Some(span) = place(id, step, context) else { return };
    let state = context.state;
    let victims = match others(id, context) {
        0 => Sentence::default(),
        1 => (
            "; one other task stood still meanwhile",
            "; тем временем простаивала ещё одна задача",
        )
            .into(),
        many => say!(
            "; {many} stood still meanwhile",
            "; тем временем ещё {many}",
            many = words::count(
                many as u64,
                ["other task", "other tasks"],
                ["задача простаивала", "задачи простаивали", "задач простаивали"],
            ),
        ),
    };
    let message = say!(
        "{task} ran for {lasted}{how}{victims}.",
        "Задача {task} работала {lasted}{how}{victims}.",
        task = words::task(state, id).capitalised(),
        lasted = words::duration(lasted),
        how = how,
        victims = victims,
    );
    // A computation that took most of the step is what it is made of, and told here.
    let end = step.start.saturating_add(lasted);
    report.withdraw_where(&cpu_bound_step::METADATA, |it| {
        it.task == Some(id) && (step.start..=end).contains(&it.time)
    });
    report.put(finding(id, span, message, step, context).severity(severity));
}

fn finding(id: Id, span: Span, message: Sentence, step: Step, context: Context<'_>) -> Diagnostic {
    let mut finding = METADATA
        .finding(id, span, message, context)
        .time(step.start)
        .task(Some(id));
    if let Some(at) = step.at {
        finding = finding.related(
            at,
            ("Most of the time went here.", "Больше всего времени ушло здесь."),
            context,
        );
    }
    match context.state.tasks.get(&id) {
        Some(task) => finding.related(task.at, words::TASK_MADE, context),
        None => finding,
    }
}

/// The line of the task's own function that was busy: the outermost of the workspace, since it is there that an `await`
/// is missing.
fn place(id: Id, step: Step, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let task = state.tasks.get(&id)?;
    // What only makes and makes again goes round in the innermost loop around that.
    let round = step.last_call.filter(|_| step.at.is_none()).and_then(|at| {
        let mut frames = joins::frames(at, context);
        let (frame, _) = frames.find(|(frame, tree)| tree.in_while(frame.span.into()))?;
        Some(frame.span)
    });
    if round.is_some() {
        return round;
    }
    let seen = step.at.or(step.last_call);
    let busy = seen.and_then(|at| {
        state
            .frames(at)
            .iter()
            .filter(|frame| state.in_workspace(frame) && frame.function != "<module>")
            .find(|frame| frame.function == task.function)
            .map(|frame| frame.span)
    });
    busy.or_else(|| seen.and_then(|at| state.pointed_at(at)))
        .or_else(|| state.pointed_at(task.at))
}

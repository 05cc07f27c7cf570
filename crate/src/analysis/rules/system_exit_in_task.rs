//! A task other than the program's root raised `SystemExit` or `KeyboardInterrupt`.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        words,
    },
    trace::event::{Completion, Event, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "system-exit-in-task",
    fault: "a task ended the whole program from within",
    fault_ru: "задача изнутри завершила всю программу",
    severity: Severity::Warning,
    page: include_str!("../../../rules/system-exit-in-task.md"),
};

#[derive(Default)]
pub(super) struct SystemExitInTask;

impl Rule for SystemExitInTask {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::FutureDone {
            id,
            completion: Completion::Exception(exception),
            ..
        } = &event.kind
        else {
            return;
        };
        let state = context.state;
        let Some(task) = state.tasks.get(id) else { return };
        let class = exception.class.as_str();
        if task.root || !matches!(class, "SystemExit" | "KeyboardInterrupt") {
            return;
        }
        let raised = state.first_in_workspace(&exception.traceback);
        let Some(span) = raised.or_else(|| state.pointed_at(task.at)) else {
            return;
        };
        let sentence = say!(
            "`{class}` in {task} leaves the loop at once, past everybody who waits for the task.",
            "`{class}` в задаче {task} сразу покидает цикл событий, минуя всех, кто ждёт эту задачу.",
            task = words::task(state, *id),
        );
        let mut finding =
            METADATA
                .finding(*id, span, sentence, context)
                .task(Some(*id))
                .related(task.at, words::TASK_MADE, context);
        let main = state.tasks.values().find(|task| task.root && task.done.is_none());
        if let Some(waiting) = main.and_then(|task| task.waiting.as_ref()) {
            finding = finding.related(
                waiting.chain,
                (
                    "The program was waiting here when it was torn down.",
                    "Программа ждала здесь, когда её оборвали.",
                ),
                context,
            );
        }
        let raise = raised::Raise {
            exception,
            span,
            by: Some(*id),
            at: Some(task.at),
        };
        report.put_cause(finding, &raise, context);
    }
}

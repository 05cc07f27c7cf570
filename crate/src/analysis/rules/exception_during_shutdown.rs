//! A task or an asynchronous generator failed while the program's end cleaned it up.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        words::{self, Case},
    },
    trace::event::{Event, Kind},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-during-shutdown",
    fault: "cleaning up at the end of the program failed",
    fault_ru: "завершающая очистка программы закончилась исключением",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-during-shutdown.md"),
};

const REACHED: Plain = (
    "The cancellation reached it at this await.",
    "Отмена застала её на этом `await`.",
);

#[derive(Default)]
pub(super) struct ExceptionDuringShutdown {
    found: u32,
}

impl Rule for ExceptionDuringShutdown {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::LoopException {
            message,
            exception: Some(exception),
            task,
            ..
        } = &event.kind
        else {
            return;
        };
        let of_task = message == "unhandled exception during asyncio.run() shutdown";
        if !of_task && !message.starts_with("an error occurred during closing of asynchronous generator") {
            return;
        }
        let state = context.state;
        let owner = task.and_then(|id| state.tasks.get(&id));
        let raised = state.first_in_workspace(&exception.traceback);
        let Some(span) = raised.or_else(|| state.pointed_at(owner?.at)) else {
            return;
        };
        self.found += 1;
        let class = exception.class.rsplit('.').next().unwrap_or_default();
        let what = match task {
            Some(id) => words::runnable(state, *id, Case::Accusative),
            None => ("an asynchronous generator", "асинхронный генератор").into(),
        };
        let sentence = say!(
            "`{class}` ended {what} while the program's end was cleaning it up, where nobody can catch it.",
            "Исключение `{class}` завершило {what} во время очистки в конце программы, где поймать его некому.",
            what = what,
        );
        let mut finding = METADATA
            .finding(self.found, span, sentence, context)
            .cpython(message.clone())
            .task(*task);
        if let Some(owner) = owner {
            finding = finding.related(owner.at, words::TASK_MADE, context);
            if let Some(waiting) = &owner.last_wait {
                finding = finding.related(waiting.chain, REACHED, context);
            }
        }
        report.put_symptom(finding, raised::signature(exception, context));
    }
}

//! A task was started and nothing of the program holds it any more.

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        words,
    },
    trace::event::{Event, Kind, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "dangling-task",
    fault: "a running task that nothing refers to",
    fault_ru: "на работающую задачу ничто не ссылается",
    severity: Severity::Warning,
    page: include_str!("../../../rules/dangling-task.md"),
};

#[derive(Default)]
pub(super) struct DanglingTask;

impl Rule for DanglingTask {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::TaskUnreferenced { id, timer } = event.kind else {
            return;
        };
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        // Once its loop has let go of it the task is told of as pending at close, and `gather` that failed lets go of
        // tasks that the program never had in hand.
        let loop_runs = task
            .event_loop
            .is_none_or(|id| state.loops.get(&id).is_none_or(|it| it.closed_at.is_none()));
        if !loop_runs || made_by_the_library(task.at, context) {
            return;
        }
        let Some(span) = state.pointed_at(task.at) else { return };
        let name = words::task(state, id);
        let waiting = task.waiting.as_ref().or(task.last_wait.as_ref());
        let fate = match waiting {
            _ if timer => "a timer keeps it alive for now, and nothing does after that".to_owned(),
            Some(waiting) => format!(
                "it waits for {} that only it can reach, so the garbage collector may take both at any moment",
                words::awaited(state, waiting)
            ),
            None => "only the loop holds it until its next step, and the garbage collector may take it after that"
                .to_owned(),
        };
        let mut finding = METADATA
            .finding(id, span, format!("Nothing refers to {name}: {fate}."), context)
            .task(Some(id));
        if let Some(waiting) = waiting {
            finding = finding.related(
                waiting.chain,
                format!("It waits here, for {}.", words::awaited(state, waiting)),
                context,
            );
        }
        report.put(finding);
    }
}

fn made_by_the_library(at: StackId, context: Context<'_>) -> bool {
    ["gather", "wait_for", "wait", "as_completed"]
        .iter()
        .any(|function| context.state.passes_through(at, "asyncio/tasks.py", function))
}

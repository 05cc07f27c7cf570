//! A task group was used before it began, after it ended, or a second time.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "task-group-misused",
    fault: "a task group was used outside its `async with`",
    fault_ru: "группа задач использована вне своего `async with`",
    severity: Severity::Error,
    page: include_str!("../../../rules/task-group-misused.md"),
};

#[derive(Default)]
pub(super) struct TaskGroupMisused {
    findings: Findings,
}

impl Rule for TaskGroupMisused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let mut finding = self.findings.explain(&METADATA, &raise, sentence, context);
        if is_entered(raise.words())
            && let Some(before) = raise.entered_before(context)
        {
            finding = finding.related_span(before, raised::ENTERED_HERE, context);
        }
        report.put_cause(finding, &raise, context);
    }
}

/// Of the two orders of words, each is one version's of the interpreter.
fn is_entered(words: &str) -> bool {
    words.ends_with(" has already been entered") || words.ends_with(" has been already entered")
}

fn sentence(raise: &Raise<'_>) -> Option<Plain> {
    let words = raise.words();
    if raise.class() != "RuntimeError" || !words.starts_with("TaskGroup <TaskGroup") {
        return None;
    }
    let ends = |end: &str| words.ends_with(end);
    if ends(" is finished") {
        Some((
            "The group's `async with` is over: it takes no more tasks.",
            "`async with` этой группы закончился: задач она больше не принимает.",
        ))
    } else if ends(" is shutting down") {
        Some((
            "The group is ending because one of its tasks failed: it takes no more tasks.",
            "Группа завершается, потому что одна из её задач упала: задач она больше не принимает.",
        ))
    } else if ends(" has not been entered") {
        Some((
            "The group has not begun: it takes tasks only within its `async with`.",
            "Группа ещё не начата: она принимает задачи только внутри своего `async with`.",
        ))
    } else if is_entered(words) {
        Some((
            "Each group can be entered once; this one has been entered before.",
            "В каждую группу можно войти один раз; в эту уже входили.",
        ))
    } else if ends(" cannot determine the parent task") {
        Some((
            "A group needs a task around it, and no task runs this code.",
            "Группе нужна задача вокруг неё, а этот код выполняется вне задачи.",
        ))
    } else {
        None
    }
}

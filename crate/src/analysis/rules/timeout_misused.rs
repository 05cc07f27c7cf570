//! A `timeout()` was used where, or more often than, it can be.

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
    name: "timeout-misused",
    fault: "a timeout was entered twice, changed too late, or used outside a task",
    fault_ru: "тайм-аут использован дважды, изменён слишком поздно или применён вне задачи",
    severity: Severity::Error,
    page: include_str!("../../../rules/timeout-misused.md"),
};

#[derive(Default)]
pub(super) struct TimeoutMisused {
    findings: Findings,
}

impl Rule for TimeoutMisused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let mut finding = self.findings.explain(&METADATA, &raise, sentence, context);
        if raise.words() == ENTERED
            && let Some(before) = raise.entered_before(context)
        {
            finding = finding.related_span(before, raised::ENTERED_HERE, context);
        }
        report.put_cause(finding, &raise, context);
    }
}

const ENTERED: &str = "Timeout has already been entered";

fn sentence(raise: &Raise<'_>) -> Option<Plain> {
    match raise.words() {
        _ if raise.class() != "RuntimeError" => None,
        "Timeout should be used inside a task" => Some((
            "`timeout()` works by cancelling the task around it, and no task runs this code.",
            "`timeout()` действует через отмену задачи вокруг него, а этот код выполняется вне задачи.",
        )),
        ENTERED => Some((
            "Each `timeout()` can be entered once; this one has been entered before.",
            "В каждый `timeout()` можно войти один раз; в этот уже входили.",
        )),
        "Timeout has not been entered" => Some((
            "A `timeout()` can be rescheduled only within its `async with`.",
            "Изменить срок `timeout()` можно только внутри его `async with`.",
        )),
        words if words.starts_with("Cannot change state of ") && words.ends_with(" Timeout") => Some((
            "This `timeout()` is over, and can no longer be rescheduled.",
            "Этот `timeout()` уже закончился, и изменить его срок нельзя.",
        )),
        _ => None,
    }
}

//! Two tasks asked one asynchronous generator for its next item at once.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "concurrent-anext",
    fault: "an asynchronous generator was resumed while it ran",
    fault_ru: "асинхронный генератор возобновили, пока он ещё работал",
    severity: Severity::Error,
    page: include_str!("../../../rules/concurrent-anext.md"),
};

#[derive(Default)]
pub(super) struct ConcurrentAnext {
    findings: Findings,
}

impl Rule for ConcurrentAnext {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = raise
            .is_like("RuntimeError", "", "(): asynchronous generator is already running")
            .then_some((
                "The generator has not answered an earlier request yet: it can serve one caller at a time.",
                "Генератор ещё не ответил на предыдущий запрос: он обслуживает вызывающих только по одному.",
            ))
        else {
            return;
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(finding, &raise, context);
    }
}

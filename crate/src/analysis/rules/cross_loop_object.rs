//! A lock, queue or future of one loop was used in another.

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "cross-loop-object",
    fault: "an object of one event loop was used in another",
    fault_ru: "объект одного цикла событий использован в другом",
    severity: Severity::Error,
    page: include_str!("../../../rules/cross-loop-object.md"),
};

#[derive(Default)]
pub(super) struct CrossLoopObject {
    findings: Findings,
}

impl Rule for CrossLoopObject {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(name_loops(finding, context), &raise, context);
    }
}

fn sentence(raise: &Raise<'_>) -> Option<String> {
    let words = raise.words();
    if raise.is_like("RuntimeError", "<", " is bound to a different event loop") {
        let class = words.trim_start_matches('<').split([' ', '>']).next()?;
        let class = class.rsplit('.').next()?;
        return Some(format!(
            "This `{class}` has been used in another event loop, and belongs to that one."
        ));
    }
    let foreign = raise.is_like("RuntimeError", "Task ", " attached to a different loop")
        || raise.is(
            "ValueError",
            &["The future belongs to a different loop than the one specified as the loop argument"],
        );
    foreign.then(|| {
        "What is awaited here belongs to another event loop, which alone can wake who waits for it.".to_owned()
    })
}

/// Names where the loops were started: this one, and the one before it.
fn name_loops(finding: Diagnostic, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let current = state.current_loop();
    let other = state.loops.iter().rev().find(|(id, _)| Some(**id) != current);
    let started = |id| state.loops.get(&id)?.started_at;
    let mut finding = finding;
    if let Some(at) = current.and_then(started) {
        finding = finding.related(at, "The loop that runs now was started here.", context);
    }
    match other.and_then(|(_, it)| it.started_at.or(Some(it.at))) {
        Some(at) => finding.related(at, "Another loop was in use here.", context),
        None => finding,
    }
}

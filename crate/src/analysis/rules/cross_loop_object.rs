//! A lock, queue or future of one loop was used in another.

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
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

const FOREIGN: Plain = (
    "What is awaited here belongs to another event loop, which alone can wake who waits for it.",
    "То, чего здесь ждут, принадлежит другому циклу событий, и разбудить ожидающего может только он.",
);
const RUNNING: Plain = (
    "The loop that runs now was started here.",
    "Цикл событий, который сейчас работает, запущен здесь.",
);
const OTHER: Plain = ("Another loop was in use here.", "Здесь работал другой цикл событий.");

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

fn sentence(raise: &Raise<'_>) -> Option<Sentence> {
    let words = raise.words();
    if raise.is_like("RuntimeError", "<", " is bound to a different event loop") {
        let class = words.trim_start_matches('<').split([' ', '>']).next()?;
        let class = class.rsplit('.').next()?;
        return Some(say!(
            "This `{class}` has been used in another event loop, and belongs to that one.",
            "Этот объект `{class}` уже использован в другом цикле событий и принадлежит тому циклу."
        ));
    }
    let foreign = raise.is_like("RuntimeError", "Task ", " attached to a different loop")
        || raise.is(
            "ValueError",
            &["The future belongs to a different loop than the one specified as the loop argument"],
        );
    foreign.then(|| FOREIGN.into())
}

/// Names where the loops were started: this one, and the one before it.
fn name_loops(finding: Diagnostic, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let current = state.current_loop();
    let other = state.loops.iter().rev().find(|(id, _)| Some(**id) != current);
    let started = |id| state.loops.get(&id)?.started_at;
    let mut finding = finding;
    if let Some(at) = current.and_then(started) {
        finding = finding.related(at, RUNNING, context);
    }
    match other.and_then(|(_, it)| it.started_at.or(Some(it.at))) {
        Some(at) => finding.related(at, OTHER, context),
        None => finding,
    }
}

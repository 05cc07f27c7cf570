//! A loop was used after it was closed, or stopped before what it ran for had ended.

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        words,
    },
    trace::event::{Event, Id, Kind, Misuse},
};

use super::task_pending_at_close;

pub(super) static METADATA: Metadata = Metadata {
    name: "closed-loop-used",
    fault: "a loop was used after it was closed or stopped",
    fault_ru: "цикл событий использован после закрытия или остановки",
    severity: Severity::Error,
    page: include_str!("../../../rules/closed-loop-used.md"),
};

const CLOSED: Plain = (
    "This loop is closed, and a closed loop cannot run anything again.",
    "Этот цикл событий закрыт, а закрытый цикл больше ничего не выполнит.",
);
const RUNNER_CLOSED: Plain = (
    "This `Runner` is closed, and its loop with it: it cannot run anything again.",
    "Этот `Runner` закрыт вместе со своим циклом событий и больше ничего не выполнит.",
);
const STOPPED: Plain = (
    "The loop was stopped before the future it ran for had ended.",
    "Цикл событий остановлен раньше, чем завершился future, ради которого его запустили.",
);
const CAME_AS_FAR: Plain = (
    "Its task had come as far as this await.",
    "Его задача дошла до этого `await`.",
);

#[derive(Default)]
pub(super) struct ClosedLoopUsed {
    found: u32,
    runners: Findings,
    /// What the loop was stopped before.
    left: Vec<Id>,
}

impl Rule for ClosedLoopUsed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let runner = raised::reached(event, context).filter(|raise| raise.is("RuntimeError", &["Runner is closed"]));
        if let Some(raise) = runner {
            let finding = self.runners.explain(&METADATA, &raise, RUNNER_CLOSED, context);
            let id = format!("{}:runner", finding.id);
            report.put_cause(Diagnostic { id, ..finding }, &raise, context);
            return;
        }
        let Kind::Misuse {
            misuse: misuse @ (Misuse::LoopClosed | Misuse::StoppedEarly),
            message,
            by,
            at,
        } = &event.kind
        else {
            return;
        };
        let state = context.state;
        let Some(span) = state.pointed_at(*at) else { return };
        self.found += 1;
        let closed = *misuse == Misuse::LoopClosed;
        let sentence = if closed { CLOSED } else { STOPPED };
        let mut finding = METADATA
            .finding(self.found, span, sentence, context)
            .cpython(message.clone())
            .task(*by);
        // The event does not name the loop; the last one to be closed is the one a person would still have in hand.
        let last_closed = state.loops.values().rev().find_map(|it| it.closed_at);
        if let Some(at) = last_closed.filter(|_| closed) {
            finding = finding.related(at, words::LOOP_CLOSED, context);
        }
        if !closed && let Some(waiting) = stopped_task(context) {
            finding = finding.related(waiting, CAME_AS_FAR, context);
        }
        if !closed {
            self.left.extend(state.loops.values().rev().find_map(|it| it.until));
        }
        report.explain_call(&finding, span, Some(*at), context);
        report.put(finding);
    }

    fn end(&mut self, _context: Context<'_>, report: &mut Report) {
        // That the task never ends is what comes of it.
        for id in &self.left {
            report.withdraw(&task_pending_at_close::METADATA, *id);
        }
    }
}

/// The await at which the task that the loop ran for was left.
fn stopped_task(context: Context<'_>) -> Option<u32> {
    let state = context.state;
    let until = state.loops.values().rev().find_map(|it| it.until)?;
    state.tasks.get(&until)?.waiting.as_ref().map(|waiting| waiting.chain)
}

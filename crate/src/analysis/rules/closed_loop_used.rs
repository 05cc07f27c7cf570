//! A loop was used after it was closed, or stopped before what it ran for had ended.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
        shape::own_nodes,
        source::{Tree, last_name},
        words,
    },
    trace::event::{Event, Id, Kind, Misuse, Span, StackId},
};

use super::task_pending_at_close::{self, being_collected};

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
    /// The loop that each thread stopped last.
    stopped: BTreeMap<Id, Id>,
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
        if let Kind::LoopStopped { id } = event.kind {
            self.stopped.insert(context.state.thread, id);
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
        if closed {
            if let Some(at) = closed_at(span, context) {
                finding = finding.related(at, words::LOOP_CLOSED, context);
            }
        } else if let Some(until) = self.left_by_stopped(context) {
            let task = state.tasks.get(&until);
            if let Some(waiting) = task.and_then(|task| task.waiting.as_ref()) {
                finding = finding.related(waiting.chain, CAME_AS_FAR, context);
            }
            self.left.push(until);
        }
        report.explain_call(&finding, span, Some(*at), context);
        match being_collected(*at, state) {
            Some(task) => report.put_consequence(finding, &task_pending_at_close::METADATA, task),
            None => report.put(finding),
        }
    }

    fn end(&mut self, _context: Context<'_>, report: &mut Report) {
        // That the task never ends is what comes of it.
        for id in &self.left {
            report.withdraw(&task_pending_at_close::METADATA, *id);
        }
    }
}

impl ClosedLoopUsed {
    /// What the loop ran for that has just been stopped.
    fn left_by_stopped(&self, context: Context<'_>) -> Option<Id> {
        let state = context.state;
        state.loops.get(self.stopped.get(&state.thread)?)?.until
    }
}

/// Where the loop was closed that the call at a place uses. The event does not name the loop: it is the only one that was
/// closed, or the one whose making the text shows to be used here.
fn closed_at(used: Span, context: Context<'_>) -> Option<StackId> {
    let state = context.state;
    let closed = || state.loops.values().filter_map(|it| Some((it.at, it.closed_at?)));
    one_place(closed().map(|(_, at)| at), context).or_else(|| {
        let tree = context.sources.tree(state.path(used.file))?;
        let call = tree.call_at(used.into())?;
        let Expr::Attribute(method) = &*call.func else {
            return None;
        };
        let made = made_at(&method.value, used.into(), tree, DEPTH)?.of(used.file);
        let of_it = closed().filter(|(at, _)| state.pointed_at(*at) == Some(made));
        one_place(of_it.map(|(_, at)| at), context)
    })
}

/// One of these stacks, if they all point at the same place.
fn one_place(stacks: impl Iterator<Item = StackId>, context: Context<'_>) -> Option<StackId> {
    let stacks: Vec<_> = stacks.collect();
    let places: BTreeSet<_> = stacks.iter().map(|at| context.state.pointed_at(*at)).collect();
    stacks.first().copied().filter(|_| places.len() == 1)
}

/// Names for names are followed as far as this; a circle has no end.
const DEPTH: u32 = 8;

/// The call that made the loop which an expression stands for at a place.
fn made_at(expression: &Expr, at: Region, tree: &Tree, depth: u32) -> Option<Region> {
    let value = match expression {
        Expr::Call(it) => {
            let name = last_name(&it.func)?;
            let makes = name == "new_event_loop" || name.ends_with("EventLoop");
            return makes.then(|| tree.region(it.range()));
        }
        Expr::Name(it) => match tree.value_before(it.id.as_str(), at) {
            Some(value) => {
                // What a branch does that the place is not in may not have happened, and a name may be bound otherwise.
                let around = tree.enclosing(at);
                let bound = own_nodes(tree.scope(at)).into_iter().any(|node| {
                    matches!(node, AnyNodeRef::ExprName(other) if other.ctx.is_store() && other.id == it.id
                        && other.start() >= value.end() && tree.region(other.range()) < at)
                });
                let mut assigned = tree.enclosing(tree.region(value.range())).into_iter().skip(1);
                (!bound && assigned.all(|it| around.contains(&it))).then_some(value)?
            }
            None => tree.only_value(expression)?,
        },
        Expr::Attribute(_) => tree.only_value(expression)?,
        _ => return None,
    };
    made_at(value, tree.region(value.range()), tree, depth.checked_sub(1)?)
}

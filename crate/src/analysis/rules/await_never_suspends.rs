//! An `await` that never gave control away.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Stmt};

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        rule::{Context, Metadata, Report, Rule},
        surroundings::suspends,
    },
    trace::event::{Event, Id, Kind, Span, StackId, StepEnd},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "await-never-suspends",
    fault: "an `await` that never gives control away",
    fault_ru: "`await`, который ни разу не отдал управление",
    severity: Severity::Info,
    page: include_str!("../../../rules/await-never-suspends.md"),
};

/// What was awaited at one place.
struct Place {
    function: String,
    library: bool,
    /// Calls in all, and in the step that made most of them.
    calls: u32,
    step: u32,
    in_step: u32,
    most_in_step: u32,
    task: Option<Id>,
}

#[derive(Default)]
pub(super) struct AwaitNeverSuspends {
    places: BTreeMap<Span, Place>,
    /// The place of each coroutine that was not given to a task.
    coroutines: BTreeMap<Id, Span>,
    /// Lines at which some task suspended.
    suspended: BTreeSet<Span>,
    chains: BTreeSet<StackId>,
    steps: u32,
}

impl Rule for AwaitNeverSuspends {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::StepStarted { .. } => self.steps += 1,
            Kind::CoroutineCreated {
                id,
                function,
                generator: false,
                parent,
                at,
            } if joins::called_by_program(*at, state) => {
                let Some(span) = state.pointed_at(*at) else { return };
                self.coroutines.insert(*id, span);
                let place = self.places.entry(span).or_insert_with(|| Place {
                    function: function.clone(),
                    library: false,
                    calls: 0,
                    step: 0,
                    in_step: 0,
                    most_in_step: 0,
                    task: *parent,
                });
                if place.step != self.steps {
                    place.step = self.steps;
                    place.in_step = 0;
                }
                place.calls += 1;
                place.in_step += 1;
                place.most_in_step = place.most_in_step.max(place.in_step);
                place.library = library_put(function);
            }
            Kind::TaskCreated {
                coroutine: Some(coroutine),
                ..
            } => {
                if let Some(span) = self.coroutines.remove(coroutine) {
                    self.places.remove(&span);
                }
            }
            Kind::StepEnded {
                end: StepEnd::Suspended { chain, .. },
                ..
            } => {
                if self.chains.insert(*chain) {
                    let frames = state.frames(*chain).iter().filter(|frame| state.in_workspace(frame));
                    self.suspended.extend(frames.map(|frame| frame.span));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        for (number, (span, place)) in (1..).zip(&self.places) {
            let Some(tree) = context.sources.tree(state.path(span.file)) else {
                continue;
            };
            if self.suspended.iter().any(|await_| within(*span, *await_)) || !tree.is_awaited((*span).into()) {
                continue;
            }
            let message = if place.library && place.most_in_step > 1 {
                format!(
                    "`{}()` never had to wait here, so this loop went {} times round without giving anything else a turn.",
                    place.function, place.most_in_step
                )
            } else if !place.library && empty_of_awaits(&place.function, context) {
                let name = &place.function;
                format!("`{name}()` awaits nothing, so this `await` never gives control away: it might be a plain function.")
            } else {
                continue;
            };
            report.put(METADATA.finding(number, *span, message, context).task(place.task));
        }
    }
}

/// Whether a call lies in the `await` of a chain's frame.
fn within(call: Span, awaits: Span) -> bool {
    let after = (call.line, call.column) >= (awaits.line, awaits.column);
    let before = (call.end_line, call.end_column) <= (awaits.end_line, awaits.end_column);
    call.file == awaits.file && after && before
}

/// Library coroutines that wait only if something is full or closed.
fn library_put(function: &str) -> bool {
    matches!(function, "Queue.put")
}

/// Whether a coroutine function of the workspace has nothing in it that could suspend. A method may have to be a
/// coroutine for the sake of others of its kind, and so may a function that only stands for one.
fn empty_of_awaits(name: &str, context: Context<'_>) -> bool {
    if name.contains("__") {
        return false;
    }
    context.sources.trees().any(|(_, tree)| {
        let Some(function) = tree.definition(name) else {
            return false;
        };
        let works = function
            .body
            .iter()
            .any(|statement| !matches!(statement, Stmt::Pass(_) | Stmt::Expr(_) | Stmt::Raise(_)) || calls(statement));
        function.is_async && function.decorator_list.is_empty() && works && !suspends(&function.body)
    })
}

fn calls(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(it) if matches!(&*it.value, Expr::Call(_)))
}

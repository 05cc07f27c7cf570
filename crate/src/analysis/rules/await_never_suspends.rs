//! An `await` that never gave control away.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape::{self, own_nodes},
        source::{Tree, last_name},
        surroundings::suspends,
        words,
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
    /// Calls in the newest step that made any, and in the step that made most of them.
    step: u32,
    in_step: u32,
    most_in_step: u32,
    /// Another task was there that could have had a turn.
    others: bool,
    task: Option<Id>,
}

/// So many calls in one step are needed for a word on `Queue.put()`: a few that fit in at once are no fault.
const MANY_PUTS: u32 = 8;

#[derive(Default)]
pub(super) struct AwaitNeverSuspends {
    places: BTreeMap<Span, Place>,
    /// The place of each coroutine that was not given to a task.
    coroutines: BTreeMap<Id, Span>,
    /// Lines at which some task suspended.
    suspended: BTreeSet<Span>,
    chains: BTreeSet<StackId>,
    steps: u32,
    /// Tasks that have not ended.
    alive: BTreeSet<Id>,
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
                if let Some(span) = state.pointed_at(*at) {
                    self.coroutines.insert(*id, span);
                    self.call(span, function, *parent);
                }
            }
            Kind::TaskCreated { id, coroutine, .. } => {
                self.alive.insert(*id);
                if let Some(span) = coroutine.and_then(|coroutine| self.coroutines.remove(&coroutine)) {
                    self.places.remove(&span);
                }
            }
            Kind::FutureDone { id, .. } | Kind::Destroyed { id, .. } => {
                self.alive.remove(id);
            }
            Kind::StepEnded {
                end: StepEnd::Suspended { chain, .. },
                ..
            } if self.chains.insert(*chain) => {
                let frames = state.frames(*chain).iter().filter(|frame| state.in_workspace(frame));
                self.suspended.extend(frames.map(|frame| frame.span));
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
            if !place.others && place.most_in_step < 2 {
                continue;
            }
            let message = if place.library && place.others && place.most_in_step >= MANY_PUTS {
                let name = &place.function;
                say!(
                    "`{name}()` never had to wait here, so this loop went {turns} round without giving anything else a turn.",
                    "`{name}()` здесь ни разу не пришлось ждать, и этот цикл сделал {turns}, никому не отдав управления.",
                    turns = words::count(
                        place.most_in_step.into(),
                        ["time", "times"],
                        ["оборот", "оборота", "оборотов"]
                    ),
                )
            } else if !place.library && self.is_needlessly_asynchronous(*span, place, tree, context) {
                let name = &place.function;
                say!(
                    "`{name}()` awaits nothing, so this `await` never gives control away: it might be a plain function.",
                    "`{name}()` ничего не ждёт, поэтому этот `await` никогда не отдаёт управление: хватило бы обычной функции."
                )
            } else {
                continue;
            };
            report.put(METADATA.finding(number, *span, message, context).task(place.task));
        }
    }
}

impl AwaitNeverSuspends {
    /// Whether what is awaited here might be a plain function. Not one that makes coroutines itself, which somebody forgot to
    /// await; nor one that is called by another name than its own or stands beside others of its name, as interfaces have it.
    fn is_needlessly_asynchronous(&self, at: Span, place: &Place, tree: &Tree, context: Context<'_>) -> bool {
        let name = place.function.rsplit('.').next().unwrap_or_default();
        let by_its_name = tree
            .call_at(at.into())
            .is_some_and(|call| last_name(&call.func) == Some(name));
        by_its_name
            && empty_of_awaits(&place.function, context)
            && !self.makes_coroutines(&place.function, context)
            && !has_namesakes(&place.function, name, context)
    }

    fn makes_coroutines(&self, function: &str, context: Context<'_>) -> bool {
        context.sources.defining(function).any(|(path, tree)| {
            let range = tree.definition(function).map(Ranged::range);
            let made = self.places.keys().chain(self.coroutines.values());
            let mut made = made.filter(|span| context.state.path(span.file) == path);
            made.any(|span| {
                let offset = tree.offset((*span).into());
                range.zip(offset).is_some_and(|(range, offset)| range.contains(offset))
            })
        })
    }

    fn call(&mut self, span: Span, function: &str, task: Option<Id>) {
        let place = self.places.entry(span).or_insert_with(|| Place {
            function: function.to_owned(),
            library: library_put(function),
            step: 0,
            in_step: 0,
            most_in_step: 0,
            others: false,
            task,
        });
        if place.step != self.steps {
            place.step = self.steps;
            place.in_step = 0;
        }
        place.in_step += 1;
        place.most_in_step = place.most_in_step.max(place.in_step);
        place.others |= self.alive.iter().any(|other| Some(*other) != task);
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
    context.sources.defining(name).any(|(_, tree)| {
        let Some(function) = tree.definition(name) else {
            return false;
        };
        let works = function
            .body
            .iter()
            .any(|statement| !matches!(statement, Stmt::Pass(_) | Stmt::Expr(_) | Stmt::Raise(_)) || calls(statement));
        function.is_async
            && function.decorator_list.is_empty()
            && works
            && !suspends(&function.body)
            && !uses_loop(&function.body)
    })
}

/// Whether another coroutine function of the workspace is a method of the same name.
fn has_namesakes(qualified: &str, name: &str, context: Context<'_>) -> bool {
    let is_method = |qualified: &str| qualified.contains('.') && !qualified.contains("<locals>");
    is_method(qualified)
        && context.files().into_iter().any(|(_, tree)| {
            shape::nodes(&tree.module().body).into_iter().any(|node| {
                let AnyNodeRef::StmtFunctionDef(it) = node else {
                    return false;
                };
                let same = it.is_async && it.name.as_str() == name;
                same && it.body.first().is_some_and(|first| {
                    let found = tree.qualified_function(tree.region(first.range()));
                    found.is_some_and(|found| found != qualified && is_method(&found))
                })
            })
        })
}

/// Whether a function needs the running loop: that is a reason to be a coroutine function without waiting for anything.
fn uses_loop(body: &[Stmt]) -> bool {
    let calls = own_nodes(body).into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprCall(call) => last_name(&call.func),
        _ => None,
    });
    let needing = [
        "create_task",
        "ensure_future",
        "get_running_loop",
        "current_task",
        "call_soon",
        "call_later",
        "call_at",
    ];
    calls.into_iter().any(|name| needing.contains(&name))
}

fn calls(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(it) if matches!(&*it.value, Expr::Call(_)))
}

//! A task was cancelled between two writes that belong together: the first is done, and the second never will be.

use std::collections::BTreeMap;

use ruff_python_ast::AnyNodeRef;

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        rule::{Context, Metadata, Report, Rule},
        sections::{Section, sections},
        sentence::{Plain, say},
        shape::nodes,
        source::last_name,
        state::{CancelRequest, Task},
        words,
    },
    trace::event::{Event, Frame, Id, Kind, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "unshielded-critical-section",
    fault: "a task is cancelled between two writes that belong together",
    fault_ru: "задача отменена между двумя записями, которые должны быть сделаны вместе",
    severity: Severity::Error,
    page: include_str!("../../../rules/unshielded-critical-section.md"),
};

const NEVER: Plain = ("This was not, and never will be.", "Это не сделано и уже не будет.");
const EXPOSED: Plain = (
    "The task was made here; whoever may cancel it can do so at that moment.",
    "Задача создана здесь; тот, кто может её отменить, может сделать это в такой момент.",
);

/// A section that a waiting task is in the middle of.
#[derive(Clone)]
pub(in crate::analysis) struct Open {
    section: Section,
    /// The `await`.
    at: Span,
}

#[derive(Default)]
pub(super) struct UnshieldedCriticalSection {
    found: u32,
    /// What the chains that are known stand in the middle of.
    open: BTreeMap<StackId, Vec<Open>>,
}

impl Rule for UnshieldedCriticalSection {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::StepStarted { id, cancel: true, .. } = event.kind else {
            return;
        };
        let Some(task) = context.state.tasks.get(&id) else {
            return;
        };
        let Some((waiting, request)) = task.last_wait.as_ref().zip(task.arrived.as_ref()) else {
            return;
        };
        if is_the_end(task, request, context) {
            return;
        }
        let by_timeout = context
            .state
            .passes_through(request.at, "asyncio/timeouts.py", "_on_timeout");
        let chain = waiting.chain;
        let open = self
            .open
            .entry(chain)
            .or_insert_with(|| open(chain, by_timeout, context))
            .clone();
        for it in open {
            self.report((id, task), request, &it, context, report);
        }
    }
}

/// Whether the whole program ends: nobody is left who could see what is half done.
fn is_the_end(task: &Task, request: &CancelRequest, context: Context<'_>) -> bool {
    let from_outside = context.state.frames(request.at).is_empty() || request.by.is_none();
    let by_timer = context
        .state
        .passes_through(request.at, "asyncio/timeouts.py", "_on_timeout");
    joins::at_shutdown(request.at, context) || (task.root && from_outside && !by_timer)
}

impl UnshieldedCriticalSection {
    fn report(
        &mut self,
        (id, task): (Id, &Task),
        request: &CancelRequest,
        open: &Open,
        context: Context<'_>,
        report: &mut Report,
    ) {
        let state = context.state;
        let Some(tree) = context.sources.tree(state.path(open.at.file)) else {
            return;
        };
        let injected = is_injected(id, request, context);
        if injected && open.section.puts_back && !cancels(context) {
            return;
        }
        self.found += 1;
        let name = words::task(state, id).capitalised();
        let message = if open.section.puts_back {
            let what = &open.section.written;
            say!(
                "{task} was cancelled here, and never puts back what it has changed: `{what}` stays as it is.",
                "Задача {task} отменена здесь и уже не вернёт того, что изменила: `{what}` так и останется.",
                task = name,
            )
        } else {
            say!(
                "{task} was cancelled here, between two writes that belong together: only the first is done.",
                "Задача {task} отменена здесь, между двумя записями, которые должны быть сделаны вместе: сделана только первая.",
                task = name,
            )
        };
        let span = |range| joins::span_in(open.at, tree.region(range));
        let finding = METADATA
            .finding(self.found, open.at, message, context)
            .task(Some(id))
            .related_span(span(open.section.first), ("This was done.", "Это сделано."), context)
            .related_span(span(open.section.second), NEVER, context);
        report.put(if injected {
            finding.related(task.at, EXPOSED, context)
        } else {
            finding.related(
                request.at,
                ("The cancellation came from here.", "Отмена пришла отсюда."),
                context,
            )
        });
    }
}

/// Whether the cancellation is that of the run's options.
fn is_injected(id: Id, request: &CancelRequest, context: Context<'_>) -> bool {
    let number = context.state.tasks.keys().take_while(|other| **other <= id).count();
    let wanted = context.options.cancel.map(|cancel| cancel.task as usize);
    wanted == Some(number) && request.by.is_none_or(|by| by == id)
}

/// Whether the program has anything in it that cancels tasks.
fn cancels(context: Context<'_>) -> bool {
    let words = [
        "cancel",
        "timeout",
        "timeout_at",
        "wait_for",
        "TaskGroup",
        "start_server",
        "Timeout",
    ];
    context.files().into_iter().any(|(_, tree)| {
        nodes(&tree.module().body).into_iter().any(|node| {
            matches!(node, AnyNodeRef::ExprCall(call) if last_name(&call.func).is_some_and(|name| words.contains(&name)))
        })
    })
}

/// The sections that a task which waits with this chain is in the middle of, unless something puts right what a
/// cancellation would leave.
pub(in crate::analysis) fn open(chain: StackId, by_timeout: bool, context: Context<'_>) -> Vec<Open> {
    let state = context.state;
    let frames = state.frames(chain);
    let mut found = Vec::new();
    for (index, frame) in frames.iter().enumerate().filter(|(_, frame)| state.in_workspace(frame)) {
        let Some(tree) = context.sources.tree(state.path(frame.span.file)) else {
            continue;
        };
        let at = frame.span.into();
        let Some((function, range)) = tree.function(at).zip(tree.range(at)) else {
            continue;
        };
        for section in sections(tree, function).into_iter().filter(|it| it.is_open_at(range)) {
            let within = &frames[..index];
            let caught = tree.puts_right(at, &section)
                || within.iter().any(|inner| stops(inner, context))
                || (by_timeout && is_limited_within(within, frame, &section, context));
            let outside = frames.iter().skip(index + 1).any(|outer| {
                let tree = context
                    .sources
                    .tree(state.path(outer.span.file))
                    .filter(|_| state.in_workspace(outer));
                tree.is_some_and(|tree| tree.puts_right_outside(outer.span.into(), &section.written))
            });
            if !caught && !outside {
                found.push(Open {
                    section,
                    at: frame.span,
                });
            }
        }
    }
    found
}

/// Whether a frame further in keeps a cancellation to itself, so that the writer goes on.
fn stops(frame: &Frame, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(frame.span.file));
    tree.is_some_and(|tree| {
        tree.cancellation_catches(frame.span.into())
            .iter()
            .any(|catch| !catch.raises)
    })
}

/// Whether the time limit that has run out stands between the two writes, and the function is ready for that.
fn is_limited_within(within: &[Frame], frame: &Frame, section: &Section, context: Context<'_>) -> bool {
    let state = context.state;
    let limits = |frame: &Frame| {
        let tree = context.sources.tree(state.path(frame.span.file));
        frame.function == "wait_for" || tree.is_some_and(|tree| tree.has_time_limit(frame.span.into()))
    };
    let Some(tree) = context.sources.tree(state.path(frame.span.file)) else {
        return false;
    };
    let here = tree
        .time_limit_start(frame.span.into())
        .is_some_and(|start| start >= section.first.end());
    (here || within.iter().any(limits)) && tree.catches_timeout(frame.span.into())
}

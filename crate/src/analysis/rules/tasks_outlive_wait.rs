//! `wait()` came back before every task had ended, and the others were forgotten.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        joins,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape::own_nodes,
        source::{Tree, last_name},
        waits, words,
    },
    trace::event::{Event, Id, Kind, Outcome, Span, StackId, StepEnd},
};

use super::{dangling_task, task_cancelled_at_exit};

pub(super) static METADATA: Metadata = Metadata {
    name: "tasks-outlive-wait",
    fault: "tasks that `wait()` left pending were forgotten",
    fault_ru: "о задачах, которых `wait()` не дождался, забыли",
    severity: Severity::Warning,
    page: include_str!("../../../rules/tasks-outlive-wait.md"),
};

/// A task that a `wait()` left pending.
struct Left {
    waiter: Id,
    chain: StackId,
    time: u64,
}

#[derive(Default)]
pub(super) struct TasksOutliveWait {
    /// What each task began to await in its running step.
    noted: BTreeMap<Id, BTreeSet<Id>>,
    /// The `wait()` in which each task is.
    waits: BTreeMap<Id, (StackId, BTreeSet<Id>)>,
    left: BTreeMap<Id, Left>,
}

impl Rule for TasksOutliveWait {
    fn event(&mut self, event: &Event, context: Context<'_>, _report: &mut Report) {
        if let Some(id) = joins::joined(&event.kind) {
            self.left.remove(&id);
        }
        match &event.kind {
            Kind::Awaited { id, by } => {
                self.noted.entry(*by).or_default().insert(*id);
            }
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => {
                let noted = self.noted.remove(id).unwrap_or_default();
                if context.state.passes_through(*chain, "asyncio/tasks.py", "_wait") {
                    self.waits.insert(*id, (*chain, noted));
                }
            }
            Kind::StepStarted { id, cancel, .. } => {
                if let Some((chain, tasks)) = self.waits.remove(id)
                    && !cancel
                {
                    self.leave(*id, chain, &tasks, event.time, context);
                }
            }
            Kind::CancelRequested {
                id, accepted: true, at, ..
            } if !joins::at_shutdown(*at, context) => {
                self.left.remove(id);
            }
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        if matches!(state.outcome, Some(Outcome::Stopped | Outcome::Internal { .. }) | None)
            || joins::program_failed(state)
        {
            return;
        }
        for (id, left) in &self.left {
            if let Some(span) = state.pointed_at(left.chain).filter(|span| !taken_up(*span, context)) {
                report.withdraw(&task_cancelled_at_exit::METADATA, *id);
                report.withdraw(&dangling_task::METADATA, *id);
                report.put(finding(*id, left, span, context));
            }
        }
    }
}

impl TasksOutliveWait {
    fn leave(&mut self, waiter: Id, chain: StackId, tasks: &BTreeSet<Id>, time: u64, context: Context<'_>) {
        let pending = tasks.iter().filter(|id| {
            let task = context.state.tasks.get(id);
            task.is_some_and(|task| {
                task.done.is_none() && task.cancelling == 0 && !waits::is_of_a_group(task, context.state)
            })
        });
        for id in pending {
            self.left.insert(*id, Left { waiter, chain, time });
        }
    }
}

fn finding(id: Id, left: &Left, span: Span, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let task = state.tasks.get(&id);
    let cancelled = task.is_some_and(|task| !task.cancels.is_empty());
    let ended = task.and_then(|task| task.done.as_ref()).filter(|_| !cancelled);
    let fate = match ended {
        Some(done) => say!(
            "it went on for {time} with nobody waiting for it",
            "она работала ещё {time}, и её никто не ждал",
            time = words::duration(done.time.saturating_sub(left.time)),
        ),
        None if cancelled => (
            "nobody waited for it any more, and the end of the program cancelled it",
            "её больше никто не ждал, и её отменил конец программы",
        )
            .into(),
        None => ("nobody waited for it any more", "её больше никто не ждал").into(),
    };
    let message = say!(
        "`wait()` came back before {task} had ended, and does not cancel it: {fate}.",
        "`wait()` вернулся раньше, чем завершилась задача {task}, и не отменил её: {fate}.",
        task = words::task(state, id),
        fate = fate,
    );
    let mut finding = METADATA
        .finding(id, span, message, context)
        .time(left.time)
        .task(Some(left.waiter));
    if let Some(task) = task {
        finding = finding.related(task.at, words::TASK_MADE, context);
        if let Some(waiting) = &task.last_wait {
            finding = finding.related(waiting.chain, ("It waited here.", "Она ждала здесь."), context);
        }
    }
    finding
}

/// Whether the code after the `wait()` does something with what is pending: awaits it, goes through it, or hands it on.
fn taken_up(wait: Span, context: Context<'_>) -> bool {
    let Some(tree) = context.sources.tree(context.state.path(wait.file)) else {
        return false;
    };
    let mut names = names_in_call(tree, wait.into());
    names.extend(pending_name(tree, wait.into()));
    uses_after(tree, wait.into(), &names)
}

/// The names of the tasks that the call was given, as written.
pub(super) fn names_in_call<'a>(tree: &'a Tree, call: Region) -> Vec<&'a str> {
    let around = tree.path(call);
    let Some(call) = around.iter().rev().find_map(|node| match node {
        AnyNodeRef::ExprAwait(it) => it.value.as_call_expr(),
        AnyNodeRef::ExprCall(it) => Some(it),
        _ => None,
    }) else {
        return Vec::new();
    };
    let names = |call: &'a ExprCall| {
        call.arguments.args.iter().flat_map(|argument| match argument {
            Expr::List(it) => it.elts.iter().filter_map(last_name).collect(),
            Expr::Set(it) => it.elts.iter().filter_map(last_name).collect(),
            Expr::Tuple(it) => it.elts.iter().filter_map(last_name).collect(),
            Expr::Starred(it) => last_name(&it.value).into_iter().collect(),
            other => last_name(other).into_iter().collect::<Vec<_>>(),
        })
    };
    names(call).collect()
}

/// `pending` of `done, pending = await wait(…)`.
fn pending_name(tree: &Tree, wait: Region) -> Option<&str> {
    tree.path(wait).into_iter().rev().find_map(|node| match node {
        AnyNodeRef::StmtAssign(it) => match it.targets.first()? {
            Expr::Tuple(targets) => last_name(targets.elts.get(1)?).filter(|name| *name != "_"),
            _ => None,
        },
        _ => None,
    })
}

/// Whether one of these names is awaited, iterated over or handed on after a place in its function. To print it or to
/// count it is not to care for it.
pub(super) fn uses_after(tree: &Tree, at: Region, names: &[&str]) -> bool {
    let Some(end) = tree.path(at).last().map(Ranged::end) else {
        return false;
    };
    let is_one = |expression: &Expr| last_name(expression).is_some_and(|name| names.contains(&name));
    own_nodes(tree.scope(at))
        .into_iter()
        .filter(|node| node.start() >= end)
        .any(|node| match node {
            AnyNodeRef::ExprAwait(it) => is_one(&it.value),
            AnyNodeRef::StmtFor(it) => is_one(&it.iter),
            AnyNodeRef::Comprehension(it) => is_one(&it.iter),
            AnyNodeRef::StmtReturn(it) => it.value.as_deref().is_some_and(is_one),
            AnyNodeRef::ExprCall(it) => {
                let counts = matches!(last_name(&it.func), Some("print" | "len" | "str" | "repr" | "sorted" | "bool"));
                let handed = |argument: &Expr| match argument {
                    Expr::Starred(it) => is_one(&it.value),
                    other => is_one(other),
                };
                let asked = matches!(&*it.func, Expr::Attribute(method)
                    if is_one(&method.value) && matches!(method.attr.as_str(), "result" | "exception" | "cancel" | "pop"));
                asked || !counts && it.arguments.args.iter().any(handed)
            }
            _ => false,
        })
}

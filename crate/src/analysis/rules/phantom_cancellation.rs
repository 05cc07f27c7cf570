//! A task ended as cancelled, though nobody had cancelled it.

use std::collections::BTreeMap;

use ruff_python_ast::AnyNodeRef;

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape::nodes,
        source::last_name,
        words::{self, Case},
    },
    trace::event::{Completion, Event, Id, Kind, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "phantom-cancellation",
    fault: "a task ended as cancelled, and nobody had cancelled it",
    fault_ru: "задача завершилась как отменённая, хотя её никто не отменял",
    severity: Severity::Warning,
    page: include_str!("../../../rules/phantom-cancellation.md"),
};

/// No program has more classes of exceptions above each other.
const DEEPEST: u32 = 16;

#[derive(Default)]
pub(super) struct PhantomCancellation {
    /// Where each task's running step raised `CancelledError` itself, or what is derived from it.
    raised: BTreeMap<Id, Span>,
    /// What woke each task with a `CancelledError`, and where it waited.
    woken: BTreeMap<Id, (Id, Option<StackId>)>,
    /// Where futures were cancelled.
    cancelled: BTreeMap<Id, StackId>,
    /// Gathering futures and what they gather.
    children: BTreeMap<Id, Vec<Id>>,
    noted: BTreeMap<Id, Vec<Id>>,
    phantoms: Vec<Id>,
}

impl Rule for PhantomCancellation {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::Awaited { id, by } => self.noted.entry(*by).or_default().push(*id),
            Kind::FutureCreated {
                id,
                class,
                parent: Some(parent),
                ..
            } if class == "_GatheringFuture" => {
                let children = self.noted.remove(parent).unwrap_or_default();
                self.children.insert(*id, children);
            }
            Kind::StepStarted { id, woken_by, cancel } => {
                self.raised.remove(id);
                self.woken.remove(id);
                if let Some(by) = woken_by.filter(|_| *cancel) {
                    let chain = state.tasks.get(id).and_then(|task| task.last_wait.as_ref());
                    self.woken.insert(*id, (by, chain.map(|waiting| waiting.chain)));
                }
            }
            Kind::StepEnded { id, .. } => {
                self.noted.remove(id);
            }
            Kind::CancelRequested {
                id, accepted: true, at, ..
            } => {
                self.cancelled.entry(*id).or_insert(*at);
            }
            Kind::Raised {
                exception,
                by: Some(by),
                ..
            } if is_cancellation(&exception.class, context) => {
                if let Some(span) = state.first_in_workspace(&exception.traceback) {
                    self.raised.insert(*by, span);
                }
            }
            Kind::FutureDone {
                id,
                completion: Completion::Cancelled,
                ..
            } => self.judge(*id, context, report),
            _ => {}
        }
    }
}

/// Whether an exception of this class ends a task as cancelled.
fn is_cancellation(class: &str, context: Context<'_>) -> bool {
    class.ends_with("CancelledError") || is_derived(class, &context, DEEPEST)
}

/// Whether a class of the workspace is derived from `asyncio.CancelledError`, over so many classes at most.
fn is_derived(class: &str, context: &Context<'_>, deepest: u32) -> bool {
    let Some(deeper) = deepest.checked_sub(1) else {
        return false;
    };
    let name = class.rsplit('.').next().unwrap_or(class);
    context.sources.defining(name).any(|(_, tree)| {
        nodes(&tree.module().body).into_iter().any(|node| {
            let AnyNodeRef::StmtClassDef(it) = node else {
                return false;
            };
            it.name.as_str() == name
                && it.bases().iter().any(|base| {
                    tree.names()
                        .of_asyncio(base)
                        .as_deref()
                        .is_some_and(|it| it.ends_with("CancelledError"))
                        || last_name(base).is_some_and(|base| base != name && is_derived(base, context, deeper))
                })
        })
    })
}

impl PhantomCancellation {
    fn judge(&mut self, id: Id, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else { return };
        if task.steps == 0 || task.cancels.iter().any(|request| request.accepted) {
            return;
        }
        let origin = self
            .woken
            .get(&id)
            .map(|(by, chain)| (self.source(*by, context), *chain));
        let name = words::task(state, id);
        let finding = if let Some((source, Some(chain))) = origin {
            // What it waited for was told of already: this is the same cancellation, passed on.
            if self.phantoms.contains(&source) {
                self.phantoms.push(id);
                return;
            }
            let Some(span) = state.pointed_at(chain) else { return };
            let what = if state.tasks.contains_key(&source) {
                words::runnable(state, source, Case::Accusative)
            } else {
                ("the future it waited for", "future, которого она ждала").into()
            };
            let message = say!(
                "{task} ended as cancelled, though nobody cancelled it: {what} was cancelled, and its `CancelledError` came out of this await.",
                "Задача {task} завершилась как отменённая, хотя её никто не отменял: отменили {what}, и `CancelledError` вышло из этого `await`.",
                task = name.capitalised(),
                what = what,
            );
            let mut finding = METADATA.finding(id, span, message, context).task(Some(id));
            if let Some(at) = self.cancelled.get(&source) {
                finding = finding.related(*at, ("This was cancelled here.", "Отмена произошла здесь."), context);
            }
            finding
        } else {
            let Some(span) = self.raised.get(&id) else { return };
            let message = say!(
                "This ended {name} as cancelled, though nobody had cancelled it: whoever waits for it takes it for a cancellation, or hears nothing.",
                "Из-за этого задача {name} завершилась как отменённая, хотя её никто не отменял: тот, кто её ждёт, примет это за отмену или ничего не узнает.",
                name = name,
            );
            METADATA.finding(id, *span, message, context).task(Some(id))
        };
        self.phantoms.push(id);
        report.put(finding.related(task.at, words::TASK_MADE, context));
    }

    /// The task or future whose cancellation came by way of this one.
    fn source(&self, id: Id, context: Context<'_>) -> Id {
        let cancelled = |child: &&Id| {
            let done = context.state.done(**child);
            done.is_some_and(|done| done.completion == Completion::Cancelled)
        };
        let child = self
            .children
            .get(&id)
            .and_then(|children| children.iter().find(cancelled));
        child.copied().unwrap_or(id)
    }
}

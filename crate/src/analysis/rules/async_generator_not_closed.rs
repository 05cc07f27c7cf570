//! An asynchronous generator was left before its end, and nobody closed it.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, ExceptHandler, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape,
        source::{covers, handler},
    },
    trace::event::{Completion, Event, Kind, Span, StackId},
};

use super::coroutine_never_awaited;

pub(super) static METADATA: Metadata = Metadata {
    name: "async-generator-not-closed",
    fault: "an asynchronous generator was left half-way without `aclose()`",
    fault_ru: "асинхронный генератор брошен на середине без `aclose()`",
    severity: Severity::Warning,
    page: include_str!("../../../rules/async-generator-not-closed.md"),
};

#[derive(Default)]
pub(super) struct AsyncGeneratorNotClosed {
    /// The functions of those that have been told of.
    left: BTreeSet<String>,
}

impl Rule for AsyncGeneratorNotClosed {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::AsyncGeneratorAbandoned { id } = event.kind else {
            return;
        };
        let state = context.state;
        let Some(generator) = state.coroutines.get(&id) else {
            return;
        };
        let Some(span) = place(generator.at, context) else {
            return;
        };
        let name = &generator.function;
        // One that another goes through is left with it: that is told where the other was made.
        let outer = state
            .frames(generator.at)
            .iter()
            .find(|frame| state.in_workspace(frame));
        if outer.is_some_and(|outer| self.left.contains(&outer.function)) {
            return;
        }
        self.left.insert(name.clone());
        // Whoever meant to close it and did not await that is told so.
        let short = name.rsplit('.').next().unwrap_or_default();
        let words = format!("coroutine method 'aclose' of '{short}' was never awaited");
        if report
            .of(&coroutine_never_awaited::METADATA)
            .any(|it| it.cpython.as_ref() == Some(&words))
        {
            return;
        }
        let found = context
            .sources
            .defining(name)
            .find_map(|(_, tree)| tree.definition(name));
        let cleanup = found.is_some_and(cleans_up);
        let parent = generator.parent.and_then(|id| state.tasks.get(&id));
        let cut_off = parent.is_some_and(|task| {
            let done = task.done.as_ref();
            task.cancelling > 0 || done.is_some_and(|done| done.completion != Completion::Result)
        });
        // Where nothing is to be cleaned up, it matters little when the generator ends; and a task that was itself cut
        // off left it without a choice.
        let severity = if cut_off || found.is_some() && !cleanup {
            Severity::Info
        } else {
            Severity::Warning
        };
        let sentence = if found.is_some() && !cleanup {
            say!(
                "`{name}()` was left before its end and not closed: it ends later, in a task of its own, when the generator is found to be garbage.",
                "Генератор `{name}()` брошен на середине и не закрыт: он закончится позже, в отдельной задаче, когда попадёт в мусор."
            )
        } else {
            say!(
                "`{name}()` was left before its end and not closed: its cleaning up runs later, in a task of its own, when the generator is found to be garbage.",
                "Генератор `{name}()` брошен на середине и не закрыт: его очистка выполнится позже, в отдельной задаче, когда он попадёт в мусор."
            )
        };
        report.put(
            METADATA
                .finding(id, span, sentence, context)
                .severity(severity)
                .task(generator.parent),
        );
    }
}

/// Where the program took the generator: where its function was called, unless that was only to return it.
fn place(made: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let mut frames = state.frames(made).iter().filter(|frame| state.in_workspace(frame));
    let first = frames.next()?.span;
    let hands_on = |span: Span| {
        let tree = context.sources.tree(state.path(span.file));
        tree.is_some_and(|tree| {
            let around = tree.path(span.into());
            matches!(around.iter().rev().find(|it| it.is_statement()), Some(AnyNodeRef::StmtReturn(it))
                if it.value.as_ref().is_some_and(|value| Some(value.range()) == tree.range(span.into())))
        })
    };
    let mut at = first;
    while hands_on(at) {
        let Some(caller) = frames.next() else {
            return Some(first);
        };
        at = caller.span;
    }
    Some(at)
}

/// Whether the generator has something to do when it is closed: one of its `yield`s stands in what ends with that.
fn cleans_up(function: &StmtFunctionDef) -> bool {
    let nodes = shape::own_nodes(&function.body);
    let yields: Vec<_> = nodes
        .iter()
        .filter(|node| node.is_expr_yield())
        .map(Ranged::start)
        .collect();
    let around = |body: &[Stmt]| yields.iter().any(|at| covers(body, *at));
    nodes.iter().any(|node| match node {
        AnyNodeRef::StmtTry(it) => {
            let ends = !it.finalbody.is_empty() || handler(it, &["GeneratorExit", "BaseException"]).is_some();
            ends && around(&it.body)
                || it
                    .handlers
                    .iter()
                    .any(|ExceptHandler::ExceptHandler(it)| around(&it.body))
        }
        AnyNodeRef::StmtWith(it) => around(&it.body),
        AnyNodeRef::StmtFor(it) => it.is_async && around(&it.body),
        _ => false,
    })
}

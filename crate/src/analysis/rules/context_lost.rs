//! A context variable was set in a task, and its value looked for outside of it.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Region, Severity},
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        shape,
        source::Tree,
    },
    trace::event::{Event, Id, Kind, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "context-lost",
    fault: "a context variable was set in one task and read in another",
    fault_ru: "контекстная переменная задана в одной задаче, а читается в другой",
    severity: Severity::Warning,
    page: include_str!("../../../rules/context-lost.md"),
};

#[derive(Default)]
pub(super) struct ContextLost {
    findings: Findings,
}

impl Rule for ContextLost {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Kind::TaskCreated {
            id,
            function,
            parent: Some(_),
            at,
            ..
        } = &event.kind
        {
            read_after(*id, function, *at, context, report);
        }
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let foreign = raise.is_like("ValueError", "<Token", " was created in a different Context")
            || raise.is_like("ValueError", "<ContextVar", " was created in a different Context");
        if foreign {
            let sentence = (
                "The token is of another task's context, so it cannot be undone here.",
                "Токен принадлежит контексту другой задачи, и вернуть по нему прежнее значение здесь нельзя.",
            );
            let finding = self.findings.explain(&METADATA, &raise, sentence, context);
            let id = format!("{}:token", finding.id);
            let finding = crate::analysis::diagnostic::Diagnostic { id, ..finding }.severity(Severity::Error);
            report.put_cause(finding, &raise, context);
        }
    }
}

/// Whether the one that made a task reads, later on, a variable that only the task's function sets.
fn read_after(task: Id, function: &str, at: StackId, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let Some(made) = state.pointed_at(at) else { return };
    let Some(tree) = context.sources.tree(state.path(made.file)) else {
        return;
    };
    let Some(child) = tree.definition(function) else { return };
    let variables = variables(tree);
    let at: Region = made.into();
    let own = shape::own_nodes(tree.scope(at));
    for node in shape::own_nodes(&child.body) {
        let Some((name, set)) = call_of(node, "set").filter(|(name, _)| variables.contains(name)) else {
            continue;
        };
        let mut calls = own.iter().copied();
        // Who has a value of its own wants the isolation.
        if calls.any(|node| call_of(node, "set").is_some_and(|(own, _)| own == name)) {
            continue;
        }
        let read = own
            .iter()
            .filter_map(|node| call_of(*node, "get"))
            .filter(|(own, _)| *own == name)
            .map(|(_, call)| tree.region(call.range()))
            .find(|region| (region.line, region.column) > (at.end_line, at.end_column));
        let Some(read) = read else { continue };
        let place = |region: Region| Span {
            file: made.file,
            line: region.line,
            column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
        };
        let sentence = say!(
            "`{name}` was set in the task's own copy of the context: what is read here is the value from before, or none.",
            "Переменная `{name}` задана в собственной копии контекста той задачи: здесь читается прежнее значение или никакого."
        );
        report.put(
            METADATA
                .finding(task, place(read), sentence, context)
                .related_span(
                    place(tree.region(set.range())),
                    (
                        "It was set here, in another task.",
                        "Она задана здесь, в другой задаче.",
                    ),
                    context,
                )
                .related_span(
                    made,
                    (
                        "The task that got a copy of the context was made here.",
                        "Задача, получившая копию контекста, создана здесь.",
                    ),
                    context,
                ),
        );
        return;
    }
}

/// The names of the file's context variables.
fn variables(tree: &Tree) -> BTreeSet<&str> {
    let made = |value: &Expr| matches!(value, Expr::Call(call) if tree.names().path(&call.func).as_deref() == Some("contextvars.ContextVar"));
    let nodes = shape::own_nodes(&tree.module().body);
    let names = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::StmtAssign(it) if made(&it.value) => it.targets.first(),
        AnyNodeRef::StmtAnnAssign(it) if it.value.as_deref().is_some_and(made) => Some(&*it.target),
        _ => None,
    });
    names
        .filter_map(|target| match target {
            Expr::Name(it) => Some(it.id.as_str()),
            _ => None,
        })
        .collect()
}

/// The variable and the call, of a call of this method of a variable.
fn call_of<'a>(node: AnyNodeRef<'a>, method: &str) -> Option<(&'a str, &'a ExprCall)> {
    let AnyNodeRef::ExprCall(call) = node else { return None };
    let Expr::Attribute(function) = &*call.func else {
        return None;
    };
    let Expr::Name(name) = &*function.value else {
        return None;
    };
    (function.attr.as_str() == method).then_some((name.id.as_str(), call))
}

//! A context variable was set in a task, and its value looked for outside of it.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        joins::span_in,
        raised::{self, Findings},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        shape,
        source::{Tree, last_name},
    },
    trace::event::{Event, Id, Kind, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "context-lost",
    fault: "a context variable was set in one task and read in another",
    fault_ru: "контекстная переменная задана в одной задаче, а читается в другой",
    severity: Severity::Warning,
    page: include_str!("../../../rules/context-lost.md"),
};

const SET: Plain = (
    "It was set here, in another task.",
    "Она задана здесь, в другой задаче.",
);
const COPIED: Plain = (
    "The task that got a copy of the context was made here.",
    "Задача, получившая копию контекста, создана здесь.",
);

#[derive(Default)]
pub(super) struct ContextLost {
    findings: Findings,
    /// Places and functions of tasks of which nothing is to be said.
    well: BTreeSet<(Span, String)>,
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
            && let Some(made) = context.state.pointed_at(*at)
            && !self.well.contains(&(made, function.clone()))
        {
            if let Some(lost) = read_after(function, made, context) {
                report.put(finding(*id, &lost, made, context));
            } else {
                self.well.insert((made, function.clone()));
            }
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
            let finding = Diagnostic { id, ..finding }.severity(Severity::Error);
            report.put_cause(finding, &raise, context);
        }
    }
}

/// A task's function that sets a variable, and where whoever made the task reads it later on.
struct Lost<'a> {
    name: &'a str,
    set: Span,
    read: Span,
}

/// Whether the one that made a task reads, later on, a variable that only the task's function sets.
fn read_after<'a>(function: &str, made: Span, context: Context<'a>) -> Option<Lost<'a>> {
    let state = context.state;
    let tree = context.sources.tree(state.path(made.file))?;
    let (path, child_tree, child) = context
        .sources
        .defining(function)
        .find_map(|(path, tree)| Some((path, tree, tree.definition(function)?)))?;
    let file = state.file(path)?;
    let variables: BTreeSet<&str> = context.files().into_iter().flat_map(|(_, it)| variables(it)).collect();
    let at: Region = made.into();
    let own = shape::own_nodes(tree.scope(at));
    let inner = shape::own_nodes(&child.body);
    inner.iter().find_map(|node| {
        let (name, set) = call_of(*node, "set").filter(|(name, _)| variables.contains(name))?;
        let calls = |nodes: &[AnyNodeRef<'a>], method: &str| {
            let mut nodes = nodes.iter();
            nodes.any(|node| call_of(*node, method).is_some_and(|(other, _)| other == name))
        };
        // Who has a value of its own wants the isolation, and who puts the former one back leaves nothing behind.
        if calls(&own, "set") || calls(&inner, "reset") {
            return None;
        }
        let read = own
            .iter()
            .filter_map(|node| call_of(*node, "get"))
            .filter(|(own, _)| *own == name)
            .map(|(_, call)| tree.region(call.range()))
            .find(|region| (region.line, region.column) > (at.end_line, at.end_column))?;
        let set = span_in(Span { file, ..made }, child_tree.region(set.range()));
        let read = span_in(made, read);
        Some(Lost { name, set, read })
    })
}

fn finding(task: Id, lost: &Lost<'_>, made: Span, context: Context<'_>) -> Diagnostic {
    let name = lost.name;
    let sentence = say!(
        "`{name}` was set in the task's own copy of the context: what is read here is the value from before, or none.",
        "Переменная `{name}` задана в собственной копии контекста той задачи: здесь читается прежнее значение или никакого."
    );
    METADATA
        .finding(task, lost.read, sentence, context)
        .related_span(lost.set, SET, context)
        .related_span(made, COPIED, context)
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
    names.filter_map(last_name).collect()
}

/// The variable and the call, of a call of this method of a variable.
fn call_of<'a>(node: AnyNodeRef<'a>, method: &str) -> Option<(&'a str, &'a ExprCall)> {
    let AnyNodeRef::ExprCall(call) = node else { return None };
    let Expr::Attribute(function) = &*call.func else {
        return None;
    };
    (function.attr.as_str() == method).then_some((last_name(&function.value)?, call))
}

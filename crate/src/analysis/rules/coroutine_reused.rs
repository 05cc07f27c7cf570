//! A coroutine object was awaited, or made a task of, a second time.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        shape,
        source::Tree,
        words,
    },
    trace::event::{Event, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-reused",
    fault: "one coroutine was awaited twice",
    fault_ru: "одну и ту же сопрограмму ожидают дважды",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-reused.md"),
};

#[derive(Default)]
pub(super) struct CoroutineReused {
    findings: Findings,
}

impl Rule for CoroutineReused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let sentence = match raise.words() {
            _ if raise.class() != "RuntimeError" => return,
            "cannot reuse already awaited coroutine" => (
                "This coroutine has run before: each call of the function makes one that can be awaited once.",
                "Эта сопрограмма уже выполнялась: каждый вызов функции создаёт одну, и ожидать её можно один раз.",
            ),
            "coroutine is being awaited already" => (
                "Somebody else awaits this coroutine already: share a task of it, or call the function again.",
                "Эту сопрограмму уже кто-то ожидает: создайте из неё общую задачу или вызовите функцию ещё раз.",
            ),
            _ => return,
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(name_origin(finding, &raise, context), &raise, context);
    }
}

/// Names the place where the coroutine was made, and where it was used before.
fn name_origin(finding: Diagnostic, raise: &Raise<'_>, context: Context<'_>) -> Diagnostic {
    let Some(tree) = context.sources.tree(context.state.path(raise.span.file)) else {
        return finding;
    };
    let at = raise.span.into();
    let Some(name) = reused_name(tree, at) else {
        return finding;
    };
    let place = |region: Region| Span {
        file: raise.span.file,
        line: region.line,
        column: region.column,
        end_line: region.end_line,
        end_column: region.end_column,
    };
    let mut finding = finding;
    if let Some(value) = tree.value_before(name, at) {
        let made = place(tree.region(value.range()));
        finding = finding.related_span(made, words::COROUTINE_MADE, context);
    }
    let earlier = shape::own_nodes(tree.scope(at))
        .into_iter()
        .filter(|node| uses(*node, name))
        .map(|node| tree.region(node.range()))
        .find(|region| (region.line, region.column) < (at.line, at.column) && !region.contains(at));
    match earlier {
        Some(region) => finding.related_span(
            place(region),
            ("It was used up here.", "Она израсходована здесь."),
            context,
        ),
        None => finding,
    }
}

/// The name of the coroutine in the expression at this place.
fn reused_name(tree: &Tree, at: Region) -> Option<&str> {
    let range = tree.range(at)?;
    let within = shape::own_nodes(tree.scope(at));
    within.into_iter().find_map(|node| match node {
        AnyNodeRef::ExprName(it) if range.contains_range(it.range()) => {
            let name = it.id.as_str();
            let value = tree.value_before(name, at);
            matches!(value, Some(Expr::Call(_))).then_some(name)
        }
        _ => None,
    })
}

/// Whether a node awaits a name, or hands it to a call.
fn uses(node: AnyNodeRef<'_>, name: &str) -> bool {
    let is_it = |value: &Expr| matches!(value, Expr::Name(it) if it.id.as_str() == name);
    match node {
        AnyNodeRef::ExprAwait(it) => is_it(&it.value),
        AnyNodeRef::ExprCall(it) => it.arguments.args.iter().any(is_it),
        _ => false,
    }
}

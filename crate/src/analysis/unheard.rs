//! Notifications of a condition that were sent before anything waited for them: they wake nobody, and none is kept.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt};
use ruff_text_size::Ranged;

use super::{
    diagnostic::{Diagnostic, Region},
    joins::span_in,
    rule::Context,
    sentence::Plain,
    shape::nodes,
    sharing::is_run_once,
    source::{Tree, last_name},
    state::Waiting,
    words,
};
use crate::trace::event::{Completion, Id, Kind, Span, StepEnd, Wait};

const UNHEARD: Plain = (
    "This notification came before anything waited for it: it woke nobody, and is not kept.",
    "Это оповещение пришло раньше, чем его кто-либо ждал: оно никого не разбудило и не сохраняется.",
);

/// Where locks were taken and where somebody waited to be notified, each for the first time, in this order.
///
/// A lock has a new identity whenever it comes into use again, so that only the source can say which one it is.
#[derive(Debug, Default)]
pub struct Unheard {
    taken: BTreeMap<Span, (usize, Option<Id>)>,
    waited: BTreeMap<Span, usize>,
}

impl Unheard {
    pub fn apply(&mut self, kind: &Kind, context: Context<'_>) {
        let number = self.taken.len() + self.waited.len();
        match kind {
            Kind::Acquired { by, at, .. } => {
                if let Some(span) = context.state.pointed_at(*at) {
                    self.taken.entry(span).or_insert((number, *by));
                }
            }
            Kind::StepEnded {
                end:
                    StepEnd::Suspended {
                        on: Wait::Future { lock: Some(_), .. },
                        chain,
                    },
                ..
            } => {
                if let Some(span) = context.state.pointed_at(*chain) {
                    self.waited.entry(span).or_insert(number);
                }
            }
            _ => {}
        }
    }

    /// Names the notifications that were sent before, to a finding about a task that waits to be notified.
    #[must_use]
    pub fn relate(&self, finding: Diagnostic, waiter: Id, context: Context<'_>) -> Diagnostic {
        let state = context.state;
        let waiting = state.tasks.get(&waiter).and_then(|it| it.waiting.as_ref());
        let notified = |it: &&Waiting| words::library_call(state, it).is_some_and(|it| it.starts_with("Condition."));
        let at = waiting.filter(notified).and_then(|it| state.pointed_at(it.chain));
        let name = at.and_then(|at| waited_for(at, context));
        let Some(condition) = name.and_then(|name| Condition::named(name, context)) else {
            return finding;
        };
        let heard = self.waited.iter().filter(|(at, _)| {
            let name = waited_for(**at, context);
            name.is_none_or(|name| condition.may_be(name))
        });
        let heard = heard.map(|(_, number)| *number).min();
        let failed = |by: Option<Id>| {
            let done = by.and_then(|by| state.done(by));
            done.is_some_and(|done| !matches!(done.completion, Completion::Result))
        };
        let taken = self.taken.iter();
        let before = taken.filter(|(_, (number, by))| heard.is_some_and(|heard| *number < heard) && !failed(*by));
        let sent = before.flat_map(|(at, _)| notices(*at, condition, context));
        sent.fold(finding, |finding, span| finding.related_span(span, UNHEARD, context))
    }
}

/// A condition of which the program has only one, by its name; or by any, where there is no other.
#[derive(Clone, Copy)]
struct Condition<'a> {
    name: Option<&'a str>,
}

impl<'a> Condition<'a> {
    fn named(name: &'a str, context: Context<'_>) -> Option<Self> {
        let trees: Vec<&Tree> = context.files().into_iter().map(|(_, tree)| tree).collect();
        let mut made = Vec::new();
        for tree in &trees {
            let calls = nodes(&tree.module().body).into_iter().filter_map(AnyNodeRef::expr_call);
            let conditions = calls.filter(|it| tree.names().path(&it.func).as_deref() == Some("asyncio.Condition"));
            made.extend(conditions.map(|it| (*tree, tree.region(it.range()))));
        }
        let alone = made.len() == 1;
        made.retain(|(tree, at)| alone || given_to(tree, *at) == Some(name));
        let [(tree, at)] = *made else { return None };
        is_run_once(tree, at, &trees).then_some(Self {
            name: (!alone).then_some(name),
        })
    }

    fn may_be(self, name: &str) -> bool {
        self.name.is_none_or(|it| it == name)
    }
}

/// The last name of what is given the value that is made at a place.
fn given_to(tree: &Tree, at: Region) -> Option<&str> {
    match tree.statement(at)? {
        AnyNodeRef::StmtAssign(it) => last_name(it.targets.first()?),
        AnyNodeRef::StmtAnnAssign(it) => last_name(&it.target),
        _ => None,
    }
}

/// The last name of the condition whose method waits at a place.
fn waited_for(at: Span, context: Context<'_>) -> Option<&str> {
    let tree = context.sources.tree(context.state.path(at.file))?;
    let method = tree.call_at(tree.awaited(at.into()))?.func.as_attribute_expr()?;
    last_name(&method.value)
}

/// The notifications of a condition that the block which is entered at a place always sends.
fn notices(at: Span, condition: Condition<'_>, context: Context<'_>) -> Vec<Span> {
    let Some(tree) = context.sources.tree(context.state.path(at.file)) else {
        return Vec::new();
    };
    let notifies = |call: &&ExprCall| match &*call.func {
        Expr::Attribute(it) => {
            matches!(it.attr.as_str(), "notify" | "notify_all")
                && last_name(&it.value).is_some_and(|name| condition.may_be(name))
        }
        _ => false,
    };
    let calls = block(tree, at).iter().filter_map(|statement| match statement {
        Stmt::Expr(it) => it.value.as_call_expr(),
        _ => None,
    });
    let sent = calls.filter(notifies);
    sent.map(|call| span_in(at, tree.region(call.range()))).collect()
}

/// The body of the `async with` that enters something at a place.
fn block(tree: &Tree, at: Span) -> &[Stmt] {
    let entered = tree.path(at.into()).into_iter().rev().find_map(|node| match node {
        AnyNodeRef::StmtWith(it) if it.is_async => Some(it),
        _ => None,
    });
    let Some((with, range)) = entered.zip(tree.range(at.into())) else {
        return &[];
    };
    let mut items = with.items.iter();
    let enters =
        items.any(|item| range.contains_range(item.context_expr.range()) || item.range().contains_range(range));
    if enters { &with.body } else { &[] }
}

//! What stands around an `await`: loops, handlers, time limits.

use ruff_python_ast::{AnyNodeRef, ExceptHandler, Expr, Stmt, StmtTry, StmtWhile, StmtWith, UnaryOp};
use ruff_text_size::{Ranged, TextSize};

use super::{
    diagnostic::Region,
    shape::own_nodes,
    source::{Tree, covers, handler, last_name},
};

const CANCELLATION: [&str; 2] = ["CancelledError", "BaseException"];

/// Whether something in these statements may give control away: an `await`, `async for` or `async with`, or a `yield`.
#[must_use]
pub fn suspends(body: &[Stmt]) -> bool {
    own_nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::ExprAwait(_) | AnyNodeRef::ExprYield(_) | AnyNodeRef::ExprYieldFrom(_) => true,
        AnyNodeRef::StmtFor(it) => it.is_async,
        AnyNodeRef::StmtWith(it) => it.is_async,
        AnyNodeRef::Comprehension(it) => it.is_async,
        _ => false,
    })
}

/// Whether a loop of this condition goes on until somebody else says otherwise: `while True`, `while self.running`,
/// `while not stop.is_set()`. One that compares counts its own work.
fn waits_for_others(test: &Expr) -> bool {
    match test {
        Expr::BooleanLiteral(it) => it.value,
        Expr::NumberLiteral(_) | Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) => true,
        Expr::UnaryOp(it) => it.op == UnaryOp::Not && waits_for_others(&it.operand),
        _ => false,
    }
}

impl Tree {
    /// The innermost `while` whose body surrounds a place, within its function and nearer than any other loop.
    #[must_use]
    pub fn while_around(&self, at: Region) -> Option<&StmtWhile> {
        let offset = self.offset(at)?;
        self.enclosing(at)
            .into_iter()
            .find_map(|statement| match statement {
                Stmt::While(it) if covers(&it.body, offset) => Some(Some(it)),
                Stmt::For(it) if covers(&it.body, offset) => Some(None),
                _ => None,
            })
            .flatten()
    }

    /// The `while` around a place that has no end of its own, as a service has.
    #[must_use]
    pub fn endless_loop(&self, at: Region) -> Option<&StmtWhile> {
        let offset = self.offset(at)?;
        self.enclosing(at).into_iter().find_map(|statement| match statement {
            Stmt::While(it) if covers(&it.body, offset) && waits_for_others(&it.test) => Some(it),
            _ => None,
        })
    }

    /// Whether this place is passed in each turn of a `while` of its function.
    #[must_use]
    pub fn in_while(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let mut around = self.enclosing(at).into_iter();
        around.any(|statement| match statement {
            Stmt::While(it) => it.test.range().contains(offset) || covers(&it.body, offset),
            _ => false,
        })
    }

    /// Whether a `finally`, or a handler of `CancelledError`, is ready for a cancellation at this place.
    #[must_use]
    pub fn expects_cancellation(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| match statement {
            Stmt::Try(it) => {
                covers(&it.body, offset) && (!it.finalbody.is_empty() || handler(it, &CANCELLATION).is_some())
            }
            _ => false,
        })
    }

    /// Whether this place is in a branch that its function need not take.
    #[must_use]
    pub fn is_conditional(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| match statement {
            Stmt::If(_) | Stmt::While(_) | Stmt::For(_) | Stmt::Match(_) => true,
            Stmt::Try(it) => it.handlers.iter().any(|it| it.range().contains(offset)) || covers(&it.orelse, offset),
            _ => false,
        })
    }

    /// Whether this place is in a `finally` or in a handler of `CancelledError`, within its function.
    #[must_use]
    pub fn ends_cancelled(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at)
            .into_iter()
            .any(|statement| matches!(statement, Stmt::Try(it) if runs_when_cancelled(it, offset)))
    }

    /// Whether the expression awaited at this place is a call of one of these functions.
    #[must_use]
    pub fn awaits_call_of(&self, at: Region, names: &[&str]) -> bool {
        self.path(at).into_iter().rev().any(|node| {
            matches!(node, AnyNodeRef::ExprAwait(it) if matches!(&*it.value, Expr::Call(call)
                if last_name(&call.func).is_some_and(|name| names.contains(&name))))
        })
    }

    /// Whether this call is the operand of an `await`.
    #[must_use]
    pub fn is_awaited(&self, call: Region) -> bool {
        let Some(call) = self.call_at(call) else { return false };
        let around = self.path(self.region(call.range()));
        around
            .into_iter()
            .any(|node| matches!(node, AnyNodeRef::ExprAwait(it) if it.value.range() == call.range()))
    }

    /// The `async with` one of whose items is the expression at this place.
    #[must_use]
    pub fn with_of_item(&self, item: Region) -> Option<&StmtWith> {
        let range = self.path(item).last()?.range();
        self.path(item).into_iter().rev().find_map(|node| match node {
            AnyNodeRef::StmtWith(it) if it.items.iter().any(|item| item.range().contains_range(range)) => Some(it),
            _ => None,
        })
    }

    /// Whether an `async with timeout(…)` surrounds this place within its function.
    #[must_use]
    pub fn has_time_limit(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| {
            let Stmt::With(it) = statement else { return false };
            covers(&it.body, offset)
                && it.items.iter().any(|item| {
                    matches!(&item.context_expr, Expr::Call(call)
                        if matches!(last_name(&call.func), Some("timeout" | "timeout_at" | "move_on_after" | "fail_after")))
                })
        })
    }
}

fn runs_when_cancelled(it: &StmtTry, offset: TextSize) -> bool {
    let handled = it.handlers.iter().any(|ExceptHandler::ExceptHandler(one)| {
        let range = one.range();
        covers(&one.body, offset) && handler(it, &CANCELLATION).is_some_and(|catching| catching.range() == range)
    });
    covers(&it.finalbody, offset) || handled
}

//! The locks of threads that code holds, as far as it shows.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::Ranged;

use super::{
    shape::own_nodes,
    source::{Tree, covers},
};
use crate::trace::event::Span;

/// What is held at a place of a function, as it is written: what a plain `with` around it has entered by its name, and
/// what has had an `acquire()` that no `release()` has followed.
#[must_use]
pub fn held(tree: &Tree, at: Span) -> Vec<&str> {
    let Some(offset) = tree.offset(at.into()) else {
        return Vec::new();
    };
    let mut found: Vec<&str> = Vec::new();
    for statement in tree.enclosing(at.into()) {
        let Stmt::With(it) = statement else { continue };
        if !it.is_async {
            let inside = covers(&it.body, offset);
            let entered = it.items.iter().map(|item| &item.context_expr);
            let named = entered.filter(|it| inside || it.end() < offset);
            let named = named.filter(|it| !matches!(it, Expr::Call(_)));
            found.extend(named.map(|it| tree.source(it.range())));
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    for node in own_nodes(tree.scope(at.into())) {
        let AnyNodeRef::ExprCall(call) = node else { continue };
        let Expr::Attribute(method) = &*call.func else { continue };
        let lock = tree.source(method.value.range());
        match method.attr.as_str() {
            "acquire" if call.end() <= offset => taken.push(lock),
            "release" if call.end() <= offset => taken.retain(|it| *it != lock),
            _ => {}
        }
    }
    found.extend(taken);
    found
}

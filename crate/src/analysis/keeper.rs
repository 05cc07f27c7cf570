//! What has kept an exception to itself, once the run has told where control went on.

use ruff_python_ast::{AnyNodeRef, ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged;

use super::{
    diagnostic::Region,
    shape::own_nodes,
    source::{Tree, covers, handler},
};

/// What has kept an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// `except …`, or what leaves a `finally`.
    Handler(Region),
    /// The context manager of a `with` block.
    Item(Region),
}

impl Tree {
    /// What has kept an exception if control went on behind this place: the head of the handler that it is in, what leaves
    /// the `finally`, or the item of the `with`.
    #[must_use]
    pub fn keeper(&self, at: Region) -> Option<Keeper> {
        let offset = self.offset(at)?;
        let statements = self.enclosing(at).into_iter();
        statements.into_iter().find_map(|statement| match statement {
            Stmt::Try(it) if covers(&it.finalbody, offset) => {
                self.left_in_finally(it).map(|catch| Keeper::Handler(catch.header))
            }
            Stmt::Try(it) => {
                let mut handlers = it.handlers.iter().map(|ExceptHandler::ExceptHandler(it)| it);
                let handler = handlers.find(|handler| handler.range().contains(offset))?;
                Some(Keeper::Handler(self.catch(handler).header))
            }
            Stmt::With(it) => {
                let item = it.items.iter().find(|item| item.range().contains(offset))?;
                Some(Keeper::Item(self.region(item.context_expr.range())))
            }
            _ => None,
        })
    }

    /// The head of the handler that has raised something at one place instead of an exception that came out of another, if
    /// it is one for whatever comes. A handler that speaks of cancellations means what it does with them.
    #[must_use]
    pub fn replacer(&self, at: Region, from: Region) -> Option<Region> {
        let (raised, from) = (self.offset(at)?, self.offset(from)?);
        self.enclosing(at).into_iter().find_map(|statement| {
            let Stmt::Try(it) = statement else { return None };
            let catching = handler(it, &["CancelledError", "BaseException"])?;
            let kind = catching.type_.as_deref().map(|kind| self.source(kind.range()));
            let means_it = || {
                kind.is_some_and(|kind| kind.contains("Cancel"))
                    || own_nodes(&catching.body).into_iter().any(is_of_cancelling)
            };
            let replaces = covers(&it.body, from) && covers(&catching.body, raised) && !means_it();
            replaces.then(|| self.catch(catching).header)
        })
    }

    /// The only `return` of a function that may give something true.
    #[must_use]
    pub fn only_true_return(&self, qualified: &str) -> Option<Region> {
        let returns = own_nodes(&self.definition(qualified)?.body).into_iter();
        let mut true_ones = returns.filter_map(|node| match node {
            AnyNodeRef::StmtReturn(it) => it.value.as_deref().filter(|value| !is_false(value)).map(|_| it.range()),
            _ => None,
        });
        let found = true_ones.next()?;
        true_ones.next().is_none().then(|| self.region(found))
    }
}

/// Whether a name is of cancellations.
fn is_of_cancelling(node: AnyNodeRef<'_>) -> bool {
    let text = match node {
        AnyNodeRef::ExprName(it) => it.id.as_str(),
        AnyNodeRef::ExprAttribute(it) => it.attr.as_str(),
        _ => return false,
    };
    text.to_ascii_lowercase().contains("cancel")
}

fn is_false(value: &Expr) -> bool {
    matches!(value, Expr::NoneLiteral(_)) || matches!(value, Expr::BooleanLiteral(it) if !it.value)
}

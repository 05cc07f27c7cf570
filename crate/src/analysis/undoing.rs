//! What takes a write back without a `finally` around it: what an exit stack was given, and context managers of the
//! program's own.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextSize};

use super::{
    diagnostic::Region,
    sections::{TELLING, acts, takes_back},
    shape::{nodes, nodes_of, own_nodes},
    source::{Tree, covers, handler, last_name},
    updates::is_parameter,
};

/// Methods of an exit stack that are given what is to be called in the end.
const REGISTERING: &[&str] = &["callback", "push_async_callback", "push", "push_async_exit"];
/// Those that enter a context manager.
const ENTERING: &[&str] = &["enter_context", "enter_async_context"];
/// Those after which a stack calls nothing.
const DISARMING: &[&str] = &["pop_all"];

impl Tree {
    /// Whether an exit stack that is open at a place has been given something that touches what was written, or says that
    /// it takes something back.
    pub(super) fn will_undo(&self, at: Region, written: &str) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let before = own_nodes(self.scope(at)).into_iter().filter(|it| it.end() <= offset);
        let mut armed = Vec::new();
        for node in before {
            match node {
                AnyNodeRef::ExprCall(call) => {
                    let Expr::Attribute(method) = &*call.func else { continue };
                    let (stack, name) = (&*method.value, method.attr.as_str());
                    if DISARMING.contains(&name) {
                        armed.retain(|it| *it != self.source(stack.range()));
                    } else if self.is_open(stack, at, offset) && self.arms(call, name, written) {
                        armed.push(self.source(stack.range()));
                    }
                }
                AnyNodeRef::StmtFunctionDef(it) => armed.extend(
                    it.decorator_list
                        .iter()
                        .filter_map(|it| it.expression.as_attribute_expr())
                        .filter(|it| REGISTERING.contains(&it.attr.as_str()) && self.is_open(&it.value, at, offset))
                        .filter(|_| touches(&it.body, written))
                        .map(|it| self.source(it.value.range())),
                ),
                _ => {}
            }
        }
        !armed.is_empty()
    }

    /// Whether a call of an exit stack's method makes it take back what was written.
    fn arms(&self, call: &ExprCall, method: &str, written: &str) -> bool {
        let Some(first) = call.arguments.args.first() else {
            return false;
        };
        if ENTERING.contains(&method) {
            return self.restores(first, written);
        }
        let tells = last_name(first).is_some_and(|name| TELLING.contains(&name));
        REGISTERING.contains(&method) && !tells && call.arguments.args.iter().any(|it| self.mentions(it, written))
    }

    /// Whether a stack is closed only after a place: somebody else's, or that of a `with` around it.
    fn is_open(&self, stack: &Expr, at: Region, offset: TextSize) -> bool {
        let text = self.source(stack.range());
        let given = match stack {
            Expr::Name(it) => self
                .function(at)
                .is_some_and(|function| is_parameter(function, it.id.as_str())),
            other => other.is_attribute_expr(),
        };
        let is_it = |it: &Expr| self.source(it.range()) == text;
        given
            || self.enclosing(at).into_iter().any(|statement| {
                let Stmt::With(it) = statement else { return false };
                let mut items = it.items.iter();
                covers(&it.body, offset)
                    && items.any(|item| is_it(&item.context_expr) || item.optional_vars.as_deref().is_some_and(is_it))
            })
    }

    /// Whether an expression names what was written, or a function of the file that touches it.
    fn mentions(&self, expression: &Expr, written: &str) -> bool {
        let named = |name: &str| {
            let mut functions = self.functions(name);
            name == written || takes_back(name) || functions.any(|it| touches(&it.body, written))
        };
        nodes_of(expression).into_iter().any(|node| match node {
            AnyNodeRef::ExprName(it) => named(it.id.as_str()),
            AnyNodeRef::ExprAttribute(it) => named(it.attr.as_str()),
            AnyNodeRef::ExprStringLiteral(it) => it.value.to_str() == written,
            _ => false,
        })
    }

    /// Whether what is entered is a context manager of the file that, on a cancellation, puts back what was written: it
    /// touches that, or was given it.
    pub(super) fn restores(&self, entered: &Expr, written: &str) -> bool {
        let Expr::Call(call) = entered else { return false };
        let Some(name) = last_name(&call.func) else {
            return false;
        };
        let given = call.arguments.args.iter().any(|it| self.mentions(it, written));
        let puts_back = |body: &[Stmt]| touches(body, written) || (given && acts(body));
        let generator = |it: &StmtFunctionDef| {
            own_nodes(&it.body).into_iter().any(|node| match node {
                AnyNodeRef::StmtTry(it) => {
                    let caught = handler(it, &["CancelledError", "BaseException"]);
                    caught.is_some_and(|it| puts_back(&it.body)) || puts_back(&it.finalbody)
                }
                _ => false,
            })
        };
        let is_manager = |it: &StmtFunctionDef| {
            let mut decorators = it.decorator_list.iter().filter_map(|it| last_name(&it.expression));
            decorators.any(|name| matches!(name, "contextmanager" | "asynccontextmanager"))
        };
        let mut classes = nodes(&self.module().body).into_iter().filter_map(|node| match node {
            AnyNodeRef::StmtClassDef(it) if it.name.as_str() == name => Some(it),
            _ => None,
        });
        self.functions(name).any(|it| is_manager(it) && generator(it))
            || classes.any(|it| {
                it.body.iter().any(|it| {
                    matches!(it, Stmt::FunctionDef(it)
                        if matches!(it.name.as_str(), "__exit__" | "__aexit__") && puts_back(&it.body))
                })
            })
    }

    fn functions(&self, name: &str) -> impl Iterator<Item = &StmtFunctionDef> {
        let nodes = nodes(&self.module().body).into_iter();
        nodes.filter_map(move |node| match node {
            AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == name => Some(it),
            _ => None,
        })
    }
}

/// Whether statements name what was written, or say that they take something back.
pub(super) fn touches(body: &[Stmt], written: &str) -> bool {
    own_nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::ExprName(it) => it.id.as_str() == written || takes_back(it.id.as_str()),
        AnyNodeRef::ExprAttribute(it) => it.attr.as_str() == written || takes_back(it.attr.as_str()),
        _ => false,
    })
}

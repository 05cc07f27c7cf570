//! A stream or server that is not closed to its end: close it, and wait until it is.

use ruff_python_ast::{
    AnyNodeRef, Expr, Stmt, StmtFunctionDef,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::{Ranged, TextRange};

use super::place::{Place, fix, level, mentions};
use crate::analysis::{diagnostic::Fix, source::last_name};

const TITLE: (&str, &str) = (
    "close it and wait with `wait_closed`",
    "закрыть и дождаться с помощью `wait_closed`",
);

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let target = place.tree.range(place.finding.span)?;
    let function = place.function(target).filter(|it| it.is_async)?;
    let statement = place.statement(target)?;
    let name = closed(statement).or_else(|| opened(place, statement))?;
    if mentions(place.tree.source(function.range()), "wait_closed") {
        return None;
    }
    match close(function, name) {
        Some(close) => {
            let indentation = place.indentation(close.start())?;
            let line = format!("\n{indentation}await {name}.wait_closed()");
            let edit = place.insert(place.line_end(close.end())?, line);
            Some(fix(true, TITLE, vec![edit]))
        }
        None => close_finally(place, function, statement, name),
    }
}

/// `x` of a statement `x.close()`.
fn closed(statement: &Stmt) -> Option<&str> {
    let Stmt::Expr(it) = statement else { return None };
    let Expr::Call(call) = &*it.value else { return None };
    let Expr::Attribute(method) = &*call.func else {
        return None;
    };
    let Expr::Name(name) = &*method.value else { return None };
    (method.attr.as_str() == "close").then_some(name.id.as_str())
}

/// The writer of `open_connection`, or the server of `start_server`, that a statement assigns.
fn opened<'a>(place: &Place<'a>, statement: &'a Stmt) -> Option<&'a str> {
    let Stmt::Assign(it) = statement else { return None };
    let Expr::Await(awaited) = &*it.value else { return None };
    let Expr::Call(call) = &*awaited.value else { return None };
    let function = place.resolve(&call.func)?;
    let target = match (function.as_str(), it.targets.first()?) {
        ("asyncio.open_connection", Expr::Tuple(pair)) => pair.elts.get(1)?,
        ("asyncio.start_server", target) => target,
        _ => return None,
    };
    target.as_name_expr().and_then(|_| last_name(target))
}

/// The statement that closes it, if there is exactly one.
fn close<'a>(function: &'a StmtFunctionDef, name: &str) -> Option<&'a Stmt> {
    let mut search = Closes {
        name,
        found: Vec::new(),
    };
    source_order::walk_body(&mut search, &function.body);
    match *search.found {
        [close] => Some(close),
        _ => None,
    }
}

struct Closes<'a, 'n> {
    name: &'n str,
    found: Vec<&'a Stmt>,
}

impl<'a> SourceOrderVisitor<'a> for Closes<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if closed(statement) == Some(self.name) {
            self.found.push(statement);
        }
        source_order::walk_stmt(self, statement);
    }
}

/// Puts what follows into a `try` whose `finally` closes it, provided that nobody else gets hold of it.
fn close_finally(place: &Place<'_>, function: &StmtFunctionDef, statement: &Stmt, name: &str) -> Option<Fix> {
    let closes = place.tree.source(function.range()).contains(&format!("{name}.close"));
    if closes || escapes(place, function, name) {
        return None;
    }
    let indentation = place.indentation(statement.start())?;
    let (body, index) = place.siblings(statement)?;
    let rest = body.get(index + 1..)?;
    let end = place.line_end(body.last()?.end())?;
    let inner = format!("\n{indentation}{}", level(indentation));
    let closing = format!("{name}.close(){inner}await {name}.wait_closed()");
    let mut edits = Vec::new();
    if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        edits.push(place.insert(place.line_end(statement.end())?, format!("\n{indentation}try:")));
        edits.extend(place.indent(TextRange::new(first.start(), last.end())));
        edits.push(place.insert(end, format!("\n{indentation}finally:{inner}{closing}")));
    } else {
        let closing = closing.replace(&inner, &format!("\n{indentation}"));
        edits.push(place.insert(end, format!("\n{indentation}{closing}")));
    }
    Some(fix(true, TITLE, edits))
}

/// Whether the name is used for more than its own methods after it was bound.
fn escapes(place: &Place<'_>, function: &StmtFunctionDef, name: &str) -> bool {
    struct Names<'n> {
        name: &'n str,
        found: Vec<TextRange>,
    }
    impl SourceOrderVisitor<'_> for Names<'_> {
        fn visit_expr(&mut self, expression: &Expr) {
            if let Expr::Name(it) = expression
                && it.id.as_str() == self.name
                && it.ctx.is_load()
            {
                self.found.push(it.range());
            }
            source_order::walk_expr(self, expression);
        }
    }
    let mut search = Names {
        name,
        found: Vec::new(),
    };
    source_order::walk_body(&mut search, &function.body);
    search
        .found
        .iter()
        .any(|range| !matches!(place.parent(*range), Some(AnyNodeRef::ExprAttribute(_))))
}

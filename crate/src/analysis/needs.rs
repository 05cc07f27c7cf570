//! What an expression needs that other code makes: the places it reads, and the statements that write them.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::Region,
    shape::{nodes, own_nodes},
    source::{Tree, last_name},
    updates::{binds, is_parameter},
};

/// Something that several functions may share, by name: what object it is of, no syntax tree says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A name that is not the function's own.
    Name(String),
    /// `x.name`, whatever `x` is.
    Attribute(String),
    /// An item of what has this last name. The key is its text if it is a literal.
    Item { holder: String, key: Option<String> },
}

/// A statement that makes what others need.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    pub path: &'a str,
    pub tree: &'a Tree,
    pub function: &'a StmtFunctionDef,
    pub statement: TextRange,
}

/// Values that stand for other values are followed so far.
const DEEPEST: u32 = 3;

/// The places that are read at a place of the text, in the order of the text: by the expression there, or by the whole test
/// of an `assert`.
#[must_use]
pub fn reads(tree: &Tree, at: Region) -> Vec<Place> {
    let path = tree.path(at);
    let test = path.iter().rev().find_map(|node| match node {
        AnyNodeRef::StmtAssert(it) => Some(it.test.range()),
        _ => None,
    });
    let Some(range) = test.or_else(|| tree.range(at)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    collect(tree, at, range, DEEPEST, &mut found);
    found
}

fn collect(tree: &Tree, at: Region, range: TextRange, depth: u32, found: &mut Vec<Place>) {
    let function = tree.function(at);
    for node in own_nodes(tree.scope(at)) {
        if !range.contains_range(node.range()) {
            continue;
        }
        let place = match node {
            AnyNodeRef::ExprName(it) if it.ctx.is_load() => {
                let name = it.id.as_str();
                if function.is_some_and(|it| !is_parameter(it, name) && binds(it, name) && !is_outer(it, name)) {
                    // The function's own name stands for what it was given.
                    let value = tree.value_before(name, at).filter(|_| depth > 0);
                    if let Some(value) = value {
                        let range = value.range();
                        collect(tree, tree.region(range), range, depth - 1, found);
                    }
                    continue;
                }
                Place::Name(name.to_owned())
            }
            AnyNodeRef::ExprAttribute(it) if it.ctx.is_load() => Place::Attribute(it.attr.to_string()),
            AnyNodeRef::ExprSubscript(it) if it.ctx.is_load() => {
                let Some(holder) = last_name(&it.value) else { continue };
                Place::Item {
                    holder: holder.to_owned(),
                    key: it
                        .slice
                        .is_literal_expr()
                        .then(|| tree.source(it.slice.range()).to_owned()),
                }
            }
            _ => continue,
        };
        if !found.contains(&place) {
            found.push(place);
        }
    }
}

fn is_outer(function: &StmtFunctionDef, name: &str) -> bool {
    own_nodes(&function.body).into_iter().any(|node| match node {
        AnyNodeRef::StmtGlobal(it) => it.names.iter().any(|it| it.as_str() == name),
        AnyNodeRef::StmtNonlocal(it) => it.names.iter().any(|it| it.as_str() == name),
        _ => false,
    })
}

/// Methods that put something into what they are called on.
const FILLING: &[&str] = &[
    "append",
    "appendleft",
    "add",
    "extend",
    "insert",
    "push",
    "put",
    "put_nowait",
    "set",
    "set_result",
    "setdefault",
    "update",
];

/// The statements that make what is read at a place. What a constructor or the module sets up is there from the beginning.
#[must_use]
pub fn makers<'a>(place: &Place, files: &Files<'a>) -> Vec<Maker<'a>> {
    statements(files, &|tree, function, statement| {
        writes(tree, function, statement, place)
    })
}

/// The statements that call one of these methods on what has this last name.
#[must_use]
pub fn callers<'a>(files: &Files<'a>, holder: &str, methods: &[&str]) -> Vec<Maker<'a>> {
    statements(files, &|_, _, statement| is_call_of(statement, holder, methods))
}

/// The files of a program, with their paths.
pub type Files<'a> = [(&'a str, &'a Tree)];

type Wanted<'f> = dyn Fn(&Tree, &StmtFunctionDef, &Stmt) -> bool + 'f;

fn statements<'a>(files: &Files<'a>, wanted: &Wanted<'_>) -> Vec<Maker<'a>> {
    let mut found = Vec::new();
    for (path, tree) in files.iter().copied() {
        for node in nodes(&tree.module().body) {
            let AnyNodeRef::StmtFunctionDef(function) = node else {
                continue;
            };
            if function.name.as_str() == "__init__" {
                continue;
            }
            for node in own_nodes(&function.body) {
                let statement = node.as_stmt_ref().map(|it| it.range());
                let is_it = statement.is_some_and(|range| {
                    find(&function.body, range).is_some_and(|statement| wanted(tree, function, statement))
                });
                if let Some(statement) = statement.filter(|_| is_it) {
                    found.push(Maker {
                        path,
                        tree,
                        function,
                        statement,
                    });
                }
            }
        }
    }
    found
}

/// The statement at just this range.
fn find(body: &[Stmt], range: TextRange) -> Option<&Stmt> {
    body.iter().find_map(|statement| {
        if statement.range() == range {
            return Some(statement);
        }
        if !statement.range().contains_range(range) {
            return None;
        }
        super::updates::inner(statement)
            .into_iter()
            .find_map(|list| find(list, range))
            .or_else(|| match statement {
                Stmt::Try(it) => it.handlers.iter().find_map(|handler| {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    find(&handler.body, range)
                }),
                _ => None,
            })
    })
}

fn writes(tree: &Tree, function: &StmtFunctionDef, statement: &Stmt, place: &Place) -> bool {
    let targets: Vec<&Expr> = match statement {
        Stmt::Assign(it) if !it.value.is_none_literal_expr() => it.targets.iter().flat_map(parts).collect(),
        Stmt::AnnAssign(it) if it.value.is_some() => vec![&it.target],
        Stmt::AugAssign(it) => vec![&it.target],
        _ => Vec::new(),
    };
    let is_target = targets.into_iter().any(|target| match (target, place) {
        (Expr::Name(it), Place::Name(name)) => it.id.as_str() == name && is_outer(function, name),
        (Expr::Attribute(it), Place::Attribute(name)) => it.attr.as_str() == name,
        (Expr::Subscript(it), Place::Item { holder, key }) => {
            let own = it.slice.is_literal_expr().then(|| tree.source(it.slice.range()));
            let same_key = key.as_deref().zip(own).is_none_or(|(key, own)| key == own);
            last_name(&it.value) == Some(holder) && same_key
        }
        (Expr::Subscript(it), Place::Name(name) | Place::Attribute(name)) => last_name(&it.value) == Some(name),
        _ => false,
    });
    let filled = match place {
        Place::Name(name) | Place::Attribute(name) => name,
        Place::Item { holder, .. } => holder,
    };
    is_target || is_call_of(statement, filled, FILLING)
}

fn parts(target: &Expr) -> Vec<&Expr> {
    match target {
        Expr::Tuple(it) => it.elts.iter().collect(),
        other => vec![other],
    }
}

/// `holder.method(…)` as a statement of its own, awaited or not.
fn is_call_of(statement: &Stmt, holder: &str, methods: &[&str]) -> bool {
    let Stmt::Expr(it) = statement else { return false };
    let value = match &*it.value {
        Expr::Await(it) => &*it.value,
        value => value,
    };
    let Expr::Call(call) = value else { return false };
    matches!(&*call.func, Expr::Attribute(it)
        if methods.contains(&it.attr.as_str()) && last_name(&it.value) == Some(holder))
}

/// Where a function does something: by a statement of its own, or by a call of another that does.
#[must_use]
pub fn reached_in(
    maker: &Maker<'_>,
    path: &str,
    function: &StmtFunctionDef,
    tree: &Tree,
    files: &Files<'_>,
) -> Vec<TextRange> {
    reached(maker, (path, function, tree), files, DEEPEST)
}

fn reached(
    maker: &Maker<'_>,
    (path, function, tree): (&str, &StmtFunctionDef, &Tree),
    files: &Files<'_>,
    depth: u32,
) -> Vec<TextRange> {
    if path == maker.path && function.range() == maker.function.range() {
        return vec![maker.statement];
    }
    if depth == 0 {
        return Vec::new();
    }
    let calls = own_nodes(&function.body).into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprCall(it) => Some(it),
        _ => None,
    });
    calls
        .filter(|call| {
            last_name(&call.func).is_some_and(|name| {
                name == maker.function.name.as_str()
                    || named(files, name)
                        .into_iter()
                        .any(|(path, tree, it)| !reached(maker, (path, it, tree), files, depth - 1).is_empty())
            }) && !is_spawned(tree, call.range())
        })
        .map(Ranged::range)
        .collect()
}

/// Whether a coroutine is given to another task rather than run here.
fn is_spawned(tree: &Tree, call: TextRange) -> bool {
    let makes = [
        "create_task",
        "ensure_future",
        "gather",
        "run_coroutine_threadsafe",
        "call_soon",
        "wait",
    ];
    tree.path(tree.region(call)).into_iter().any(|node| {
        matches!(node, AnyNodeRef::ExprCall(outer)
            if outer.range() != call && last_name(&outer.func).is_some_and(|name| makes.contains(&name)))
    })
}

/// The functions of this name.
fn named<'a>(files: &Files<'a>, name: &str) -> Vec<(&'a str, &'a Tree, &'a StmtFunctionDef)> {
    let mut found = Vec::new();
    for (path, tree) in files.iter().copied() {
        for node in nodes(&tree.module().body) {
            if let AnyNodeRef::StmtFunctionDef(it) = node
                && it.name.as_str() == name
            {
                found.push((path, tree, it));
            }
        }
    }
    found
}

//! Which names of a function stand for the same thing, or for a collection that it is in, as far as the text says.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, Comprehension, Expr, Stmt};

use super::{
    shape::{collects, own_nodes},
    source::last_name,
};

/// Methods that give out what a collection holds.
const GIVE: [&str; 8] = [
    "pop",
    "popleft",
    "get",
    "values",
    "items",
    "copy",
    "union",
    "difference",
];
/// Methods that put something into one.
const TAKE: [&str; 7] = [
    "append",
    "appendleft",
    "add",
    "insert",
    "extend",
    "update",
    "setdefault",
];
/// Functions of which the results hold what they were given.
const HOLD: [&str; 5] = ["frozenset", "reversed", "enumerate", "chain", "as_completed"];

/// The names that some statements connect with one of these: by an assignment, by a loop, by putting one into the other.
#[must_use]
pub fn aliases<'a>(body: &'a [Stmt], of: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let connected = connections(body);
    let mut known: BTreeSet<&str> = of.into_iter().collect();
    loop {
        let before = known.len();
        for names in &connected {
            if names.iter().any(|name| known.contains(name)) {
                known.extend(names);
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

fn connections(body: &[Stmt]) -> Vec<Vec<&str>> {
    let nodes = own_nodes(body).into_iter();
    nodes
        .flat_map(|node| match node {
            AnyNodeRef::StmtAssign(it) => it.targets.iter().map(|target| join(target, &it.value)).collect(),
            AnyNodeRef::StmtAnnAssign(it) => it.value.iter().map(|value| join(&it.target, value)).collect(),
            AnyNodeRef::StmtAugAssign(it) => vec![join(&it.target, &it.value)],
            AnyNodeRef::ExprNamed(it) => vec![join(&it.target, &it.value)],
            AnyNodeRef::StmtFor(it) => vec![join(&it.target, &it.iter)],
            AnyNodeRef::Comprehension(Comprehension { target, iter, .. }) => vec![join(target, iter)],
            AnyNodeRef::ExprCall(it) => match &*it.func {
                Expr::Attribute(method) if TAKE.contains(&method.attr.as_str()) => {
                    it.arguments.args.iter().map(|put| join(&method.value, put)).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        })
        .collect()
}

fn join<'a>(one: &'a Expr, other: &'a Expr) -> Vec<&'a str> {
    [parts(one), parts(other)].concat()
}

/// The names of what a value is, or holds, or was taken from.
#[must_use]
pub fn parts(value: &Expr) -> Vec<&str> {
    match value {
        Expr::Name(_) | Expr::Attribute(_) => last_name(value).into_iter().collect(),
        Expr::Subscript(it) => parts(&it.value),
        Expr::Starred(it) => parts(&it.value),
        Expr::Named(it) => join(&it.target, &it.value),
        Expr::If(it) => join(&it.body, &it.orelse),
        Expr::BinOp(it) => join(&it.left, &it.right),
        Expr::BoolOp(it) => parts_of(&it.values),
        Expr::List(it) => parts_of(&it.elts),
        Expr::Tuple(it) => parts_of(&it.elts),
        Expr::Set(it) => parts_of(&it.elts),
        Expr::Dict(it) => it.items.iter().flat_map(|item| parts(&item.value)).collect(),
        Expr::ListComp(it) => parts(&it.elt),
        Expr::SetComp(it) => parts(&it.elt),
        Expr::Generator(it) => parts(&it.elt),
        Expr::DictComp(it) => parts(&it.value),
        Expr::Call(it) => match &*it.func {
            Expr::Attribute(method) if GIVE.contains(&method.attr.as_str()) => parts(&method.value),
            _ if collects(it) || last_name(&it.func).is_some_and(|name| HOLD.contains(&name)) => {
                parts_of(&it.arguments.args)
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn parts_of(values: &[Expr]) -> Vec<&str> {
    values.iter().flat_map(parts).collect()
}

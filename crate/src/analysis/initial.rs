//! What something is at first: the values that attributes, items and globals are given where they are made.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::Ranged;

use super::{
    shape::{nodes, own_nodes},
    source::{Tree, last_name},
};

/// Whether a value is what a place holds before anything has happened, as far as the file tells: an attribute in
/// `__init__` or in the class's body, a global where the module defines it, an item in the dictionary that is made there.
#[must_use]
pub fn is_initial(tree: &Tree, place: &Expr, value: &Expr) -> bool {
    let text = tree.source(value.range());
    match place {
        Expr::Attribute(it) => {
            let name = it.attr.as_str();
            nodes(&tree.module().body).into_iter().any(|node| match node {
                AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == "__init__" => gives(
                    tree,
                    &it.body,
                    text,
                    |target| matches!(target, Expr::Attribute(own) if own.attr.as_str() == name),
                ),
                AnyNodeRef::StmtClassDef(it) => gives(tree, &it.body, text, |target| is_named(target, name)),
                _ => false,
            })
        }
        Expr::Name(it) => gives(tree, &tree.module().body, text, |target| {
            is_named(target, it.id.as_str())
        }),
        Expr::Subscript(it) => {
            let key = tree.source(it.slice.range());
            last_name(&it.value).is_some_and(|holder| is_made_with(tree, holder, key, text))
        }
        _ => false,
    }
}

fn is_named(target: &Expr, name: &str) -> bool {
    matches!(target, Expr::Name(it) if it.id.as_str() == name)
}

/// Whether one of these statements gives a target of this kind this value.
fn gives(tree: &Tree, body: &[Stmt], text: &str, is_target: impl Fn(&Expr) -> bool) -> bool {
    own_nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::StmtAssign(it) => it.targets.iter().any(&is_target) && tree.source(it.value.range()) == text,
        AnyNodeRef::StmtAnnAssign(it) => {
            let value = it.value.as_ref();
            is_target(&it.target) && value.is_some_and(|value| tree.source(value.range()) == text)
        }
        _ => false,
    })
}

/// Whether something of this name is made as a dictionary that holds this under the key.
fn is_made_with(tree: &Tree, holder: &str, key: &str, text: &str) -> bool {
    nodes(&tree.module().body).into_iter().any(|node| {
        let AnyNodeRef::StmtAssign(it) = node else { return false };
        let Expr::Dict(made) = &*it.value else { return false };
        it.targets.iter().any(|target| last_name(target) == Some(holder))
            && made.items.iter().any(|item| {
                let same_key = item.key.as_ref().is_some_and(|it| tree.source(it.range()) == key);
                same_key && tree.source(item.value.range()) == text
            })
    })
}

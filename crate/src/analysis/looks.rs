//! What only looks at a value: tests, compares, formats or prints it. Every object lets that be done, and nothing fails.

use ruff_python_ast::{AnyNodeRef, Expr, ExprAttribute, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::Region,
    shape,
    source::{Tree, last_name},
};

/// Functions that look at a value and do not keep it.
const LOOKS: [&str; 12] = [
    "print",
    "str",
    "repr",
    "len",
    "bool",
    "int",
    "float",
    "list",
    "tuple",
    "dict",
    "sorted",
    "isinstance",
];

/// Where the coroutine made at a place is looked at: there, or under the name that it was given.
pub(super) fn looked_at(tree: &Tree, made: Region) -> Option<Region> {
    let range = tree.range(made)?;
    // A list of coroutines is none itself, and neither is what is chosen by them.
    let is_other = |call| shape::collects(call) || shape::key_function(call).is_some();
    if tree.call_at(made).is_some_and(is_other) {
        return None;
    }
    if is_looked_at(tree, range) {
        return Some(made);
    }
    let Some(AnyNodeRef::StmtAssign(assign)) = tree.statement(made) else {
        return None;
    };
    let [Expr::Name(target)] = assign.targets.as_slice() else {
        return None;
    };
    if assign.value.range() != range {
        return None;
    }
    let nodes = shape::own_nodes(tree.scope(made));
    let uses = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprName(it) if it.id == target.id && it.start() > range.end() => Some(it.range()),
        _ => None,
    });
    uses.map(|used| (used, is_looked_at(tree, used)))
        .find_map(|(used, looked_at)| looked_at.then(|| tree.region(used)))
}

/// Whether the expression at this range is tested, compared, formatted or printed.
fn is_looked_at(tree: &Tree, range: TextRange) -> bool {
    let path = tree.path(tree.region(range));
    let around = path
        .into_iter()
        .rev()
        .find(|node| node.range() != range && !is_element(*node));
    let is_it = |expression: &Expr| expression.range() == range;
    match around {
        Some(AnyNodeRef::StmtIf(it)) => is_it(&it.test),
        Some(AnyNodeRef::ElifElseClause(it)) => it.test.as_ref().is_some_and(is_it),
        Some(AnyNodeRef::StmtWhile(it)) => is_it(&it.test),
        Some(AnyNodeRef::StmtAssert(it)) => is_it(&it.test),
        Some(AnyNodeRef::ExprIf(it)) => is_it(&it.test),
        Some(AnyNodeRef::ExprUnaryOp(it)) => it.op == UnaryOp::Not,
        // The last of the operands is what the whole gives.
        Some(AnyNodeRef::ExprBoolOp(it)) => {
            it.values.last().is_none_or(|last| !is_it(last)) || is_looked_at(tree, it.range())
        }
        Some(AnyNodeRef::ExprNamed(it)) => is_it(&it.value) && is_looked_at(tree, it.range()),
        Some(AnyNodeRef::Comprehension(it)) => it.ifs.iter().any(is_it),
        Some(AnyNodeRef::StmtMatch(it)) => is_it(&it.subject),
        Some(
            AnyNodeRef::ExprCompare(_)
            | AnyNodeRef::ExprFString(_)
            | AnyNodeRef::InterpolatedElement(_)
            | AnyNodeRef::ExprBinOp(_),
        ) => true,
        Some(AnyNodeRef::ExprCall(it)) => {
            let looks = match &*it.func {
                Expr::Name(name) => LOOKS.contains(&name.id.as_str()),
                Expr::Attribute(method) => writes(method),
                _ => false,
            };
            looks && !is_it(&it.func)
        }
        _ => false,
    }
}

/// Whether a method makes a text of its arguments: that of a format, or a logger's.
fn writes(method: &ExprAttribute) -> bool {
    let levels = ["debug", "info", "warning", "error", "critical", "exception"];
    let logs = || {
        let logger = last_name(&method.value).is_some_and(|name| name.to_ascii_lowercase().contains("log"));
        logger && levels.contains(&method.attr.as_str())
    };
    (method.attr.as_str() == "format" && method.value.is_string_literal_expr()) || logs()
}

/// Nodes that only group what stands in them.
fn is_element(node: AnyNodeRef<'_>) -> bool {
    matches!(node, AnyNodeRef::Arguments(_))
}

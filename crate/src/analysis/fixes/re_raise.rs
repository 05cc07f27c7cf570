//! A handler that keeps a cancellation: let it go on.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::Ranged;

use super::place::{Place, fix};
use crate::analysis::{diagnostic::Fix, source::last_name};

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let header = place.tree.range(place.finding.span)?;
    let nodes = place.nodes();
    let handler = nodes.iter().rev().find_map(|node| match node {
        AnyNodeRef::ExceptHandlerExceptHandler(it) if it.start() == header.start() => Some(*it),
        _ => None,
    })?;
    let grouped = nodes
        .iter()
        .any(|node| matches!(node, AnyNodeRef::StmtTry(it) if it.is_star));
    let indentation = place.indentation(handler.start())?;
    if grouped {
        return None;
    }
    let words = ("raise `CancelledError` again", "выпустить `CancelledError` дальше");
    let own = handler.type_.as_deref().and_then(last_name) == Some("CancelledError");
    if !own {
        // It was meant for other exceptions too, so that the cancellation gets a handler of its own.
        let (asyncio, import) = place.import("asyncio")?;
        let text = format!("except {asyncio}.CancelledError:\n{indentation}    raise\n{indentation}");
        let mut edits = vec![place.insert(handler.start(), text)];
        edits.extend(import);
        return Some(fix(false, words, edits));
    }
    let last = handler.body.last()?;
    let edit = match last {
        Stmt::Pass(_) | Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => place.replace(last.range(), "raise"),
        Stmt::Expr(it) if matches!(&*it.value, Expr::EllipsisLiteral(_)) => place.replace(last.range(), "raise"),
        _ => {
            let inner = place.indentation(last.start())?;
            place.insert(place.line_end(last.end())?, format!("\n{inner}raise"))
        }
    };
    // Whoever cancels and then awaits has to expect the exception, which only a person can see.
    Some(fix(false, words, vec![edit]))
}

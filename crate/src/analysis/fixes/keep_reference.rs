//! A task that nothing refers to: keep a reference for as long as it runs.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::Ranged;

use super::place::{Place, fix, mentions};
use crate::analysis::{diagnostic::Fix, shape, source::last_name};

/// What the set is called: the first of these that the module has as such a set, or that nothing is called there.
const NAMES: [&str; 3] = ["background_tasks", "running_tasks", "kept_tasks"];

/// What surely gives a task.
const MAKERS: [&str; 2] = ["create_task", "ensure_future"];

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let call = place.call()?;
    let statement = place.statement(call.range())?;
    if !matches!(statement, Stmt::Expr(it) if it.value.range() == call.range()) {
        return None;
    }
    let indentation = place.indentation(statement.start())?;
    let end = place.line_end(statement.end())?;
    let task = place.free_name(statement.range(), &["task", "background", "background_task"])?;
    let is_free = |name: &&&str| !mentions(place.tree.text(), name);
    let kept = NAMES.iter().find(|name| is_kept(name, place));
    let tasks = kept.or_else(|| NAMES.iter().find(is_free))?;
    let lines = format!("\n{indentation}{tasks}.add({task})\n{indentation}{task}.add_done_callback({tasks}.discard)");
    let mut edits = vec![
        place.insert(call.start(), format!("{task} = ")),
        place.insert(end, lines),
    ];
    if kept.is_none() {
        // Every repair of the file puts it at the same place, so that of several one does.
        let top = place.after_imports()?;
        edits.push(place.insert(top, format!("{tasks} = set()\n\n")));
    }
    let words = (
        "keep a reference until the task is done",
        "хранить ссылку, пока задача не завершится",
    );
    // What else is called there may give something else the next time.
    let surely = last_name(&call.func).is_some_and(|name| MAKERS.contains(&name) || place.is_defined(name));
    Some(fix(surely, words, edits))
}

/// Whether the module has such a set of this name already, which nothing else is called.
fn is_kept(tasks: &str, place: &Place<'_>) -> bool {
    let is_it = |target: &Expr| matches!(target, Expr::Name(name) if name.id.as_str() == tasks);
    let is_set = |value: &Expr| match value {
        Expr::Call(call) => last_name(&call.func) == Some("set"),
        other => other.is_set_expr(),
    };
    let at_top = place.tree.module().body.iter().any(|it| match it {
        Stmt::Assign(it) => it.targets.iter().any(is_it) && is_set(&it.value),
        Stmt::AnnAssign(it) => is_it(&it.target) && it.value.as_deref().is_some_and(is_set),
        _ => false,
    });
    let nodes = shape::nodes(&place.tree.module().body).into_iter();
    let mut bindings = nodes.filter(|node| match node {
        AnyNodeRef::ExprName(it) => it.ctx.is_store() && it.id.as_str() == tasks,
        AnyNodeRef::Parameter(it) => it.name.as_str() == tasks,
        _ => false,
    });
    at_top && bindings.next().is_some() && bindings.next().is_none()
}

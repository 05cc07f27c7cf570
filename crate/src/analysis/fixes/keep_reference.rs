//! A task that nothing refers to: keep a reference for as long as it runs.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::place::{Place, fix};
use crate::analysis::diagnostic::Fix;

const TASKS: &str = "background_tasks";

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let call = place.call()?;
    let statement = place.statement(call.range())?;
    if !matches!(statement, Stmt::Expr(it) if it.value.range() == call.range()) {
        return None;
    }
    let indentation = place.indentation(statement.start())?;
    let end = place.line_end(statement.end())?;
    let task = place.free_name(statement.range(), &["task", "background", "background_task"])?;
    let lines = format!("\n{indentation}{TASKS}.add({task})\n{indentation}{task}.add_done_callback({TASKS}.discard)");
    let mut edits = vec![
        place.insert(call.start(), format!("{task} = ")),
        place.insert(end, lines),
    ];
    if !is_kept(place) {
        // Every repair of the file puts it at the same place, so that of several one does.
        let top = place.after_imports()?;
        edits.push(place.insert(top, format!("{TASKS} = set()\n\n")));
    }
    let words = (
        "keep a reference until the task is done",
        "хранить ссылку, пока задача не завершится",
    );
    Some(fix(true, words, edits))
}

/// Whether the module has such a set already.
fn is_kept(place: &Place<'_>) -> bool {
    place.tree.module().body.iter().any(|it| match it {
        Stmt::Assign(it) => it
            .targets
            .iter()
            .any(|target| matches!(target, Expr::Name(name) if name.id.as_str() == TASKS)),
        _ => false,
    })
}

//! Tasks that statements in a row start, and that nobody keeps: as if each were to run when the one before it has ended.

use ruff_text_size::TextRange;

use super::{rule::Context, source::Tree};
use crate::trace::event::{FileId, Id};

/// Fewer say little of what their author had in mind.
const LEAST: usize = 3;

/// A task, and the statement that makes it.
struct Start<'a> {
    task: Id,
    parent: Option<Id>,
    function: &'a str,
    file: FileId,
    tree: &'a Tree,
    statement: TextRange,
}

/// The rows, each in the order of its statements. The tasks of one run different functions: those of one function are as
/// many workers, which need no order.
#[must_use]
pub fn rows(context: Context<'_>) -> Vec<Vec<Id>> {
    let mut rows = Vec::new();
    let mut row: Vec<Start<'_>> = Vec::new();
    for start in context.state.tasks.keys().filter_map(|id| start(*id, context)) {
        if !row.last().is_some_and(|last| last.is_followed_by(&start)) {
            rows.push(std::mem::take(&mut row));
        }
        row.push(start);
    }
    rows.push(row);
    let differ = |row: &[Start<'_>]| {
        let others = |place: usize| row.iter().skip(place + 1);
        (0..row.len()).all(|place| others(place).all(|other| other.function != row[place].function))
    };
    let rows = rows.into_iter().filter(|row| row.len() >= LEAST && differ(row));
    rows.map(|row| row.iter().map(|it| it.task).collect()).collect()
}

fn start(task: Id, context: Context<'_>) -> Option<Start<'_>> {
    let state = context.state;
    let known = state.tasks.get(&task)?;
    let at = state.pointed_at(known.at)?;
    let tree = context.sources.tree(state.path(at.file))?;
    let statement = tree.range(at.into()).filter(|_| tree.is_discarded(at.into()))?;
    Some(Start {
        task,
        parent: known.parent,
        function: &known.function,
        file: at.file,
        tree,
        statement,
    })
}

impl Start<'_> {
    fn is_followed_by(&self, next: &Self) -> bool {
        self.parent == next.parent
            && self.file == next.file
            && self.statement.end() < next.statement.start()
            && self
                .tree
                .source(TextRange::new(self.statement.end(), next.statement.start()))
                .lines()
                .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    }
}

//! Whether a task has come from one place of a function to another: what stands on the way leaves traces in a run.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{
    rule::Context,
    shape::own_nodes,
    sharing::declares,
    source::{Sources, Tree, last_name},
    updates::{awaits, inner},
};
use crate::trace::event::{FileId, StackId};

/// What a task has let be seen in a step.
#[derive(Debug, Default)]
pub struct Seen {
    /// What it has written to its streams.
    text: String,
    /// Where it has called coroutine functions.
    calls: Vec<StackId>,
}

impl Seen {
    pub fn wrote(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn called(&mut self, at: StackId) {
        self.calls.push(at);
    }
}

/// A place in a function of a file, and another behind it.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    pub file: FileId,
    pub tree: &'a Tree,
    pub function: &'a StmtFunctionDef,
    pub from: TextRange,
    pub to: TextRange,
}

impl Way<'_> {
    /// Whether control can get there without coming round again: a branch that returns goes nowhere else.
    #[must_use]
    pub fn exists(&self) -> bool {
        let mut lists: Vec<&[Stmt]> = vec![&self.function.body];
        while let Some(list) = lists.pop() {
            if holds(list, self.from) && !holds(list, self.to) && leaves(list) {
                return false;
            }
            for statement in list {
                let clauses = inner(statement);
                // Who is in one branch does not come to another.
                let (from, to) = (with(&clauses, self.from), with(&clauses, self.to));
                if statement.is_if_stmt() && from.zip(to).is_some_and(|(from, to)| from != to) {
                    return false;
                }
                lists.extend(clauses);
                if let Stmt::Try(it) = statement {
                    lists.extend(it.handlers.iter().filter_map(|it| Some(&*it.as_except_handler()?.body)));
                }
            }
        }
        true
    }

    /// Whether control went another way, or may have: a branch that it would have taken leaves more traces, one that it
    /// would have passed by has left some, or nothing shows how a test of something that the function changes came out.
    #[must_use]
    pub fn was_left(&self, seen: &Seen, context: Context<'_>) -> bool {
        let mut lists: Vec<&[Stmt]> = vec![&self.function.body];
        while let Some(list) = lists.pop() {
            for statement in list {
                let clauses = inner(statement);
                if matches!(statement, Stmt::If(_) | Stmt::While(_)) {
                    let entered = with(&clauses, self.to);
                    let ahead = with(&clauses, self.from).is_none() && statement.end() > self.from.start();
                    let differs = |(index, clause): (usize, &&[Stmt])| {
                        let marks = marks(clause, context.sources);
                        let seen = |mark: &Mark<'_>| self.has_left(mark, seen, context);
                        if entered == Some(index) {
                            !marks.iter().all(seen)
                        } else {
                            let passed = entered.is_some() || (leaves(clause) && statement.end() <= self.to.start());
                            passed && !marks.is_empty() && marks.iter().all(seen)
                        }
                    };
                    if ahead && clauses.iter().enumerate().any(differs) {
                        return true;
                    }
                    let decides =
                        entered.is_some() || statement.end() <= self.to.start() && clauses.iter().any(|it| leaves(it));
                    // Whatever the branch to the write leaves has been seen by now; one that leaves nothing shows nothing.
                    let shown = entered.is_some_and(|index| !marks(clauses[index], context.sources).is_empty());
                    if ahead && decides && !shown && self.looks_again(statement) {
                        return true;
                    }
                }
                lists.extend(clauses);
            }
        }
        false
    }

    /// Whether a statement tests something shared that the function itself changes: who finds that another has done so
    /// first goes another way.
    fn looks_again(&self, statement: &Stmt) -> bool {
        let nodes = own_nodes(&self.function.body);
        let changed = nodes.iter().filter_map(|node| match node {
            AnyNodeRef::ExprName(it) if it.ctx.is_store() && declares(self.function, it.id.as_str()) => {
                Some(it.range())
            }
            AnyNodeRef::ExprAttribute(it) if it.ctx.is_store() => Some(it.range()),
            AnyNodeRef::ExprSubscript(it) if it.ctx.is_store() => Some(it.value.range()),
            _ => None,
        });
        let changed: Vec<&str> = changed.map(|range| self.tree.source(range)).collect();
        let is_test = |range: TextRange| tests(statement).iter().any(|test| test.range().contains_range(range));
        let mut loads = own_nodes(std::slice::from_ref(statement)).into_iter();
        loads.any(|node| {
            let is_load = matches!(node, AnyNodeRef::ExprName(_) | AnyNodeRef::ExprAttribute(_));
            is_load && is_test(node.range()) && changed.contains(&self.tree.source(node.range()))
        })
    }

    fn has_left(&self, mark: &Mark<'_>, seen: &Seen, context: Context<'_>) -> bool {
        match mark {
            Mark::Text(parts) => parts.iter().all(|part| seen.text.contains(part)),
            Mark::Call(at) => seen.calls.iter().any(|stack| {
                let mut frames = context.state.frames(*stack).iter();
                frames.any(|frame| {
                    let range = self.tree.range(frame.span.into());
                    frame.span.file == self.file && range.is_some_and(|range| at.contains_range(range))
                })
            }),
        }
    }
}

/// What a statement decides by.
fn tests(statement: &Stmt) -> Vec<&Expr> {
    match statement {
        Stmt::If(it) => {
            let others = it.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
            std::iter::once(&*it.test).chain(others).collect()
        }
        Stmt::While(it) => vec![&it.test],
        _ => Vec::new(),
    }
}

fn holds(list: &[Stmt], place: TextRange) -> bool {
    list.iter().any(|it| it.range().contains_range(place))
}

fn with(lists: &[&[Stmt]], place: TextRange) -> Option<usize> {
    lists.iter().position(|it| holds(it, place))
}

fn leaves(list: &[Stmt]) -> bool {
    matches!(
        list.last(),
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_))
    )
}

/// What a run shows of a statement.
enum Mark<'a> {
    /// It prints these words, whatever stands between them.
    Text(Vec<&'a str>),
    /// It calls a coroutine function.
    Call(TextRange),
}

/// The marks that a list of statements leaves in one step, whenever it is begun.
fn marks<'a>(list: &'a [Stmt], sources: &Sources) -> Vec<Mark<'a>> {
    let mut found = Vec::new();
    for statement in list {
        match statement {
            Stmt::Expr(it) => found.extend(it.value.as_call_expr().and_then(printed).map(Mark::Text)),
            Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::AnnAssign(_) | Stmt::Pass(_) => {}
            _ => break,
        }
        if let Some(first) = awaits(statement).first() {
            let value = own_nodes(std::slice::from_ref(statement))
                .into_iter()
                .find_map(|node| match node {
                    AnyNodeRef::ExprAwait(it) if it.range() == *first => it.value.as_call_expr(),
                    _ => None,
                });
            let name = value.and_then(|call| last_name(&call.func));
            if name.is_some_and(|name| is_coroutine_function(name, sources)) {
                found.push(Mark::Call(statement.range()));
            }
            break;
        }
    }
    found
}

/// Whether every function of the workspace that has this name is a coroutine function, and there is one.
fn is_coroutine_function(name: &str, sources: &Sources) -> bool {
    let mut found = sources.defining(name).flat_map(|(_, tree)| {
        let nodes = super::shape::nodes(&tree.module().body).into_iter();
        nodes.filter_map(|node| match node {
            AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == name => {
                Some(it.is_async && it.decorator_list.is_empty())
            }
            _ => None,
        })
    });
    found.next() == Some(true) && found.all(|is_async| is_async)
}

/// The words that a call of `print()` surely writes to the standard output.
fn printed(call: &ExprCall) -> Option<Vec<&str>> {
    let plain = matches!(&*call.func, Expr::Name(it) if it.id.as_str() == "print")
        && call.arguments.find_keyword("file").is_none();
    let words = call
        .arguments
        .args
        .iter()
        .filter(|_| plain)
        .flat_map(|argument| match argument {
            Expr::StringLiteral(it) => vec![it.value.to_str()],
            Expr::FString(it) => {
                let literals = it.value.elements().filter_map(|element| element.as_literal());
                literals.map(|it| &*it.value).collect()
            }
            _ => Vec::new(),
        });
    let words: Vec<&str> = words.filter(|it| !it.trim().is_empty()).collect();
    (!words.is_empty()).then_some(words)
}

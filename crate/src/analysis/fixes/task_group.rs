//! A `gather` whose tasks run on after one of them failed: a `TaskGroup` ends them together.

use std::fmt::Write;

use ruff_python_ast::{
    AnyNodeRef, ExceptHandler, Expr, ExprCall, Stmt, StmtTry,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::place::{Place, contains, fix, level};
use crate::analysis::{
    diagnostic::{Edit, Fix},
    source::last_name,
};

pub(super) fn repair(place: &Place<'_>) -> Option<Fix> {
    let gather = gather(place)?;
    let statement = place.statement(gather.range())?;
    let target = target(statement, gather.range())?;
    let indentation = place.indentation(statement.start())?;
    if !place.in_coroutine(gather.range()) || !gather.arguments.keywords.is_empty() {
        return None;
    }
    let group = place.free_name(statement.range(), &["group", "task_group"])?;
    let tasks = place.free_name(statement.range(), &["tasks", "members"])?;
    let (asyncio, _) = place.import("asyncio")?;
    let members: Vec<String> = gather
        .arguments
        .args
        .iter()
        .map(|argument| member(place, argument, group))
        .collect::<Option<_>>()?;
    let starred = gather.arguments.args.iter().any(Expr::is_starred_expr);
    let inner = format!("\n{indentation}{}", level(indentation));
    let mut text = format!("async with {asyncio}.TaskGroup() as {group}:");
    match target {
        None if !starred => text.extend(members.iter().flat_map(|member| [inner.as_str(), member.as_str()])),
        _ => {
            let _ = write!(text, "{inner}{tasks} = [{}]", members.join(", "));
        }
    }
    if let Some(target) = target {
        let target = place.tree.source(target);
        let _ = write!(text, "\n{indentation}{target} = [task.result() for task in {tasks}]");
    }
    let mut edits = vec![place.replace(statement.range(), text)];
    let handled = handlers(place, statement)?;
    // Where no handler is in sight, a caller's may wait for the plain exception that a group would wrap.
    // A comment among the arguments would go.
    let commented = place.tree.source(gather.range()).contains('#');
    let preferred = !handled.is_empty() && !commented;
    edits.extend(handled);
    let words = ("use a `TaskGroup`", "использовать `TaskGroup`");
    Some(fix(preferred, words, edits))
}

/// The `gather` that the finding, or one of its related places, is about.
fn gather<'a>(place: &Place<'a>) -> Option<&'a ExprCall> {
    let finding = place.finding;
    let related = finding.related.iter().filter(|it| it.file == finding.file);
    std::iter::once(finding.span)
        .chain(related.map(|it| it.span))
        .filter_map(|span| place.tree.range(span))
        .flat_map(|range| place.calls(range))
        .find(|call| place.resolve(&call.func).as_deref() == Some("asyncio.gather"))
}

/// What `await gather(…)` is assigned to, if anything; `None` at all where it is part of something larger.
#[expect(
    clippy::option_option,
    reason = "no target and no such statement are two different answers"
)]
fn target(statement: &Stmt, gather: TextRange) -> Option<Option<TextRange>> {
    let awaits = |value: &Expr| matches!(value, Expr::Await(it) if it.value.range() == gather);
    match statement {
        Stmt::Expr(it) if awaits(&it.value) => Some(None),
        Stmt::Assign(it) if awaits(&it.value) => match &*it.targets {
            [target] => Some(Some(target.range())),
            _ => None,
        },
        _ => None,
    }
}

/// An argument of the `gather`, started in the group: a call of a coroutine function, or a starred series of them.
fn member(place: &Place<'_>, argument: &Expr, group: &str) -> Option<String> {
    let call = match argument {
        Expr::Starred(it) => match &*it.value {
            Expr::Generator(it) => &*it.elt,
            Expr::ListComp(it) => &*it.elt,
            _ => return None,
        },
        _ => argument,
    };
    let Expr::Call(it) = call else { return None };
    let name = last_name(&it.func)?;
    let known =
        place.coroutine_functions().contains(&name) || place.resolve(&it.func).as_deref() == Some("asyncio.sleep");
    let text = place.tree.source(argument.range());
    let start = (call.start() - argument.start()).to_usize();
    let end = (call.end() - argument.start()).to_usize();
    known.then(|| {
        format!(
            "{}{group}.create_task({}){}",
            &text[..start],
            &text[start..end],
            &text[end..]
        )
    })
}

/// The edits that let the handlers around the statement see into the group's exception; `None` where they cannot.
fn handlers(place: &Place<'_>, statement: &Stmt) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for node in place.around(statement.range()).into_iter().rev() {
        match node {
            AnyNodeRef::StmtFunctionDef(_) => break,
            AnyNodeRef::StmtTry(it) if contains(&it.body, statement.range()) && !it.handlers.is_empty() => {
                edits.extend(starred(place, it)?);
            }
            _ => {}
        }
    }
    Some(edits)
}

fn starred(place: &Place<'_>, it: &StmtTry) -> Option<Vec<Edit>> {
    if it.is_star {
        return Some(Vec::new());
    }
    it.handlers
        .iter()
        .map(|ExceptHandler::ExceptHandler(handler)| {
            // `except*` takes no bare form, hands over a group, and may not be left by a jump.
            let fits = handler.type_.is_some() && handler.name.is_none() && !jumps(&handler.body);
            fits.then(|| place.insert(handler.start() + TextSize::from(6), "*"))
        })
        .collect()
}

fn jumps(body: &[Stmt]) -> bool {
    struct Jumps(bool);
    impl SourceOrderVisitor<'_> for Jumps {
        fn visit_stmt(&mut self, statement: &Stmt) {
            self.0 |= matches!(statement, Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_));
            source_order::walk_stmt(self, statement);
        }
    }
    let mut search = Jumps(false);
    source_order::walk_body(&mut search, body);
    search.0
}

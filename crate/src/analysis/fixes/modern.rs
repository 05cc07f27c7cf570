//! Calls of former days, in the words of today.

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::place::{Place, fix};
use crate::analysis::{
    diagnostic::{Diagnostic, Edit, Fix, Region},
    shape,
    source::last_name,
};

const FORMER: &str = "asyncio.async(";

/// `asyncio.async(…)`, which is no syntax since `async` is a keyword: every one of the file.
pub(super) fn start_task(finding: &Diagnostic, text: &str) -> Option<Fix> {
    let column = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX) + 1;
    let mut edits = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        for (index, _) in content.match_indices(FORMER) {
            let (start, end) = (index + "asyncio.".len(), index + FORMER.len() - 1);
            let span = Region {
                line,
                column: column(&content[..start]),
                end_line: line,
                end_column: column(&content[..end]),
            };
            edits.push(Edit {
                file: finding.file.clone(),
                span,
                text: "ensure_future".to_owned(),
            });
        }
    }
    let meant = edits.iter().any(|edit| edit.span.line == finding.span.line);
    let words = ("call it `ensure_future`", "заменить на `ensure_future`");
    meant.then(|| fix(true, words, edits))
}

/// `loop=…`, which asyncio no longer takes: it finds the running loop itself.
pub(super) fn without_loop_argument(place: &Place<'_>) -> Option<Fix> {
    let call = place
        .calls(place.tree.range(place.finding.span)?)
        .into_iter()
        .find_map(|call| {
            let mut keywords = call.arguments.keywords.iter();
            let index = keywords.position(|it| it.arg.as_ref().is_some_and(|name| name.as_str() == "loop"));
            Some((call, index?))
        });
    let (call, index) = call?;
    let keyword = &call.arguments.keywords[index];
    let mut others: Vec<TextRange> = call.arguments.args.iter().map(Ranged::range).collect();
    others.extend(call.arguments.keywords.iter().map(Ranged::range));
    let before = others.iter().filter(|it| it.end() <= keyword.start()).map(Ranged::end);
    let after = others
        .iter()
        .filter(|it| it.start() >= keyword.end())
        .map(Ranged::start);
    let range = match (before.max(), after.min()) {
        (Some(end), _) => TextRange::new(end, keyword.end()),
        (None, Some(start)) => TextRange::new(keyword.start(), start),
        (None, None) => keyword.range(),
    };
    let words = ("leave the `loop` argument out", "убрать аргумент `loop`");
    Some(fix(true, words, vec![place.replace(range, "")]))
}

/// `@asyncio.coroutine` and `yield from`: every such function of the file.
pub(super) fn native_coroutine(place: &Place<'_>) -> Option<Fix> {
    let mut functions = Decorated {
        place,
        edits: Vec::new(),
        refused: false,
    };
    source_order::walk_body(&mut functions, &place.tree.module().body);
    let meant = place.tree.range(place.finding.span)?;
    let around = place.around(meant);
    let here = around.iter().any(|node| match node {
        AnyNodeRef::StmtFunctionDef(it) => decorator(place, it).is_some(),
        _ => false,
    });
    if functions.refused || functions.edits.is_empty() || !here {
        return None;
    }
    let words = ("make it `async def`", "сделать её `async def`");
    Some(fix(true, words, functions.edits))
}

struct Decorated<'p, 'a> {
    place: &'p Place<'a>,
    edits: Vec<Edit>,
    /// One of them yields by itself, so that it cannot become a coroutine as it is.
    refused: bool,
}

impl<'a> SourceOrderVisitor<'a> for Decorated<'_, 'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(it) = statement
            && let Some(decorator) = decorator(self.place, it)
        {
            match modernised(self.place, it, decorator) {
                Some(edits) => self.edits.extend(edits),
                None => self.refused = true,
            }
        }
        source_order::walk_stmt(self, statement);
    }
}

fn decorator(place: &Place<'_>, function: &StmtFunctionDef) -> Option<TextRange> {
    let found = function.decorator_list.iter().find(|it| {
        matches!(
            place.resolve(&it.expression).as_deref(),
            Some("asyncio.coroutine" | "types.coroutine")
        )
    })?;
    Some(found.range())
}

fn modernised(place: &Place<'_>, function: &StmtFunctionDef, decorator: TextRange) -> Option<Vec<Edit>> {
    let mut yields = Yields {
        found: Vec::new(),
        plain: false,
    };
    source_order::walk_body(&mut yields, &function.body);
    if yields.plain {
        return None;
    }
    let line = TextRange::new(place.line_start(decorator.start()), place.line_end(decorator.end())?);
    let line = TextRange::new(line.start(), line.end() + TextSize::from(1));
    let head = TextRange::new(function.decorator_list.last()?.end(), function.name.start());
    let definition = place.tree.source(head).rfind("def ")?;
    let definition = head.start() + TextSize::from(u32::try_from(definition).ok()?);
    let mut edits = vec![place.replace(line, ""), place.insert(definition, "async ")];
    edits.extend(yields.found.iter().map(|range| place.replace(*range, "await ")));
    Some(edits)
}

/// The words `yield from` of a function, and whether it also yields by itself.
struct Yields {
    found: Vec<TextRange>,
    plain: bool,
}

impl SourceOrderVisitor<'_> for Yields {
    fn visit_stmt(&mut self, statement: &Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            source_order::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            Expr::YieldFrom(it) => self.found.push(TextRange::new(it.start(), it.value.start())),
            Expr::Yield(_) => self.plain = true,
            _ => {}
        }
        source_order::walk_expr(self, expression);
    }
}

/// `asyncio.wait([f(), g()])`: the coroutines in it become tasks.
pub(super) fn wait_for_tasks(place: &Place<'_>) -> Option<Fix> {
    let calls = place.calls(place.tree.range(place.finding.span)?);
    let is_wait = |call: &&ExprCall| place.resolve(&call.func).as_deref() == Some("asyncio.wait");
    let call = calls.into_iter().find(is_wait)?;
    let (asyncio, import) = place.import("asyncio")?;
    let elements: Vec<&Expr> = match call.arguments.args.first()? {
        Expr::List(it) => it.elts.iter().collect(),
        Expr::Tuple(it) => it.elts.iter().collect(),
        Expr::Set(it) => it.elts.iter().collect(),
        Expr::ListComp(it) => vec![&*it.elt],
        Expr::SetComp(it) => vec![&*it.elt],
        Expr::Generator(it) => vec![&*it.elt],
        _ => return None,
    };
    let coroutines = place.coroutine_functions();
    let is_coroutine = |it: &&Expr| matches!(it, Expr::Call(call) if last_name(&call.func).is_some_and(|name| coroutines.contains(&name)));
    let mut edits: Vec<Edit> = elements
        .into_iter()
        .filter(is_coroutine)
        .flat_map(|it| {
            [
                place.insert(it.start(), format!("{asyncio}.create_task(")),
                place.insert(it.end(), ")"),
            ]
        })
        .collect();
    if edits.is_empty() {
        return None;
    }
    edits.extend(import);
    let words = ("make tasks of the coroutines", "сделать из сопрограмм задачи");
    Some(fix(true, words, edits))
}

/// A loop that is made only to run one coroutine: `asyncio.run` does that, and closes it.
pub(super) fn run(place: &Place<'_>) -> Option<Fix> {
    let words = ("use `asyncio.run`", "использовать `asyncio.run`");
    let call = place.call()?;
    let makes_loop = matches!(
        place.resolve(&call.func).as_deref(),
        Some("asyncio.get_event_loop" | "asyncio.new_event_loop")
    );
    if !makes_loop || !place.at_top(call.range()) {
        return None;
    }
    let (asyncio, import) = place.import("asyncio")?;
    let statement = place.statement(call.range())?;
    let mut edits: Vec<Edit> = import.into_iter().collect();
    if let Stmt::Expr(it) = statement {
        // `asyncio.get_event_loop().run_until_complete(main())`
        let method = runs(&it.value).filter(|receiver| receiver.range() == call.range())?;
        let end = method.end() + TextSize::from(u32::try_from(".run_until_complete".len()).ok()?);
        edits.push(place.replace(TextRange::new(method.start(), end), format!("{asyncio}.run")));
        return Some(fix(true, words, edits));
    }
    let Stmt::Assign(it) = statement else { return None };
    let [Expr::Name(name)] = &*it.targets else { return None };
    let mut uses = 0;
    for other in place.siblings(statement)?.0 {
        let Stmt::Expr(it) = other else { continue };
        if let Some(receiver) = runs(&it.value).filter(|it| last_name(it) == Some(name.id.as_str())) {
            let end = receiver.end() + TextSize::from(u32::try_from(".run_until_complete".len()).ok()?);
            edits.push(place.replace(TextRange::new(receiver.start(), end), format!("{asyncio}.run")));
            uses += 1;
        } else if place.tree.source(it.range()) == format!("{}.close()", name.id) {
            edits.push(place.replace(line(place, other)?, ""));
            uses += 1;
        }
    }
    let nodes = shape::nodes(&place.tree.module().body).into_iter();
    let mentioned = nodes
        .filter(|node| matches!(node, AnyNodeRef::ExprName(it) if it.id == name.id))
        .count();
    // Whatever else is done with the loop needs a loop.
    if uses == 0 || mentioned != uses + 1 {
        return None;
    }
    edits.push(place.replace(line(place, statement)?, ""));
    Some(fix(true, words, edits))
}

/// A statement with the end of its line, if it has the line to itself.
fn line(place: &Place<'_>, statement: &Stmt) -> Option<TextRange> {
    place.indentation(statement.start())?;
    let end = place.line_end(statement.end())?;
    let more = u32::from(end.to_usize() < place.tree.text().len());
    Some(TextRange::new(
        place.line_start(statement.start()),
        end + TextSize::from(more),
    ))
}

/// `x` of `x.run_until_complete(…)`.
fn runs(expression: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Attribute(method) = &*call.func else {
        return None;
    };
    (method.attr.as_str() == "run_until_complete").then_some(&*method.value)
}

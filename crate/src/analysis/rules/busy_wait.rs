//! A loop that asks again at every turn instead of waiting.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtWhile};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        predict::{Place, Seen},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        shape::own_nodes,
        source::{Tree, covers, last_name},
        words,
    },
    trace::event::{Event, Id, Kind, Span, StackId, StepEnd, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "busy-wait",
    fault: "a loop that asks again and again instead of waiting",
    fault_ru: "цикл, который снова и снова спрашивает вместо того, чтобы ждать",
    severity: Severity::Warning,
    page: include_str!("../../../rules/busy-wait.md"),
};

/// Pauses up to this long, in virtual nanoseconds, are hardly a pause: so polls spend their time asking.
const HARDLY_A_PAUSE: u64 = 10_000_000;

/// Turns in a row that a task spent at one await.
struct Polling {
    span: Span,
    turns: u32,
    since: u64,
    /// It only gave way to others: `sleep(0)`.
    yields: bool,
}

#[derive(Default)]
pub(super) struct BusyWait {
    polls: BTreeMap<Id, Polling>,
    /// The line of each chain that waits in a `sleep`.
    sleeps: BTreeMap<StackId, Option<Span>>,
}

impl Rule for BusyWait {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { on, chain },
            } => self.turn(*id, on, *chain, event.time, context, report),
            Kind::FutureDone { id, .. } => {
                self.polls.remove(id);
            }
            _ => {}
        }
    }
}

/// `while not ready: await asyncio.sleep(0)`.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Statement(Stmt::While(it)) = seen else {
        return None;
    };
    let [Stmt::Expr(only)] = it.body.as_slice() else {
        return None;
    };
    let call = only.value.as_await_expr()?.value.as_call_expr()?;
    let pauses = place.asyncio_call(call).as_deref() == Some("sleep");
    let none = matches!(call.arguments.args.first(), Some(Expr::NumberLiteral(it))
        if matches!(place.tree.source(it.range()), "0" | "0.0"));
    (pauses && none).then(|| {
        let message = (
            "This asks at every turn of the loop whether it may go on, and keeps the loop busy with it.",
            "Здесь на каждом обороте спрашивают, можно ли идти дальше, и занимают этим цикл событий.",
        );
        (only.value.range(), message.into())
    })
}

impl BusyWait {
    fn turn(&mut self, id: Id, on: &Wait, chain: StackId, now: u64, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let yields = *on == Wait::Yield;
        let place = || {
            let sleeps = yields || state.passes_through(chain, "asyncio/tasks.py", "sleep");
            sleeps.then(|| loop_of(chain, context)).flatten()
        };
        let Some(span) = *self.sleeps.entry(chain).or_insert_with(place) else {
            self.polls.remove(&id);
            return;
        };
        let polling = self.polls.entry(id).or_insert(Polling {
            span,
            turns: 0,
            since: now,
            yields,
        });
        if polling.span != span || polling.yields != yields {
            *polling = Polling {
                span,
                turns: 0,
                since: now,
                yields,
            };
        }
        polling.turns += 1;
        // Each finding is revised as it grows, but not at every turn.
        if polling.turns < context.options.busy_turns
            || !polling.turns.is_power_of_two() && polling.turns != context.options.busy_turns
        {
            return;
        }
        let lasted = now.saturating_sub(polling.since);
        let pause = lasted / u64::from(polling.turns.max(2) - 1);
        if !yields && pause > HARDLY_A_PAUSE {
            return;
        }
        let tree = context.sources.tree(state.path(span.file));
        if !tree.is_some_and(|tree| polls(tree, span)) {
            return;
        }
        put(id, polling, lasted, context, report);
    }
}

/// The place of a chain that a `while` repeats: in the innermost function, or in one that awaits functions which do nothing
/// but pause.
fn loop_of(chain: StackId, context: Context<'_>) -> Option<Span> {
    for (frame, tree) in joins::frames(chain, context) {
        let at = frame.span.into();
        if tree.while_around(at).is_some() || !tree.scope(at).iter().all(idles) {
            return Some(frame.span);
        }
    }
    context.state.pointed_at(chain)
}

fn put(id: Id, polling: &Polling, lasted: u64, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    let message = say!(
        "{task} has asked {turns} in {lasted} whether it may go on, and kept the loop busy with it: nothing here waits.",
        "Задача {task} за {lasted} {turns} спросила, можно ли идти дальше, и занимала этим цикл событий: здесь ничего не ждут.",
        task = words::task(state, id).capitalised(),
        turns = words::count(polling.turns.into(), ["time", "times"], ["раз", "раза", "раз"]),
        lasted = words::duration(lasted),
    );
    let mut finding = METADATA.finding(id, polling.span, message, context).task(Some(id));
    if let Some(task) = state.tasks.get(&id) {
        finding = finding.related(task.at, words::TASK_MADE, context);
    }
    // A task may ask in several places, one after the other.
    let Span { line, column, .. } = polling.span;
    finding.id = format!("{}:{line}:{column}", finding.id);
    report.put(finding);
}

/// Whether the `while` around this `await` only waits for others: it does nothing of its own at this turn, and does not
/// change what its conditions look at.
fn polls(tree: &Tree, at: Span) -> bool {
    let Some((around, offset)) = tree.while_around(at.into()).zip(tree.offset(at.into())) else {
        return false;
    };
    let (block, tests) = branch(around, offset);
    // In an endless loop, what is done only if something has come is done by few of the turns.
    let endless = matches!(&*around.test, Expr::BooleanLiteral(it) if it.value) && tests.len() == 1;
    let idle = |statement: &Stmt| idles(statement) || endless && looks(statement);
    block.iter().all(idle) && !tests.iter().any(|test| changes(&around.body, test))
}

/// The innermost block of a loop that has this place, and the conditions that lead there.
fn branch(around: &StmtWhile, offset: TextSize) -> (&[Stmt], Vec<&Expr>) {
    let mut block: &[Stmt] = &around.body;
    let mut tests = vec![&*around.test];
    while let Some(statement) = block
        .iter()
        .find(|statement| statement.range().contains_inclusive(offset))
    {
        let inner: Option<&[Stmt]> = match statement {
            Stmt::If(it) => {
                tests.push(&it.test);
                if covers(&it.body, offset) {
                    Some(&it.body)
                } else {
                    it.elif_else_clauses
                        .iter()
                        .find(|clause| covers(&clause.body, offset))
                        .map(|clause| clause.body.as_slice())
                }
            }
            Stmt::Try(it) => {
                let handlers = it.handlers.iter().map(|handler| match handler {
                    ruff_python_ast::ExceptHandler::ExceptHandler(handler) => handler.body.as_slice(),
                });
                handlers
                    .chain([it.body.as_slice(), &it.orelse, &it.finalbody])
                    .find(|body| covers(body, offset))
            }
            Stmt::With(it) => covers(&it.body, offset).then_some(it.body.as_slice()),
            _ => None,
        };
        match inner {
            Some(inner) => block = inner,
            None => break,
        }
    }
    (block, tests)
}

/// Whether a statement does no work: it waits, leaves, or counts its tries.
fn idles(statement: &Stmt) -> bool {
    match statement {
        Stmt::Pass(_) | Stmt::Continue(_) | Stmt::Break(_) | Stmt::Return(_) | Stmt::Raise(_) | Stmt::AugAssign(_) => {
            true
        }
        Stmt::Expr(it) => match &*it.value {
            Expr::Await(_) | Expr::StringLiteral(_) => true,
            Expr::Call(call) => last_name(&call.func) == Some("print"),
            _ => false,
        },
        Stmt::If(it) => {
            it.body.iter().all(idles) && it.elif_else_clauses.iter().all(|clause| clause.body.iter().all(idles))
        }
        _ => false,
    }
}

/// Whether a statement looks whether something has come, and does nothing otherwise.
fn looks(statement: &Stmt) -> bool {
    matches!(statement, Stmt::If(it) if it.elif_else_clauses.is_empty()
        && matches!(&*it.test, Expr::Name(_) | Expr::Attribute(_)))
}

/// Whether a loop gives a value to what one of its conditions looks at, so that it comes to its end by itself.
fn changes(body: &[Stmt], test: &Expr) -> bool {
    let looked_at: Vec<&str> = names(test);
    let mut given = Vec::new();
    for node in own_nodes(body) {
        match node {
            AnyNodeRef::StmtAssign(it) => given.extend(it.targets.iter().filter_map(last_name)),
            AnyNodeRef::StmtAugAssign(it) => given.extend(last_name(&it.target)),
            AnyNodeRef::ExprNamed(it) => given.extend(last_name(&it.target)),
            _ => {}
        }
    }
    // A counter beside a question is only a limit to the asking.
    !matches!(test, Expr::BoolOp(_)) && looked_at.iter().any(|name| given.contains(name))
}

fn names(test: &Expr) -> Vec<&str> {
    let mut found = Vec::new();
    collect(test, &mut found);
    found
}

fn collect<'a>(test: &'a Expr, found: &mut Vec<&'a str>) {
    match test {
        Expr::Compare(it) => {
            collect(&it.left, found);
            it.comparators.iter().for_each(|side| collect(side, found));
        }
        Expr::BoolOp(it) => it.values.iter().for_each(|value| collect(value, found)),
        Expr::UnaryOp(it) => collect(&it.operand, found),
        Expr::BinOp(it) => {
            collect(&it.left, found);
            collect(&it.right, found);
        }
        Expr::Call(it) => {
            collect(&it.func, found);
            it.arguments.args.iter().for_each(|argument| collect(argument, found));
        }
        Expr::Subscript(it) => collect(&it.value, found),
        other => found.extend(last_name(other)),
    }
}

//! A task uses what another one makes, and nothing makes the other come first.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextSize};

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        needs::{self, Maker, Place},
        raised::{Findings, Raise, reached},
        rows::rows,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        source::{Tree, covers, handler, last_name},
        state::{State, Waiting},
        words,
    },
    trace::event::{Completion, Event, FileId, Id, Kind, Outcome, Span, StackId, StepEnd, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "assumed-order",
    fault: "a task uses what another has not made yet, and nothing makes the other come first",
    fault_ru: "задача использует то, чего другая ещё не сделала, и порядок ничем не обеспечен",
    severity: Severity::Error,
    page: include_str!("../../../rules/assumed-order.md"),
};

/// What is raised where something is not there yet.
const MISSING: &[&str] = &[
    "AttributeError",
    "TypeError",
    "KeyError",
    "NameError",
    "UnboundLocalError",
    "IndexError",
    "InvalidStateError",
    "AssertionError",
    "ZeroDivisionError",
    "QueueEmpty",
];

const MADE_LATER: Plain = (
    "It is made here, which has not happened yet.",
    "Это делается здесь, и до этого ещё не дошло.",
);
const SENT_IN_VAIN: Plain = (
    "It was sent here, and nobody was there.",
    "Оно отправлено здесь, когда его никто не ждал.",
);
const USER_MADE: Plain = (
    "The task that needs it was made here.",
    "Задача, которой это нужно, создана здесь.",
);
const WAITER_MADE: Plain = (
    "The task that waits was made here.",
    "Задача, которая ждёт, создана здесь.",
);
const OTHER_MADE: Plain = ("The other was made here.", "Другая задача создана здесь.");

#[derive(Default)]
pub(super) struct AssumedOrder {
    findings: Findings,
    /// How many findings there are that are no exception's.
    hung: Id,
    /// Where something was missing already: a thousand tasks that fail alike are looked at once.
    places: BTreeSet<Span>,
    /// The chains that each task has waited with so far.
    waited: BTreeMap<Id, Vec<StackId>>,
    /// The tasks that have printed something, in the order in which they first did.
    heard: Vec<Id>,
}

impl Rule for AssumedOrder {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => self.waited.entry(*id).or_default().push(*chain),
            Kind::Raised { .. } => {
                let raise = reached(event, context).filter(|raise| is_missing(raise) && !is_caught(raise, context));
                if let Some(raise) = raise {
                    self.look(&raise, context, report);
                }
            }
            // A hang of the program as written is a deadlock like any other.
            Kind::Ended {
                outcome: Outcome::Deadlocked | Outcome::Idle,
                ..
            } if context.options.schedule != 0 => self.look_at_hanging(context, report),
            Kind::Output { task: Some(id), .. } if !self.heard.contains(id) => self.heard.push(*id),
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        for row in rows(context) {
            self.look_at_row(&row, context, report);
        }
    }
}

/// Each question goes through all of the source, and through it again for each function that is called on the way: so many
/// bytes are the most that it is asked of.
const MOST_SOURCE: usize = 250_000;

/// The files in which other tasks' part in a failure is looked for.
fn searched(context: Context<'_>) -> Vec<(&str, &Tree)> {
    let files = context.files();
    let size: usize = files.iter().map(|(_, tree)| tree.text().len()).sum();
    if size > MOST_SOURCE { Vec::new() } else { files }
}

/// Whether the words say that something is absent, and not only that it is of another kind.
fn is_missing(raise: &Raise<'_>) -> bool {
    MISSING.contains(&raise.class())
        && match raise.class() {
            "TypeError" => raise.words().contains("NoneType"),
            "InvalidStateError" => raise.words() == "Result is not set.",
            _ => true,
        }
}

/// Whether the program is ready for the exception.
pub(super) fn is_caught(raise: &Raise<'_>, context: Context<'_>) -> bool {
    let bases = ["Exception", "BaseException", "LookupError", "ArithmeticError"];
    let classes: Vec<&str> = bases.into_iter().chain([raise.class()]).collect();
    raise.at.is_some_and(|at| {
        joins::frames(at, context).any(|(frame, tree)| {
            let Some(offset) = tree.offset(frame.span.into()) else {
                return false;
            };
            tree.enclosing(frame.span.into())
                .into_iter()
                .any(|statement| match statement {
                    Stmt::Try(it) => covers(&it.body, offset) && handler(it, &classes).is_some(),
                    Stmt::With(it) => it.items.iter().any(|item| suppresses(&item.context_expr)),
                    _ => false,
                })
        })
    })
}

fn suppresses(entered: &Expr) -> bool {
    matches!(entered, Expr::Call(call)
        if matches!(last_name(&call.func), Some("suppress" | "raises" | "assertRaises" | "assertRaisesRegex")))
}

impl AssumedOrder {
    fn look(&mut self, raise: &Raise<'_>, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let tree = context.sources.tree(state.path(raise.span.file));
        let Some((tree, user)) = tree.zip(raise.by).filter(|_| self.places.insert(raise.span)) else {
            return;
        };
        if raise.class() == "InvalidStateError" {
            self.look_at_result(raise, tree, user, context, report);
            return;
        }
        for place in needs::reads(tree, raise.span.into()) {
            let makers = needs::makers(&place, &searched(context));
            // What somebody else has made already is there, whoever else would make it too.
            let others = || state.tasks.keys().copied().filter(|id| *id != user);
            let made = |it: &Maker<'_>| others().any(|id| self.progress(id, it, context) == Progress::Past);
            if !matches!(place, Place::Item { .. }) && makers.iter().any(made) {
                continue;
            }
            let found = makers
                .iter()
                .find_map(|maker| Some((maker, self.ahead(user, maker, context)?)));
            if let Some((maker, other)) = found {
                self.report(raise, (user, other), maker, context, report);
                return;
            }
        }
    }

    fn report(
        &mut self,
        raise: &Raise<'_>,
        (user, other): (Id, Id),
        maker: &Maker<'_>,
        context: Context<'_>,
        report: &mut Report,
    ) {
        let state = context.state;
        let message = say!(
            "{user} needs what {other} has not made yet, and nothing makes that one come first.",
            "Задаче {user} нужно то, чего задача {other} ещё не сделала, и порядок между ними ничем не обеспечен.",
            user = words::task(state, user).capitalised(),
            other = words::task(state, other),
        );
        let mut finding = self.findings.explain(&METADATA, raise, message, context);
        if let Some(file) = state.file(maker.path) {
            let place = span(file, maker.tree, maker.statement);
            finding = finding.related_span(place, MADE_LATER, context);
        }
        for (id, words) in [(user, USER_MADE), (other, OTHER_MADE)] {
            if let Some(task) = state.tasks.get(&id) {
                finding = finding.related(task.at, words, context);
            }
        }
        report.put_cause(finding, raise, context);
    }

    /// `task.result()` of a task that still runs, or of a future that another task is to complete.
    fn look_at_result(&mut self, raise: &Raise<'_>, tree: &Tree, user: Id, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(call) = tree.call_at(raise.span.into()) else {
            return;
        };
        let Expr::Attribute(method) = &*call.func else { return };
        let Expr::Name(name) = &*method.value else { return };
        let made = tree
            .value_before(name.id.as_str(), raise.span.into())
            .map(|it| tree.region(it.range()));
        let other = state.tasks.iter().find(|(id, task)| {
            let at = state.pointed_at(task.at).map(Into::into);
            is_pending(state, **id) && made.is_some_and(|made| at.is_some_and(|at| made.contains(at)))
        });
        let Some((other, task)) = other.filter(|(id, _)| **id != user) else {
            let makers = needs::callers(&searched(context), name.id.as_str(), &["set_result"]);
            let found = makers
                .iter()
                .find_map(|maker| Some((maker, self.ahead(user, maker, context)?)));
            if let Some((maker, other)) = found {
                self.report(raise, (user, other), maker, context, report);
            }
            return;
        };
        let message = say!(
            "{user} asks for the result of {other}, which has not ended yet, and does not wait for it.",
            "Задача {user} запрашивает результат задачи {other}, которая ещё не завершилась, и не ждёт её.",
            user = words::task(state, user).capitalised(),
            other = words::task(state, *other),
        );
        let finding = self.findings.explain(&METADATA, raise, message, context);
        let finding = finding.related(task.at, OTHER_MADE, context);
        let finding = match &task.waiting {
            Some(waiting) => finding.related(waiting.chain, ("It waits here.", "Она ждёт здесь."), context),
            None => finding,
        };
        report.put_cause(finding, raise, context);
    }

    /// Nothing goes on: some task may wait for a notification that was sent before.
    fn look_at_hanging(&mut self, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        for (id, task, waiting) in state.waiting_tasks() {
            let Some((holder, methods)) = notified(waiting, context) else {
                continue;
            };
            let found = needs::callers(&searched(context), &holder, methods)
                .into_iter()
                .find_map(|maker| {
                    let past = |other: &Id| *other != id && self.progress(*other, &maker, context) == Progress::Past;
                    Some((maker, state.tasks.keys().copied().find(past)?))
                });
            let Some((span, (maker, other))) = state.pointed_at(waiting.chain).zip(found) else {
                continue;
            };
            self.hung += 1;
            let message = say!(
                "{waiting} waits for a notification that {other} has sent before anybody waited for it.",
                "Задача {waiting} ждёт оповещения, которое задача {other} отправила раньше, чем его кто-либо ждал.",
                waiting = words::task(state, id).capitalised(),
                other = words::task(state, other),
            );
            // The numbers of the others are below those of any object that hangs.
            let mut finding = METADATA
                .finding(u32::MAX - self.hung, span, message, context)
                .task(Some(id));
            if let Some(file) = state.file(maker.path) {
                let place = self::span(file, maker.tree, maker.statement);
                finding = finding.related_span(place, SENT_IN_VAIN, context);
            }
            finding = finding.related(task.at, WAITER_MADE, context);
            if let Some(sender) = state.tasks.get(&other) {
                finding = finding.related(sender.at, OTHER_MADE, context);
            }
            report.put(finding);
        }
    }

    /// Tasks that were started one after another have shown what they do in another order.
    fn look_at_row(&mut self, row: &[Id], context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let place = |id: &Id| self.heard.iter().position(|heard| heard == id).unwrap_or(usize::MAX);
        let overtaken = row.iter().enumerate().find_map(|(number, first)| {
            let silent = place(first) == usize::MAX && state.tasks.get(first)?.done.is_some();
            let later = row[number + 1..].iter().filter(|_| !silent);
            let earliest = later.min_by_key(|id| place(id)).filter(|id| place(id) < place(first))?;
            Some((*first, *earliest))
        });
        let Some((first, other)) = overtaken else { return };
        let made = |id: &Id| state.tasks.get(id).map(|task| task.at);
        let Some((at, span)) = made(&other).zip(made(&first).and_then(|at| state.pointed_at(at))) else {
            return;
        };
        self.hung += 1;
        let message = say!(
            "{first} was started first, and {other} was heard of before it: tasks that are started in a row run beside each other.",
            "Задача {first} запущена первой, а задача {other} дала о себе знать раньше: запущенные подряд задачи работают бок о бок.",
            first = words::task(state, first).capitalised(),
            other = words::task(state, other),
        );
        let finding = METADATA
            .finding(u32::MAX - self.hung, span, message, context)
            .task(Some(first));
        let finding = finding.severity(Severity::Info).related(at, OTHER_MADE, context);
        report.put(finding);
    }

    /// Another task that goes on and is still to come to a statement.
    fn ahead(&self, user: Id, maker: &Maker<'_>, context: Context<'_>) -> Option<Id> {
        let mut others = context.state.tasks.keys().copied().filter(|id| *id != user);
        others.find(|id| is_pending(context.state, *id) && self.progress(*id, maker, context) == Progress::Ahead)
    }

    /// How far a task is on its way to a statement.
    fn progress(&self, id: Id, maker: &Maker<'_>, context: Context<'_>) -> Progress {
        let state = context.state;
        let Some(task) = state.tasks.get(&id) else {
            return Progress::Elsewhere;
        };
        let chains = self.waited.get(&id).map_or(&[][..], Vec::as_slice);
        let Some((function, path, tree)) = coroutine(state, id, context) else {
            return Progress::Elsewhere;
        };
        let in_own = needs::reached_in(maker, path, function, tree, &searched(context));
        if in_own.is_empty() && !chains.iter().any(|chain| passes(*chain, maker, context)) {
            return Progress::Elsewhere;
        }
        match task.done.as_ref().map(|done| &done.completion) {
            Some(Completion::Result) => return Progress::Past,
            Some(_) => return Progress::Elsewhere,
            None if task.steps == 0 => return Progress::Ahead,
            None => {}
        }
        let mut before: Option<TextSize> = None;
        let mut progress = Progress::Elsewhere;
        for chain in chains {
            for (frame, tree) in joins::frames(*chain, context) {
                let region = frame.span.into();
                let Some((function, at)) = tree.function(region).zip(tree.range(region)) else {
                    continue;
                };
                let path = state.path(frame.span.file);
                let reached = needs::reached_in(maker, path, function, tree, &searched(context));
                if reached.is_empty() {
                    continue;
                }
                // One that comes back to where it was has been all around, past everything.
                let in_maker_itself = function.range() == maker.function.range();
                let again = in_maker_itself && before.is_some_and(|before| at.start() <= before);
                if again || reached.iter().any(|it| it.end() <= at.start()) {
                    return Progress::Past;
                }
                if in_maker_itself {
                    before = Some(at.start());
                }
                progress = Progress::Ahead;
            }
        }
        progress
    }
}

/// Where a task stands as to a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// It has not done it yet.
    Ahead,
    /// It has done it.
    Past,
    /// It does not come there, as far as can be seen.
    Elsewhere,
}

fn is_pending(state: &State, id: Id) -> bool {
    state
        .tasks
        .get(&id)
        .is_some_and(|task| task.done.is_none() && !task.destroyed && task.cancelling == 0)
}

/// Whether a chain stands in the function that makes something.
fn passes(chain: StackId, maker: &Maker<'_>, context: Context<'_>) -> bool {
    joins::frames(chain, context).any(|(frame, tree)| {
        let function = tree.function(frame.span.into());
        context.state.path(frame.span.file) == maker.path
            && function.is_some_and(|it| it.range() == maker.function.range())
    })
}

/// The coroutine function that a task runs, with its file.
fn coroutine<'a>(state: &State, id: Id, context: Context<'a>) -> Option<(&'a StmtFunctionDef, &'a str, &'a Tree)> {
    let name = &state.tasks.get(&id)?.function;
    let mut files = context.files().into_iter();
    files.find_map(|(path, tree)| Some((tree.definition(name)?, path, tree)))
}

fn span(file: FileId, tree: &Tree, range: ruff_text_size::TextRange) -> Span {
    let region = tree.region(range);
    Span {
        file,
        line: region.line,
        column: region.column,
        end_line: region.end_line,
        end_column: region.end_column,
    }
}

/// What a task waits to be notified of: the last name of the primitive, and the methods that notify.
fn notified(waiting: &Waiting, context: Context<'_>) -> Option<(String, &'static [&'static str])> {
    let Wait::Future {
        primitive: Some(primitive),
        ..
    } = &waiting.on
    else {
        return None;
    };
    let methods: &[&str] = match primitive.as_str() {
        "Condition" => &["notify", "notify_all"],
        "Event" => &["set"],
        _ => return None,
    };
    let (frame, tree) = joins::frames(waiting.chain, context).next()?;
    let text = tree.source(tree.range(frame.span.into())?);
    let before = text.split(".wait").next().filter(|before| before.len() < text.len())?;
    let name = before
        .rsplit(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .next()?;
    Some((name.to_owned(), methods))
}

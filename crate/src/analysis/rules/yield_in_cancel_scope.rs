//! An asynchronous generator yields from within `timeout()`, a task group or a `finally`.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Region, Severity},
        predict::{Place, Seen},
        raised::Raise,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        shape,
        source::{Tree, covers, last_name},
    },
    trace::event::{Event, Id, Kind, Span},
};

use super::{async_generator_not_closed, exception_during_shutdown};

pub(super) static METADATA: Metadata = Metadata {
    name: "yield-in-cancel-scope",
    fault: "an asynchronous generator yields inside `timeout()`, a task group or `finally`",
    fault_ru: "асинхронный генератор делает `yield` внутри `timeout()`, группы задач или `finally`",
    severity: Severity::Warning,
    page: include_str!("../../../rules/yield-in-cancel-scope.md"),
};

const IGNORED: &str = "async generator ignored GeneratorExit";

/// The last generator that began, since the words do not name it.
#[derive(Default)]
pub(super) struct YieldInCancelScope {
    last: Option<Id>,
    /// Those that were left half-way.
    abandoned: Vec<Id>,
}

impl Rule for YieldInCancelScope {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::CoroutineCreated {
                id,
                function,
                generator: true,
                ..
            } => self.begun(*id, function, context, report),
            Kind::Raised { exception, .. } | Kind::Unraisable { exception, .. } if exception.message == IGNORED => {
                self.ignored(exception, context, report);
            }
            Kind::FutureDone { id, .. } => {
                let exception = state.done(*id).and_then(|done| done.exception());
                if let Some(exception) = exception.filter(|it| it.message == IGNORED) {
                    self.ignored(exception, context, report);
                }
            }
            Kind::AsyncGeneratorAbandoned { id } if report.get(&METADATA, *id).is_some() => {
                self.abandoned.push(*id);
            }
            _ => {}
        }
    }

    /// That such a generator is left open, and that its scope then fails in the wrong place, is what makes it a mistake.
    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        for id in &self.abandoned {
            let Some((finding, generator)) = report
                .get(&METADATA, *id)
                .cloned()
                .zip(context.state.coroutines.get(id))
            else {
                continue;
            };
            let tree = context.sources.tree(&finding.file);
            let function = tree.and_then(|tree| Some(tree.region(tree.definition(&generator.function)?.range())));
            report.withdraw(&async_generator_not_closed::METADATA, *id);
            report.withdraw_where(&exception_during_shutdown::METADATA, |it| {
                it.file == finding.file && function.is_some_and(|function| function.contains(it.span))
            });
        }
    }
}

impl YieldInCancelScope {
    fn begun(&mut self, id: Id, function: &str, context: Context<'_>, report: &mut Report) {
        for (path, tree) in context.sources.defining(function) {
            let class = function.rsplit_once('.').map(|(class, _)| class);
            let Some(function) = tree.definition(function).filter(|it| !is_wrapped(it)) else {
                continue;
            };
            let Some((place, scope)) = yields(tree, function, class).next() else {
                continue;
            };
            let Some(file) = context.state.file(path) else { continue };
            let span = Span {
                file,
                line: place.line,
                column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
            };
            report.put(METADATA.finding(id, span, sentence(scope), context));
            if scope == "finally" || self.last.is_none() {
                self.last = Some(id);
            }
            return;
        }
    }

    /// A generator was asked to end, and yielded.
    fn ignored(&self, exception: &crate::trace::event::Exception, context: Context<'_>, report: &mut Report) {
        let Some(finding) = self.last.and_then(|id| report.get(&METADATA, id).cloned()) else {
            return;
        };
        let Some(file) = context.state.file(&finding.file) else {
            return;
        };
        let span = Span {
            file,
            line: finding.span.line,
            column: finding.span.column,
            end_line: finding.span.end_line,
            end_column: finding.span.end_column,
        };
        let raise = Raise {
            exception,
            span,
            by: finding.task,
            at: None,
        };
        report.put_cause(finding.severity(Severity::Error).cpython(IGNORED), &raise, context);
    }
}

/// An asynchronous generator that would stand still in a scope.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Statement(Stmt::FunctionDef(function)) = seen else {
        return None;
    };
    let fits = function.is_async && !is_wrapped(function);
    let (region, scope) = yields(place.tree, function, None).next().filter(|_| fits)?;
    Some((place.tree.range(region)?, sentence(scope)))
}

fn sentence(scope: &str) -> Sentence {
    match scope {
        "finally" => (
            "A `yield` in a `finally` keeps a generator from being closed: it is asked to end, and yields.",
            "`yield` внутри `finally` не даёт закрыть генератор: его просят завершиться, а он делает `yield`.",
        )
            .into(),
        _ => say!(
            "The generator stands still at this `yield` while its caller runs, and `{scope}()` would cancel the caller, wherever that is by then.",
            "На этом `yield` генератор замирает, пока работает тот, кто его вызвал, и `{scope}()` отменит вызвавшего, где бы тот в это время ни был."
        ),
    }
}

/// Whether a decorator makes something else of the generator, as `asynccontextmanager` and fixtures do.
fn is_wrapped(function: &StmtFunctionDef) -> bool {
    !function.decorator_list.is_empty()
}

/// The places of the `yield`s in a cancel scope, each with the scope's name. `class` is the one that the function is a
/// method of.
fn yields<'a>(
    tree: &'a Tree,
    function: &'a StmtFunctionDef,
    class: Option<&'a str>,
) -> impl Iterator<Item = (Region, &'static str)> + 'a {
    let nodes = shape::own_nodes(&function.body);
    let yields = nodes
        .clone()
        .into_iter()
        .filter(|node| matches!(node, AnyNodeRef::ExprYield(_)));
    yields.filter_map(move |found| {
        let at = found.range().start();
        let scope = nodes.iter().find_map(|node| match node {
            AnyNodeRef::StmtWith(it) if it.is_async && covers(&it.body, at) => it
                .items
                .iter()
                .find_map(|item| scope_of(&item.context_expr, &nodes, class, tree)),
            AnyNodeRef::StmtTry(it) if covers(&it.finalbody, at) => Some("finally"),
            _ => None,
        })?;
        Some((tree.region(found.range()), scope))
    })
}

/// The scope that a block opens: by a call, by the name of what the function has made of one, or by a function or method
/// of the file that only makes one.
fn scope_of(item: &Expr, nodes: &[AnyNodeRef<'_>], class: Option<&str>, tree: &Tree) -> Option<&'static str> {
    match item {
        Expr::Call(call) => scope_name(last_name(&call.func)?).or_else(|| {
            let maker = match &*call.func {
                Expr::Name(name) => tree.definition(name.id.as_str()),
                Expr::Attribute(it) if last_name(&it.value) == Some("self") => {
                    tree.definition(&format!("{}.{}", class?, it.attr))
                }
                _ => None,
            }?;
            returned_scope(maker)
        }),
        Expr::Name(name) => {
            let mut values = nodes.iter().filter_map(|node| match node {
                AnyNodeRef::StmtAssign(it) => {
                    let is_it = |target: &Expr| matches!(target, Expr::Name(target) if target.id == name.id);
                    it.targets.iter().any(is_it).then_some(&*it.value)
                }
                _ => None,
            });
            let value = values.next().filter(|_| values.next().is_none())?;
            scope_name(last_name(&value.as_call_expr()?.func)?)
        }
        _ => None,
    }
}

/// The scope that a function returns, if that is all it does.
fn returned_scope(function: &StmtFunctionDef) -> Option<&'static str> {
    let [Stmt::Return(it)] = function.body.as_slice() else {
        return None;
    };
    let plain = !function.is_async && function.decorator_list.is_empty();
    let call = it.value.as_deref()?.as_call_expr().filter(|_| plain)?;
    scope_name(last_name(&call.func)?)
}

fn scope_name(name: &str) -> Option<&'static str> {
    ["timeout", "timeout_at", "TaskGroup"]
        .into_iter()
        .find(|scope| *scope == name)
}

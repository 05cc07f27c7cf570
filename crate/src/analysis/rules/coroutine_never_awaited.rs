//! A coroutine function was called, and what it returned was thrown away.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        handed_on::{taken, with_origin},
        predict::{Place, Seen, discarded, makes_coroutines},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        source::last_name,
    },
    trace::event::{Event, Id, Kind, Outcome, Span, StackId},
};

use super::task_garbage_collected::loop_never_ran;

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-never-awaited",
    fault: "a coroutine was made and never run",
    fault_ru: "сопрограмма создана, но так и не запущена",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-never-awaited.md"),
};

const HANDED_ON: Plain = (
    "The coroutine was made here, and handed on.",
    "Сопрограмма создана здесь и передана дальше.",
);

/// Functions that are given a function to call later, to which an `await` would hand a result instead.
pub(in crate::analysis) const WANT_FUNCTIONS: &[&str] = &[
    "call_soon",
    "call_later",
    "call_at",
    "call_soon_threadsafe",
    "run_in_executor",
    "add_done_callback",
    "submit",
    "to_thread",
    "Thread",
];

const ONE_BY_ONE: Plain = (
    "Each of the things that `as_completed()` gives has to be awaited, and nothing awaited this one.",
    "Каждый из объектов, которые отдаёт `as_completed()`, нужно ожидать, а этого никто не ожидал.",
);

#[derive(Default)]
pub(super) struct CoroutineNeverAwaited {
    found: Vec<(Id, u64)>,
    /// How many methods of asynchronous generators were not awaited.
    methods: Id,
}

impl Rule for CoroutineNeverAwaited {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Kind::Warning { category, message, at } = &event.kind
            && category == "RuntimeWarning"
        {
            self.method(message, *at, context, report);
        }
        let Kind::CoroutineNeverAwaited { id } = event.kind else {
            return;
        };
        let state = context.state;
        let Some(coroutine) = state.coroutines.get(&id) else {
            return;
        };
        // The coroutine of a task that never started is the task's fault, and told there; unless both went with their
        // loop.
        let task = coroutine.task.and_then(|id| state.tasks.get(&id));
        if task.is_some_and(|task| !loop_never_ran(state, task)) {
            return;
        }
        let Some(span) = taken(coroutine.at, context) else {
            return;
        };
        let name = &coroutine.function;
        let message = if library_method(name) {
            waits_for_await(name)
        } else if name.starts_with("_AsCompletedIterator.") {
            ONE_BY_ONE.into()
        } else if let Some(caller) = caller_given(span, context) {
            say!(
                "`{caller}()` wants a function to call, and was given the coroutine that `{name}()` makes; nothing awaited it, so its body never ran.",
                "`{caller}()` ждёт функцию, которую вызовет, а получила сопрограмму, созданную `{name}()`; её никто не ожидал, и её тело не выполнилось."
            )
        } else {
            say!(
                "`{name}()` only makes a coroutine; nothing awaited it, so its body never ran.",
                "`{name}()` лишь создаёт сопрограмму; её никто не ожидал, и её тело не выполнилось."
            )
        };
        let finding = METADATA
            .finding(id, span, message, context)
            .cpython(format!("coroutine '{name}' was never awaited"))
            .task(coroutine.parent);
        let finding = with_origin(finding, span, coroutine.at, HANDED_ON, context);
        report.explain_arguments(&finding, span, context);
        report.put(finding);
        self.found.push((id, event.time));
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // A run that is cut short drops what it was about to await.
        let cut_short = !matches!(context.state.outcome, Some(Outcome::Completed | Outcome::Raised { .. }));
        if cut_short {
            for (id, time) in &self.found {
                if *time == context.state.now {
                    report.withdraw(&METADATA, *id);
                }
            }
        }
    }
}

impl CoroutineNeverAwaited {
    /// The interpreter's own words about `aclose()` and its like, which make no coroutine object.
    fn method(&mut self, message: &str, at: StackId, context: Context<'_>, report: &mut Report) {
        let method = message
            .strip_prefix("coroutine method '")
            .filter(|rest| rest.ends_with("was never awaited"))
            .and_then(|rest| rest.split('\'').next());
        let Some((method, span)) = method.zip(context.state.pointed_at(at)) else {
            return;
        };
        self.methods += 1;
        let finding = METADATA.finding(self.methods, span, waits_for_await(method), context);
        let id = format!("{}:method", finding.id);
        report.put(Diagnostic { id, ..finding }.cpython(message));
    }
}

/// A coroutine function of the module is called, and the call is the whole statement.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let call = discarded(seen)?;
    let known = match &*call.func {
        Expr::Name(name) if place.coroutines.contains(name.id.as_str()) => true,
        Expr::Attribute(method) if last_name(&method.value) == Some("self") && method.value.is_name_expr() => {
            is_coroutine_method(method.attr.as_str(), call, place)
        }
        _ => {
            let name = place.asyncio_call(call);
            place.in_coroutine.is_some() && name.is_some_and(|name| LIBRARY.contains(&name.as_str()))
        }
    };
    known.then(|| {
        let name = place.tree.source(call.func.range());
        let message = say!(
            "`{name}()` only makes a coroutine; nothing awaits it here.",
            "`{name}()` лишь создаёт сопрограмму; здесь её никто не ожидает."
        );
        (call.range(), message)
    })
}

/// Coroutine functions of asyncio that people call most.
const LIBRARY: [&str; 8] = [
    "sleep",
    "wait",
    "wait_for",
    "to_thread",
    "open_connection",
    "start_server",
    "create_subprocess_exec",
    "create_subprocess_shell",
];

/// Whether the class around a call of `self.method()` has just one such method, which makes coroutines.
fn is_coroutine_method(method: &str, call: &ExprCall, place: Place<'_>) -> bool {
    let path = place.tree.path(place.tree.region(call.range()));
    let Some(AnyNodeRef::StmtClassDef(class)) = path
        .into_iter()
        .rev()
        .find(|node| matches!(node, AnyNodeRef::StmtClassDef(_)))
    else {
        return false;
    };
    let named = class.body.iter().filter_map(|statement| match statement {
        Stmt::FunctionDef(it) if it.name.as_str() == method => Some(it),
        _ => None,
    });
    let mut found = named.map(makes_coroutines);
    found.next() == Some(true) && found.next().is_none()
}

/// The function that a coroutine was given to instead of a function to call.
fn caller_given(made: Span, context: Context<'_>) -> Option<&str> {
    let tree = context.sources.tree(context.state.path(made.file))?;
    let range = tree.range(made.into())?;
    let around = tree.path(made.into()).into_iter().rev();
    let mut calls = around.filter_map(AnyNodeRef::expr_call);
    let outer = calls.find(|it| it.range() != range)?;
    let given = outer.arguments.args.iter().any(|it| it.range() == range)
        || outer
            .arguments
            .find_keyword("target")
            .is_some_and(|it| it.value.range() == range);
    last_name(&outer.func).filter(|name| given && WANT_FUNCTIONS.contains(name))
}

fn waits_for_await(name: &str) -> Sentence {
    say!(
        "`{name}()` does nothing until it is awaited, and this call never was.",
        "`{name}()` ничего не делает без `await`, а здесь его нет."
    )
}

/// Whether the name is of a method of the standard library that a person would not call "its body".
fn library_method(name: &str) -> bool {
    name.rsplit('.')
        .next()
        .is_some_and(|last| matches!(last, "aclose" | "asend" | "athrow" | "drain" | "wait_closed"))
}

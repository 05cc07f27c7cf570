//! A coroutine function was called, and what it returned was thrown away.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        predict::{Place, Seen},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::{Event, Id, Kind, Outcome, StackId},
};

use super::task_garbage_collected::loop_never_ran;

pub(super) static METADATA: Metadata = Metadata {
    name: "coroutine-never-awaited",
    fault: "a coroutine was made and never run",
    fault_ru: "сопрограмма создана, но так и не запущена",
    severity: Severity::Error,
    page: include_str!("../../../rules/coroutine-never-awaited.md"),
};

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
        let Some(span) = state.pointed_at(coroutine.at) else {
            return;
        };
        let name = &coroutine.function;
        let message = if library_method(name) {
            format!("`{name}()` does nothing until it is awaited, and this call never was.")
        } else {
            format!("`{name}()` only makes a coroutine; nothing awaited it, so its body never ran.")
        };
        report.put(
            METADATA
                .finding(id, span, message, context)
                .cpython(format!("coroutine '{name}' was never awaited"))
                .task(coroutine.parent),
        );
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
        let sentence = format!("`{method}()` does nothing until it is awaited, and this call never was.");
        let finding = METADATA.finding(self.methods, span, sentence, context);
        let id = format!("{}:method", finding.id);
        report.put(Diagnostic { id, ..finding }.cpython(message));
    }
}

/// A coroutine function of the module is called, and the call is the whole statement.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, String)> {
    let Seen::Statement(Stmt::Expr(it)) = seen else {
        return None;
    };
    let Expr::Call(call) = &*it.value else { return None };
    let Expr::Name(name) = &*call.func else { return None };
    place.coroutines.contains(name.id.as_str()).then(|| {
        let message = format!("`{}()` only makes a coroutine; nothing awaits it here.", name.id);
        (call.range(), message)
    })
}

/// Whether the name is of a method of the standard library that a person would not call "its body".
fn library_method(name: &str) -> bool {
    name.rsplit('.')
        .next()
        .is_some_and(|last| matches!(last, "aclose" | "asend" | "athrow" | "drain" | "wait_closed"))
}

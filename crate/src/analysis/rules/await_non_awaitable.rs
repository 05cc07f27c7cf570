//! Something was awaited, or made a task of, that cannot be.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "await-non-awaitable",
    fault: "something that is not awaitable was awaited",
    fault_ru: "через await ожидают то, чего ожидать нельзя",
    severity: Severity::Error,
    page: include_str!("../../../rules/await-non-awaitable.md"),
};

#[derive(Default)]
pub(super) struct AwaitNonAwaitable {
    findings: Findings,
}

impl Rule for AwaitNonAwaitable {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise, context) else {
            return;
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(finding, &raise, context);
    }
}

fn sentence(raise: &Raise<'_>, context: Context<'_>) -> Option<String> {
    if raise.class() != "TypeError" {
        return None;
    }
    let words = raise.words();
    if let Some(class) = words
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix("' object can't be awaited"))
    {
        return Some(match class {
            "function" | "method" => {
                "A function was awaited instead of what it returns: the parentheses of the call are missing.".to_owned()
            }
            "async_generator" => "An asynchronous generator is not awaited: `async for` goes through it.".to_owned(),
            "Timeout" | "TaskGroup" => format!("A `{class}` is not awaited: it is entered by `async with`."),
            _ => format!("This is a `{class}`, and only coroutines, tasks and futures can be awaited."),
        });
    }
    if words.starts_with("a coroutine was expected, got <function ") {
        return Some("A function was given instead of the coroutine that calling it makes.".to_owned());
    }
    if let Some(given) = words.strip_prefix("a coroutine was expected, got ") {
        return Some(format!("A task is made of a coroutine, and this is {given}."));
    }
    if words == "An asyncio.Future, a coroutine or an awaitable is required" {
        return Some("What was given here is neither a coroutine nor a task nor any other awaitable.".to_owned());
    }
    if let Some(given) = words.strip_prefix("expect a list of futures, not ") {
        return Some(format!(
            "`wait()` takes a collection of tasks, and was given a `{given}`."
        ));
    }
    if words.starts_with("__await__() returned ") {
        return Some("The object's `__await__` must return an iterator, as a generator function does.".to_owned());
    }
    if words.starts_with("unhashable type: ") && raise.through("asyncio/tasks.py", "gather", context) {
        return Some("`gather()` takes awaitables one by one: write `*` before the collection.".to_owned());
    }
    None
}

//! A lock, future, queue or semaphore was told something that its state does not allow.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
    },
    trace::event::Event,
};

pub(super) static METADATA: Metadata = Metadata {
    name: "primitive-misused",
    fault: "a lock, future, queue or semaphore was used against its rules",
    fault_ru: "блокировка, future, очередь или семафор использованы не по правилам",
    severity: Severity::Error,
    page: include_str!("../../../rules/primitive-misused.md"),
};

#[derive(Default)]
pub(super) struct PrimitiveMisused {
    findings: Findings,
}

impl Rule for PrimitiveMisused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let finding = self.findings.explain(&METADATA, &raise, sentence, context);
        report.put_cause(finding.severity(severity(&raise, context)), &raise, context);
    }
}

fn sentence(raise: &Raise<'_>) -> Option<&'static str> {
    match (raise.class(), raise.words()) {
        ("RuntimeError", "Lock is not acquired.") => Some("This lock is not held, so it cannot be released."),
        ("RuntimeError", "cannot notify on un-acquired lock") => {
            Some("A condition can be notified only while its lock is held.")
        }
        ("RuntimeError", "cannot wait on un-acquired lock") => {
            Some("A condition can be waited for only while its lock is held.")
        }
        ("RuntimeError", words) if words.starts_with("Task does not support set_") => {
            Some("A task gets its result from its coroutine; nobody else can set it.")
        }
        ("ValueError", "task_done() called too many times") => {
            Some("`task_done()` was called more often than items were taken from the queue.")
        }
        ("ValueError", "BoundedSemaphore released too many times") => {
            Some("The semaphore was released more often than it was acquired.")
        }
        ("ValueError", "Semaphore initial value must be >= 0") => Some("A semaphore cannot begin below zero."),
        ("InvalidStateError", "invalid state") => Some("This future has its result already; it can be set once."),
        ("InvalidStateError", "Result is not set." | "Exception is not set.") => {
            Some("The future or task has not ended, so it has nothing to tell yet.")
        }
        ("TypeError", words) if words.starts_with("StopIteration interacts badly with generators") => {
            Some("A future cannot carry a `StopIteration`.")
        }
        _ => None,
    }
}

/// A program that catches `InvalidStateError` by name expects it.
fn severity(raise: &Raise<'_>, context: Context<'_>) -> Severity {
    let tree = context.sources.tree(context.state.path(raise.span.file));
    let expected = raise.class() == "InvalidStateError"
        && tree.is_some_and(|tree| tree.catches(raise.span.into(), &["InvalidStateError"]));
    if expected { Severity::Info } else { Severity::Error }
}

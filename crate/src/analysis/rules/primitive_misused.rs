//! A lock, future, queue or semaphore was told something that its state does not allow.

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
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

fn sentence(raise: &Raise<'_>) -> Option<Plain> {
    Some(match (raise.class(), raise.words()) {
        ("RuntimeError", "Lock is not acquired.") => (
            "This lock is not held, so it cannot be released.",
            "Эта блокировка не захвачена, и освободить её нельзя.",
        ),
        ("RuntimeError", "cannot notify on un-acquired lock") => (
            "A condition can be notified only while its lock is held.",
            "Оповестить условие можно только тогда, когда захвачена его блокировка.",
        ),
        ("RuntimeError", "cannot wait on un-acquired lock") => (
            "A condition can be waited for only while its lock is held.",
            "Ждать условия можно только тогда, когда захвачена его блокировка.",
        ),
        ("RuntimeError", words) if words.starts_with("Task does not support set_") => (
            "A task gets its result from its coroutine; nobody else can set it.",
            "Результат задачи даёт её сопрограмма; задать его извне нельзя.",
        ),
        ("ValueError", "task_done() called too many times") => (
            "`task_done()` was called more often than items were taken from the queue.",
            "`task_done()` вызван больше раз, чем из очереди взяли элементов.",
        ),
        ("ValueError", "BoundedSemaphore released too many times") => (
            "The semaphore was released more often than it was acquired.",
            "Семафор освободили больше раз, чем захватили.",
        ),
        ("ValueError", "Semaphore initial value must be >= 0") => (
            "A semaphore cannot begin below zero.",
            "Начальное значение семафора не может быть меньше нуля.",
        ),
        ("InvalidStateError", "invalid state") => (
            "This future has its result already; it can be set once.",
            "У этого future уже есть результат; задать его можно один раз.",
        ),
        ("InvalidStateError", "Result is not set." | "Exception is not set.") => (
            "The future or task has not ended, so it has nothing to tell yet.",
            "Задача или future ещё не завершились, и сказать им пока нечего.",
        ),
        ("TypeError", words) if words.starts_with("StopIteration interacts badly with generators") => (
            "A future cannot carry a `StopIteration`.",
            "Исключением future не может быть `StopIteration`.",
        ),
        _ => return None,
    })
}

/// A program that catches `InvalidStateError` by name expects it.
fn severity(raise: &Raise<'_>, context: Context<'_>) -> Severity {
    let tree = context.sources.tree(context.state.path(raise.span.file));
    let expected = raise.class() == "InvalidStateError"
        && tree.is_some_and(|tree| tree.catches(raise.span.into(), &["InvalidStateError"]));
    if expected { Severity::Info } else { Severity::Error }
}

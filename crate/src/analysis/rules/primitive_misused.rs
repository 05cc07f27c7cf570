//! A lock, future, queue or semaphore was told something that its state does not allow.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        diagnostic::Severity,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
    },
    trace::event::{Completion, Event, Exception, Id, Kind, Span, StackId, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "primitive-misused",
    fault: "a lock, future, queue, semaphore or stream was used against its rules",
    fault_ru: "блокировка, future, очередь, семафор или поток данных использованы не по правилам",
    severity: Severity::Error,
    page: include_str!("../../../rules/primitive-misused.md"),
};

const READER: Plain = (
    "Another task waits for data of this stream already: one at a time may read.",
    "Данных этого потока уже ждёт другая задача: читать можно только по одной.",
);
const WAITS: Plain = ("The other one waits here.", "Другая ждёт здесь.");
const RESOLVED: Plain = ("It had got its result from here.", "Результат ему задали отсюда.");
const CANCELLED: Plain = ("It had been cancelled from here.", "Его отменили отсюда.");

#[derive(Default)]
pub(super) struct PrimitiveMisused {
    findings: Findings,
    /// Where the program's own futures got what they ended with: the line that did it, or that asked the loop to.
    ended: BTreeMap<Id, (Span, Plain)>,
}

impl Rule for PrimitiveMisused {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::FutureDone { id, completion, at, .. } => self.note_end(*id, completion, *at, context),
            Kind::Destroyed { id, .. } => {
                self.ended.remove(id);
            }
            Kind::LoopException {
                message,
                exception: Some(exception),
                handle,
                ..
            } if message.starts_with("Exception in callback Future.set_") => {
                self.set_by_loop(exception, *handle, context, report);
            }
            _ => {}
        }
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let mut finding = self.findings.explain(&METADATA, &raise, sentence, context);
        if sentence == READER
            && let Some(other) = other_reader(raise.by, context)
        {
            finding = finding.related_span(other, WAITS, context);
        }
        report.put_cause(finding.severity(severity(&raise, context)), &raise, context);
    }
}

impl PrimitiveMisused {
    fn note_end(&mut self, id: Id, completion: &Completion, at: StackId, context: Context<'_>) {
        let state = context.state;
        let own = state.futures.get(&id).is_some_and(|future| {
            let mut frames = state.frames(future.at).iter();
            let outer = frames.find(|frame| !frame.function.ends_with(".create_future"));
            future.class == "Future" && outer.is_some_and(|frame| state.in_workspace(frame))
        });
        if !own {
            return;
        }
        let asked = || state.pointed_at(state.handles.get(&state.handle?)?.at);
        let words = match completion {
            Completion::Cancelled => CANCELLED,
            Completion::Result | Completion::Exception(_) => RESOLVED,
        };
        if let Some(place) = state.pointed_at(at).or_else(asked) {
            self.ended.insert(id, (place, words));
        }
    }

    /// The loop was given the setter itself, so that no line of the workspace was on the stack when it raised.
    fn set_by_loop(&mut self, exception: &Exception, handle: Option<Id>, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let own = state.first_in_workspace(&exception.traceback).is_some();
        let handle = handle.or(state.handle).and_then(|id| state.handles.get(&id));
        let handle = handle.filter(|it| !own && it.callback.starts_with("Future.set_"));
        let Some((handle, span)) = handle.and_then(|it| Some((it, state.pointed_at(it.at)?))) else {
            return;
        };
        let raise = Raise {
            exception,
            span,
            by: None,
            at: Some(handle.at),
        };
        let Some(sentence) = sentence(&raise) else {
            return;
        };
        let mut finding = self.findings.explain(&METADATA, &raise, sentence, context);
        // The trace does not say which future it was: only of a single one is it sure.
        let mut ended = self.ended.values();
        if let (Some((place, words)), None) = (ended.next(), ended.next()) {
            finding = finding.related_span(*place, *words, context);
        }
        report.put_cause(finding, &raise, context);
    }
}

/// Where the only other task waits that waits for a stream's data.
fn other_reader(reader: Option<Id>, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let mut waiting = state.waiting_tasks().filter(|(id, _, waiting)| {
        Some(*id) != reader
            && matches!(&waiting.on, Wait::Future { primitive: Some(primitive), .. } if primitive == "StreamReader")
    });
    let (_, task, waits) = waiting.next()?;
    let place = state.pointed_at(waits.chain).or_else(|| state.pointed_at(task.at));
    place.filter(|_| waiting.next().is_none())
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
        ("RuntimeError", words)
            if words.ends_with(" called while another coroutine is already waiting for incoming data") =>
        {
            READER
        }
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

//! The loop, or what belongs to it, was used from another thread.

use std::collections::BTreeMap;

use ruff_python_ast::Expr;

use crate::{
    analysis::{
        diagnostic::Severity,
        joins, raised,
        rule::{Context, Metadata, Report, Rule},
        sentence::Plain,
    },
    trace::event::{Event, Id, Kind, Misuse, Span, StackId},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "not-thread-safe-call",
    fault: "the event loop was used from another thread",
    fault_ru: "цикл событий использован из другого потока",
    severity: Severity::Error,
    page: include_str!("../../../rules/not-thread-safe-call.md"),
};

const WORDS: &str = "Non-thread-safe operation invoked on an event loop other than the current one";
const SENTENCE: Plain = (
    "This runs in another thread than the loop, which is not woken by it and may be damaged; only `call_soon_threadsafe()` and `run_coroutine_threadsafe()` may be called from there.",
    "Это выполняется не в том потоке, где работает цикл событий: цикл от этого не проснётся и может быть повреждён; из другого потока можно вызывать только `call_soon_threadsafe()` и `run_coroutine_threadsafe()`.",
);

#[derive(Default)]
pub(super) struct NotThreadSafeCall {
    found: u32,
    /// Findings about queues that somebody may yet turn out to share with no loop, by the thread that used them.
    queues: BTreeMap<Id, Vec<Id>>,
}

impl Rule for NotThreadSafeCall {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let place = match &event.kind {
            Kind::Misuse {
                misuse: Misuse::NotThreadSafe,
                by,
                at,
                ..
            } => misused(*at, context).map(|span| (span, *by)),
            // A thread may fill a queue before it runs a loop of its own.
            Kind::LoopStarted { .. } => {
                for key in self.queues.remove(&context.state.thread).unwrap_or_default() {
                    if report.get(&METADATA, key).is_some_and(|it| it.cpython.is_none()) {
                        report.withdraw(&METADATA, key);
                    }
                }
                return;
            }
            // Nothing may have waited yet, so that there was no callback to schedule; somebody might have.
            Kind::FutureDone { id, by: None, at, .. } if context.state.futures.contains_key(id) => {
                from_outside(*at, context).map(|span| (span, None))
            }
            Kind::CancelRequested { id, by: None, at, .. } if context.state.tasks.contains_key(id) => {
                from_outside(*at, context).map(|span| (span, None))
            }
            // The debug mode's check stands at more places than the loop's own.
            _ => raised::reached(event, context)
                .filter(|raise| raise.is("RuntimeError", &[WORDS]))
                .map(|raise| (raise.span, raise.by)),
        };
        let Some((span, by)) = place else { return };
        let silent = matches!(&event.kind, Kind::Misuse { at, .. } if is_silent(*at, context));
        let file = context.state.path(span.file);
        let told = report
            .of(&METADATA)
            .find(|it| it.span == span.into() && it.file == file);
        match told.cloned() {
            Some(finding) if finding.cpython.is_none() && !silent => report.put(finding.cpython(WORDS)),
            Some(_) => {}
            None => {
                self.found += 1;
                if silent && context.state.thread != 0 {
                    self.queues.entry(context.state.thread).or_default().push(self.found);
                }
                let finding = METADATA.finding(self.found, span, SENTENCE, context).task(by);
                report.put(if silent { finding } else { finding.cpython(WORDS) });
            }
        }
    }
}

/// Where the loop, or a queue, was used. A queue that the same call of a thread has made is not shared yet.
fn misused(at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let span = state.pointed_at(at)?;
    let own = || {
        let tree = context.sources.tree(state.path(span.file))?;
        let queue = tree
            .call_at(span.into())?
            .func
            .as_attribute_expr()?
            .value
            .as_name_expr()?;
        tree.value_before(queue.id.as_str(), span.into())
            .map(Expr::is_call_expr)
    };
    let is_own = state.thread != 0 && of_queue(at, context) && own() == Some(true);
    (!is_own).then_some(span)
}

fn of_queue(at: StackId, context: Context<'_>) -> bool {
    context.state.passes_through(at, "asyncio/queues.py", "")
}

/// Whether `CPython` itself would say nothing: a queue is used, and has woken nobody yet.
fn is_silent(at: StackId, context: Context<'_>) -> bool {
    let used = ["put_nowait", "get_nowait"];
    let inner = context.state.frames(at).first();
    inner.is_some_and(|frame| used.iter().any(|name| frame.function.ends_with(name))) && of_queue(at, context)
}

/// Where the workspace itself acts on something of a loop that runs in another thread than this.
fn from_outside(at: StackId, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let here = |id: &Id| state.loop_threads.get(id) == Some(&state.thread);
    let elsewhere = !state.running_loops.is_empty() && !state.running_loops.iter().any(here);
    if !elsewhere {
        return None;
    }
    if let Some(span) = state.pointed_at(at) {
        return joins::called_by_program(at, state).then_some(span);
    }
    // The thread was given the method itself, as a timer is: whoever started it has called it.
    let caller = state.frames(at).first()?;
    let is_thread = state.path(caller.span.file).ends_with("/threading.py");
    state.pointed_at(*state.thread_starts.get(&state.thread).filter(|_| is_thread)?)
}

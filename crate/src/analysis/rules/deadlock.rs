//! The program waits for what cannot come any more.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        state::{Task, Waiting},
        takers::Takers,
        threads::Threads,
        unheard::Unheard,
        words,
    },
    trace::event::{Event, Id, Kind, Outcome, Span, StackId, Wait},
};

use super::not_thread_safe_call;

pub(super) static METADATA: Metadata = Metadata {
    name: "deadlock",
    fault: "tasks wait for each other, or for something that cannot come",
    fault_ru: "задачи ждут друг друга или того, что уже не наступит",
    severity: Severity::Error,
    page: include_str!("../../../rules/deadlock.md"),
};

#[derive(Default)]
pub(super) struct Deadlock {
    threads: Threads,
    holders: Holders,
    takers: Takers,
    unheard: Unheard,
}

/// The tasks that hold each primitive; one that took a semaphore twice is there twice.
type Holders = BTreeMap<Id, Vec<Option<Id>>>;

impl Rule for Deadlock {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        self.threads.apply(&event.kind);
        note(&mut self.holders, &event.kind);
        self.takers.apply(&event.kind, context);
        self.unheard.apply(&event.kind, context);
        let Kind::Ended {
            outcome: outcome @ (Outcome::Deadlocked | Outcome::Idle),
            ..
        } = &event.kind
        else {
            return;
        };
        let state = context.state;
        let root = state
            .loops
            .values()
            .rev()
            .find_map(|it| if it.running { it.until } else { None });
        // It is for a signal or for a client to end this: no task is at fault.
        if *outcome == Outcome::Idle && root.is_some() {
            return;
        }
        if self.report_crossed(context, report) {
            return;
        }
        let first = state.waiting_tasks().map(|(id, ..)| id).next();
        // A loop that runs for ever with nothing to do waits for a caller, which is no fault of any task.
        let Some(main) = root.filter(|id| waiting(context, *id).is_some()).or(first) else {
            if *outcome == Outcome::Deadlocked && !report_future(root, context, report) {
                self.report_threads(context, report);
            }
            return;
        };
        let culprit = culprit(main, &self.holders, context);
        let Some(span) = place(context, culprit) else { return };
        let severity = if *outcome == Outcome::Idle {
            Severity::Warning
        } else {
            Severity::Error
        };
        let finding = METADATA
            .finding(main, span, sentence(culprit, &self.holders, context), context)
            .severity(severity)
            .task(Some(main));
        let finding = name_waiting(finding, Some(culprit), context);
        let finding = self.takers.relate(finding, culprit, context);
        let finding = self.unheard.relate(finding, culprit, context);
        report.put(self.threads.relate(finding, None, context));
    }
}

impl Deadlock {
    /// Threads that hold a lock each and wait for another's keep everything else waiting. Returns whether there are such.
    fn report_crossed(&self, context: Context<'_>, report: &mut Report) -> bool {
        let Some((id, span, message)) = self.threads.crossed(context) else {
            return false;
        };
        let finding = METADATA.finding(id, span, message, context);
        let finding = name_waiting(finding, None, context);
        report.put(self.threads.relate(finding, Some(id), context));
        true
    }

    /// No loop waits, only threads: the main one, or those that the program's end waits for.
    fn report_threads(&self, context: Context<'_>, report: &mut Report) {
        let Some((id, span, waits)) = self.threads.first(context) else {
            return;
        };
        let message = say!(
            "{waits}, and no thread is left that could end the wait.",
            "{waits}, и ни один поток уже не может прервать это ожидание.",
            waits = waits,
        );
        let mut finding = METADATA.finding(id, span, message, context);
        let unheard: Vec<_> = report.of(&not_thread_safe_call::METADATA).cloned().collect();
        for call in unheard {
            if let Some(file) = context.state.file(&call.file) {
                finding = finding.related_span(call.span.of(file), UNHEARD, context);
            }
        }
        report.put(self.threads.relate(finding, Some(id), context));
    }
}

/// The program runs the loop for a future that is no task, and that nobody completes. Returns whether that is so.
fn report_future(root: Option<Id>, context: Context<'_>, report: &mut Report) -> bool {
    let state = context.state;
    let started = state
        .loops
        .values()
        .rev()
        .find_map(|it| if it.running { it.started_at } else { None });
    let Some((id, span)) = root.zip(started.and_then(|at| state.pointed_at(at))) else {
        return false;
    };
    let message = (
        "The loop runs until this future is done, and nothing is left that could complete it.",
        "Цикл событий работает, пока этот future не завершён, а завершить его больше некому.",
    );
    report.put(METADATA.finding(id, span, message, context));
    true
}

fn waiting(context: Context<'_>, id: Id) -> Option<&Waiting> {
    context.state.tasks.get(&id)?.waiting.as_ref()
}

fn place(context: Context<'_>, id: Id) -> Option<Span> {
    let state = context.state;
    let task = state.tasks.get(&id)?;
    task.waiting
        .as_ref()
        .and_then(|waiting| state.pointed_at(waiting.chain))
        .or_else(|| state.pointed_at(task.at))
}

/// The task whose wait keeps this one waiting: it awaits a task, a `gather()` or a group, and that one waits for what is
/// no task. A circle has no such end, and is told of as a whole.
fn culprit(main: Id, holders: &Holders, context: Context<'_>) -> Id {
    let state = context.state;
    let (chain, cycle) = chain(main, holders, context);
    let mut last = match (chain.last(), cycle) {
        (Some(last), None) => *last,
        _ => return main,
    };
    // As many steps as there are tasks: more would be a circle.
    for _ in 0..=state.tasks.len() {
        let child = children(last, context)
            .into_iter()
            .find(|id| waiting(context, *id).is_some())
            .or_else(|| stuck_producer(last, context));
        match child {
            Some(child) => last = child,
            None => break,
        }
    }
    last
}

/// Who waits to put something into a full queue, where a task waits for what was put there to be done: it is for lack of a
/// taker that this does not end.
fn stuck_producer(id: Id, context: Context<'_>) -> Option<Id> {
    let state = context.state;
    let calls = |waiting: &Waiting, call: &str| words::library_call(state, waiting).as_deref() == Some(call);
    waiting(context, id).filter(|it| calls(it, "Queue.join"))?;
    state
        .waiting_tasks()
        .find_map(|(id, _, waiting)| calls(waiting, "Queue.put").then_some(id))
}

/// The pending tasks that a task waits for by way of `gather()`, `wait()` or its group: those that it made.
fn children(id: Id, context: Context<'_>) -> Vec<Id> {
    let state = context.state;
    let Some(Waiting {
        on: Wait::Future { id: on, primitive, .. },
        chain,
        ..
    }) = waiting(context, id)
    else {
        return Vec::new();
    };
    if state.tasks.contains_key(on) {
        return vec![*on];
    }
    let gathers = state
        .futures
        .get(on)
        .is_some_and(|future| future.class == "_GatheringFuture");
    let waits = ["_wait", "_wait_for_one"]
        .iter()
        .any(|function| state.passes_through(*chain, "asyncio/tasks.py", function));
    if !(gathers || waits || primitive.as_deref() == Some("TaskGroup")) {
        return Vec::new();
    }
    let own = |(child, task): (&Id, &Task)| (task.parent == Some(id) && task.done.is_none()).then_some(*child);
    state.tasks.iter().filter_map(own).collect()
}

/// The tasks from one on, each waiting for the next: for its end, or for what it holds.
fn chain(from: Id, holders: &Holders, context: Context<'_>) -> (Vec<Id>, Option<usize>) {
    let mut chain = vec![from];
    let mut last = from;
    while let Some(next) = waiting(context, last).and_then(|waiting| keeper(waiting, holders, context)) {
        // Who waits for what it holds itself is told so, and so is who waits for what somebody held who has ended.
        if next == last || self::waiting(context, next).is_none() {
            break;
        }
        if let Some(position) = chain.iter().position(|known| *known == next) {
            return (chain, Some(position));
        }
        chain.push(next);
        last = next;
    }
    (chain, None)
}

/// The task that a wait is for: the one that is awaited, or the one task that holds what is waited for.
fn keeper(waiting: &Waiting, holders: &Holders, context: Context<'_>) -> Option<Id> {
    let Wait::Future { id, owner, .. } = &waiting.on else {
        return None;
    };
    if context.state.tasks.contains_key(id) {
        return Some(*id);
    }
    let mut held_by = holders.get(&(*owner)?)?.iter();
    let first = (*held_by.next()?)?;
    held_by.all(|other| *other == Some(first)).then_some(first)
}

/// Takes down who holds what.
fn note(holders: &mut Holders, kind: &Kind) {
    match kind {
        Kind::Acquired { id, by, .. } => holders.entry(*id).or_default().push(*by),
        Kind::Released { id, by, .. } => {
            let Some(held_by) = holders.get_mut(id) else { return };
            let position = held_by.iter().position(|holder| holder == by).unwrap_or(0);
            held_by.remove(position);
            if held_by.is_empty() {
                holders.remove(id);
            }
        }
        _ => {}
    }
}

fn sentence(culprit: Id, holders: &Holders, context: Context<'_>) -> Sentence {
    let state = context.state;
    let (chain, cycle) = chain(culprit, holders, context);
    if let Some(start) = cycle {
        let names: Vec<_> = chain.iter().skip(start).map(|id| words::task(state, *id)).collect();
        return say!(
            "{names} wait for each other in a circle, so {none} of them can ever go on.",
            "Задачи {names} ждут друг друга по кругу, и ни одна из них никогда не сможет продолжить.{none}",
            none = (if names.len() == 2 { "neither" } else { "none" }, ""),
            names = words::list(&names).capitalised(),
        );
    }
    let task = words::task(state, culprit);
    let Some(awaited) = waiting(context, culprit) else {
        return say!(
            "Nothing can wake {task} any more.",
            "Задачу {task} больше некому разбудить.",
            task = task,
        );
    };
    say!(
        "{task} waits for {what}: {reason}.",
        "Задача {task} ждёт {what}: {reason}.",
        task = task.capitalised(),
        what = words::awaited(state, awaited),
        reason = reason(culprit, awaited, holders, context),
    )
}

/// Why the wait of a task cannot end.
fn reason(id: Id, waiting: &Waiting, holders: &Holders, context: Context<'_>) -> Sentence {
    if set_unheard(waiting, context).is_some() {
        return (
            "another thread has brought that about, but has not woken the loop, as `not-thread-safe-call` says there",
            "другой поток уже дал ожидаемое, но не разбудил цикл событий, о чём там же говорит `not-thread-safe-call`",
        )
            .into();
    }
    match keeper(waiting, holders, context) {
        Some(holder) if holder == id => (
            "the same task holds it already, and cannot release it while it waits",
            "она сама уже заняла этот объект и не может освободить его, пока ждёт",
        )
            .into(),
        Some(holder) if context.state.tasks.get(&holder).is_some_and(|task| task.done.is_some()) => say!(
            "{holder} took it, and has ended without giving it back",
            "её взяла и, завершившись, не освободила задача {holder}",
            holder = words::task(context.state, holder),
        ),
        None => match takers(waiting, holders, context) {
            Some(names) => say!(
                "{names} have taken it, and nobody is left who would release it",
                "её заняли задачи {names}, и освободить её больше некому",
                names = names,
            ),
            None => nobody(waiting, context).into(),
        },
        _ => nobody(waiting, context).into(),
    }
}

/// The names of the tasks that have taken what is waited for, if there are several: a semaphore lets so many in.
fn takers(waiting: &Waiting, holders: &Holders, context: Context<'_>) -> Option<Sentence> {
    let Wait::Future { owner, .. } = &waiting.on else {
        return None;
    };
    let by: BTreeSet<Id> = holders.get(&(*owner)?)?.iter().copied().collect::<Option<_>>()?;
    let names: Vec<_> = by.into_iter().map(|id| words::task(context.state, id)).collect();
    (names.len() > 1).then(|| words::list(&names))
}

/// Where the future that a task still waits for was set all the same: the loop has not come to say so.
fn set_unheard(waiting: &Waiting, context: Context<'_>) -> Option<StackId> {
    let Wait::Future { id, .. } = &waiting.on else {
        return None;
    };
    let done = context.state.futures.get(id)?.done.as_ref()?;
    done.by.is_none().then_some(done.at)
}

/// Who is missing.
fn nobody(waiting: &Waiting, context: Context<'_>) -> Plain {
    let Wait::Future { primitive, .. } = &waiting.on else {
        return NOBODY;
    };
    let call = words::library_call(context.state, waiting).unwrap_or_default();
    match (
        primitive.as_deref().unwrap_or_default(),
        call.rsplit('.').next().unwrap_or_default(),
    ) {
        ("Lock" | "Semaphore" | "BoundedSemaphore", _) => (
            "no task that still runs will release it",
            "освободить то, чего она ждёт, больше некому",
        ),
        // A barrier is made of a condition.
        ("Condition" | "Barrier", _) if call.starts_with("Barrier.") => (
            "no further task will come to it",
            "больше ни одна задача туда не придёт",
        ),
        ("Condition", _) => ("no task that still runs will notify it", "оповестить её больше некому"),
        // A queue keeps an event for those who join it.
        (_, "join") => (
            "no task that still runs will call `task_done()`",
            "вызвать `task_done()` больше некому",
        ),
        ("Event", _) => (
            "no task that still runs will set it",
            "установить событие больше некому",
        ),
        (_, "get") => (
            "no task that still runs will put anything",
            "положить туда что-нибудь больше некому",
        ),
        (_, "put") => (
            "it is full, and no task that still runs will take anything",
            "очередь полна, и брать из неё больше некому",
        ),
        _ => NOBODY,
    }
}

const UNHEARD: Plain = (
    "This call from another thread does not wake the loop, which may be all that is missing.",
    "Этот вызов из другого потока не будит цикл событий, и, возможно, не хватает только этого.",
);
const SET_UNHEARD: Plain = (
    "Another thread did it here; by way of `call_soon_threadsafe()` it would have woken the loop.",
    "Другой поток сделал это здесь; через `call_soon_threadsafe()` он разбудил бы цикл событий.",
);
const NOBODY: Plain = ("nothing is left that could wake it", "разбудить её больше некому");

fn name_waiting(mut finding: Diagnostic, culprit: Option<Id>, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    // Many tasks at one line wait alike: one of them stands for all.
    let mut seen = BTreeSet::new();
    for (id, _, waiting) in state.waiting_tasks().filter(|(id, ..)| Some(*id) != culprit) {
        if seen.insert(state.pointed_at(waiting.chain)) {
            let sentence = say!(
                "{task} waits here, for {what}.",
                "Задача {task} ждёт здесь {what}.",
                task = words::task(state, id).capitalised(),
                what = words::awaited(state, waiting),
            );
            finding = finding.related(waiting.chain, sentence, context);
        }
    }
    let Some(culprit) = culprit else { return finding };
    if let Some(at) = waiting(context, culprit).and_then(|it| set_unheard(it, context)) {
        finding = finding.related(at, SET_UNHEARD, context);
    }
    if let Some(task) = state.tasks.get(&culprit) {
        finding = finding.related(task.at, words::TASK_MADE, context);
    }
    finding
}

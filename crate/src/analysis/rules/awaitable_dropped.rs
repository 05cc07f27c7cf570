//! What `gather()`, `shield()` or `run_in_executor()` returned was thrown away.

use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        handed_on::{given_up, taken_of_future, with_origin},
        predict::{Place, Seen, discarded},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        state::State,
    },
    trace::event::{Event, Id, Kind, StackId},
};

use super::{coroutine_as_value, exception_never_retrieved};

pub(super) static METADATA: Metadata = Metadata {
    name: "awaitable-dropped",
    fault: "the result of `gather()` or its like was thrown away",
    fault_ru: "результат `gather()` или подобного вызова выброшен",
    severity: Severity::Warning,
    page: include_str!("../../../rules/awaitable-dropped.md"),
};

/// The library's functions that return a future, by file and name, and whether to drop it is often meant.
const MAKERS: [(&str, &str, bool); 3] = [
    ("asyncio/tasks.py", "gather", false),
    ("asyncio/tasks.py", "shield", false),
    ("asyncio/base_events.py", "run_in_executor", true),
];

const HANDED_ON: Plain = ("It was made here, and handed on.", "Он создан здесь и передан дальше.");

#[derive(Default)]
pub(super) struct AwaitableDropped {
    /// What `gather()` returned.
    gathered: Vec<Id>,
}

impl Rule for AwaitableDropped {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::FutureCreated { id, parent, at, .. } => {
                let state = context.state;
                let Some((_, function, meant)) = MAKERS
                    .into_iter()
                    .find(|(file, function, _)| called_by_program(*at, file, function, state))
                else {
                    return;
                };
                if function == "gather" {
                    self.gathered.push(*id);
                }
                let taken = taken_of_future(*at, context);
                if taken.is_some_and(|span| given_up(span, context)) {
                    put(*id, *parent, function, meant, *at, context, report);
                }
            }
            // Somebody got hold of it in another way.
            Kind::Retrieved { id, .. } => report.withdraw(&METADATA, *id),
            _ => {}
        }
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        // Nobody waits, and so the end of the program cancels it, and nobody learns of that either.
        for id in &self.gathered {
            let state = context.state;
            let done = state.done(*id).and_then(|done| done.exception());
            let cancelled = done.is_some_and(|exception| exception.class.ends_with("CancelledError"));
            if !cancelled || report.get(&exception_never_retrieved::METADATA, *id).is_none() {
                continue;
            }
            report.withdraw(&exception_never_retrieved::METADATA, *id);
            let Some(future) = state.futures.get(id) else { continue };
            let Some(span) = taken_of_future(future.at, context) else {
                continue;
            };
            let used = report
                .of(&coroutine_as_value::METADATA)
                .any(|it| it.names(state.path(span.file), span.into()));
            if report.get(&METADATA, *id).is_none() && !used {
                put(*id, future.parent, "gather", false, future.at, context, report);
            }
        }
    }
}

/// `gather()` or `shield()` is called in a coroutine function, and the call is the whole statement.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let call = discarded(seen).filter(|_| place.in_coroutine == Some(true))?;
    let name = place.asyncio_call(call)?;
    matches!(name.as_str(), "gather" | "shield").then(|| {
        let message = say!(
            "Nothing awaits what `{name}()` returns here.",
            "То, что здесь возвращает `{name}()`, никто не ожидает."
        );
        (call.range(), message)
    })
}

/// Whether the workspace itself called this function of the library.
fn called_by_program(at: StackId, file: &str, function: &str, state: &State) -> bool {
    let library = state.frames(at).iter().take_while(|frame| !state.in_workspace(frame));
    library
        .last()
        .is_some_and(|frame| state.path(frame.span.file).ends_with(file) && frame.function.ends_with(function))
}

fn put(
    id: Id,
    parent: Option<Id>,
    function: &str,
    meant: bool,
    at: StackId,
    context: Context<'_>,
    report: &mut Report,
) {
    let Some(span) = taken_of_future(at, context) else {
        return;
    };
    let severity = if meant { Severity::Info } else { Severity::Warning };
    let tree = context.sources.tree(context.state.path(span.file));
    let sentence = if tree.is_some_and(|tree| tree.call_at(span.into()).is_some()) {
        say!(
            "Nothing awaits what `{function}()` returns here, so nobody learns when it is done or that it failed.",
            "То, что здесь возвращает `{function}()`, никто не ожидает, и никто не узнает, когда работа закончена и не упала ли она."
        )
    } else {
        say!(
            "This `await` gives what `{function}()` has returned, and nothing awaits that in turn, so nobody learns when it is done or that it failed.",
            "Этот `await` даёт то, что вернула `{function}()`, а этого уже никто не ожидает, и никто не узнает, когда работа закончена и не упала ли она."
        )
    };
    let finding = METADATA
        .finding(id, span, sentence, context)
        .severity(severity)
        .task(parent);
    report.put(with_origin(finding, span, at, HANDED_ON, context));
}

//! A blocking call on the loop's thread.

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        rule::{Context, Metadata, Report, Rule},
        words,
    },
    trace::event::{BlockCause, Event, Id, Kind, StackId, Victim},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "blocking-call",
    fault: "a call that keeps the whole event loop waiting",
    fault_ru: "вызов, который останавливает весь цикл событий",
    severity: Severity::Warning,
    page: include_str!("../../../rules/blocking-call.md"),
};

#[derive(Default)]
pub(super) struct BlockingCall {
    found: u32,
}

impl Rule for BlockingCall {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Kind::Blocked {
            start,
            cause: BlockCause::Call { name },
            task,
            handle,
            at,
            victims,
        } = &event.kind
        else {
            return;
        };
        let lasted = event.time.saturating_sub(*start);
        if task.or(*handle).is_none() || lasted < context.options.short_block {
            return;
        }
        let Some(span) = context.state.pointed_at(*at) else {
            return;
        };
        // Giving a job to a thread waits until that thread runs, which may use its slice at once: nobody can do better.
        if context.state.passes_through(*at, "base_events.py", "run_in_executor") {
            return;
        }
        let victims = &others(victims, *task);
        let severity = if lasted < context.options.slow_step {
            Severity::Info
        } else {
            Severity::Warning
        };
        self.found += 1;
        let message = format!(
            "`{name}()` stopped the event loop for {}{}.",
            words::duration(lasted),
            consequence(victims, context)
        );
        let finding = METADATA
            .finding(self.found, span, message, context)
            .severity(severity)
            .time(*start)
            .task(*task);
        let finding = name_caller(finding, *at, context);
        report.put(name_victims(finding, victims, context));
    }
}

/// Those that were kept waiting by another than themselves.
pub(super) fn others(victims: &[Victim], task: Option<Id>) -> Vec<Victim> {
    victims
        .iter()
        .filter(|victim| Some(victim.id) != task)
        .cloned()
        .collect()
}

/// How many others it cost what, as the end of a sentence.
pub(super) fn consequence(victims: &[Victim], context: Context<'_>) -> String {
    let latest = victims.iter().max_by_key(|victim| victim.late);
    match (latest, victims.len()) {
        (None, _) => String::new(),
        (Some(victim), 1) => {
            format!(
                "; {} could run and waited for {}",
                words::task(context.state, victim.id),
                words::duration(victim.late)
            )
        }
        (Some(victim), count) => {
            format!(
                "; {count} others could run and waited, the longest for {}",
                words::duration(victim.late)
            )
        }
    }
}

/// Names the call through which a coroutine came to a place that is not its own code: what can be moved to a thread.
pub(super) fn name_caller(finding: Diagnostic, at: StackId, context: Context<'_>) -> Diagnostic {
    let state = context.state;
    let frames = state.frames(at).iter().filter(|frame| state.in_workspace(frame));
    let coroutine = frames.enumerate().find(|(_, frame)| {
        let tree = context.sources.tree(state.path(frame.span.file));
        tree.is_some_and(|tree| tree.in_coroutine(frame.span.into()))
    });
    match coroutine {
        Some((1.., frame)) => finding.related_span(frame.span, "A coroutine called it here.", context),
        _ => finding,
    }
}

/// The most that are named one by one.
const NAMED: usize = 8;

/// Names those that were kept waiting, each where it was to go on.
pub(super) fn name_victims(finding: Diagnostic, victims: &[Victim], context: Context<'_>) -> Diagnostic {
    let state = context.state;
    victims.iter().take(NAMED).fold(finding, |finding, victim| {
        let task = state.tasks.get(&victim.id);
        let place = match task {
            Some(task) => Some(task.last_wait.as_ref().map_or(task.at, |waiting| waiting.chain)),
            None => state.handles.get(&victim.id).map(|handle| handle.at),
        };
        let sentence = format!(
            "Kept {} waiting for {}.",
            words::task(state, victim.id),
            words::duration(victim.late)
        );
        match place {
            Some(at) => finding.related(at, sentence, context),
            None => finding,
        }
    })
}

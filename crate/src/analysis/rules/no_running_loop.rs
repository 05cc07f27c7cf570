//! Something that needs a running loop was used where none runs.

use std::collections::BTreeMap;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
    },
    trace::event::{Event, FileId, Kind, Misuse, Span, StackId},
};

use super::task_pending_at_close::{self, being_collected};

pub(super) static METADATA: Metadata = Metadata {
    name: "no-running-loop",
    fault: "asyncio was used where no event loop runs",
    fault_ru: "asyncio используется там, где цикл событий не запущен",
    severity: Severity::Error,
    page: include_str!("../../../rules/no-running-loop.md"),
};

/// Where the packages are that programs import.
const PACKAGES: &str = "/usr/lib/python3/site-packages/";

/// `asked` are the questions that the program answered itself, by their lines, unless the exception leaves it after all.
#[derive(Default)]
pub(super) struct NoRunningLoop {
    found: u32,
    asked: BTreeMap<(FileId, u32), Diagnostic>,
}

impl Rule for NoRunningLoop {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::Misuse {
                misuse: Misuse::NoRunningLoop | Misuse::NoCurrentLoop,
                message,
                by,
                at,
            } => {
                let Some(span) = context.state.pointed_at(*at).filter(|_| !logs(*at, context)) else {
                    return;
                };
                self.found += 1;
                let sentence = say!(
                    "{what} needs a running event loop, and none runs here.",
                    "{what} требует работающего цикла событий, а здесь его нет.",
                    what = needed(*at, context),
                );
                let finding = METADATA
                    .finding(self.found, span, sentence, context)
                    .cpython(message.clone())
                    .task(*by);
                if let Some(task) = being_collected(*at, context.state) {
                    report.put_consequence(finding, &task_pending_at_close::METADATA, task);
                } else if asks(*at, context) && !makes(span, context) {
                    self.asked.insert((span.file, span.line), finding);
                } else {
                    report.put(finding);
                }
            }
            Kind::Uncaught { exception } => {
                // Its traceback begins where the question was asked: a later exception may have the same words.
                let mut frames = exception.traceback.iter().map(|frame| frame.span);
                let asked = frames.find_map(|span| self.asked.remove(&(span.file, span.line)));
                if let Some(finding) = asked.filter(|it| it.cpython.as_ref() == Some(&exception.message)) {
                    report.put(finding);
                }
            }
            _ => {}
        }
    }
}

/// Whether a log record asks which task it is written in, ready for there being none.
fn logs(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let mut library = state.frames(at).iter().take_while(|frame| !state.in_workspace(frame));
    library.any(|frame| state.path(frame.span.file).ends_with("logging/__init__.py"))
}

/// The library's function that the workspace called.
fn needed(at: StackId, context: Context<'_>) -> Sentence {
    let state = context.state;
    let library = state
        .frames(at)
        .iter()
        .take_while(|frame| !state.in_workspace(frame))
        .last();
    match library.map(|frame| &frame.function) {
        Some(name) => say!("`{name}()`", "Вызов `{name}()`"),
        None => ("This call", "Этот вызов").into(),
    }
}

/// Whether a future is made here: that needs the loop itself, and is no question whether one runs.
fn makes(at: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(at.file));
    tree.is_some_and(|tree| {
        let call = tree.call_at(at.into());
        let made = call.and_then(|call| tree.names().path(&call.func));
        made.is_some_and(|path| path == "asyncio.Future" || path == "asyncio.Task")
    })
}

/// Whether the program asks if a loop runs, ready for either answer: it calls `get_running_loop()` itself, under a
/// handler of the `RuntimeError`. So does a package that calls it, as far as can be seen: packages have no bugs of this kind.
fn asks(at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let asker = state.frames(at).first();
    if asker.is_some_and(|frame| state.path(frame.span.file).starts_with(PACKAGES)) {
        return true;
    }
    let direct = state.frames(at).first().is_some_and(|frame| state.in_workspace(frame));
    direct
        && state
            .frames(at)
            .iter()
            .filter(|frame| state.in_workspace(frame))
            .any(|frame| {
                let tree = context.sources.tree(state.path(frame.span.file));
                tree.is_some_and(|tree| tree.catches_runtime_error(frame.span.into()))
            })
}

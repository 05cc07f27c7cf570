//! A blocking call on the loop's thread.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Severity},
        predict::{Place, Seen},
        raised::{self, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, Sentence, say},
        source::{Tree, last_name},
        state::State,
        waited_in,
        words::{self, Case},
    },
    trace::event::{BlockCause, Event, Id, Kind, Span, StackId, Victim},
};

use super::sync_wait_on_own_loop::waits_for_own_coroutine;

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
        self.would_wait(event, context, report);
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
        // How long a disk or a server takes is not for a run in memory to say: they are mentioned however soon they answer.
        let short = lasted < context.options.short_block && !waits_elsewhere(name, *at, context);
        if task.or(*handle).is_none() || short || waits_for_own_coroutine(*at, *start, context) {
            return;
        }
        // The call itself may be the callback: then it is where it was given to the loop.
        let given = || context.state.handles.get(&(*handle)?).map(|it| it.at);
        let mut places = [Some(*at), given()].into_iter().flatten();
        let Some((at, span)) = places.find_map(|at| Some((at, context.state.pointed_at(at)?))) else {
            return;
        };
        // That no process can be started here is told by the exception that says so.
        if NO_PROCESS.contains(&name.as_str()) {
            return;
        }
        // Giving a job to a thread waits until that thread runs, which may use its slice at once: nobody can do better.
        if context.state.passes_through(at, "base_events.py", "run_in_executor") {
            return;
        }
        let victims = &others(victims, *task);
        let severity = if lasted < context.options.slow_step {
            Severity::Info
        } else {
            Severity::Warning
        };
        self.found += 1;
        let message = say!(
            "{call} stopped the event loop for {lasted}{consequence}.",
            "Вызов {call} остановил цикл событий на {lasted}{consequence}.",
            call = waited_in::called(name, at, context),
            lasted = words::duration(lasted),
            consequence = consequence(victims, context),
        );
        let finding = METADATA
            .finding(self.found, span, message, context)
            .severity(severity)
            .time(*start)
            .task(*task);
        let finding = name_caller(finding, at, context);
        report.put(name_victims(finding, victims, context));
    }

    fn end(&mut self, context: Context<'_>, report: &mut Report) {
        name_uses_of_loop(&METADATA, context, report);
    }
}

impl BlockingCall {
    /// No process can be started here, and nobody may be there to answer; elsewhere the loop would wait for them.
    fn would_wait(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let Some(raise) = raised::reached(event, context).filter(|raise| {
            raise.at.is_some() && raise.by.is_some() && (starts_process(raise) || raise.is("EOFError", &[NO_INPUT]))
        }) else {
            return;
        };
        let tree = context.sources.tree(context.state.path(raise.span.file));
        let call = tree.and_then(|tree| Some((tree, tree.call_at(raise.span.into())?)));
        let Some((tree, call)) = call else { return };
        let name = tree.source(call.func.range());
        let until = match last_name(&call.func) {
            Some("input") => ("somebody has answered", "кто-нибудь не ответит"),
            Some("run" | "call" | "check_call" | "check_output" | "getoutput" | "system") => {
                ("the process has ended", "процесс не завершится")
            }
            _ => return,
        };
        self.found += 1;
        let message = say!(
            "`{name}()` stops the event loop until {until}.",
            "Вызов `{name}()` останавливает цикл событий, пока {until}.",
            until = until,
        );
        report.put(
            METADATA
                .finding(self.found, raise.span, message, context)
                .task(raise.by),
        );
    }
}

/// Whether the workspace's own call opens a file, or waits for a server.
fn waits_elsewhere(name: &str, at: StackId, context: Context<'_>) -> bool {
    let state = context.state;
    let called = state.pointed_at(at).and_then(|span| {
        let tree = context.sources.tree(state.path(span.file))?;
        Some((tree, tree.call_at(span.into())?))
    });
    // Who enters it by `async with` has another mistake to mend first.
    let entered = |(tree, call): &(&Tree, &ExprCall)| {
        let block = tree.with_of_item(tree.region(call.range()));
        block.is_some_and(|block| block.is_async)
    };
    let Some((tree, call)) = called.filter(|it| !entered(it)) else {
        return false;
    };
    let path = tree.names().path(&call.func);
    let server = path.is_some_and(|path| path != "time.sleep" && WAITS.contains(&path.as_str()));
    let opening = ["open", "read_text", "write_text", "read_bytes", "write_bytes"];
    server || name == "open" && last_name(&call.func).is_some_and(|it| opening.contains(&it))
}

/// What a process would be started with.
const NO_PROCESS: [&str; 2] = ["subprocess", "os.system"];

const NO_INPUT: &str = "EOF when reading a line";

fn starts_process(raise: &Raise<'_>) -> bool {
    let starts = |words| raise.is_like("OSError", words, "");
    starts("[Errno 38] cannot start '") || starts("[Errno 38] os.system() cannot work here")
}

/// What waits for a clock, a process or a server, and has nothing else to do.
const WAITS: [&str; 15] = [
    "time.sleep",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "os.system",
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
    "requests.get",
    "requests.post",
    "requests.put",
    "requests.patch",
    "requests.delete",
    "requests.head",
    "requests.request",
];

/// `time.sleep()` and its like in a coroutine function.
pub(super) fn predict(seen: Seen<'_>, place: Place<'_>) -> Option<(TextRange, Sentence)> {
    let Seen::Expression(Expr::Call(call)) = seen else {
        return None;
    };
    let path = place.tree.names().path(&call.func)?;
    // To sleep for no time only lets other threads run.
    let moment = matches!(call.arguments.args.first(), Some(Expr::NumberLiteral(it))
        if matches!(place.tree.source(it.range()), "0" | "0.0"));
    (WAITS.contains(&path.as_str()) && place.in_coroutine == Some(true) && !moment).then(|| {
        let message = say!(
            "`{path}()` stops the whole event loop.",
            "Вызов `{path}()` останавливает весь цикл событий."
        );
        (call.range(), message)
    })
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
pub(super) fn consequence(victims: &[Victim], context: Context<'_>) -> Sentence {
    let latest = victims.iter().max_by_key(|victim| victim.late);
    match (latest, victims.len()) {
        (None, _) => Sentence::default(),
        (Some(victim), 1) => say!(
            "; {who} could run and waited for {late}",
            "; это задержало {who} на {late}",
            who = words::runnable(context.state, victim.id, Case::Accusative),
            late = words::duration(victim.late),
        ),
        (Some(victim), many) => say!(
            "; {others}, the longest for {late}",
            "; {others}, дольше всего — {late}",
            others = words::count(
                many as u64,
                ["other could run and waited", "others could run and waited"],
                [
                    "другой мог бы работать и ждал",
                    "других могли бы работать и ждали",
                    "других могли бы работать и ждали",
                ],
            ),
            late = words::duration(victim.late),
        ),
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
        Some((1.., frame)) => finding.related_span(frame.span, CALLED, context),
        _ => finding,
    }
}

/// What is said of the place where a coroutine called what blocks.
pub(in crate::analysis) const CALLED: Plain = ("A coroutine called it here.", "Сопрограмма вызвала это здесь.");

/// What is said of a place further in, which does not let that call be moved to a thread.
pub(in crate::analysis) const USES_LOOP: Plain = (
    "This uses the event loop, which only its own thread may: the whole call cannot be moved to another.",
    "Здесь используется цикл событий, а это можно делать только в его потоке: весь вызов в другой не перенести.",
);

/// Names to the findings of a rule where the loop is used by what a coroutine called, if it is.
pub(super) fn name_uses_of_loop(rule: &Metadata, context: Context<'_>, report: &mut Report) {
    let state = context.state;
    // A loop may have made thousands of the same call.
    let mut known = BTreeMap::new();
    let named = report.of(rule).filter_map(|finding| {
        let called = finding.related.iter().find(|it| it.message == CALLED.0)?;
        let call = called.span.of(state.file(&called.file)?);
        let used = *known.entry(call).or_insert_with(|| asyncio_used_in(call, state));
        Some(finding.clone().related_span(used?, USES_LOOP, context))
    });
    for finding in named.collect::<Vec<_>>() {
        report.put(finding);
    }
}

/// Where something that a call came to used asyncio.
fn asyncio_used_in(call: Span, state: &State) -> Option<Span> {
    state.stacks().find_map(|frames| {
        let library = frames
            .first()
            .filter(|frame| state.path(frame.span.file).contains("/asyncio/"));
        let inner = library.and_then(|_| state.first_in_workspace(frames))?;
        (inner != call && frames.iter().any(|frame| frame.span == call)).then_some(inner)
    })
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
        let sentence = say!(
            "Kept {who} waiting for {late}.",
            "Это задержало {who} на {late}.",
            who = words::runnable(state, victim.id, Case::Accusative),
            late = words::duration(victim.late),
        );
        match place {
            Some(at) => finding.related(at, sentence, context),
            None => finding,
        }
    })
}

//! Repairs, as data: what a person may accept as it is.
//!
//! A repair looks at the finding's rule and place and at the syntax tree, never at the run: so a prediction is offered
//! the same repairs as an observation. It offers nothing unless it knows the program's shape well enough to keep what
//! the program prints.

mod aclosing;
mod apply;
mod async_protocol;
mod await_it;
mod keep_reference;
mod modern;
mod place;
mod re_raise;
mod remove_allow;
mod sleep;
mod task_group;
mod to_thread;
mod unpack;
mod wait_closed;

use super::{
    diagnostic::{Diagnostic, Fix},
    source::Sources,
};
pub use apply::{apply, choose};
use place::Place;

/// One way to repair a finding; `None` where it does not fit.
type Repair = fn(&Place<'_>) -> Option<Fix>;

/// What may repair the findings of which rules. Of several that fit, the first is the likeliest.
static REPAIRS: &[(Repair, &[&str])] = &[
    (
        await_it::repair,
        &["coroutine-never-awaited", "coroutine-as-value", "awaitable-dropped"],
    ),
    (await_it::run, &["coroutine-never-awaited"]),
    (keep_reference::repair, &["dangling-task", "task-garbage-collected"]),
    (sleep::repair, &["blocking-call", "task-never-yields"]),
    (
        to_thread::repair,
        &["blocking-call", "cpu-bound-step", "task-never-yields"],
    ),
    (unpack::repair, &["await-non-awaitable"]),
    (async_protocol::repair, &["wrong-async-protocol"]),
    (
        task_group::repair,
        &["siblings-outlive-failure", "exception-swallowed-by-gather"],
    ),
    (aclosing::repair, &["async-generator-not-closed"]),
    (modern::without_loop_argument, &["legacy-asyncio"]),
    (modern::native_coroutine, &["legacy-asyncio"]),
    (modern::wait_for_tasks, &["legacy-asyncio"]),
    (
        modern::run,
        &["legacy-asyncio", "no-running-loop", "resource-not-closed"],
    ),
    (wait_closed::repair, &["resource-not-closed"]),
    (re_raise::repair, &["cancellation-swallowed"]),
    (remove_allow::repair, &["unused-allow"]),
];

/// The repairs of a finding, the likeliest first.
#[must_use]
pub fn offer(finding: &Diagnostic, sources: &Sources) -> Vec<Fix> {
    let fitting = REPAIRS
        .iter()
        .filter(|(_, rules)| rules.contains(&finding.rule.as_str()));
    let Some(tree) = sources.tree(&finding.file) else {
        // What Python no longer parses can only be mended by its text.
        let text = sources.text(&finding.file).unwrap_or_default();
        return modern::start_task(finding, text).into_iter().collect();
    };
    let place = Place::new(finding, tree);
    fitting.filter_map(|(repair, _)| repair(&place)).collect()
}

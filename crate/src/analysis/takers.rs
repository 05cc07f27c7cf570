//! Who takes things out of queues, and so has to say when they are done.

use std::collections::BTreeMap;

use ruff_text_size::Ranged;

use super::{
    diagnostic::Diagnostic,
    rule::Context,
    sentence::{Sentence, say},
    source::last_name,
    words,
};
use crate::trace::event::{Id, Kind, Span};

/// Where something is taken out of a queue, and the task that did so last.
#[derive(Debug, Default)]
pub struct Takers {
    places: BTreeMap<Span, Id>,
}

impl Takers {
    pub fn apply(&mut self, kind: &Kind, context: Context<'_>) {
        let Kind::CoroutineCreated {
            function,
            parent: Some(task),
            at,
            ..
        } = kind
        else {
            return;
        };
        if function == "Queue.get"
            && let Some(span) = context.state.pointed_at(*at)
        {
            self.places.insert(context.narrowed(span), *task);
        }
    }

    /// Names the places whose tasks should have called `task_done()`, to a finding about a task that waits in `join()`: those
    /// of the queue of that name, or the only one there is.
    #[must_use]
    pub fn relate(&self, finding: Diagnostic, joining: Id, context: Context<'_>) -> Diagnostic {
        let state = context.state;
        let waiting = state.tasks.get(&joining).and_then(|it| it.waiting.as_ref());
        let joins = |it: &_| words::library_call(state, it).as_deref() == Some("Queue.join");
        let Some(waiting) = waiting.filter(|it| joins(it)) else {
            return finding;
        };
        let queue = state.pointed_at(waiting.chain).and_then(|at| queue_at(at, context));
        let same = |span: &Span| self.places.len() == 1 || queue.is_some() && queue_at(*span, context) == queue;
        let places = self.places.iter().filter(|(span, _)| same(span));
        places.fold(finding, |finding, (span, task)| {
            finding.related_span(*span, duty(*span, *task, context), context)
        })
    }
}

/// The last name of the queue whose method is called at a place.
fn queue_at(at: Span, context: Context<'_>) -> Option<&str> {
    let tree = context.sources.tree(context.state.path(at.file))?;
    let method = tree.call_at(context.narrowed(at).into())?.func.as_attribute_expr()?;
    last_name(&method.value)
}

fn duty(at: Span, task: Id, context: Context<'_>) -> Sentence {
    let state = context.state;
    let failed = state.done(task).is_some_and(|done| done.exception().is_some());
    let tree = context.sources.tree(state.path(at.file));
    let tells = tree.is_some_and(|tree| {
        let function = tree.function(at.into());
        function.is_some_and(|it| tree.source(it.range()).contains("task_done"))
    });
    match (failed, tells) {
        (true, _) => say!(
            "{task} took something here and failed before it called `task_done()` for it.",
            "Задача {task} взяла здесь элемент и упала, не вызвав для него `task_done()`.",
            task = words::task(state, task).capitalised(),
        ),
        (false, false) => (
            "Who takes something here has to call `task_done()` when that is done, and does not.",
            "Тот, кто берёт здесь элемент, должен, закончив с ним, вызвать `task_done()`, и не делает этого.",
        )
            .into(),
        (false, true) => (
            "For something that was taken here `task_done()` was not called: it belongs on every way, as in a `finally`.",
            "Для чего-то взятого здесь `task_done()` не вызвали: это нужно на каждом пути, например в `finally`.",
        )
            .into(),
    }
}

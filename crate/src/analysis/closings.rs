//! Streams that were closed while nobody waited until they are.

use ruff_python_ast::AnyNodeRef;
use ruff_text_size::Ranged;

use super::{
    diagnostic::Region,
    rule::Context,
    shape::nodes,
    source::{Tree, last_name},
};
use crate::trace::event::{Event, Id, Kind, Span, StackId};

const STREAMS: &str = "asyncio/streams.py";

/// A call of `writer.close()` in a task.
#[derive(Debug)]
pub struct Closing {
    pub span: Span,
    pub task: Id,
    pub time: u64,
}

/// What was closed and not waited for so far.
#[derive(Debug, Default)]
pub struct Closings {
    begun: Vec<Closing>,
}

impl Closings {
    pub fn apply(&mut self, event: &Event, context: Context<'_>) {
        match &event.kind {
            // What closes a transport has the loop say so later.
            Kind::HandleScheduled {
                by: Some(task),
                callback,
                at,
                ..
            } if callback.ends_with("._call_connection_lost") => {
                if let Some(span) = closed_at(*at, *task, context) {
                    let (task, time) = (*task, event.time);
                    self.begun.push(Closing { span, task, time });
                }
            }
            // A task that waits for one of the streams that it has closed knows how to.
            Kind::CoroutineCreated {
                function,
                parent: Some(task),
                ..
            } if function == "StreamWriter.wait_closed" => self.begun.retain(|it| it.task != *task),
            _ => {}
        }
    }

    /// The calls after which there is nothing that waits, each place once.
    #[must_use]
    pub fn unawaited(&self, context: Context<'_>) -> Vec<&Closing> {
        let mut found: Vec<&Closing> = Vec::new();
        for closing in &self.begun {
            let known = found.iter().any(|it| it.span == closing.span);
            if !known && !may_be_awaited(closing.span, context) {
                found.push(closing);
            }
        }
        found
    }
}

/// Where a coroutine of the workspace closes a writer, and could wait for it: neither in a function that serves a
/// connection, which the server need not outwait, nor on the way out of a failure or a cancellation.
fn closed_at(at: StackId, task: Id, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let it = state.tasks.get(&task)?;
    let serves = state.passes_through(it.at, STREAMS, "connection_made");
    if serves || !state.passes_through(at, STREAMS, "StreamWriter.close") {
        return None;
    }
    let span = context.narrowed(state.pointed_at(at)?);
    let tree = context.sources.tree(state.path(span.file))?;
    let place: Region = span.into();
    let path = tree.path(place);
    let caught = path
        .iter()
        .any(|node| matches!(node, AnyNodeRef::ExceptHandlerExceptHandler(_)));
    let interrupted = !it.cancels.is_empty() && tree.cleans_up(place);
    let is_close = tree.call_at(place).and_then(|call| last_name(&call.func)) == Some("close");
    (is_close && tree.in_coroutine(place) && !caught && !interrupted).then_some(span)
}

/// Whether `wait_closed()` stands in the same function, or anywhere in the file for what an object keeps.
fn may_be_awaited(span: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(span.file));
    tree.is_none_or(|tree| {
        let kept = closed_writer(tree, span).is_none_or(|it| it.contains('.'));
        let body = if kept {
            &tree.module().body
        } else {
            tree.scope(span.into())
        };
        let waits = |node| matches!(node, AnyNodeRef::ExprAttribute(it) if it.attr.as_str() == "wait_closed");
        nodes(body).into_iter().any(waits)
    })
}

/// The writer as it is written.
fn closed_writer(tree: &Tree, span: Span) -> Option<&str> {
    let method = tree.call_at(span.into())?.func.as_attribute_expr()?;
    Some(tree.source(method.value.range()))
}

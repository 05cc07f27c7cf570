//! Exceptions of the interpreter and the library as the workspace meets them: the shape that many rules share.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use super::{
    diagnostic::Diagnostic,
    rule::{Context, Metadata},
    sentence::{Plain, Sentence},
    shape,
};
use crate::trace::event::{Completion, Event, Exception, Id, Kind, Span, StackId};

/// What tells one exception from another: its class, its words, and the workspace's innermost place in its traceback.
pub type Signature = (String, String, Option<Span>);

/// Said of where something was entered that could be entered once.
pub const ENTERED_HERE: Plain = ("It was entered here before.", "Ранее в него вошли здесь.");

/// An exception that reached the workspace.
#[derive(Clone, Copy, Debug)]
pub struct Raise<'a> {
    pub exception: &'a Exception,
    /// The line a person would point at.
    pub span: Span,
    /// The task whose step it was.
    pub by: Option<Id>,
    /// The call stack of the moment; absent for an exception that is known only from the end of its task.
    pub at: Option<StackId>,
}

/// The exception that an event tells of, unless the workspace made it itself with `raise`.
///
/// One that a future has failed with is told where it was raised, and by the end of each task that it ends. One that
/// never was in the workspace's code, such as that of a task that could not start, is placed where its task was made.
#[must_use]
#[inline]
pub fn reached<'a>(event: &'a Event, context: Context<'_>) -> Option<Raise<'a>> {
    // Many rules ask, of every event, and hardly any is of an exception.
    match &event.kind {
        Kind::Raised { .. }
        | Kind::FutureDone {
            completion: Completion::Exception(_),
            ..
        } => told_of(event, context),
        _ => None,
    }
}

fn told_of<'a>(event: &'a Event, context: Context<'_>) -> Option<Raise<'a>> {
    let state = context.state;
    match &event.kind {
        Kind::Raised { exception, by, at } => {
            let span = context.narrowed(state.pointed_at(*at)?);
            let own = state.frames(*at).first().is_some_and(|frame| state.in_workspace(frame));
            (!(own && is_raise(span, context))).then_some(Raise {
                exception,
                span,
                by: *by,
                at: Some(*at),
            })
        }
        Kind::FutureDone {
            id,
            completion: Completion::Exception(exception),
            ..
        } => {
            // What the collector took may have one more turn, with nothing left to run.
            let task = state.tasks.get(id).filter(|task| !task.destroyed)?;
            let inside = state.first_in_workspace(&exception.traceback);
            let made = || state.pointed_at(task.at);
            let span = context.narrowed(inside.or_else(made)?);
            let own = exception
                .traceback
                .first()
                .is_some_and(|frame| state.in_workspace(frame));
            (!(own && is_raise(span, context))).then_some(Raise {
                exception,
                span,
                by: Some(*id),
                at: inside.is_none().then_some(task.at),
            })
        }
        _ => None,
    }
}

fn is_raise(span: Span, context: Context<'_>) -> bool {
    let tree = context.sources.tree(context.state.path(span.file));
    tree.is_some_and(|tree| tree.is_raise(span.into()))
}

/// What tells this exception from another.
#[must_use]
pub fn signature(exception: &Exception, context: Context<'_>) -> Signature {
    (
        exception.class.clone(),
        exception.message.clone(),
        context.state.first_in_workspace(&exception.traceback),
    )
}

impl Raise<'_> {
    /// The class without its module.
    #[must_use]
    pub fn class(&self) -> &str {
        self.exception.class.rsplit('.').next().unwrap_or_default()
    }

    #[must_use]
    pub fn words(&self) -> &str {
        &self.exception.message
    }

    /// Whether it is of this class and has just these words.
    #[must_use]
    pub fn is(&self, class: &str, words: &[&str]) -> bool {
        self.class() == class && words.contains(&self.words())
    }

    /// Whether it is of this class and its words begin and end so.
    #[must_use]
    pub fn is_like(&self, class: &str, start: &str, end: &str) -> bool {
        self.class() == class && self.words().starts_with(start) && self.words().ends_with(end)
    }

    /// Whether this function of the library was on the stack, further in than the workspace.
    #[must_use]
    pub fn through(&self, file: &str, function: &str, context: Context<'_>) -> bool {
        let state = context.state;
        let traced = self
            .exception
            .traceback
            .iter()
            .take_while(|frame| !state.in_workspace(frame))
            .any(|frame| state.path(frame.span.file).ends_with(file) && frame.function.ends_with(function));
        traced || self.at.is_some_and(|at| state.passes_through(at, file, function))
    }

    /// The `with` block before this one, in the same function, that entered what could be entered once.
    #[must_use]
    pub fn entered_before(&self, context: Context<'_>) -> Option<Span> {
        let file = self.span.file;
        let tree = context.sources.tree(context.state.path(file))?;
        let here = tree.range(self.span.into())?;
        let text = tree.source(here);
        let same = |expression: &Expr| tree.source(expression.range()) == text;
        let blocks = shape::own_nodes(tree.scope(self.span.into())).into_iter();
        let items = blocks.filter_map(AnyNodeRef::stmt_with).flat_map(|it| &it.items);
        let entered = items
            .filter(|item| item.context_expr.end() <= here.start())
            .filter(|item| same(&item.context_expr) || item.optional_vars.as_deref().is_some_and(same))
            .map(|item| tree.region(item.context_expr.range()).of(file));
        entered
            .filter(|span| context.state.came_to_lines(file, span.line..=span.end_line))
            .last()
    }

    #[must_use]
    pub fn signature(&self, context: Context<'_>) -> Signature {
        signature(self.exception, context)
    }
}

/// Numbers the findings of a rule whose evidence is one exception each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Findings(u32);

impl Findings {
    /// Begins the finding that explains an exception: at its line, with its words.
    #[must_use]
    pub fn explain(
        &mut self,
        metadata: &Metadata,
        raise: &Raise<'_>,
        sentence: impl Into<Sentence>,
        context: Context<'_>,
    ) -> Diagnostic {
        self.0 += 1;
        metadata
            .finding(self.0, raise.span, sentence, context)
            .cpython(raise.words())
            .task(raise.by)
    }
}

//! The program's own exception handler raised.

use ruff_python_ast::{AnyNodeRef, Expr};
use ruff_text_size::Ranged;

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::{Sentence, say},
        shape,
        source::last_name,
    },
    trace::event::{Event, Exception, Kind, Span},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "exception-in-handler",
    fault: "the loop's exception handler raised itself",
    fault_ru: "обработчик исключений цикла сам завершился исключением",
    severity: Severity::Error,
    page: include_str!("../../../rules/exception-in-handler.md"),
};

const WORDS: &str = "Unhandled error in exception handler";

#[derive(Default)]
pub(super) struct ExceptionInHandler {
    found: u32,
    /// What was raised last below `call_exception_handler`.
    raised: Option<(Exception, Span)>,
    /// What the handler was called for.
    reported: Option<(String, Option<Span>)>,
}

impl Rule for ExceptionInHandler {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        match &event.kind {
            Kind::LoopException { message, exception, .. } => {
                let place = exception
                    .as_ref()
                    .and_then(|exception| state.first_in_workspace(&exception.traceback));
                self.reported = Some((message.clone(), place));
                self.raised = None;
            }
            Kind::Raised { exception, at, .. } => {
                let frames = state.frames(*at);
                let inside = frames
                    .iter()
                    .any(|frame| frame.function.ends_with("BaseEventLoop.call_exception_handler"));
                if let Some(span) = state.pointed_at(*at).filter(|_| inside) {
                    self.raised = Some((exception.clone(), span));
                }
            }
            Kind::Log { logger, message, .. } if logger == "asyncio" && message.starts_with(WORDS) => {
                let Some((exception, span)) = self.raised.take() else {
                    self.report_arguments(context, report);
                    return;
                };
                self.found += 1;
                let class = exception.class.rsplit('.').next().unwrap_or_default();
                let sentence = say!(
                    "The exception handler raised `{class}` itself, so what it was called for is told in a footnote only.",
                    "Обработчик исключений сам бросил `{class}`, и о том, из-за чего его вызвали, сказано лишь мимоходом."
                );
                let mut finding = METADATA.finding(self.found, span, sentence, context).cpython(WORDS);
                if let Some((message, Some(place))) = self.reported.take() {
                    finding = finding.related_span(place, called_for(&message), context);
                }
                report.put(finding);
            }
            _ => {}
        }
    }
}

impl ExceptionInHandler {
    /// The handler failed before any of its own code ran: it does not take the arguments that the loop gives it.
    fn report_arguments(&mut self, context: Context<'_>, report: &mut Report) {
        let Some((span, handler)) = handler_set(context) else {
            return;
        };
        self.found += 1;
        let sentence = say!(
            "The loop calls `{handler}(loop, context)`, and the handler does not take these two arguments: what it was called for is told in a footnote only.",
            "Цикл событий вызывает `{handler}(loop, context)`, а обработчик не принимает эти два аргумента: о том, из-за чего его вызвали, сказано лишь мимоходом."
        );
        let mut finding = METADATA.finding(self.found, span, sentence, context).cpython(WORDS);
        if let Some((message, Some(place))) = self.reported.take() {
            finding = finding.related_span(place, called_for(&message), context);
        }
        report.put(finding);
    }
}

/// The last call that has set a handler of the workspace that cannot take two arguments, and the handler's name.
fn handler_set(context: Context<'_>) -> Option<(Span, &str)> {
    let calls = context.files().into_iter().flat_map(|(path, tree)| {
        let file = context.state.file(path);
        let nodes = shape::nodes(&tree.module().body).into_iter();
        nodes.filter_map(AnyNodeRef::expr_call).filter_map(move |call| {
            let given = call.arguments.find_positional(0)?;
            let span = tree.region(call.range()).of(file?);
            let sets = last_name(&call.func) == Some("set_exception_handler");
            let function = tree.qualified_function(span.into());
            let ran = function.is_none_or(|function| context.state.came_to(span.file, &function));
            (sets && ran && !takes_two(given, context)).then_some((span, tree.source(given.range())))
        })
    });
    calls.last()
}

/// Whether two arguments may be given to what an expression names; of what the workspace does not define, nothing is known.
fn takes_two(handler: &Expr, context: Context<'_>) -> bool {
    let parameters = if let Expr::Lambda(it) = handler {
        it.parameters.as_deref()
    } else {
        let defined = context.files().into_iter().find_map(|(_, tree)| {
            let functions = shape::nodes(&tree.module().body).into_iter();
            let mut functions = functions.filter_map(AnyNodeRef::stmt_function_def);
            functions.find(|it| Some(it.name.as_str()) == last_name(handler))
        });
        let Some(defined) = defined else { return true };
        Some(&*defined.parameters)
    };
    let Some(parameters) = parameters else { return false };
    // What is reached by an attribute has its first parameter already.
    let bound = usize::from(handler.is_attribute_expr());
    let positional: Vec<_> = parameters.posonlyargs.iter().chain(&parameters.args).collect();
    let required = positional.iter().filter(|it| it.default.is_none()).count();
    let named = parameters.kwonlyargs.iter().any(|it| it.default.is_none());
    let most = parameters.vararg.is_some() || positional.len() >= 2 + bound;
    required <= 2 + bound && most && !named
}

fn called_for(message: &str) -> Sentence {
    say!(
        "It was called for this: {message}.",
        "Его вызвали из-за этого: «{message}»."
    )
}

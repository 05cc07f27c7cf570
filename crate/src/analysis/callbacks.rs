//! Callbacks: where the program has given them to the loop, or to what makes the loop call them later.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall};
use ruff_text_size::Ranged;

use super::{
    rule::Context,
    shape::nodes,
    source::{Tree, last_name},
    state::Handle,
};
use crate::trace::event::{Exception, FileId, Span};

/// Methods that take a callback for later, when something else makes the loop schedule it.
const ADDERS: [&str; 4] = ["add_done_callback", "add_reader", "add_writer", "add_signal_handler"];

/// What takes the function that serves a connection.
const SERVERS: [&str; 2] = ["start_server", "start_unix_server"];

/// Methods that take what makes a protocol, whose methods the loop calls then.
const CONNECTORS: [&str; 10] = [
    "create_server",
    "create_connection",
    "create_datagram_endpoint",
    "create_unix_server",
    "create_unix_connection",
    "connect_accepted_socket",
    "connect_read_pipe",
    "connect_write_pipe",
    "subprocess_exec",
    "subprocess_shell",
];

/// The only call that adds a callback of this name, or the lambda that its own place is in.
#[must_use]
pub fn added(callback: &str, own: Option<Span>, context: Context<'_>) -> Option<Span> {
    let name = callback.rsplit('.').next()?;
    only(&calls(context, |call, file, tree| {
        let given = |value: &Expr| match value {
            Expr::Lambda(_) => {
                own.is_some_and(|own| file == own.file && tree.region(value.range()).contains(own.into()))
            }
            _ => called_by(value) == Some(name),
        };
        is_one_of(call, &ADDERS) && call.arguments.args.iter().any(given)
    }))
}

/// Where the program gave a callback to the loop itself, or to something that had been waited for already.
#[must_use]
pub fn given_to_loop(handle: &Handle, context: Context<'_>) -> Option<Span> {
    let span = context.state.pointed_at(handle.at)?;
    let tree = context.sources.tree(context.state.path(span.file))?;
    let method = last_name(&tree.call_at(span.into())?.func)?;
    (method.starts_with("call_") || ADDERS.contains(&method)).then_some(span)
}

/// The qualified name of the function that an exception says was called with other arguments than it takes.
#[must_use]
pub fn refusing(exception: &Exception) -> Option<&str> {
    let (name, rest) = exception.message.split_once("() ")?;
    let refused = ["takes ", "missing ", "got "].iter().any(|word| rest.starts_with(word));
    (refused && exception.class == "TypeError" && !name.contains(char::is_whitespace)).then_some(name)
}

/// Where the program handed over what the loop calls by this qualified name: the function itself, or the protocol whose
/// method it is. Of several calls it is the first, if it can be in a function that the run is known to have come to; one
/// lambda is told from another by nothing.
#[must_use]
pub fn handed_over(function: &str, context: Context<'_>) -> Option<Span> {
    let mut parts = function.rsplit('.');
    let name = parts.next()?;
    let class = parts.next().filter(|part| *part != "<locals>");
    let is_it = |call: &ExprCall, value: &Expr| match value {
        Expr::Lambda(_) if name == "<lambda>" => is_one_of(call, &ADDERS) || is_one_of(call, &SERVERS),
        _ if is_one_of(call, &CONNECTORS) => class.is_some() && made_by(value) == class,
        _ => (is_one_of(call, &ADDERS) || is_one_of(call, &SERVERS)) && called_by(value) == Some(name),
    };
    let found = calls(context, |call, _, _| {
        let by_name = call.arguments.keywords.iter().map(|it| &it.value);
        call.arguments
            .args
            .iter()
            .chain(by_name)
            .any(|value| is_it(call, value))
    });
    if name == "<lambda>" {
        return only(&found);
    }
    let ran = |span: &&Span| {
        let tree = context.sources.tree(context.state.path(span.file));
        let function = tree.and_then(|tree| tree.qualified_function((**span).into()));
        function.is_none_or(|function| context.state.came_to(span.file, &function))
    };
    found.iter().find(ran).or(found.first()).copied()
}

/// Where the workspace defines a function, by its qualified name.
#[must_use]
pub fn defined(function: &str, context: Context<'_>) -> Option<Span> {
    context.sources.defining(function).find_map(|(path, tree)| {
        let found = tree.definition(function)?;
        Some(tree.header(found).of(context.state.file(path)?))
    })
}

/// The calls of this kind, in the order of the text.
fn calls(context: Context<'_>, wanted: impl Fn(&ExprCall, FileId, &Tree) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    for (path, tree) in context.files() {
        let Some(file) = context.state.file(path) else { continue };
        let calls = nodes(&tree.module().body).into_iter().filter_map(AnyNodeRef::expr_call);
        let wanted = calls.filter(|call| wanted(call, file, tree));
        found.extend(wanted.map(|call| tree.region(call.range()).of(file)));
    }
    found
}

fn only(found: &[Span]) -> Option<Span> {
    match *found {
        [one] => Some(one),
        _ => None,
    }
}

fn is_one_of(call: &ExprCall, names: &[&str]) -> bool {
    last_name(&call.func).is_some_and(|name| names.contains(&name))
}

/// The name of the function that a callback calls: its own, or of that to which a `partial` gives arguments.
fn called_by(callback: &Expr) -> Option<&str> {
    match callback {
        Expr::Call(it) if last_name(&it.func) == Some("partial") => last_name(it.arguments.args.first()?),
        _ => last_name(callback),
    }
}

/// The name of the class of what a protocol's factory makes: its own, or of what a lambda or a `partial` calls.
fn made_by(factory: &Expr) -> Option<&str> {
    match factory {
        Expr::Lambda(it) => last_name(&it.body.as_call_expr()?.func),
        _ => called_by(factory),
    }
}

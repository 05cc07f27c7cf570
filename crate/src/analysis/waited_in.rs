//! What code waits in without giving way to the loop: the library's call, by the name that a person knows.

use super::{
    rule::Context,
    sentence::{Sentence, say},
    source::last_name,
};
use crate::trace::event::{Frame, StackId};

/// The call that waits: a queue of threads waits for a lock, but `queue.Queue.get()` is what was called.
#[must_use]
pub fn called(name: &str, at: StackId, context: Context<'_>) -> Sentence {
    let state = context.state;
    let library = state.frames(at).iter().take_while(|frame| !state.in_workspace(frame));
    let waits = name.starts_with("threading.Lock") || name == "threading.Thread.join";
    let outermost = library.last().filter(|_| waits);
    let function = outermost.map(|frame| frame.function.as_str()).unwrap_or_default();
    if function.ends_with(".__exit__") && heads_block(at, context) {
        let method = call_name(at, context).map_or_else(|| function.to_owned(), |class| format!("{class}.__exit__"));
        return say!(
            "`{method}()`, at the end of this `with` block,",
            "`{method}()` в конце этого блока `with`"
        );
    }
    if function == "Executor.map.<locals>.result_iterator" {
        return match call_name(at, context).filter(|name| *name != "map") {
            Some(by) => say!(
                "`{by}()`, which waits for the results of `Executor.map()`,",
                "`{by}()`, который ждёт результатов `Executor.map()`,"
            ),
            None => ("`Executor.map()`", "`Executor.map()`").into(),
        };
    }
    // The lock itself is the host's own.
    let known = !matches!(function, "" | "Thread.join" | "lock.acquire" | "RLock.acquire")
        && !function.contains("__")
        && !function.contains('<');
    let name = outermost
        .filter(|_| known)
        .map_or_else(|| name.to_owned(), |it| qualified(it, context));
    say!("`{name}()`", "`{name}()`")
}

/// A function of the library with the module that a program imports it from, where there are others of that name.
fn qualified(frame: &Frame, context: Context<'_>) -> String {
    let path = context.state.path(frame.span.file);
    let function = &frame.function;
    if path.ends_with("/concurrent/futures/_base.py") {
        return format!("concurrent.futures.{function}");
    }
    let modules = ["queue", "threading"];
    let module = modules.into_iter().find(|it| path.ends_with(&format!("/{it}.py")));
    module.map_or_else(|| function.clone(), |module| format!("{module}.{function}"))
}

/// Whether the workspace's place is the head of a `with` block.
fn heads_block(at: StackId, context: Context<'_>) -> bool {
    let span = context.state.pointed_at(at);
    span.is_some_and(|span| {
        let tree = context.sources.tree(context.state.path(span.file));
        tree.is_some_and(|tree| tree.with_of_item(span.into()).is_some())
    })
}

/// The last name of what is called at the workspace's place.
fn call_name(at: StackId, context: Context<'_>) -> Option<&str> {
    let span = context.state.pointed_at(at)?;
    let tree = context.sources.tree(context.state.path(span.file))?;
    last_name(&tree.call_at(span.into())?.func)
}

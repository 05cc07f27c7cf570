//! How findings name things: tasks, primitives and durations, in one manner everywhere.

use super::state::{State, Waiting};
use crate::trace::event::{Id, Wait};

/// A duration of virtual time with three significant digits at most, as in `1.5 s` or `150 ms`.
#[must_use]
pub fn duration(nanoseconds: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "virtual times are below 2^53")]
    let value = nanoseconds as f64;
    let (scaled, unit) = match nanoseconds {
        1_000_000_000.. => (value / 1e9, "s"),
        1_000_000.. => (value / 1e6, "ms"),
        1_000.. => (value / 1e3, "µs"),
        _ => (value, "ns"),
    };
    let decimals = if scaled >= 100.0 {
        0
    } else if scaled >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{scaled:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    format!("{text} {unit}")
}

/// A task as a person would call it: by the name it was given, or by its function and its number.
#[must_use]
pub fn task(state: &State, id: Id) -> String {
    match state.tasks.get(&id) {
        Some(task) if task.function.is_empty() => format!("task `{}`", task.name),
        Some(task) if is_default_name(&task.name) => format!("task `{}` ({})", task.function, task.name),
        Some(task) => format!("task `{}`", task.name),
        None => callback(state, id),
    }
}

fn is_default_name(name: &str) -> bool {
    name.strip_prefix("Task-")
        .is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

fn callback(state: &State, id: Id) -> String {
    match state.handles.get(&id) {
        Some(handle) => format!("callback `{}`", handle.callback),
        None => "a callback".to_owned(),
    }
}

/// What a task waits for, as in `Queue.get()`, `task `child` (Task-3)` or `a Future`.
#[must_use]
pub fn awaited(state: &State, waiting: &Waiting) -> String {
    let Wait::Future { id, primitive, .. } = &waiting.on else {
        return "its next turn".to_owned();
    };
    if state.tasks.contains_key(id) {
        return task(state, *id);
    }
    if let Some(call) = library_call(state, waiting) {
        return format!("`{call}()`");
    }
    match (primitive, state.futures.get(id)) {
        (Some(primitive), _) => format!("a `{primitive}`"),
        (None, Some(future)) if future.class == "_GatheringFuture" => "`gather()`".to_owned(),
        (None, Some(future)) => format!("a `{}`", future.class),
        (None, None) => "a `Future`".to_owned(),
    }
}

/// The library's own coroutine that the workspace awaits, such as `Queue.get` or `sleep`.
#[must_use]
pub fn library_call(state: &State, waiting: &Waiting) -> Option<String> {
    let frames = state.frames(waiting.chain);
    let library = frames.iter().take_while(|frame| !state.in_workspace(frame));
    // `Lock.__aenter__` is how `async with` calls `Lock.acquire`: the person wrote the latter's meaning.
    let named = library.filter(|frame| !frame.function.contains("__")).last()?;
    Some(
        named
            .function
            .rsplit('.')
            .take(2)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join("."),
    )
}

/// The same in one word, for the timeline.
#[must_use]
pub fn label(state: &State, waiting: &Waiting) -> String {
    match &waiting.on {
        Wait::Yield => "yield".to_owned(),
        Wait::Future { id, primitive, .. } => match state.tasks.get(id) {
            Some(task) => task.name.clone(),
            None => library_call(state, waiting)
                .or_else(|| primitive.clone())
                .unwrap_or_else(|| {
                    state
                        .futures
                        .get(id)
                        .map_or_else(|| "Future".to_owned(), |future| future.class.clone())
                }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_have_three_digits_and_a_unit() {
        let cases = [
            (0, "0 ns"),
            (1_500, "1.5 µs"),
            (150_000_000, "150 ms"),
            (100_000_000, "100 ms"),
            (1_000_000_000, "1 s"),
            (12_340_000_000, "12.3 s"),
            (3_600_000_000_000, "3600 s"),
        ];
        for (nanoseconds, text) in cases {
            assert_eq!(duration(nanoseconds), text);
        }
    }
}

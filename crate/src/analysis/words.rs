//! How findings name things: tasks, primitives and durations, in one manner everywhere.

use std::borrow::Cow;

use super::{
    diagnostic::{Diagnostic, Related},
    sentence::{Plain, Sentence, after_colon, say},
    state::{State, Waiting},
};
use crate::trace::event::{Id, Wait};

/// Told of many findings: where the task came from.
pub const TASK_MADE: Plain = ("The task was made here.", "Задача создана здесь.");
pub const FUTURE_MADE: Plain = ("The future was made here.", "Этот future создан здесь.");
pub const TASK_HANDED_ON: Plain = (
    "The task was made here, and handed on.",
    "Задача создана здесь и передана дальше.",
);
pub const COROUTINE_MADE: Plain = ("The coroutine was made here.", "Сопрограмма создана здесь.");
pub const LOOP_CLOSED: Plain = ("The loop was closed here.", "Цикл событий закрыт здесь.");

/// A duration of virtual time with three significant digits at most, as in `1.5 s` or `150 ms`.
#[must_use]
pub fn duration(nanoseconds: u64) -> Sentence {
    #[expect(clippy::cast_precision_loss, reason = "virtual times are below 2^53")]
    let value = nanoseconds as f64;
    let (scaled, unit): (f64, Plain) = match nanoseconds {
        1_000_000_000.. => (value / 1e9, ("s", "с")),
        1_000_000.. => (value / 1e6, ("ms", "мс")),
        1_000.. => (value / 1e3, ("µs", "мкс")),
        _ => (value, ("ns", "нс")),
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
    Sentence {
        en: format!("{text} {}", unit.0),
        ru: format!("{} {}", text.replace('.', ","), unit.1),
    }
}

/// So many of something. English tells one from more; Russian also tells two to four from five and more, by the last digits.
#[must_use]
pub fn count(number: u64, [one, more]: [&str; 2], [first, few, many]: [&str; 3]) -> Sentence {
    let russian = match (number % 10, number % 100) {
        (_, 11..=14) => many,
        (1, _) => first,
        (2..=4, _) => few,
        _ => many,
    };
    let digits = self::number(number);
    Sentence {
        en: format!("{} {}", digits.en, if number == 1 { one } else { more }),
        ru: format!("{} {russian}", digits.ru),
    }
}

/// A number with its thousands apart, as the page writes its own: by a comma, or by a space that breaks no line.
#[must_use]
pub fn number(number: u64) -> Sentence {
    let digits = number.to_string();
    let apart = |by: &str| {
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(by);
            }
            text.push(digit);
        }
        text
    };
    Sentence {
        en: apart(","),
        ru: apart("\u{a0}"),
    }
}

/// Several names in one sentence: `a and b and c`, `a, b и c`.
#[must_use]
pub fn list(names: &[Sentence]) -> Sentence {
    let english: Vec<_> = names.iter().map(|it| it.en.as_str()).collect();
    let russian: Vec<_> = names.iter().map(|it| it.ru.as_str()).collect();
    Sentence {
        en: english.join(" and "),
        ru: match russian.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} и {last}", before.join(", ")),
            _ => russian.concat(),
        },
    }
}

/// A task as a person would call it: by the name it was given, or by its function and its number. English says that it is a
/// task; a Russian sentence says so itself, in the case that it needs.
#[must_use]
pub fn task(state: &State, id: Id) -> Sentence {
    let name = match state.tasks.get(&id) {
        Some(task) if task.function.is_empty() => format!("`{}`", task.name),
        Some(task) if is_default_name(&task.name) => format!("`{}` ({})", task.function, task.name),
        Some(task) => format!("`{}`", task.name),
        None => return runnable(state, id, Case::Nominative),
    };
    say!("task {name}", "{name}")
}

fn is_default_name(name: &str) -> bool {
    name.strip_prefix("Task-")
        .is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// The form that a Russian sentence needs of what it names.
#[derive(Clone, Copy, Debug)]
pub enum Case {
    Nominative,
    Genitive,
    Accusative,
}

/// What the loop runs or waits for, as far as it is known: a task, a future or a callback. Unlike [`task`], Russian says here
/// which of them it is.
#[must_use]
pub fn runnable(state: &State, id: Id, case: Case) -> Sentence {
    if state.tasks.contains_key(&id) {
        let noun = match case {
            Case::Nominative => "задача",
            Case::Genitive => "задачи",
            Case::Accusative => "задачу",
        };
        return say!("{task}", "{noun} {task}", task = task(state, id));
    }
    if let Some(future) = state.futures.get(&id) {
        let class = &future.class;
        if class == "_GatheringFuture" {
            return ("the future of `gather()`", "future от `gather()`").into();
        }
        let noun = if matches!(case, Case::Genitive) {
            "объекта"
        } else {
            "объект"
        };
        return say!("a `{class}`", "{noun} `{class}`");
    }
    let noun = if matches!(case, Case::Genitive) {
        "обратного вызова"
    } else {
        "обратный вызов"
    };
    match state.handles.get(&id).map(|handle| &handle.callback) {
        Some(name) => say!("callback `{name}`", "{noun} `{name}`"),
        None => say!("a callback", "{noun}"),
    }
}

/// What a task waits for, as in `Queue.get()`, `task `child` (Task-3)` or `a Future`; in Russian as the object of «ждать».
#[must_use]
pub fn awaited(state: &State, waiting: &Waiting) -> Sentence {
    let Wait::Future { id, primitive, .. } = &waiting.on else {
        return ("its next turn", "своей очереди").into();
    };
    if state.tasks.contains_key(id) {
        return runnable(state, *id, Case::Accusative);
    }
    match library_call(state, waiting) {
        Some(call) if call == "TaskGroup" => {
            return ("the tasks of its `TaskGroup`", "задачи своей `TaskGroup`").into();
        }
        Some(call) => return Sentence::same(format!("`{call}()`")),
        None => {}
    }
    match (primitive, state.futures.get(id)) {
        (Some(primitive), _) => say!("a `{primitive}`", "объект `{primitive}`"),
        (None, Some(future)) if future.class == "_GatheringFuture" => Sentence::same("`gather()`"),
        (None, Some(_)) => runnable(state, *id, Case::Accusative),
        (None, None) => ("a `Future`", "объект `Future`").into(),
    }
}

/// What a finding says of another that it explains, which is not told of by itself then.
#[must_use]
pub fn consequence(finding: &Diagnostic) -> Related {
    Related {
        message: format!("In consequence: {}", after_colon(&finding.message)),
        message_ru: format!("Следствие: {}", after_colon(&finding.message_ru)),
        file: finding.file.clone(),
        span: finding.span,
    }
}

/// The library's own coroutine that the workspace awaits, such as `Queue.get` or `sleep`.
#[must_use]
pub fn library_call(state: &State, waiting: &Waiting) -> Option<String> {
    let frames = state.frames(waiting.chain);
    let library = frames.iter().take_while(|frame| !state.in_workspace(frame));
    // `Lock.__aenter__` is how `async with` calls `Lock.acquire`: the person wrote the latter's meaning.
    let mut named: Vec<_> = library.filter(|frame| !frame.function.contains("__")).collect();
    // What a limit is around says more than the limit.
    if named.len() > 1 && named.last().is_some_and(|frame| frame.function == "wait_for") {
        named.pop();
    }
    let named = named.last()?;
    // These names are the library's own: the person wrote `async for … in as_completed()` and `async with TaskGroup()`.
    let public = match named.function.as_str() {
        "_AsCompletedIterator._wait_for_one" => Some("as_completed"),
        "TaskGroup._aexit" => Some("TaskGroup"),
        _ => None,
    };
    if let Some(name) = public {
        return Some(name.to_owned());
    }
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
pub fn label<'a>(state: &'a State, waiting: &'a Waiting) -> Cow<'a, str> {
    let Wait::Future { id, primitive, .. } = &waiting.on else {
        return "yield".into();
    };
    if let Some(task) = state.tasks.get(id) {
        return task.name.as_str().into();
    }
    if let Some(call) = library_call(state, waiting) {
        return call.into();
    }
    let class = || state.futures.get(id).map_or("Future", |future| &future.class);
    primitive.as_deref().unwrap_or_else(class).into()
}

#[cfg(test)]
mod tests {
    use super::{Sentence, count, duration, list};

    #[test]
    fn durations_have_three_digits_and_a_unit() {
        let cases = [
            (0, "0 ns", "0 нс"),
            (1_500, "1.5 µs", "1,5 мкс"),
            (150_000_000, "150 ms", "150 мс"),
            (100_000_000, "100 ms", "100 мс"),
            (1_000_000_000, "1 s", "1 с"),
            (12_340_000_000, "12.3 s", "12,3 с"),
            (3_600_000_000_000, "3600 s", "3600 с"),
        ];
        for (nanoseconds, en, ru) in cases {
            let said = duration(nanoseconds);
            assert_eq!((said.en.as_str(), said.ru.as_str()), (en, ru));
        }
    }

    #[test]
    fn russian_has_three_forms_of_number_and_english_two() {
        let cases = [
            (0, "0 tasks", "0 задач"),
            (1, "1 task", "1 задача"),
            (2, "2 tasks", "2 задачи"),
            (4, "4 tasks", "4 задачи"),
            (5, "5 tasks", "5 задач"),
            (10, "10 tasks", "10 задач"),
            (11, "11 tasks", "11 задач"),
            (12, "12 tasks", "12 задач"),
            (14, "14 tasks", "14 задач"),
            (20, "20 tasks", "20 задач"),
            (21, "21 tasks", "21 задача"),
            (22, "22 tasks", "22 задачи"),
            (100, "100 tasks", "100 задач"),
            (101, "101 tasks", "101 задача"),
            (111, "111 tasks", "111 задач"),
            (112, "112 tasks", "112 задач"),
            (122, "122 tasks", "122 задачи"),
            (999, "999 tasks", "999 задач"),
            (1_001, "1,001 tasks", "1\u{a0}001 задача"),
            (1_702, "1,702 tasks", "1\u{a0}702 задачи"),
            (1_234_561, "1,234,561 tasks", "1\u{a0}234\u{a0}561 задача"),
        ];
        for (number, en, ru) in cases {
            let said = count(number, ["task", "tasks"], ["задача", "задачи", "задач"]);
            assert_eq!((said.en.as_str(), said.ru.as_str()), (en, ru));
        }
    }

    #[test]
    fn names_are_listed_as_each_language_lists_them() {
        let names = ["a", "b", "c"].map(Sentence::same);
        assert_eq!(list(&names[..1]), Sentence::same("a"));
        assert_eq!(list(&names[..2]), ("a and b", "a и b").into());
        assert_eq!(list(&names), ("a and b and c", "a, b и c").into());
    }
}

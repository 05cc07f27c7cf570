//! What is said to a reader, in both languages of the page: written side by side, so that no rule speaks only one.

use std::fmt::Display;

/// A sentence without anything of the program in it: in English and in Russian.
pub type Plain = (&'static str, &'static str);

/// The same in English and in Russian: a sentence, or a part of one. Names of code stand between backticks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    pub en: String,
    pub ru: String,
}

impl From<Plain> for Sentence {
    fn from((en, ru): Plain) -> Self {
        Self {
            en: en.to_owned(),
            ru: ru.to_owned(),
        }
    }
}

impl Sentence {
    /// A name or another text that is the same in every language.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Self { ru: en.clone(), en }
    }

    /// This and then another.
    #[must_use]
    pub fn followed_by(self, next: &Self) -> Self {
        Self {
            en: format!("{} {}", self.en, next.en),
            ru: format!("{} {}", self.ru, next.ru),
        }
    }

    /// With a capital letter, as a sentence begins.
    #[must_use]
    pub fn capitalised(&self) -> Self {
        Self {
            en: capitalised(&self.en),
            ru: capitalised(&self.ru),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A whole sentence as it goes on behind a colon: with a small letter, unless it begins with a name, code or an abbreviation.
#[must_use]
pub fn after_colon(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    match first.filter(|_| letters.clone().next().is_some_and(|it| it.is_lowercase() || it == ' ')) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => text.to_owned(),
    }
}

/// What can be named within a sentence.
pub trait Part {
    type Text: Display + ?Sized;

    fn en(&self) -> &Self::Text;
    fn ru(&self) -> &Self::Text;
}

impl Part for Sentence {
    type Text = str;

    fn en(&self) -> &str {
        &self.en
    }

    fn ru(&self) -> &str {
        &self.ru
    }
}

impl Part for Plain {
    type Text = str;

    fn en(&self) -> &str {
        self.0
    }

    fn ru(&self) -> &str {
        self.1
    }
}

/// Makes a [`Sentence`] of two formats, English and Russian, and the parts that both of them name: `part = value`. What is
/// the same in both languages, such as a name of the program, is captured as `format!` does.
macro_rules! say {
    ($en:literal, $ru:literal $(,)?) => {
        $crate::analysis::sentence::Sentence {
            en: format!($en),
            ru: format!($ru),
        }
    };
    ($en:literal, $ru:literal, $($name:ident = $part:expr),+ $(,)?) => {{
        use $crate::analysis::sentence::Part;
        let ($($name,)+) = ($(&$part,)+);
        $crate::analysis::sentence::Sentence {
            en: format!($en, $($name = Part::en($name)),+),
            ru: format!($ru, $($name = Part::ru($name)),+),
        }
    }};
}

pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::{Plain, Sentence, after_colon};

    #[test]
    fn both_languages_name_the_same_parts() {
        let task = Sentence::same("`worker`");
        let fate: Plain = ("it ended", "она завершилась");
        let name = "sleep";
        let said = say!(
            "{task}: {fate} in `{name}()`.",
            "{fate} в `{name}()`: {task}.",
            task = task,
            fate = fate
        );
        assert_eq!(said.en, "`worker`: it ended in `sleep()`.");
        assert_eq!(said.ru, "она завершилась в `sleep()`: `worker`.");
    }

    #[test]
    fn a_sentence_goes_on_behind_a_colon() {
        assert_eq!(after_colon("This loop is closed."), "this loop is closed.");
        assert_eq!(after_colon("A `Lock` is held."), "a `Lock` is held.");
        assert_eq!(after_colon("Исключение упало."), "исключение упало.");
        assert_eq!(after_colon("`f()` never ran."), "`f()` never ran.");
        assert_eq!(after_colon("CPU"), "CPU");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_in_either_alphabet() {
        let said = Sentence::from(("nothing waits", "ничто не ждёт")).capitalised();
        assert_eq!(said, ("Nothing waits", "Ничто не ждёт").into());
    }
}

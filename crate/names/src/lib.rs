//! The names of characters, for `\N{...}` in the parser: one table for both who want one, in the place of two of different
//! versions, each a quarter of a megabyte to download. The analysis in the browser does without: to no rule does it matter
//! which character a name stands for.

/// The character of a name, if there is one.
#[cfg(any(feature = "table", not(target_family = "wasm")))]
#[must_use]
pub fn character(name: &str) -> Option<char> {
    names::character(name)
}

/// Any name will do.
#[cfg(not(any(feature = "table", not(target_family = "wasm"))))]
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    Some(char::REPLACEMENT_CHARACTER)
}

//! The names of characters, for the parser, which reads `"\N{BULLET}"`.
//!
//! The library it asks for carries names of its own, half a megabyte of them, beside those that the interpreter has, and
//! into the analysis, which looks at no character of a string.
#![no_std]

/// The character that a name, or what else it is called, stands for.
#[cfg(feature = "names")]
pub use rustpython_unicode::lookup_character as character;

/// Some character, whatever the name: one that does not exist is the interpreter's to refuse.
#[cfg(not(feature = "names"))]
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    Some(char::REPLACEMENT_CHARACTER)
}

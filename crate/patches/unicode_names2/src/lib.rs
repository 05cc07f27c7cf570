//! The names of characters, for the parser, which reads `"\N{BULLET}"`.
//!
//! The version it asks for carries the names of its own, half a megabyte of them, beside those of the version that the
//! interpreter uses, and into the analysis, which looks at no character of a string.
#![no_std]

/// The character that a name stands for.
#[cfg(feature = "names")]
pub use names::character;

/// Some character, whatever the name: one that does not exist is the interpreter's to refuse.
#[cfg(not(feature = "names"))]
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    Some(char::REPLACEMENT_CHARACTER)
}

//! What `CPython`'s tokenizer, and what reads its literals, refuse before the parser has a word.

use rustpython_vm::{
    AsObject, Py, VirtualMachine,
    builtins::PyType,
    compiler::{
        TokenKind,
        parser::{LexicalErrorType, ParseError, ParseErrorType},
    },
};

use super::syntax::Token;

/// The columns between tab stops, and those that a tab is wide where the other way of counting has to agree.
const TAB_STOPS: [usize; 2] = [8, 1];

/// An error of the tokenizer: its class, what it says, and where, as offsets in bytes.
pub(super) struct Refusal {
    pub(super) kind: &'static Py<PyType>,
    pub(super) message: String,
    pub(super) range: (usize, usize),
}

/// What is refused, if that is where the parser stopped, or before.
pub(super) fn refusal(source: &str, tokens: &[Token], error: &ParseError, vm: &VirtualMachine) -> Option<Refusal> {
    let stopped = error.location.start().to_usize();
    // What is refused may be the indentation, which ends where the first token of the line begins.
    mixed_tabs(source, tokens, error.location.end().to_usize(), vm)
        .or_else(|| strange_character(source, stopped, vm))
        .or_else(|| strange_character(source, unknown_after(stopped, tokens)?, vm))
        .or_else(|| wrong_escape(source, tokens, error, vm))
}

/// Where the first thing begins that is no token, behind the place where the parser stopped: the tokenizer reads on, and
/// what it refuses there comes before whatever the parser has to say.
fn unknown_after(stopped: usize, tokens: &[Token]) -> Option<usize> {
    let mut unknown = tokens.iter().filter(|(kind, ..)| *kind == TokenKind::Unknown);
    unknown
        .find(|(_, start, _)| *start > stopped)
        .map(|(_, start, _)| *start)
}

/// A character that is in no token, as a quotation mark that a word processor has made curly.
fn strange_character(source: &str, stopped: usize, vm: &VirtualMachine) -> Option<Refusal> {
    let character = source.get(stopped..)?.chars().next().filter(|it| !it.is_ascii())?;
    let text = vm.ctx.new_str(character.to_string());
    let is = |method: &str| {
        let answer = vm.call_method(text.as_object(), method, ());
        answer.is_ok_and(|answer| answer.is(&vm.ctx.true_value))
    };
    if is("isidentifier") {
        return None;
    }
    let number = format!("U+{:04X}", u32::from(character));
    let message = if is("isprintable") {
        format!("invalid character '{character}' ({number})")
    } else {
        format!("invalid non-printable character {number}")
    };
    Some(Refusal {
        kind: vm.ctx.exceptions.syntax_error,
        message,
        range: (stopped, stopped + character.len_utf8()),
    })
}

/// Lines whose indentation compares otherwise where tabs are narrower.
fn mixed_tabs(source: &str, tokens: &[Token], stopped: usize, vm: &VirtualMachine) -> Option<Refusal> {
    let mut levels = vec![[0, 0]];
    let mut begins = true;
    for (kind, start, _) in tokens.iter().filter(|(_, start, _)| *start <= stopped) {
        let is_trivia = matches!(
            kind,
            TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Indent | TokenKind::Dedent
        );
        if !begins || is_trivia {
            begins |= *kind == TokenKind::Newline;
            continue;
        }
        begins = *kind == TokenKind::Newline;
        let line = source[..*start].rfind('\n').map_or(0, |newline| newline + 1);
        let columns = columns(&source[line..*start])?;
        while levels.last().is_some_and(|last| columns[0] < last[0]) {
            levels.pop();
        }
        let last = *levels.last()?;
        if columns[0].cmp(&last[0]) != columns[1].cmp(&last[1]) {
            return Some(Refusal {
                kind: vm.ctx.exceptions.tab_error,
                message: "inconsistent use of tabs and spaces in indentation".to_owned(),
                range: (start.saturating_sub(1), *start),
            });
        }
        if columns[0] > last[0] {
            levels.push(columns);
        }
    }
    None
}

/// The width of an indentation, counted both ways; `None` for what is none.
fn columns(indentation: &str) -> Option<[usize; 2]> {
    let mut columns = [0, 0];
    for character in indentation.chars() {
        for (column, stop) in columns.iter_mut().zip(TAB_STOPS) {
            *column = match character {
                ' ' => *column + 1,
                '\t' => (*column / stop + 1) * stop,
                '\x0c' => 0,
                _ => return None,
            };
        }
    }
    Some(columns)
}

/// An escape that stands for no character, as in a path of Windows.
fn wrong_escape(source: &str, tokens: &[Token], error: &ParseError, vm: &VirtualMachine) -> Option<Refusal> {
    let is_escape = matches!(
        error.error,
        ParseErrorType::Lexical(
            LexicalErrorType::UnicodeError
                | LexicalErrorType::MissingUnicodeLbrace
                | LexicalErrorType::MissingUnicodeRbrace
        )
    );
    let stopped = error.location.start().to_usize();
    let (_, start, end) = *tokens.iter().filter(|_| is_escape).find(|(kind, start, end)| {
        (*start..*end).contains(&stopped) && matches!(kind, TokenKind::String | TokenKind::FStringMiddle)
    })?;
    let literal = source.get(start..end)?;
    let body = literal.find(['"', '\'']).map_or(literal, |quote| {
        let text = &literal[quote..];
        let marks = if text.starts_with("\"\"\"") || text.starts_with("'''") {
            3
        } else {
            1
        };
        text.get(marks..text.len() - marks).unwrap_or_default()
    });
    // Beyond ASCII the codec reads escapes alone, so that is what it is given.
    let escaped: String = body
        .chars()
        .map(|it| {
            if it.is_ascii() {
                it.to_string()
            } else {
                format!("\\U{:08x}", u32::from(it))
            }
        })
        .collect();
    let codecs = vm.import("_codecs", 0).ok()?;
    let refused = vm.call_method(
        &codecs,
        "unicode_escape_decode",
        (vm.ctx.new_bytes(escaped.into_bytes()),),
    );
    let reason = refused.err()?.as_object().str(vm).ok()?;
    Some(Refusal {
        kind: vm.ctx.exceptions.syntax_error,
        message: format!("(unicode error) {reason}"),
        range: (start, end),
    })
}

//! Where a program's syntax is wrong, in `CPython`'s words.
//!
//! The compiler words its errors by scanning the whole source for what `CPython` has a message of its own for, and takes
//! the first place that looks like it, also one that is right: `def f(*, a)` far above the line in error. Such a guess
//! is recognised here, and the statement that the parser stopped in is then compiled by itself.

use rustpython_vm::{
    Py, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyType},
    compiler::{
        self, CompileError, Mode, TokenKind, ast,
        parser::{self, ParseErrorType, ParseOptions},
    },
};

use super::tokenizer;

const INVALID: &str = "invalid syntax";
const UNEXPECTED_INDENT: &str = "unexpected indent";

/// A guess that is wrong wherever names follow the asterisk.
const BARE_STAR: &str = "named arguments must follow bare *";

/// A guess that begins where `CPython`'s ends.
const MISSING_COMMA: &str = "invalid syntax. Perhaps you forgot a comma?";

/// How often such a guess is taken out of a statement before another message is looked for.
const ATTEMPTS: usize = 8;

/// What the tokenizer says, as opposed to the parser: `CPython` reads all tokens before it settles for "invalid syntax".
const OF_THE_TOKENIZER: [&str; 11] = [
    "unmatched '",
    "closing parenthesis",
    "unterminated ",
    "invalid decimal literal",
    "invalid hexadecimal literal",
    "invalid octal literal",
    "invalid binary literal",
    "invalid character",
    "invalid non-printable character",
    "leading zeros in decimal",
    "unexpected character after line continuation",
];

const NEVER_CLOSED: &str = "was never closed";

/// A token: its kind, and where it starts and ends, as offsets in bytes.
pub(super) type Token = (TokenKind, usize, usize);

const MEANT_EQUALS: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const NO_EXCEPT: &str = "expected 'except' or 'finally' block";

/// What the parser beneath says in words of its own, where `CPython` has none.
const OWN_WORDS: [&str; 11] = [
    "delete statement must have at least one target",
    "expected `def`, `with` or `for`",
    "expected a module name",
    "expected a simple statement",
    "expected class, function definition or",
    "expected one or more symbol names",
    "expected symbol after",
    "expected the start of an expression",
    "global statement must have",
    "nonlocal statement must have",
    "unparenthesized tuple expression cannot",
];

/// The parts of the source that matter to an error, as offsets in bytes.
struct Place {
    /// Where the parser stopped.
    start: usize,
    end: usize,
    /// The lines of the statement that it stopped in.
    first: usize,
    last: usize,
}

/// The error that `CPython` would raise for this source, or `None` if the compiler's own is right.
pub(super) fn better_error(source: &str, path: &str, vm: &VirtualMachine) -> Option<PyResult<PyBaseExceptionRef>> {
    let CompileError::Parse(guess) = compile(source, path, vm)? else {
        return None;
    };
    let parsed = parser::parse_unchecked(source, ParseOptions::from(parser::Mode::Module));
    let error = parsed.errors().first()?;
    let tokens = tokens_of(&parsed);
    if let Some(it) = tokenizer::refusal(source, &tokens, error, vm) {
        return Some(error_at(it.kind, source, path, &it.message, it.range, vm));
    }
    if matches!(error.error, ParseErrorType::UnexpectedIndentation) {
        let kind = vm.ctx.exceptions.indentation_error;
        // The last character of the indentation, before the text: tracebacks then show no caret.
        let end = end_of_indentation(source, error.location.start().to_usize());
        return Some(error_at(kind, source, path, UNEXPECTED_INDENT, (end - 1, end), vm));
    }
    let place = statement_of(
        source,
        error.location.start().to_usize(),
        error.location.end().to_usize(),
        &tokens,
    );
    let message = guess.error.to_string();
    let offset = offset_of(source, guess.location.line.get(), guess.location.character_offset.get());
    if message == MISSING_COMMA && offset == place.start {
        return Some(error_at(
            vm.ctx.exceptions.syntax_error,
            source,
            path,
            MISSING_COMMA,
            both_numbers(&place, &tokens),
            vm,
        ));
    }
    if let Some((message, range)) = reworded(&message, &error.error, offset, &place, source, &tokens) {
        let kind = vm.ctx.exceptions.syntax_error;
        return Some(error_at(kind, source, path, message, range, vm));
    }
    let is_bare_star = matches!(error.error, ParseErrorType::ExpectedKeywordParam);
    let is_right = if message == BARE_STAR {
        is_bare_star && offset == place.start
    } else {
        is_right(&message, offset, &place, &tokens)
    };
    if is_right {
        return None;
    }
    Some(by_itself(source, path, &place, &tokens, vm).map_or_else(
        || {
            error_at(
                vm.ctx.exceptions.syntax_error,
                source,
                path,
                plain(&error.error),
                (place.start, place.end),
                vm,
            )
        },
        Ok,
    ))
}

fn tokens_of(parsed: &parser::Parsed<ast::Mod>) -> Vec<Token> {
    let tokens = parsed.tokens().iter().map(|token| {
        let (kind, range) = token.as_tuple();
        (kind, range.start().to_usize(), range.end().to_usize())
    });
    tokens.collect()
}

/// What `CPython` says, and where, instead of words or a place that are the compiler's own.
fn reworded<'a>(
    message: &'a str,
    error: &ParseErrorType,
    offset: usize,
    place: &Place,
    source: &str,
    tokens: &[Token],
) -> Option<(&'a str, (usize, usize))> {
    let lowercase = message.to_lowercase();
    let stopped = tokens.iter().find(|(_, start, _)| *start >= place.start);
    let is_in_line = stopped.is_some_and(|(kind, start, _)| {
        !matches!(
            kind,
            TokenKind::Newline | TokenKind::NonLogicalNewline | TokenKind::Comment
        ) && !source.get(offset..*start).unwrap_or("\n").contains('\n')
    });
    // A bracket may be closed as long as its line goes on.
    let is_early = message.contains(NEVER_CLOSED) && is_in_line;
    // `import` alone is another matter.
    let has_no_names = matches!(error, ParseErrorType::EmptyImportNames) && !is_in_line;
    if is_early || (!has_no_names && OWN_WORDS.iter().any(|words| lowercase.starts_with(words))) {
        return Some((INVALID, (place.start, place.end)));
    }
    if message.starts_with("Missing parentheses in call to") {
        return Some((message, (offset, end_of_operand(tokens, offset, false)?)));
    }
    if message == MEANT_EQUALS {
        let equals = tokens
            .iter()
            .find(|(kind, start, _)| *start >= offset && *kind == TokenKind::Equal)?;
        return Some((message, (offset, end_of_operand(tokens, equals.2, true)?)));
    }
    let positional = match error {
        ParseErrorType::PositionalAfterKeywordArgument => Some("positional argument follows keyword argument"),
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            Some("positional argument follows keyword argument unpacking")
        }
        _ => None,
    };
    if let Some(message) = positional {
        let end = end_of_operand(tokens, place.start, false)?;
        let bracket = tokens
            .iter()
            .find(|(kind, start, _)| *start >= end && *kind == TokenKind::Rpar)?;
        return Some((message, (bracket.1, bracket.2)));
    }
    let is_at_end = source.get(place.start..).is_none_or(|rest| rest.trim().is_empty());
    if lowercase.starts_with("expected `except` or `finally`") && is_at_end {
        let newline = tokens.iter().rev().find(|(kind, ..)| *kind == TokenKind::Newline)?;
        return Some((NO_EXCEPT, (newline.1, newline.1 + 1)));
    }
    None
}

/// Where what begins at an offset ends: with the statement or the bracket around it, or, if it is one operand, before the
/// next comparison, boolean operator or comma too.
fn end_of_operand(tokens: &[Token], offset: usize, is_one: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = None;
    for (kind, _, to) in tokens.iter().filter(|(_, start, _)| *start >= offset) {
        if depth == 0 && (ends_statement(*kind) || (is_one && ends_operand(*kind))) {
            break;
        }
        match kind {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
            _ => {}
        }
        end = Some(*to);
    }
    end
}

fn ends_statement(kind: TokenKind) -> bool {
    let ends_line = matches!(
        kind,
        TokenKind::Newline | TokenKind::Semi | TokenKind::Comment | TokenKind::EndOfFile
    );
    ends_line || matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace)
}

fn ends_operand(kind: TokenKind) -> bool {
    let is_word = matches!(
        kind,
        TokenKind::And | TokenKind::Or | TokenKind::If | TokenKind::Else | TokenKind::Is | TokenKind::In
    );
    is_word || matches!(kind, TokenKind::Colon | TokenKind::Comma)
}

/// From the number before the place where the parser stopped to the end of the one there.
fn both_numbers(place: &Place, tokens: &[Token]) -> (usize, usize) {
    let before = tokens.iter().rev().find(|(.., end)| *end <= place.start);
    let number = before.filter(|(kind, ..)| matches!(kind, TokenKind::Int | TokenKind::Float | TokenKind::Complex));
    (number.map_or(place.start, |(_, start, _)| *start), place.end)
}

fn compile(source: &str, path: &str, vm: &VirtualMachine) -> Option<CompileError> {
    compiler::compile(source, Mode::Exec, path, vm.compile_opts()).err()
}

/// Whether a message can be about the error that the parser found.
fn is_right(message: &str, offset: usize, place: &Place, tokens: &[Token]) -> bool {
    if message.contains(NEVER_CLOSED) {
        return tokens.iter().any(|(kind, start, _)| {
            *start == offset && matches!(kind, TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace)
        });
    }
    if (place.first..=place.last).contains(&offset) {
        return true;
    }
    let is_of_the_tokenizer = OF_THE_TOKENIZER.iter().any(|start| message.starts_with(start));
    let is_within_text = tokens.iter().any(|(kind, start, end)| {
        let is_text = matches!(
            kind,
            TokenKind::Comment | TokenKind::String | TokenKind::FStringMiddle | TokenKind::TStringMiddle
        );
        is_text && *start < offset && offset < *end
    });
    is_of_the_tokenizer && offset > place.last && !is_within_text
}

/// The lines of the statement around the place where the parser stopped, or of the clause's head.
fn statement_of(source: &str, start: usize, end: usize, tokens: &[Token]) -> Place {
    let newlines = || tokens.iter().filter(|(kind, ..)| *kind == TokenKind::Newline);
    let before = newlines().map(|(.., end)| *end).take_while(|end| *end <= start).last();
    let text = before.unwrap_or(0);
    let is_trivia = |kind: TokenKind| {
        matches!(
            kind,
            TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Indent | TokenKind::Dedent
        )
    };
    let first = tokens.iter().find(|(kind, from, _)| *from >= text && !is_trivia(*kind));
    let first = first.map_or(text, |(_, from, _)| *from).min(start);
    let after = newlines().find(|(_, from, to)| *to > end || *from >= end);
    let last = after.map_or(source.len(), |(_, from, _)| *from);
    Place {
        start,
        end,
        first: source[..first].rfind('\n').map_or(0, |newline| newline + 1),
        last,
    }
}

/// What the compiler says of the statement alone, on the same line; `None` if that is about something else.
fn by_itself(
    source: &str,
    path: &str,
    place: &Place,
    tokens: &[Token],
    vm: &VirtualMachine,
) -> Option<PyBaseExceptionRef> {
    let mut statement = source.get(place.first..place.last)?.to_owned();
    let lines = source[..place.first].matches('\n').count();
    let is_indented = statement.starts_with([' ', '\t']);
    let surroundings = match (is_indented, lines) {
        (false, _) => "\n".repeat(lines),
        (true, 0) => return None,
        (true, _) => format!("{}if 1:\n", "\n".repeat(lines - 1)),
    };
    for _ in 0..ATTEMPTS {
        let text = format!("{surroundings}{statement}\n");
        let Some(CompileError::Parse(error)) = compile(&text, path, vm) else {
            return None;
        };
        let same = error.raw_location.start().to_usize() + place.first == place.start + surroundings.len();
        if !same {
            return None;
        }
        let offset = offset_of(&text, error.location.line.get(), error.location.character_offset.get());
        let offset = offset.checked_sub(surroundings.len())?;
        let message = error.error.to_string();
        if message == MISSING_COMMA && offset + place.first == place.start {
            return error_at(
                vm.ctx.exceptions.syntax_error,
                source,
                path,
                MISSING_COMMA,
                both_numbers(place, tokens),
                vm,
            )
            .ok();
        }
        if message != BARE_STAR || offset + place.first == place.start {
            return Some(vm.new_syntax_error(&CompileError::Parse(error), Some(source)));
        }
        // A parameter in its place makes a list of parameters that is right, as this one was.
        if statement.get(offset..=offset) != Some("*") {
            return None;
        }
        statement.replace_range(offset..=offset, "_");
    }
    None
}

/// What `CPython` says of most errors that it has no better words for.
fn plain(error: &ParseErrorType) -> &'static str {
    match error {
        ParseErrorType::ExpectedToken {
            expected: TokenKind::Colon,
            ..
        } => "expected ':'",
        ParseErrorType::ExpectedKeywordParam => BARE_STAR,
        _ => INVALID,
    }
}

/// Where the text of the line with this offset begins; behind its first character at least.
fn end_of_indentation(source: &str, offset: usize) -> usize {
    let line = source[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let indentation = source[line..].find(|character| !matches!(character, ' ' | '\t' | '\x0c'));
    line + indentation.unwrap_or_default().max(1)
}

/// An error of this kind with this message, from an offset to another.
fn error_at(
    kind: &'static Py<PyType>,
    source: &str,
    path: &str,
    message: &str,
    (start, end): (usize, usize),
    vm: &VirtualMachine,
) -> PyResult<PyBaseExceptionRef> {
    let (line, column) = position_of(source, start);
    let (end_line, end_column) = position_of(source, end);
    let text = source.lines().nth(line - 1).unwrap_or_default();
    let details = vm.ctx.new_tuple(vec![
        vm.ctx.new_str(path).into(),
        vm.ctx.new_int(line).into(),
        vm.ctx.new_int(column).into(),
        vm.ctx.new_str(text).into(),
        vm.ctx.new_int(end_line).into(),
        vm.ctx.new_int(end_column).into(),
    ]);
    let arguments = vec![vm.ctx.new_str(message).into(), details.into()];
    vm.invoke_exception(kind, arguments)
}

/// The line and the column of an offset, both from 1, the column in characters.
fn position_of(source: &str, offset: usize) -> (usize, usize) {
    let before = &source[..offset.min(source.len())];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

/// The offset of a line and a column as [`position_of`] gives them.
fn offset_of(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = &source[start.min(source.len())..];
    start
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |(offset, _)| offset)
}

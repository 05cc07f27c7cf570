//! Numbers, as `CPython`'s tokenizer reads them.

use super::lexer::{Kind, Lexer, Mistake, Stop};

/// Words that may follow a number at once; a number that another letter follows is none.
const FOLLOWERS: [&str; 8] = ["and", "else", "for", "if", "in", "is", "or", "not"];

/// Reads a number.
pub(super) fn number(lexer: &mut Lexer) -> Result<(), Stop> {
    let start = lexer.at;
    match (lexer.byte(start), lexer.byte(start + 1)) {
        (b'0', b'x' | b'X') => based(lexer, "hexadecimal", |byte| byte.is_ascii_hexdigit())?,
        (b'0', b'o' | b'O') => based(lexer, "octal", |byte| (b'0'..=b'7').contains(&byte))?,
        (b'0', b'b' | b'B') => based(lexer, "binary", |byte| matches!(byte, b'0' | b'1'))?,
        _ => decimal(lexer)?,
    }
    lexer.push(Kind::Number, start);
    Ok(())
}

fn based(lexer: &mut Lexer, name: &str, is_digit: fn(u8) -> bool) -> Result<(), Stop> {
    lexer.at += 2;
    let wrong_digit = |lexer: &Lexer| {
        let digit = char::from(lexer.byte(lexer.at));
        Some(lexer.mistake(format!("invalid digit '{digit}' in {name} literal"), lexer.at + 1))
    };
    loop {
        if lexer.byte(lexer.at) == b'_' {
            lexer.at += 1;
        }
        if !is_digit(lexer.byte(lexer.at)) {
            if lexer.byte(lexer.at).is_ascii_digit() {
                return Err(wrong_digit(lexer));
            }
            return Err(Some(invalid(lexer, name)));
        }
        while is_digit(lexer.byte(lexer.at)) {
            lexer.at += 1;
        }
        if lexer.byte(lexer.at) != b'_' {
            break;
        }
    }
    if lexer.byte(lexer.at).is_ascii_digit() {
        return Err(wrong_digit(lexer));
    }
    end(lexer, name)
}

fn decimal(lexer: &mut Lexer) -> Result<(), Stop> {
    let start = lexer.at;
    let mut is_whole = true;
    if lexer.byte(start) != b'.' {
        digits(lexer)?;
    }
    let whole = &lexer.bytes[start..lexer.at];
    if lexer.byte(lexer.at) == b'.' {
        is_whole = false;
        lexer.at += 1;
        if lexer.byte(lexer.at).is_ascii_digit() {
            digits(lexer)?;
        }
    }
    if matches!(lexer.byte(lexer.at), b'e' | b'E') {
        let sign = usize::from(matches!(lexer.byte(lexer.at + 1), b'+' | b'-'));
        if lexer.byte(lexer.at + 1 + sign).is_ascii_digit() {
            is_whole = false;
            lexer.at += 1 + sign;
            digits(lexer)?;
        } else if sign == 1 {
            lexer.at += 2;
            return Err(Some(invalid(lexer, "decimal")));
        }
    }
    if matches!(lexer.byte(lexer.at), b'j' | b'J') {
        lexer.at += 1;
        return end(lexer, "imaginary");
    }
    let zeros = whole.iter().take_while(|byte| matches!(byte, b'0' | b'_')).count();
    if is_whole && whole.first() == Some(&b'0') && zeros < whole.len() {
        let mut it = lexer.mistake(
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
            lexer.at,
        );
        let (_, column) = lexer.lines.place(start);
        it.column = column.cast_signed() + 1;
        // The first digit that is no zero has been read by then.
        it.end_column = (column + zeros).cast_signed() + 1;
        return Err(Some(it));
    }
    end(lexer, "decimal")
}

/// Reads digits, with single underscores between them.
fn digits(lexer: &mut Lexer) -> Result<(), Stop> {
    loop {
        while lexer.byte(lexer.at).is_ascii_digit() {
            lexer.at += 1;
        }
        if lexer.byte(lexer.at) != b'_' {
            return Ok(());
        }
        lexer.at += 1;
        if !lexer.byte(lexer.at).is_ascii_digit() {
            return Err(Some(invalid(lexer, "decimal")));
        }
    }
}

fn invalid(lexer: &Lexer, name: &str) -> Mistake {
    lexer.mistake(format!("invalid {name} literal"), lexer.at)
}

/// Looks at what comes behind a number.
fn end(lexer: &Lexer, name: &str) -> Result<(), Stop> {
    let byte = lexer.byte(lexer.at);
    let rest = &lexer.source[lexer.at..];
    if FOLLOWERS.iter().any(|word| rest.starts_with(word)) {
        return Ok(());
    }
    if byte.is_ascii_alphanumeric() || byte == b'_' {
        return Err(Some(invalid(lexer, name)));
    }
    Ok(())
}

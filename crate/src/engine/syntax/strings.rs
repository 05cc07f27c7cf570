//! String literals, and the text of those with replacement fields, as `CPython`'s tokenizer reads them.

use super::lexer::{Field, Kind, Lexer, Mistake, Part, Stop};

/// How deep strings with fields, and fields in their specifications, may be nested.
const STRINGS: usize = 150;
const FIELDS: usize = 3;

/// Whether these letters before a quote belong to the string.
pub(super) fn is_prefix(letters: &[u8]) -> bool {
    let letters: Vec<u8> = letters.iter().map(u8::to_ascii_lowercase).collect();
    matches!(
        letters.as_slice(),
        b"b" | b"r" | b"u" | b"f" | b"t" | b"br" | b"rb" | b"fr" | b"rf" | b"tr" | b"rt"
    )
}

/// Reads a string whose quote is next, or the beginning of one with fields.
pub(super) fn string(lexer: &mut Lexer, start: usize) -> Result<(), Stop> {
    let quote = lexer.byte(lexer.at);
    let is_triple = lexer.byte(lexer.at + 1) == quote && lexer.byte(lexer.at + 2) == quote;
    let quotes = if is_triple { 3 } else { 1 };
    let prefix = lexer.source[start..lexer.at].to_ascii_lowercase();
    lexer.at += quotes;
    if prefix.contains(['f', 't']) {
        if lexer.strings.len() + 1 >= STRINGS {
            return Err(Some(lexer.mistake("too many nested f-strings or t-strings", lexer.at)));
        }
        let is_template = prefix.contains('t');
        lexer.strings.push(Field {
            is_template,
            is_raw: prefix.contains('r'),
            quote,
            quotes,
            start,
            depth: 0,
            fields: Vec::new(),
            next: Part::Text,
        });
        lexer.push(
            if is_template {
                Kind::TemplateStart
            } else {
                Kind::FormatStart
            },
            start,
        );
        return Ok(());
    }
    let mut has_escaped_quote = false;
    while !closes(lexer, quote, quotes) {
        match lexer.byte(lexer.at) {
            _ if lexer.is_at_end() => return Err(Some(unterminated(lexer, start, quote, quotes, has_escaped_quote))),
            b'\n' if quotes == 1 => return Err(Some(unterminated(lexer, start, quote, quotes, has_escaped_quote))),
            b'\\' => {
                has_escaped_quote |= lexer.byte(lexer.at + 1) == quote;
                let is_long = lexer.byte(lexer.at + 1) == b'\r' && lexer.byte(lexer.at + 2) == b'\n';
                lexer.at = (lexer.at + if is_long { 3 } else { 2 }).min(lexer.bytes.len());
            }
            _ => lexer.at += 1,
        }
    }
    lexer.at += quotes;
    lexer.push(Kind::String, start);
    Ok(())
}

fn closes(lexer: &Lexer, quote: u8, quotes: usize) -> bool {
    (0..quotes).all(|index| lexer.byte(lexer.at + index) == quote)
}

/// The line in which the end of a string was looked for last.
fn detected(lexer: &Lexer) -> usize {
    let end = lexer.bytes.len();
    // A source that ends with a line break has no further line.
    let is_behind = lexer.is_at_end() && lexer.bytes.last() == Some(&b'\n');
    lexer.lines.place(if is_behind { end - 1 } else { lexer.at.min(end) }).0
}

fn unterminated(lexer: &Lexer, start: usize, quote: u8, quotes: usize, has_escaped_quote: bool) -> Mistake {
    let read = start + 1;
    if let Some(around) = lexer
        .strings
        .last()
        .filter(|it| it.quote == quote && it.quotes == quotes)
    {
        return lexer.mistake(format!("{}: expecting '}}'", around.name()), read);
    }
    let line = detected(lexer);
    let message = match (quotes, has_escaped_quote) {
        (3, _) => format!("unterminated triple-quoted string literal (detected at line {line})"),
        (_, true) => {
            format!("unterminated string literal (detected at line {line}); perhaps you escaped the end quote?")
        }
        (_, false) => format!("unterminated string literal (detected at line {line})"),
    };
    lexer.mistake(message, read)
}

/// Reads the text of a string with fields up to the next field or the end.
pub(super) fn text(lexer: &mut Lexer) -> Result<(), Stop> {
    let Some(string) = lexer.strings.last() else {
        return Ok(());
    };
    let (quote, quotes, is_raw) = (string.quote, string.quotes, string.is_raw);
    let (is_template, from) = (string.is_template, string.start);
    let is_specification = string.next == Part::Specification;
    let depth = string.depth;
    let start = lexer.at;
    let [middle, last] = if is_template {
        [Kind::TemplateMiddle, Kind::TemplateEnd]
    } else {
        [Kind::FormatMiddle, Kind::FormatEnd]
    };
    let mut is_name = false;
    loop {
        if lexer.is_at_end() || (quotes == 1 && lexer.byte(lexer.at) == b'\n') {
            if is_specification && !lexer.is_at_end() {
                lexer.push(middle, start);
                leave_specification(lexer);
                return Ok(());
            }
            let name = if is_template { "t-string" } else { "f-string" };
            let line = detected(lexer);
            let triple = if quotes == 3 { "triple-quoted " } else { "" };
            let message = format!("unterminated {triple}{name} literal (detected at line {line})");
            return Err(Some(lexer.mistake(message, from + 1)));
        }
        if closes(lexer, quote, quotes) {
            push_text(lexer, middle, start);
            let end = lexer.at;
            lexer.at += quotes;
            lexer.strings.pop();
            lexer.push(last, end);
            return Ok(());
        }
        match lexer.byte(lexer.at) {
            b'{' if lexer.byte(lexer.at + 1) != b'{' || is_specification => {
                push_text(lexer, middle, start);
                return field(lexer);
            }
            b'}' if is_name => is_name = false,
            b'}' if lexer.byte(lexer.at + 1) != b'}' || is_specification || depth > 0 => {
                push_text(lexer, middle, start);
                leave_specification(lexer);
                return Ok(());
            }
            b'{' | b'}' => lexer.at += 1,
            b'\\' if !matches!(lexer.byte(lexer.at + 1), b'{' | b'}' | 0) => {
                lexer.at += 1;
                is_name = !is_raw && lexer.byte(lexer.at) == b'N' && lexer.byte(lexer.at + 1) == b'{';
                lexer.at += usize::from(is_name);
            }
            _ => {}
        }
        lexer.at += 1;
    }
}

fn push_text(lexer: &mut Lexer, kind: Kind, start: usize) {
    if lexer.at > start {
        lexer.push(kind, start);
    }
}

/// Code comes next, though no field begins: what closes one, or an end too early.
fn leave_specification(lexer: &mut Lexer) {
    if let Some(string) = lexer.strings.last_mut() {
        string.next = Part::Code;
    }
}

fn field(lexer: &mut Lexer) -> Result<(), Stop> {
    let at = lexer.at;
    if let Some(string) = lexer.strings.last_mut() {
        if string.fields.len() >= FIELDS {
            let message = format!("{}: expressions nested too deeply", string.name());
            return Err(Some(lexer.mistake(message, at)));
        }
        let depth = string.depth;
        string.fields.push(depth);
        string.next = Part::Code;
    }
    Ok(())
}

//! A source cut into tokens as `CPython` cuts it, up to the end or the first thing that is none.

use super::{numbers, strings};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Name,
    Keyword,
    Number,
    String,
    /// The three parts of an f-string, and of a t-string.
    FormatStart,
    FormatMiddle,
    FormatEnd,
    TemplateStart,
    TemplateMiddle,
    TemplateEnd,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
    /// The last of all, where [`Tokens::refusal`] says what is wrong.
    Refused,
}

/// One token. Offsets are in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it begins; for indentation, where the text of the line does.
    pub(super) start: usize,
    pub(super) end: usize,
    /// How far the tokenizer had read by then.
    pub(super) read: usize,
    /// How many brackets are open behind it.
    pub(super) level: usize,
}

/// The class of an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    Syntax,
    Indentation,
    Tabs,
}

/// An error: what is said, and the line and columns it is said of, as a `SyntaxError` has them. A column counts bytes, from
/// one; below one, it means what it means there.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    pub(super) class: Class,
    pub(super) message: String,
    pub(super) line: usize,
    pub(super) column: isize,
    pub(super) end_line: usize,
    pub(super) end_column: isize,
    /// Whether the tokenizer says it the moment it sees it: it then goes before what the parser has to say.
    pub(super) is_prompt: bool,
    /// Whether it is plain "invalid syntax", which says nothing of the cause.
    pub(super) is_plain: bool,
}

/// A bracket that is open: its character and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Bracket {
    pub(super) character: u8,
    pub(super) at: usize,
}

/// All tokens of a source.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// What the last token says, if it is [`Kind::Refused`] for another reason than the end of the source.
    pub(super) refusal: Option<Mistake>,
    /// The innermost bracket that nothing closes.
    pub(super) open: Option<Bracket>,
    pub(super) lines: Lines,
}

/// Where the lines of a source begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(source: &str) -> Self {
        let behind = source.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(behind).collect())
    }

    /// The number of the line with an offset, from one, and the offset in it.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= offset).max(1);
        (line, offset - self.0[line - 1])
    }
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

const OPERATORS: [&[&str]; 2] = [
    &["**=", "//=", ">>=", "<<=", "..."],
    &[
        "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
        ":=", "<>",
    ],
];

/// How deep brackets, and indentation, may go.
const BRACKETS: usize = 200;
const INDENTATIONS: usize = 100;

/// The columns between tab stops, and those of the other way of counting, with which the first has to agree.
const TAB_STOPS: [usize; 2] = [8, 1];

/// What may come next in a string with replacement fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    Code,
    /// How a field is to be formatted: text too.
    Specification,
}

/// A string whose replacement fields are being read.
pub(super) struct Field {
    pub(super) is_template: bool,
    pub(super) is_raw: bool,
    pub(super) quote: u8,
    pub(super) quotes: usize,
    /// Where its prefix begins.
    pub(super) start: usize,
    /// How many brackets are open in its fields, and how many were where each field began.
    pub(super) depth: usize,
    pub(super) fields: Vec<usize>,
    pub(super) next: Part,
}

impl Field {
    /// How the messages call it.
    pub(super) fn name(&self) -> &'static str {
        if self.is_template { "t-string" } else { "f-string" }
    }
}

pub(super) struct Lexer<'a> {
    pub(super) source: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) tokens: Vec<Token>,
    pub(super) lines: Lines,
    pub(super) strings: Vec<Field>,
    brackets: Vec<Bracket>,
    indents: Vec<[usize; 2]>,
}

/// The end of what can be read: the source's, if nothing is said.
pub(super) type Stop = Option<Mistake>;

/// Cuts a source.
pub(super) fn tokens_of(source: &str) -> Tokens {
    let mut lexer = Lexer {
        source,
        bytes: source.as_bytes(),
        at: if source.starts_with('\u{feff}') { 3 } else { 0 },
        tokens: Vec::new(),
        lines: Lines::of(source),
        strings: Vec::new(),
        brackets: Vec::new(),
        indents: vec![[0, 0]],
    };
    let refusal = lexer.read_all().err().flatten();
    if !matches!(lexer.tokens.last(), Some(token) if token.kind == Kind::End) {
        lexer.push(Kind::Refused, lexer.at);
    }
    Tokens {
        open: lexer.brackets.last().copied(),
        list: lexer.tokens,
        refusal,
        lines: lexer.lines,
    }
}

impl Lexer<'_> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token {
            kind,
            start,
            end: self.at,
            read: self.at,
            level: self.brackets.len(),
        });
    }

    /// What the tokenizer says of the character before an offset, or of the line with it.
    pub(super) fn mistake(&self, message: impl Into<String>, read: usize) -> Mistake {
        let (line, column) = self.lines.place(read);
        // What ends a line belongs to it.
        let (line, column) = if column == 0 && read > 0 && line > 1 {
            let (line, column) = self.lines.place(read - 1);
            (line, column + 1)
        } else {
            (line, column)
        };
        Mistake {
            class: Class::Syntax,
            message: message.into(),
            line,
            column: column.cast_signed(),
            end_line: line,
            end_column: column.cast_signed(),
            is_prompt: true,
            is_plain: false,
        }
    }

    /// The same, said only once the parser comes there.
    fn later(&self, class: Class, message: &str, at: usize, column: Option<usize>) -> Mistake {
        let (line, _) = self.lines.place(at);
        Mistake {
            class,
            message: message.to_owned(),
            line,
            column: column.map_or(1, usize::cast_signed),
            end_line: line,
            end_column: 0,
            is_prompt: false,
            is_plain: false,
        }
    }

    fn read_all(&mut self) -> Result<(), Stop> {
        self.indentation()?;
        while !self.is_at_end() || !self.strings.is_empty() {
            if self.strings.last().is_some_and(|string| string.next != Part::Code) {
                strings::text(self)?;
            } else {
                self.token()?;
            }
        }
        if !self.brackets.is_empty() {
            return Err(None);
        }
        if self.tokens.last().is_some_and(|token| token.kind != Kind::Newline) {
            self.push(Kind::Newline, self.at);
        }
        while self.indents.pop().is_some_and(|columns| columns[0] > 0) {
            self.push(Kind::Dedent, self.at);
        }
        self.push(Kind::End, self.at);
        Ok(())
    }

    /// Reads the indentation of the next line that holds code.
    fn indentation(&mut self) -> Result<(), Stop> {
        loop {
            let mut columns = [0, 0];
            let mut continued = None;
            loop {
                match self.byte(self.at) {
                    b' ' => columns = columns.map(|column| column + 1),
                    b'\t' => {
                        for (column, stop) in columns.iter_mut().zip(TAB_STOPS) {
                            *column = (*column / stop + 1) * stop;
                        }
                    }
                    b'\x0c' => columns = [0, 0],
                    b'\\' => {
                        continued = continued.or(Some(columns));
                        self.continuation()?;
                        continue;
                    }
                    _ => break,
                }
                self.at += 1;
            }
            if self.is_at_end() {
                return Ok(());
            }
            if matches!(self.byte(self.at), b'#' | b'\n' | b'\r') {
                self.skip_line();
                continue;
            }
            return self.indent(continued.filter(|columns| columns[0] > 0).unwrap_or(columns));
        }
    }

    fn indent(&mut self, columns: [usize; 2]) -> Result<(), Stop> {
        let tabs = || {
            let message = "inconsistent use of tabs and spaces in indentation";
            Err(Some(self.later(Class::Tabs, message, self.at, None)))
        };
        let last = self.indents.last().copied().unwrap_or_default();
        if columns[0] == last[0] {
            return if columns[1] == last[1] { Ok(()) } else { tabs() };
        }
        if columns[0] > last[0] {
            if self.indents.len() >= INDENTATIONS {
                let message = "too many levels of indentation";
                return Err(Some(self.later(Class::Indentation, message, self.at, None)));
            }
            if columns[1] <= last[1] {
                return tabs();
            }
            self.indents.push(columns);
            self.push(Kind::Indent, self.at);
            return Ok(());
        }
        let depth = self.indents.partition_point(|indent| indent[0] <= columns[0]);
        if self.indents[depth - 1][0] != columns[0] {
            let end = self.bytes[self.at..].iter().position(|byte| *byte == b'\n');
            let end = end.map_or(self.bytes.len(), |length| self.at + length);
            let (_, column) = self.lines.place(end);
            let message = "unindent does not match any outer indentation level";
            let mut it = self.later(Class::Indentation, message, self.at, Some(column + 1));
            it.end_column = -1;
            return Err(Some(it));
        }
        if self.indents[depth - 1][1] != columns[1] {
            return tabs();
        }
        for _ in depth..self.indents.len() {
            self.push(Kind::Dedent, self.at);
        }
        self.indents.truncate(depth);
        Ok(())
    }

    /// Goes behind a backslash that ends its line.
    fn continuation(&mut self) -> Result<(), Stop> {
        self.at += 1;
        if self.byte(self.at) == b'\r' {
            self.at += 1;
        }
        // A source that does not end its last line is read as if it did.
        if self.is_at_end() || (self.byte(self.at) == b'\n' && self.at + 1 >= self.bytes.len()) {
            let message = "unexpected EOF while parsing";
            let (_, column) = self.lines.place(self.at);
            let column = column + 1;
            self.at = self.bytes.len();
            if self.brackets.is_empty() {
                return Err(Some(self.later(
                    Class::Syntax,
                    message,
                    self.at.saturating_sub(1),
                    Some(column),
                )));
            }
            return Err(None);
        }
        if self.byte(self.at) != b'\n' {
            let width = self.source[self.at..].chars().next().map_or(1, char::len_utf8);
            let (_, column) = self.lines.place(self.at);
            let message = "unexpected character after line continuation character";
            let mut it = self.later(Class::Syntax, message, self.at, Some(column + 1));
            it.end_column = 0;
            self.at += width;
            return Err(Some(it));
        }
        self.at += 1;
        Ok(())
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| *byte == b'\n');
        self.at += length.map_or(rest.len(), |length| length + 1);
    }

    /// Reads a token of code.
    fn token(&mut self) -> Result<(), Stop> {
        while matches!(self.byte(self.at), b' ' | b'\t' | b'\x0c') {
            self.at += 1;
        }
        if self.byte(self.at) == b'#' {
            let rest = &self.bytes[self.at..];
            self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        }
        if self.is_at_end() {
            // A field that nothing closes.
            return if self.strings.is_empty() { Ok(()) } else { Err(None) };
        }
        let start = self.at;
        match self.byte(start) {
            b'\r' if self.byte(start + 1) == b'\n' => {
                self.at += 1;
                Ok(())
            }
            b'\n' => self.newline(),
            b'\\' => self.continuation(),
            b'0'..=b'9' => numbers::number(self),
            b'.' if self.byte(start + 1).is_ascii_digit() => numbers::number(self),
            b'"' | b'\'' => strings::string(self, start),
            byte if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.word(),
            _ => self.operator(),
        }
    }

    fn newline(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.at += 1;
        if !self.brackets.is_empty() {
            return Ok(());
        }
        self.push(Kind::Newline, start);
        self.indentation()
    }

    fn word(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        while is_part(self.byte(self.at)) {
            self.at += 1;
            if matches!(self.byte(self.at), b'"' | b'\'') && strings::is_prefix(&self.bytes[start..self.at]) {
                return strings::string(self, start);
            }
        }
        let word = &self.source[start..self.at];
        if let Some((at, strange)) = word.char_indices().find(|(at, it)| !is_of_name(*it, *at == 0)) {
            let number = format!("U+{:04X}", u32::from(strange));
            let message = if is_printable(strange) {
                format!("invalid character '{strange}' ({number})")
            } else {
                format!("invalid non-printable character {number}")
            };
            return Err(Some(self.mistake(message, start + at + strange.len_utf8())));
        }
        let is_keyword = KEYWORDS.contains(&word);
        self.push(if is_keyword { Kind::Keyword } else { Kind::Name }, start);
        Ok(())
    }

    fn operator(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let byte = self.byte(start);
        let in_field = self.strings.last().filter(|string| !string.fields.is_empty());
        if byte == b':' && in_field.is_some_and(|string| string.fields.last() == Some(&string.depth.wrapping_sub(1))) {
            self.at += 1;
            self.push(Kind::Operator, start);
            if let Some(string) = self.strings.last_mut() {
                string.next = Part::Specification;
            }
            return Ok(());
        }
        for (list, length) in OPERATORS.iter().zip([3, 2]) {
            let text = self.source.get(start..start + length);
            if text.is_some_and(|text| list.contains(&text)) {
                self.at += length;
                self.push(Kind::Operator, start);
                return Ok(());
            }
        }
        match byte {
            b'(' | b'[' | b'{' => self.open(byte)?,
            b')' | b']' | b'}' => self.close(byte)?,
            b'%' | b'&' | b'*' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b';' | b'<' | b'=' | b'>' | b'@' | b'^'
            | b'|' | b'~' | b'!' | b'$' | b'?' | b'`' => self.at += 1,
            _ => {
                let message = format!("invalid non-printable character U+{byte:04X}");
                return Err(Some(self.mistake(message, start + 1)));
            }
        }
        self.push(Kind::Operator, start);
        Ok(())
    }

    fn open(&mut self, character: u8) -> Result<(), Stop> {
        let at = self.at;
        self.at += 1;
        if self.brackets.len() >= BRACKETS {
            return Err(Some(self.mistake("too many nested parentheses", self.at)));
        }
        self.brackets.push(Bracket { character, at });
        if let Some(string) = self.strings.last_mut() {
            string.depth += 1;
        }
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), Stop> {
        self.at += 1;
        let character = char::from(byte);
        let string = self.strings.last();
        if let Some(string) = string.filter(|string| string.depth == 0 && byte == b'}') {
            let message = format!("{}: single '}}' is not allowed", string.name());
            return Err(Some(self.mistake(message, self.at)));
        }
        let Some(bracket) = self.brackets.pop() else {
            return Err(Some(self.mistake(format!("unmatched '{character}'"), self.at)));
        };
        if !matches!((bracket.character, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
            return Err(Some(self.mismatch(bracket, character)));
        }
        if let Some(string) = self.strings.last_mut() {
            string.depth = string.depth.saturating_sub(1);
            if byte == b'}' && string.fields.last() == Some(&string.depth) {
                string.fields.pop();
                string.next = if string.fields.is_empty() {
                    Part::Text
                } else {
                    Part::Specification
                };
            }
        }
        Ok(())
    }

    fn mismatch(&self, bracket: Bracket, character: char) -> Mistake {
        let string = self.strings.last().filter(|_| bracket.character == b'{');
        if let Some(string) = string.filter(|string| string.fields.last() == Some(&string.depth.wrapping_sub(1))) {
            return self.mistake(format!("{}: unmatched '{character}'", string.name()), self.at);
        }
        let opening = char::from(bracket.character);
        let (line, _) = self.lines.place(bracket.at);
        let other = if line == self.lines.place(self.at - 1).0 {
            String::new()
        } else {
            format!(" on line {line}")
        };
        let message =
            format!("closing parenthesis '{character}' does not match opening parenthesis '{opening}'{other}");
        self.mistake(message, self.at)
    }
}

fn is_of_name(character: char, is_first: bool) -> bool {
    use rustpython_unicode::identifier::{is_xid_continue, is_xid_start};
    character == '_'
        || if is_first {
            is_xid_start(character)
        } else {
            is_xid_continue(character)
        }
}

fn is_printable(character: char) -> bool {
    rustpython_unicode::classify::is_printable(character)
}

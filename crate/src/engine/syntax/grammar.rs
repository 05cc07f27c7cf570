//! The grammar, read from the texts beside this file the first time that a program is refused.
//!
//! It follows `CPython`'s (`Grammar/python.gram` of 3.14, under the licence of Python that the notices hold) in the order of
//! its alternatives: what a wrong program is told depends on that.
//!
//! A rule begins at the left margin: a name, `=`, and alternatives with `/` between them, the first that fits being taken.
//! An `@` before the name keeps what was found at a place. Within an alternative:
//!
//! - `'x'` is a keyword or operator, `"x"` a name of this spelling, `NAME` a kind of token, anything else a rule;
//! - `x?`, `x*`, `x+` and `x%y` repeat, the last with `y` between, `&x` and `!x` look ahead, `~` rules out the
//!   alternatives below, `&&'x'` is an error without `x`, and `quiet(x)` looks for no mistakes in `x`;
//! - `a:x` is part of what the alternative stands for: all its parts if none is marked, the one if there is one;
//! - `-> Shape` says what that makes;
//! - `^ …` says that this is a mistake: `^ a`, `^ a b`, `^ a..`, `^ .` and `^ >` tell where (a part, from a part to another,
//!   from a part as far as has been read, the token read last, the next one), and any other word how.
//!
//! Rules whose names begin with `bad_` are left out until nothing else fits.

use std::{collections::HashMap, sync::OnceLock};

use super::{lexer::Kind, shape::Shape};

pub(super) enum Item {
    Exact(&'static str),
    Soft(&'static str),
    Token(Kind),
    Imaginary,
    SoftKeyword,
    Rule(usize),
    Choice(Vec<Alternative>),
    Optional(Box<Item>),
    Many(Box<Item>, usize),
    Separated(Box<Item>, Box<Item>),
    Ahead(Box<Item>, bool),
    Cut,
    Forced(&'static str),
    Quiet(Box<Item>),
}

/// How a mistake is told.
pub(super) enum Report {
    /// Of one part, or from one to another.
    Range(char, char),
    /// From a part to what has been read.
    From(char),
    /// Of the token that was read last, as a mistake of the class that the flag tells.
    LastRead(bool),
    NextToken,
    /// From the end of a part.
    After(char),
    /// From the last of several parts to another.
    FromLast(char, char),
    Target(&'static str),
    Named(&'static str),
}

#[derive(Default)]
pub(super) struct Alternative {
    pub(super) items: Vec<(Option<char>, Item)>,
    pub(super) shape: Option<Shape>,
    pub(super) mistake: Option<(Report, &'static str)>,
    /// Whether it is for the second attempt only.
    pub(super) is_bad: bool,
}

pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) is_kept: bool,
    pub(super) is_recursive: bool,
    pub(super) alternatives: Vec<Alternative>,
}

const TEXTS: [&str; 3] = [
    include_str!("grammar/statements.peg"),
    include_str!("grammar/expressions.peg"),
    include_str!("grammar/mistakes.peg"),
];

/// All rules; the first is the whole program's, the next ones those of an expression and of a statement alone.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let chunks: Vec<&str> = TEXTS.iter().flat_map(|text| chunks(text)).collect();
        let heads = chunks.iter().map(|chunk| chunk.trim_start_matches('@'));
        let names: Vec<&str> = heads
            .map(|head| head.split([' ', '\n']).next().unwrap_or_default())
            .collect();
        let numbers: HashMap<&str, usize> = names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        let read = |(number, chunk): (usize, &&'static str)| {
            let mut words = words(chunk);
            words.reverse();
            let mut reader = Reader {
                words,
                numbers: &numbers,
            };
            let is_kept = reader.take("@");
            let _name = reader.words.pop();
            let _equals = reader.take("=");
            let alternatives = reader.alternatives();
            let first = alternatives.iter().filter_map(|alternative| alternative.items.first());
            let is_recursive = first
                .into_iter()
                .any(|(_, item)| matches!(item, Item::Rule(it) if *it == number))
                || matches!(names[number], "dotted_pattern");
            Rule {
                name: names[number],
                is_kept,
                is_recursive,
                alternatives,
            }
        };
        chunks.iter().enumerate().map(read).collect()
    })
}

/// The text of each rule, without comments.
fn chunks(text: &'static str) -> Vec<&'static str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(|it: char| it == '@' || it.is_ascii_lowercase()) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

/// The words of the notation.
fn words(chunk: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    let mut rest = chunk;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return words;
        };
        let length = match first {
            '#' => {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                continue;
            }
            '\'' | '"' => rest[1..]
                .find(first)
                .map_or(rest.len(), |end| closing(rest, first, end + 1) + 1),
            _ if first.is_ascii_alphabetic() => rest
                .find(|it: char| !it.is_ascii_alphanumeric() && it != '_')
                .unwrap_or(rest.len()),
            _ if ["->", "&&", ".."].iter().any(|it| rest.starts_with(it)) => 2,
            _ => 1,
        };
        words.push(&rest[..length]);
        rest = &rest[length..];
    }
}

/// The first such quote, from an offset on, that no backslash stands before.
fn closing(text: &str, quote: char, from: usize) -> usize {
    let mut at = from;
    while text[..at].ends_with('\\') {
        at = text[at + 1..]
            .find(quote)
            .map_or(text.len() - 1, |further| at + 1 + further);
    }
    at
}

struct Reader<'a> {
    /// The words to come, the next one last.
    words: Vec<&'static str>,
    numbers: &'a HashMap<&'static str, usize>,
}

impl Reader<'_> {
    fn peek(&self) -> &'static str {
        self.words.last().copied().unwrap_or_default()
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.peek() == word;
        if is_next {
            self.words.pop();
        }
        is_next
    }

    fn next(&mut self) -> &'static str {
        self.words.pop().unwrap_or_default()
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut all = vec![self.alternative()];
        while self.take("/") {
            all.push(self.alternative());
        }
        all
    }

    fn alternative(&mut self) -> Alternative {
        let mut it = Alternative::default();
        loop {
            match self.peek() {
                "" | "/" | ")" => return it,
                "->" => {
                    self.words.pop();
                    it.shape = Shape::named(self.next());
                }
                "^" => {
                    self.words.pop();
                    it.mistake = Some(self.mistake());
                }
                word => {
                    let is_marked = word.len() == 1 && self.words.iter().rev().nth(1) == Some(&":");
                    let mark = if is_marked { word.chars().next() } else { None };
                    if is_marked {
                        self.words.truncate(self.words.len() - 2);
                    }
                    let item = self.item();
                    let bad = |item: &Item, of: &Self| matches!(item, Item::Rule(number) if of.is_bad(*number));
                    it.is_bad |= bad(&item, self);
                    it.items.push((mark, item));
                }
            }
        }
    }

    fn is_bad(&self, number: usize) -> bool {
        self.numbers
            .iter()
            .any(|(name, it)| *it == number && name.starts_with("bad_"))
    }

    fn mistake(&mut self) -> (Report, &'static str) {
        let letter = |word: &str| word.chars().next().unwrap_or_default();
        let report = match self.next() {
            "." => Report::LastRead(false),
            "indent" => Report::LastRead(true),
            ">" => Report::NextToken,
            "after" => Report::After(letter(self.next())),
            "last" => Report::FromLast(letter(self.next()), letter(self.next())),
            kind @ ("target" | "for_target" | "delete_target") => {
                self.words.pop();
                return (Report::Target(kind), "");
            }
            kind @ ("bare_generator" | "positional_after_keyword" | "missing_comma" | "legacy") => {
                while self.peek().len() == 1 && self.peek() != "/" {
                    self.words.pop();
                }
                return (Report::Named(kind), "");
            }
            part => {
                let first = letter(part);
                if self.take("..") {
                    Report::From(first)
                } else if self.peek().len() == 1 {
                    Report::Range(first, letter(self.next()))
                } else {
                    Report::Range(first, first)
                }
            }
        };
        (report, self.next().trim_matches('"'))
    }

    fn item(&mut self) -> Item {
        let mut item = self.single();
        loop {
            item = match self.peek() {
                "?" => Item::Optional(Box::new(item)),
                "*" => Item::Many(Box::new(item), 0),
                "+" => Item::Many(Box::new(item), 1),
                "%" => {
                    self.words.pop();
                    let between = self.single();
                    item = Item::Separated(Box::new(item), Box::new(between));
                    continue;
                }
                _ => return item,
            };
            self.words.pop();
        }
    }

    fn single(&mut self) -> Item {
        let word = self.next();
        match word {
            "(" => {
                let choice = self.alternatives();
                self.words.pop();
                Item::Choice(choice)
            }
            "&&" => Item::Forced(self.next().trim_matches('\'')),
            "&" => Item::Ahead(Box::new(self.item()), true),
            "!" => Item::Ahead(Box::new(self.item()), false),
            "~" => Item::Cut,
            "quiet" => Item::Quiet(Box::new(self.single())),
            _ if word.starts_with('\'') => Item::Exact(word.trim_matches('\'')),
            _ if word.starts_with('"') => Item::Soft(word.trim_matches('"')),
            _ => token(word).unwrap_or_else(|| Item::Rule(self.numbers.get(word).copied().unwrap_or_default())),
        }
    }
}

fn token(word: &str) -> Option<Item> {
    Some(Item::Token(match word {
        "NAME" => Kind::Name,
        "NUMBER" => Kind::Number,
        "STRING" => Kind::String,
        "FSTART" => Kind::FormatStart,
        "FMIDDLE" => Kind::FormatMiddle,
        "FEND" => Kind::FormatEnd,
        "TSTART" => Kind::TemplateStart,
        "TMIDDLE" => Kind::TemplateMiddle,
        "TEND" => Kind::TemplateEnd,
        "NEWLINE" => Kind::Newline,
        "INDENT" => Kind::Indent,
        "DEDENT" => Kind::Dedent,
        "END" => Kind::End,
        "IMAGINARY" => return Some(Item::Imaginary),
        "SOFT" => return Some(Item::SoftKeyword),
        _ => return None,
    }))
}

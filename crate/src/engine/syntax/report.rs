//! Mistakes that the parser has recognised, worded and placed as `CPython` does.

use super::{
    grammar::Report,
    lexer::{Class, Kind, Mistake, Token},
    parser::Parser,
    shape::Shape,
};

const MISSING_COMMA: &str = "invalid syntax. Perhaps you forgot a comma?";
const BARE_GENERATOR: &str = "Generator expression must be parenthesized";

/// What were statements once.
const LEGACY: [&str; 2] = ["print", "exec"];

/// The parts of an alternative that have letters.
type Parts<'a> = &'a [(Option<char>, usize)];

fn part(parts: Parts, letter: char) -> usize {
    let found = parts.iter().find(|(it, _)| *it == Some(letter));
    found.map_or(0, |(_, node)| *node)
}

impl Parser<'_> {
    /// What a mistake that fits comes to; `None` if it is none after all.
    pub(super) fn reported(&mut self, report: &Report, words: &str, parts: Parts) -> Option<Mistake> {
        let message = self.filled(words, parts);
        match report {
            Report::Range(first, last) => Some(self.range(part(parts, *first), part(parts, *last), message)),
            Report::From(first) => {
                let (line, column) = self.start(part(parts, *first));
                let (end_line, end_column) = self.current();
                Some(Mistake {
                    end_line,
                    end_column,
                    ..at_place(line, column, message)
                })
            }
            Report::LastRead(is_indentation) => {
                let class = if *is_indentation {
                    Class::Indentation
                } else {
                    Class::Syntax
                };
                Some(self.of_last_read(class, message))
            }
            Report::NextToken => {
                let token = self.peek()?;
                Some(self.of_shown(Class::Syntax, token, message))
            }
            Report::After(letter) => {
                let node = part(parts, *letter);
                let (line, _) = self.start(node);
                let (end_line, end_column) = self.end(node);
                let it = at_place(line, end_column - 1, message);
                Some(Mistake {
                    end_line,
                    end_column: 0,
                    ..it
                })
            }
            Report::FromLast(first, last) => {
                let first = part(parts, *first);
                let first = self.nodes[first].parts.last().copied().unwrap_or(first);
                Some(self.range(first, part(parts, *last), message))
            }
            Report::Target(kind) => self.wrong_target(part(parts, 'a'), kind),
            Report::Named(kind) => self.special(kind, part(parts, 'a'), part(parts, 'b')),
        }
    }

    /// What is wrong with the letter behind the exclamation mark of a replacement field.
    pub(super) fn wrong_conversion(&self, mark: Token, letter: Token) -> Option<Mistake> {
        let of = |first: Token, message: String| {
            let it = self.of_token(first, message);
            let (end_line, end_column) = self.tokens.lines.place(letter.end);
            Some(Mistake {
                end_line,
                end_column: end_column.cast_signed() + 1,
                ..it
            })
        };
        if mark.end != letter.start {
            return of(
                mark,
                "f-string: conversion type must come right after the exclamation mark".to_owned(),
            );
        }
        let text = self.text(letter);
        if matches!(text, "s" | "r" | "a") {
            return None;
        }
        of(
            letter,
            format!("f-string: invalid conversion character '{text}': expected 's', 'r', or 'a'"),
        )
    }

    fn special(&mut self, kind: &str, first: usize, last: usize) -> Option<Mistake> {
        match kind {
            "legacy" => {
                let name = self.legacy(first)?;
                let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
                Some(self.range(first, last, message))
            }
            "missing_comma" => {
                let is_in_brackets = self.tokens.list[self.at - 1].level > 0;
                if self.legacy(first).is_some() || !is_in_brackets {
                    return None;
                }
                Some(self.range(first, last, MISSING_COMMA.to_owned()))
            }
            "bare_generator" => {
                let arguments = &self.nodes[first];
                if arguments.shape != Shape::Arguments {
                    return None;
                }
                let positional = &self.nodes[arguments.parts[0]];
                let last_one = *positional.parts.last().filter(|_| positional.parts.len() > 1)?;
                Some(self.range(last_one, last, BARE_GENERATOR.to_owned()))
            }
            _ => {
                let unpacking = if self.unpacks(first) { " unpacking" } else { "" };
                let message = format!("positional argument follows keyword argument{unpacking}");
                Some(self.of_last_read(Class::Syntax, message))
            }
        }
    }

    /// Whether arguments have a mapping unpacked among them.
    fn unpacks(&self, node: usize) -> bool {
        let node = &self.nodes[node];
        match node.shape {
            Shape::Unpacked => true,
            Shape::Arguments => node.parts.get(1).is_some_and(|it| self.unpacks(*it)),
            Shape::Keywords | Shape::Parts => node.parts.iter().any(|it| self.unpacks(*it)),
            _ => false,
        }
    }

    fn legacy(&self, node: usize) -> Option<&'static str> {
        let node = &self.nodes[node];
        let token = self
            .tokens
            .list
            .get(node.first)
            .filter(|_| node.shape == Shape::Token)?;
        LEGACY.into_iter().find(|name| self.text(*token) == *name)
    }

    fn wrong_target(&self, node: usize, kind: &str) -> Option<Mistake> {
        let wrong = self.part_that_is_no_target(node, kind)?;
        let verb = if kind == "delete_target" { "delete" } else { "assign to" };
        Some(self.range(wrong, wrong, format!("cannot {verb} {}", self.name(wrong))))
    }

    fn part_that_is_no_target(&self, node: usize, kind: &str) -> Option<usize> {
        let it = &self.nodes[node];
        match it.shape {
            Shape::Tuple | Shape::List | Shape::Parts => it
                .parts
                .iter()
                .find_map(|part| self.part_that_is_no_target(*part, kind)),
            Shape::Starred if kind != "delete_target" => self.part_that_is_no_target(*it.parts.first()?, kind),
            Shape::Comparison if kind == "for_target" => {
                let first = *self.nodes[*it.parts.get(1)?].parts.first()?;
                let is_in = self.nodes[first].shape == Shape::In;
                is_in.then(|| self.part_that_is_no_target(it.parts[0], kind)).flatten()
            }
            Shape::Token => {
                let token = self.tokens.list[it.first];
                let is_value = match token.kind {
                    Kind::Number | Kind::String => true,
                    Kind::Keyword => matches!(self.text(token), "True" | "False" | "None"),
                    _ => false,
                };
                is_value.then_some(node)
            }
            Shape::Attribute | Shape::Subscript | Shape::Nothing => None,
            _ => Some(node),
        }
    }

    /// What messages call an expression.
    fn name(&self, node: usize) -> String {
        let node = &self.nodes[node];
        let Some(token) = self.tokens.list.get(node.first).filter(|_| node.shape == Shape::Token) else {
            let is_format = |part: &usize| self.nodes[*part].shape == Shape::Format;
            if node.shape == Shape::Text && node.parts.iter().any(|it| self.nodes[*it].parts.iter().any(is_format)) {
                return Shape::Format.name().to_owned();
            }
            return node.shape.name().to_owned();
        };
        match (token.kind, self.text(*token)) {
            (Kind::Name, _) => "name".to_owned(),
            (Kind::Keyword, text) => text.to_owned(),
            _ => "literal".to_owned(),
        }
    }

    /// A message with what it leaves open filled in.
    fn filled(&self, words: &str, parts: Parts) -> String {
        let words = words.replace("\\\"", "\"");
        let mut message = words.clone();
        for (what, value) in [
            ("{name a}", self.name(part(parts, 'a'))),
            ("{line a}", self.start(part(parts, 'a')).0.to_string()),
            ("{text a}", self.source_of(part(parts, 'a'))),
        ] {
            if words.contains(what) {
                message = message.replace(what, &value);
            }
        }
        message
    }

    fn source_of(&self, node: usize) -> String {
        let token = self.tokens.list.get(self.nodes[node].first);
        token.map(|token| self.text(*token).to_owned()).unwrap_or_default()
    }

    /// The line and column where a part begins, the column from one.
    fn start(&self, node: usize) -> (usize, isize) {
        let (line, column) = self.tokens.lines.place(self.tokens.list[self.nodes[node].first].start);
        (line, column.cast_signed() + 1)
    }

    fn end(&self, node: usize) -> (usize, isize) {
        let node = &self.nodes[node];
        let is_text = |token: &&Token| !matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent | Kind::End);
        let tokens = &self.tokens.list[node.first..node.last.max(node.first + 1)];
        let last = tokens.iter().rev().find(is_text).or(tokens.first());
        let (line, column) = self.tokens.lines.place(last.map_or(0, |token| token.end));
        (line, column.cast_signed() + 1)
    }

    fn range(&self, first: usize, last: usize, message: String) -> Mistake {
        let (line, column) = self.start(first);
        let (end_line, end_column) = self.end(last);
        Mistake {
            end_line,
            end_column,
            ..at_place(line, column, message)
        }
    }

    /// How far the tokenizer has read: the line, and the bytes of it.
    pub(super) fn current(&self) -> (usize, isize) {
        let token = self.tokens.list[self.seen - 1];
        let is_behind = token.kind == Kind::Newline || token.read >= self.source.len();
        let (line, column) = self.tokens.lines.place(token.read);
        if is_behind && column == 0 && token.read > 0 {
            let (line, column) = self.tokens.lines.place(token.read - 1);
            return (line, column.cast_signed() + 1);
        }
        (line, column.cast_signed())
    }

    /// A mistake of a token.
    pub(super) fn of_token(&self, token: Token, message: String) -> Mistake {
        // The break that a source lacks is no more to be seen than what has no characters.
        let is_implied = token.kind == Kind::Newline && !self.is_program() && token.start >= self.source.len();
        if is_implied || matches!(token.kind, Kind::Indent | Kind::Dedent | Kind::End) {
            let (line, _) = self.current();
            return at_place(line, 0, message);
        }
        let (line, column) = self.tokens.lines.place(token.start);
        let (end_line, end_column) = match token.kind {
            Kind::Newline => (line, column + 1),
            _ => self.tokens.lines.place(token.end),
        };
        let it = at_place(line, column.cast_signed() + 1, message);
        Mistake {
            end_line,
            end_column: end_column.cast_signed() + 1,
            ..it
        }
    }

    /// The same, but a token that is nothing to see stands where reading has come to.
    fn of_shown(&self, class: Class, token: Token, message: String) -> Mistake {
        let is_nothing = matches!(token.kind, Kind::Indent | Kind::Dedent | Kind::End);
        let it = if is_nothing {
            let (line, column) = self.current();
            Mistake {
                end_column: -1,
                ..at_place(line, column, message)
            }
        } else {
            self.of_token(token, message)
        };
        Mistake { class, ..it }
    }

    pub(super) fn of_last_read(&self, class: Class, message: String) -> Mistake {
        self.of_shown(class, self.tokens.list[self.seen - 1], message)
    }

    pub(super) fn never_closed(&self) -> Mistake {
        let Some(open) = self.tokens.open else {
            return at_place(1, 1, "unexpected EOF while parsing".to_owned());
        };
        let (line, column) = self.tokens.lines.place(open.at);
        let message = format!("'{}' was never closed", char::from(open.character));
        at_place(line, column.cast_signed() + 1, message)
    }
}

/// A mistake of a line and a column, and of nothing to mark.
fn at_place(line: usize, column: isize, message: String) -> Mistake {
    Mistake {
        class: Class::Syntax,
        message,
        line,
        column,
        end_line: line,
        end_column: 0,
        is_prompt: false,
        is_plain: false,
    }
}

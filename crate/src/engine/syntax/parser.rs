//! The grammar applied to tokens, as `CPython` does it: once as it is, and, where that fails, once more with what people
//! write instead.

use super::{
    Start,
    grammar::{Rule, rules},
    lexer::{Class, Kind, Mistake, Token, Tokens},
    shape::{Node, Shape},
};

/// The node that stands for what is not there.
pub(super) const NOTHING: usize = 0;

/// Says why the text of a string literal cannot be read, or nothing.
pub(super) type ReadString<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) struct Parser<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) nodes: Vec<Node>,
    /// The next token, and how many have been looked at.
    pub(super) at: usize,
    pub(super) seen: usize,
    pub(super) mistake: Option<Mistake>,
    /// Where the last of the remembered statements begins that was read whole.
    pub(super) statement: Option<usize>,
    pub(super) rules: &'static [Rule],
    /// The rule for the whole source.
    start: usize,
    read_string: ReadString<'a>,
    pub(super) is_second: bool,
    /// What kept rules have found at each token: the rule, the node if there is one, and the token behind.
    pub(super) kept: Vec<Vec<(usize, Option<usize>, usize)>>,
    pub(super) steps: usize,
    pub(super) is_given_up: bool,
}

/// What is wrong with a source, and where its last right statement began.
pub(super) struct Refused {
    pub(super) mistake: Mistake,
    pub(super) statement: Option<usize>,
    /// Whether a further line has been begun.
    pub(super) is_read_on: bool,
}

/// What `CPython`'s parser has against a source; `None` if nothing, or if it is too much to find out.
pub(super) fn refused(source: &str, tokens: &Tokens, start: Start, read_string: ReadString) -> Option<Refused> {
    let mut parser = Parser {
        source,
        tokens,
        nodes: Vec::new(),
        at: 0,
        seen: 0,
        mistake: None,
        statement: None,
        rules: rules(),
        start: match start {
            Start::Program => 0,
            Start::Expression => 1,
            Start::Statement => 2,
        },
        read_string,
        is_second: false,
        kept: Vec::new(),
        steps: 0,
        is_given_up: false,
    };
    if parser.run() || parser.is_given_up {
        return None;
    }
    if let Some(mistake) = parser.mistake.take() {
        return Some(parser.told(mistake));
    }
    let last = parser.seen - 1;
    parser.is_second = true;
    if parser.run() || parser.is_given_up {
        return None;
    }
    if let Some(mistake) = parser.mistake.take() {
        return Some(parser.told(mistake));
    }
    let mistake = match tokens.list[last].kind {
        Kind::Indent => parser.of_last_read(Class::Indentation, "unexpected indent".to_owned()),
        Kind::Dedent => parser.of_last_read(Class::Indentation, "unexpected unindent".to_owned()),
        _ => {
            let mut it = parser.of_token(tokens.list[last], "invalid syntax".to_owned());
            it.is_plain = true;
            return Some(parser.told(it));
        }
    };
    Some(parser.refused_with(mistake))
}

impl Parser<'_> {
    /// Whether the tokens are a program.
    fn run(&mut self) -> bool {
        self.nodes.clear();
        self.nodes.push(Node {
            shape: Shape::Nothing,
            first: 0,
            last: 0,
            parts: Vec::new(),
        });
        self.kept.clear();
        self.kept.resize_with(self.tokens.list.len() + 1, Vec::new);
        self.at = 0;
        self.fits(self.start)
    }

    /// What is said in the end: the tokenizer, which reads on, has the last word.
    fn told(&self, mistake: Mistake) -> Refused {
        let is_of_tokenizer = self.tokens.list[self.seen - 1].kind == Kind::Refused;
        let refused = self
            .tokens
            .list
            .last()
            .filter(|it| it.kind == Kind::Refused && !is_of_tokenizer);
        let mut mistake = mistake;
        if refused.is_some() {
            let (line, _) = self.tokens.lines.place(self.tokens.list[self.seen - 1].start);
            if let Some(it) = self.tokens.refusal.as_ref().filter(|it| it.is_prompt) {
                mistake = it.clone();
            } else if let Some(open) = self.tokens.open
                && line > self.tokens.lines.place(open.at).0
            {
                mistake = self.never_closed();
            }
        }
        self.refused_with(mistake)
    }

    fn refused_with(&self, mistake: Mistake) -> Refused {
        Refused {
            is_read_on: self.current().0 > mistake.line,
            mistake,
            statement: self.statement,
        }
    }

    /// Whether the source is a whole program, which is read as if its last line were ended.
    pub(super) fn is_program(&self) -> bool {
        self.start == 0
    }

    pub(super) fn has_stopped(&self) -> bool {
        self.mistake.is_some() || self.is_given_up
    }

    /// The next token, unless the tokenizer refuses it.
    pub(super) fn peek(&mut self) -> Option<Token> {
        let token = *self.tokens.list.get(self.at)?;
        self.seen = self.seen.max(self.at + 1);
        if token.kind == Kind::Refused {
            if self.mistake.is_none() {
                let refusal = self.tokens.refusal.clone();
                self.mistake = Some(refusal.unwrap_or_else(|| self.never_closed()));
            }
            return None;
        }
        Some(token)
    }

    pub(super) fn text(&self, token: Token) -> &str {
        self.source.get(token.start..token.end).unwrap_or_default()
    }

    pub(super) fn add(&mut self, shape: Shape, first: usize, parts: Vec<usize>) -> usize {
        self.nodes.push(Node {
            shape,
            first,
            last: self.at,
            parts,
        });
        self.nodes.len() - 1
    }

    pub(super) fn token(&mut self, is_it: impl Fn(&Self, Token) -> bool) -> Option<usize> {
        let token = self.peek()?;
        if !is_it(self, token) {
            return None;
        }
        self.at += 1;
        Some(self.add(Shape::Token, self.at - 1, Vec::new()))
    }

    pub(super) fn forced(&mut self, text: &str) -> Option<usize> {
        let token = self.peek()?;
        if self.text(token) != text {
            self.mistake = Some(self.of_token(token, format!("expected '{text}'")));
            return None;
        }
        self.at += 1;
        Some(self.add(Shape::Token, self.at - 1, Vec::new()))
    }

    /// Refuses what the grammar lets through, and strings cannot mean.
    pub(super) fn check(&mut self, shape: Shape, first: usize) -> Option<()> {
        let tokens = self.tokens.list.get(first..self.at)?;
        let refused = match shape {
            Shape::Literal => (self.read_string)(self.text(tokens[0])),
            Shape::Format => self.unreadable_part(tokens),
            Shape::Text => self
                .is_mixed(tokens)
                .then(|| "cannot mix bytes and nonbytes literals".to_owned()),
            Shape::Conversion => {
                self.mistake = self.wrong_conversion(tokens[0], tokens[1]);
                None
            }
            _ => None,
        };
        if let Some(why) = refused {
            self.mistake = Some(self.of_last_read(Class::Syntax, why));
        }
        self.mistake.is_none().then_some(())
    }

    /// Why the text between the fields of an f-string cannot be read, if it cannot.
    fn unreadable_part(&self, tokens: &[Token]) -> Option<String> {
        let is_raw = self.text(tokens[0]).contains(['r', 'R']);
        let parts = tokens.iter().filter(|it| it.kind == Kind::FormatMiddle && !is_raw);
        parts
            .map(|it| format!("\"\"\"{}\"\"\"", self.text(*it)))
            .find_map(|it| (self.read_string)(&it))
    }

    fn is_mixed(&self, tokens: &[Token]) -> bool {
        let is_bytes = |token: &Token| {
            let prefix = self.text(*token).split(['"', '\'']).next().unwrap_or_default();
            prefix.contains(['b', 'B'])
        };
        let begins = |token: &&Token| matches!(token.kind, Kind::String | Kind::FormatStart);
        let mut strings = tokens.iter().filter(begins).map(is_bytes);
        let first = strings.next();
        strings.any(|it| Some(it) != first)
    }
}

//! The grammar applied to tokens, as `CPython` does it: once as it is, and, where that fails, once more with what people
//! write instead.

use super::{
    Start,
    grammar::{Alternative, Item, Rule, rules},
    lexer::{Class, Kind, Mistake, Token, Tokens},
    shape::{Node, Shape},
};

/// How deep rules may be nested. What a person writes needs some hundreds.
const DEPTH: usize = 800;

/// After how many steps a source is given up: seconds, where the usual is thousandths of one.
const STEPS: usize = 30_000_000;

/// The statements from the last of which on a misspelt keyword is looked for.
const REMEMBERED: [&str; 7] = ["class", "for", "if", "match", "try", "while", "with"];

/// The node that stands for what is not there.
const NOTHING: usize = 0;

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
    rules: &'static [Rule],
    /// The rule for the whole source.
    start: usize,
    read_string: ReadString<'a>,
    is_second: bool,
    /// What kept rules have found at each token: the rule, the node if there is one, and the token behind.
    kept: Vec<Vec<(usize, Option<usize>, usize)>>,
    depth: usize,
    steps: usize,
    is_given_up: bool,
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
        depth: 0,
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
        self.rule(self.start).is_some()
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

    fn has_stopped(&self) -> bool {
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

    fn add(&mut self, shape: Shape, first: usize, parts: Vec<usize>) -> usize {
        self.nodes.push(Node {
            shape,
            first,
            last: self.at,
            parts,
        });
        self.nodes.len() - 1
    }

    fn rule(&mut self, number: usize) -> Option<usize> {
        self.steps += 1;
        if self.depth > DEPTH || self.steps > STEPS {
            self.is_given_up = true;
            return None;
        }
        self.depth += 1;
        let rule = &self.rules[number];
        let found = match (rule.is_recursive, rule.is_kept) {
            (true, _) => self.recursive(number),
            (false, true) => self.kept(number),
            (false, false) => self.alternatives(&rule.alternatives, rule.name),
        };
        self.depth -= 1;
        found
    }

    fn find_kept(&self, number: usize) -> Option<(Option<usize>, usize)> {
        let kept = self.kept[self.at].iter().find(|(it, ..)| *it == number);
        kept.map(|(_, node, behind)| (*node, *behind))
    }

    fn keep(&mut self, start: usize, number: usize, node: Option<usize>, behind: usize) {
        match self.kept[start].iter_mut().find(|(it, ..)| *it == number) {
            Some(kept) => *kept = (number, node, behind),
            None => self.kept[start].push((number, node, behind)),
        }
    }

    fn kept(&mut self, number: usize) -> Option<usize> {
        if let Some((node, behind)) = self.find_kept(number) {
            self.at = behind;
            return node;
        }
        let start = self.at;
        let rule = &self.rules[number];
        let node = self.alternatives(&rule.alternatives, rule.name);
        self.keep(start, number, node, self.at);
        node
    }

    /// A rule that begins with itself: the longest that can be grown from what fits without that.
    fn recursive(&mut self, number: usize) -> Option<usize> {
        if let Some((node, behind)) = self.find_kept(number) {
            self.at = behind;
            return node;
        }
        let start = self.at;
        let rule = &self.rules[number];
        let mut best = (None, start);
        loop {
            self.keep(start, number, best.0, best.1);
            self.at = start;
            let node = self.alternatives(&rule.alternatives, rule.name);
            if self.has_stopped() {
                return None;
            }
            if node.is_none() || self.at <= best.1 {
                break;
            }
            best = (node, self.at);
        }
        self.at = best.1;
        best.0
    }

    fn alternatives(&mut self, all: &'static [Alternative], name: &str) -> Option<usize> {
        let start = self.at;
        for alternative in all {
            if alternative.is_bad && !self.is_second {
                continue;
            }
            let mut is_cut = false;
            let found = self.alternative(alternative, &mut is_cut);
            if found.is_some() && !self.has_stopped() {
                if REMEMBERED.contains(&name) {
                    self.statement = self.statement.max(Some(self.tokens.list[start].start));
                }
                return found;
            }
            self.at = start;
            if is_cut || self.has_stopped() {
                return None;
            }
        }
        None
    }

    fn alternative(&mut self, alternative: &'static Alternative, is_cut: &mut bool) -> Option<usize> {
        let start = self.at;
        let mut parts: Vec<(Option<char>, usize)> = Vec::with_capacity(alternative.items.len());
        for (mark, item) in &alternative.items {
            if matches!(item, Item::Cut) {
                *is_cut = true;
                continue;
            }
            let node = self.item(item)?;
            if self.has_stopped() {
                return None;
            }
            if mark.is_some() || !matches!(item, Item::Ahead(..)) {
                parts.push((*mark, node));
            }
        }
        if let Some((report, words)) = &alternative.mistake {
            self.mistake = self.reported(report, words, &parts);
            return None;
        }
        if parts.iter().any(|(mark, _)| mark.is_some()) {
            parts.retain(|(mark, _)| mark.is_some());
        }
        let shape = match alternative.shape {
            None if parts.len() == 1 => return Some(parts[0].1),
            shape => shape.unwrap_or(Shape::Parts),
        };
        self.check(shape, start)?;
        Some(self.add(shape, start, parts.into_iter().map(|(_, node)| node).collect()))
    }

    fn item(&mut self, item: &'static Item) -> Option<usize> {
        let start = self.at;
        match item {
            Item::Exact(text) => {
                self.token(|it, token| matches!(token.kind, Kind::Keyword | Kind::Operator) && it.text(token) == *text)
            }
            Item::Soft(text) => self.token(|it, token| token.kind == Kind::Name && it.text(token) == *text),
            Item::Token(kind) => self.token(|_, token| token.kind == *kind),
            Item::Imaginary => {
                self.token(|it, token| token.kind == Kind::Number && it.text(token).ends_with(['j', 'J']))
            }
            Item::SoftKeyword => self.token(|it, token| {
                token.kind == Kind::Name && matches!(it.text(token), "_" | "case" | "match" | "type")
            }),
            Item::Rule(number) => self.rule(*number),
            Item::Choice(all) => self.alternatives(all, ""),
            Item::Optional(item) => {
                let found = self.item(item);
                if self.has_stopped() {
                    return None;
                }
                if found.is_none() {
                    self.at = start;
                }
                Some(found.unwrap_or(NOTHING))
            }
            Item::Many(item, least) => self.repeated(item, None, *least),
            Item::Separated(item, between) => self.repeated(item, Some(between), 1),
            Item::Ahead(item, is_wanted) => {
                let found = self.item(item).is_some();
                self.at = start;
                (found == *is_wanted && !self.has_stopped()).then_some(NOTHING)
            }
            Item::Cut => Some(NOTHING),
            Item::Forced(text) => self.forced(text),
            Item::Quiet(item) => {
                let was = std::mem::replace(&mut self.is_second, false);
                let found = self.item(item);
                self.is_second = was;
                found
            }
        }
    }

    fn token(&mut self, is_it: impl Fn(&Self, Token) -> bool) -> Option<usize> {
        let token = self.peek()?;
        if !is_it(self, token) {
            return None;
        }
        self.at += 1;
        Some(self.add(Shape::Token, self.at - 1, Vec::new()))
    }

    fn forced(&mut self, text: &str) -> Option<usize> {
        let token = self.peek()?;
        if self.text(token) != text {
            self.mistake = Some(self.of_token(token, format!("expected '{text}'")));
            return None;
        }
        self.at += 1;
        Some(self.add(Shape::Token, self.at - 1, Vec::new()))
    }

    fn repeated(&mut self, item: &'static Item, between: Option<&'static Item>, least: usize) -> Option<usize> {
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            let before = self.at;
            if let Some(between) = between.filter(|_| !parts.is_empty())
                && self.item(between).is_none()
            {
                self.at = before;
                break;
            }
            let Some(node) = self.item(item) else {
                self.at = before;
                break;
            };
            parts.push(node);
            if self.at == before {
                break;
            }
        }
        if self.has_stopped() || parts.len() < least {
            return None;
        }
        Some(self.add(Shape::Parts, start, parts))
    }

    /// Refuses what the grammar lets through, and strings cannot mean.
    fn check(&mut self, shape: Shape, first: usize) -> Option<()> {
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

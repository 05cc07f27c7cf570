//! The grammar's rules followed through the tokens.
//!
//! What is being followed is kept in a list, not in calls within calls: a source decides how deep that goes, and a
//! browser's worker has little stack.

use super::{
    grammar::{Alternative, Item, Rule},
    lexer::Kind,
    parser::{NOTHING, Parser},
    shape::Shape,
};

/// After how many steps a source is given up: seconds, where the usual is thousandths of one.
const STEPS: usize = 30_000_000;

/// The statements from the last of which on a misspelt keyword is looked for.
const REMEMBERED: [&str; 7] = ["class", "for", "if", "match", "try", "while", "with"];

/// What is to be done next: an item is looked for at the next token, or one has been, and is this node or is not there.
enum Step {
    Look(&'static Item),
    Answer(Option<usize>),
}

/// What waits for the answer to an item within it.
enum Frame {
    Choice(Choice),
    /// A rule whose answer at a token is kept.
    Kept {
        number: usize,
        start: usize,
    },
    Growing(Growing),
    Optional {
        start: usize,
    },
    Ahead {
        start: usize,
        is_wanted: bool,
    },
    Quiet {
        was: bool,
    },
    Repeated(Repeated),
}

/// Alternatives, of which the first that fits is taken.
struct Choice {
    all: &'static [Alternative],
    start: usize,
    is_remembered: bool,
    /// The alternative that is tried, and its item that is looked for.
    chosen: usize,
    item: usize,
    is_cut: bool,
    parts: Vec<(Option<char>, usize)>,
}

/// A rule that begins with itself: the longest that can be grown from what fits without that.
struct Growing {
    number: usize,
    start: usize,
    best: (Option<usize>, usize),
}

struct Repeated {
    item: &'static Item,
    between: Option<&'static Item>,
    least: usize,
    start: usize,
    /// Where the last whole round ended.
    behind: usize,
    is_between: bool,
    parts: Vec<usize>,
}

impl Parser<'_> {
    /// Whether a rule fits from the first token on, without a mistake having been found.
    pub(super) fn fits(&mut self, number: usize) -> bool {
        let mut waiting = Vec::new();
        let mut step = self.rule(number, &mut waiting);
        while !self.has_stopped() {
            step = match step {
                Step::Look(item) => self.look(item, &mut waiting),
                Step::Answer(node) => match waiting.pop() {
                    Some(frame) => self.answered(frame, node, &mut waiting),
                    None => return node.is_some(),
                },
            };
        }
        false
    }

    fn look(&mut self, item: &'static Item, waiting: &mut Vec<Frame>) -> Step {
        let start = self.at;
        let (frame, within) = match item {
            Item::Rule(number) => return self.rule(*number, waiting),
            Item::Choice(all) => return self.choose(Choice::among(all, start, false), waiting),
            Item::Optional(item) => (Frame::Optional { start }, item),
            Item::Ahead(item, is_wanted) => (
                Frame::Ahead {
                    start,
                    is_wanted: *is_wanted,
                },
                item,
            ),
            Item::Quiet(item) => {
                let was = std::mem::replace(&mut self.is_second, false);
                (Frame::Quiet { was }, item)
            }
            Item::Many(item, least) => (Frame::Repeated(Repeated::of(item, None, *least, start)), item),
            Item::Separated(item, between) => (Frame::Repeated(Repeated::of(item, Some(between), 1, start)), item),
            _ => return Step::Answer(self.look_at_token(item)),
        };
        waiting.push(frame);
        Step::Look(within)
    }

    fn look_at_token(&mut self, item: &Item) -> Option<usize> {
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
            Item::Forced(text) => self.forced(text),
            _ => Some(NOTHING),
        }
    }

    fn rule(&mut self, number: usize, waiting: &mut Vec<Frame>) -> Step {
        self.steps += 1;
        self.is_given_up |= self.steps > STEPS;
        let rule = &self.rules[number];
        let start = self.at;
        if (rule.is_recursive || rule.is_kept)
            && let Some((_, node, behind)) = self.kept[start].iter().find(|(it, ..)| *it == number)
        {
            self.at = *behind;
            return Step::Answer(*node);
        }
        if rule.is_recursive {
            let best = (None, start);
            return self.grow(Growing { number, start, best }, waiting);
        }
        if rule.is_kept {
            waiting.push(Frame::Kept { number, start });
        }
        self.choose(Choice::of(rule, start), waiting)
    }

    fn keep(&mut self, start: usize, number: usize, node: Option<usize>, behind: usize) {
        match self.kept[start].iter_mut().find(|(it, ..)| *it == number) {
            Some(kept) => *kept = (number, node, behind),
            None => self.kept[start].push((number, node, behind)),
        }
    }

    /// What has been grown so far is kept, and found where the rule begins with itself.
    fn grow(&mut self, it: Growing, waiting: &mut Vec<Frame>) -> Step {
        self.keep(it.start, it.number, it.best.0, it.best.1);
        self.at = it.start;
        let choice = Choice::of(&self.rules[it.number], it.start);
        waiting.push(Frame::Growing(it));
        self.choose(choice, waiting)
    }

    fn answered(&mut self, frame: Frame, node: Option<usize>, waiting: &mut Vec<Frame>) -> Step {
        match frame {
            Frame::Choice(choice) => self.chosen(choice, node, waiting),
            Frame::Repeated(repeated) => self.repeated(repeated, node, waiting),
            Frame::Kept { number, start } => {
                self.keep(start, number, node, self.at);
                Step::Answer(node)
            }
            Frame::Growing(it) if node.is_none() || self.at <= it.best.1 => {
                self.at = it.best.1;
                Step::Answer(it.best.0)
            }
            Frame::Growing(it) => {
                let best = (node, self.at);
                self.grow(Growing { best, ..it }, waiting)
            }
            Frame::Optional { start } => {
                if node.is_none() {
                    self.at = start;
                }
                Step::Answer(Some(node.unwrap_or(NOTHING)))
            }
            Frame::Ahead { start, is_wanted } => {
                self.at = start;
                Step::Answer((node.is_some() == is_wanted).then_some(NOTHING))
            }
            Frame::Quiet { was } => {
                self.is_second = was;
                Step::Answer(node)
            }
        }
    }

    /// Begins with an alternative, or with the next one that is open.
    fn choose(&mut self, mut it: Choice, waiting: &mut Vec<Frame>) -> Step {
        self.at = it.start;
        let is_open = |alternative: &Alternative| self.is_second || !alternative.is_bad;
        let Some(chosen) = (it.chosen..it.all.len()).find(|at| is_open(&it.all[*at])) else {
            return Step::Answer(None);
        };
        it.chosen = chosen;
        it.item = 0;
        it.parts.clear();
        self.go_on(it, waiting)
    }

    /// Looks for an alternative's next item; behind the last, there it is.
    fn go_on(&mut self, mut it: Choice, waiting: &mut Vec<Frame>) -> Step {
        let items = &it.all[it.chosen].items;
        while let Some((_, Item::Cut)) = items.get(it.item) {
            it.is_cut = true;
            it.item += 1;
        }
        if let Some((_, item)) = items.get(it.item) {
            waiting.push(Frame::Choice(it));
            return Step::Look(item);
        }
        match self.made(&mut it) {
            None => self.chosen(it, None, waiting),
            made => {
                if it.is_remembered && !self.has_stopped() {
                    self.statement = self.statement.max(Some(self.tokens.list[it.start].start));
                }
                Step::Answer(made)
            }
        }
    }

    fn chosen(&mut self, mut it: Choice, node: Option<usize>, waiting: &mut Vec<Frame>) -> Step {
        let Some(node) = node else {
            self.at = it.start;
            if it.is_cut {
                return Step::Answer(None);
            }
            it.chosen += 1;
            return self.choose(it, waiting);
        };
        let (mark, item) = &it.all[it.chosen].items[it.item];
        if mark.is_some() || !matches!(item, Item::Ahead(..)) {
            it.parts.push((*mark, node));
        }
        it.item += 1;
        self.go_on(it, waiting)
    }

    /// What an alternative makes of its parts; nothing if it is a mistake, or means nothing.
    fn made(&mut self, it: &mut Choice) -> Option<usize> {
        let alternative = &it.all[it.chosen];
        if let Some((report, words)) = &alternative.mistake {
            self.mistake = self.reported(report, words, &it.parts);
            return None;
        }
        if it.parts.iter().any(|(mark, _)| mark.is_some()) {
            it.parts.retain(|(mark, _)| mark.is_some());
        }
        let shape = match alternative.shape {
            None if it.parts.len() == 1 => return Some(it.parts[0].1),
            shape => shape.unwrap_or(Shape::Parts),
        };
        self.check(shape, it.start)?;
        Some(self.add(shape, it.start, it.parts.iter().map(|(_, node)| *node).collect()))
    }

    fn repeated(&mut self, mut it: Repeated, node: Option<usize>, waiting: &mut Vec<Frame>) -> Step {
        if let Some(node) = node {
            let is_empty = self.at == it.behind;
            if !it.is_between {
                it.parts.push(node);
                it.behind = self.at;
            }
            if it.is_between || !is_empty {
                it.is_between = !it.is_between && it.between.is_some();
                let next = it.between.filter(|_| it.is_between).unwrap_or(it.item);
                waiting.push(Frame::Repeated(it));
                return Step::Look(next);
            }
        }
        self.at = it.behind;
        if it.parts.len() < it.least {
            return Step::Answer(None);
        }
        Step::Answer(Some(self.add(Shape::Parts, it.start, it.parts)))
    }
}

impl Choice {
    fn of(rule: &'static Rule, start: usize) -> Self {
        Self::among(&rule.alternatives, start, REMEMBERED.contains(&rule.name))
    }

    fn among(all: &'static [Alternative], start: usize, is_remembered: bool) -> Self {
        Self {
            all,
            start,
            is_remembered,
            chosen: 0,
            item: 0,
            is_cut: false,
            parts: Vec::new(),
        }
    }
}

impl Repeated {
    fn of(item: &'static Item, between: Option<&'static Item>, least: usize, start: usize) -> Self {
        Self {
            item,
            between,
            least,
            start,
            behind: start,
            is_between: false,
            parts: Vec::new(),
        }
    }
}

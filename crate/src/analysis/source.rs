//! What the syntax tree says about a place: which handlers surround it, and what is wrong before anything runs.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use ruff_python_ast::{
    AnyNodeRef, ExceptHandler, ExceptHandlerExceptHandler, Expr, ModModule, Stmt, StmtTry, StmtWith,
    token::TokenKind,
    visitor::source_order::{self, SourceOrderVisitor, TraversalSignal},
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{depth, diagnostic::Region, names::Names};
use crate::workspace::Workspace;

/// The workspace's files, each parsed when first asked for.
#[derive(Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, (Arc<str>, OnceCell<Option<Tree>>)>,
    /// The paths of the files that define a name, by name; found when first asked for.
    defining: OnceCell<BTreeMap<String, Vec<String>>>,
}

impl Sources {
    #[must_use]
    pub fn new(workspace: &Workspace) -> Self {
        let files = workspace
            .files
            .iter()
            .filter(|file| Path::new(&file.path).extension().is_some_and(|it| it == "py"));
        Self {
            files: files
                .map(|file| (file.path.clone(), (file.text.clone(), OnceCell::new())))
                .collect(),
            defining: OnceCell::new(),
        }
    }

    /// The tree of a file; `None` for one that is not of the workspace, has a syntax error or nests too deeply.
    #[must_use]
    pub fn tree(&self, path: &str) -> Option<&Tree> {
        let (text, tree) = self.files.get(path)?;
        tree.get_or_init(|| Tree::parse(text)).as_ref()
    }

    /// The text of a file, whether or not it can be parsed.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|(text, _)| text.as_ref())
    }

    /// Every text there is, with its path, in the order of the paths.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, (text, _))| (path.as_str(), text.as_ref()))
    }

    /// The trees with a function or a class of this name, the last part of a qualified one, in the order of the paths. A
    /// folder may have thousands of files: only these are parsed.
    pub fn defining(&self, qualified: &str) -> impl Iterator<Item = (&str, &Tree)> {
        let index = self.defining.get_or_init(|| {
            let mut index = BTreeMap::<String, Vec<String>>::new();
            for (path, text) in self.texts() {
                let names: BTreeSet<&str> = text.lines().filter_map(defined).collect();
                for name in names {
                    index.entry(name.to_owned()).or_default().push(path.to_owned());
                }
            }
            index
        });
        let name = qualified.rsplit('.').next().unwrap_or(qualified);
        let paths = index.get(name).map_or(&[][..], Vec::as_slice);
        paths.iter().filter_map(|path| Some((path.as_str(), self.tree(path)?)))
    }

    /// Every tree there is, with its path, in the order of the paths.
    pub fn trees(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.files
            .keys()
            .filter_map(|path| Some((path.as_str(), self.tree(path)?)))
    }
}

/// The name of the function or the class whose definition begins on a line.
fn defined(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let mut word = words.next()?;
    if word == "async" {
        word = words.next()?;
    }
    let name = words.next().filter(|_| matches!(word, "def" | "class"))?;
    let end = name.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    Some(&name[..end.unwrap_or(name.len())])
}

/// One parsed file.
#[derive(Debug)]
pub struct Tree {
    text: String,
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    module: ModModule,
    /// The comments, in order.
    comments: Vec<TextRange>,
    /// String literals that go on over the end of a line, in order: what stands in them is not code.
    long_strings: Vec<TextRange>,
    names: Names,
}

/// The handler, `suppress()` or statement that keeps an exception from going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catch {
    /// `except …`, `suppress(…)`, or what leaves a `finally`.
    pub header: Region,
    /// Its body has a `raise`, so that it may let the exception go on after all.
    pub raises: bool,
}

/// What catches a cancellation.
pub(super) const CANCELLATIONS: [&str; 2] = ["CancelledError", "BaseException"];

impl Tree {
    fn parse(text: &str) -> Option<Self> {
        if depth::is_too_deep(text) {
            return None;
        }
        let parsed = ruff_python_parser::parse_module(text).ok()?;
        let ranges = |wanted: &dyn Fn(TokenKind) -> bool| -> Vec<TextRange> {
            let tokens = parsed.tokens().iter().filter(|token| wanted(token.kind()));
            tokens.map(Ranged::range).collect()
        };
        let comments = ranges(&|kind| kind == TokenKind::Comment);
        let mut long_strings = ranges(&|kind| {
            matches!(
                kind,
                TokenKind::String | TokenKind::FStringMiddle | TokenKind::TStringMiddle
            )
        });
        long_strings.retain(|range| text.get(range.to_std_range()).is_some_and(|it| it.contains('\n')));
        let module = parsed.into_syntax();
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(index, _)| index + 1))
            .collect();
        Some(Self {
            text: text.to_owned(),
            lines,
            names: Names::of(&module),
            module,
            comments,
            long_strings,
        })
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The comments with their sign, in order, each with the place at which it begins.
    pub fn comments(&self) -> impl Iterator<Item = (&str, Region)> {
        self.comments
            .iter()
            .map(|range| (self.source(*range), self.region(*range)))
    }

    /// The comment that this place is in.
    #[must_use]
    pub fn comment_at(&self, offset: TextSize) -> Option<TextRange> {
        self.comments.iter().copied().find(|range| range.contains(offset))
    }

    /// Whether what stands here belongs to a string literal that began on a line above.
    #[must_use]
    pub fn within_string(&self, offset: TextSize) -> bool {
        self.long_strings
            .iter()
            .any(|range| range.start() < offset && offset <= range.end())
    }

    #[must_use]
    pub fn module(&self) -> &ModModule {
        &self.module
    }

    /// A line, which counts from 1, without its end; nothing for one that is not there.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let start = (line as usize).checked_sub(1).and_then(|index| self.lines.get(index));
        let rest = start.and_then(|start| self.text.get(*start..));
        rest.and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    /// What its imports mean.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The place of a node.
    #[must_use]
    pub fn region(&self, range: TextRange) -> Region {
        let (line, column) = self.position(range.start().to_usize());
        let (end_line, end_column) = self.position(range.end().to_usize());
        Region {
            line,
            column,
            end_line,
            end_column,
        }
    }

    fn position(&self, offset: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let before = self
            .lines
            .get(line - 1)
            .and_then(|start| self.text.get(*start..offset))
            .unwrap_or_default();
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(before.chars().count()).unwrap_or(u32::MAX) + 1,
        )
    }

    /// The offset at which a region begins.
    pub(super) fn offset(&self, region: Region) -> Option<TextSize> {
        self.offset_of(region.line, region.column)
    }

    /// The stretch of the text that a region means.
    #[must_use]
    pub fn range(&self, region: Region) -> Option<TextRange> {
        let start = self.offset_of(region.line, region.column)?;
        let end = self.offset_of(region.end_line, region.end_column)?;
        (start <= end).then(|| TextRange::new(start, end))
    }

    /// The offset of a line and column that count from 1.
    fn offset_of(&self, line: u32, column: u32) -> Option<TextSize> {
        let start = *self.lines.get(line.checked_sub(1)? as usize)?;
        let rest = self.text.get(start..)?;
        let within: usize = rest
            .chars()
            .take(column.checked_sub(1)? as usize)
            .map(char::len_utf8)
            .sum();
        u32::try_from(start + within).ok().map(TextSize::from)
    }

    #[must_use]
    pub fn source(&self, range: TextRange) -> &str {
        self.text
            .get(range.start().to_usize()..range.end().to_usize())
            .unwrap_or_default()
    }

    /// The statements around a place, innermost first, up to the function or class it is in.
    pub(super) fn enclosing(&self, at: Region) -> Vec<&Stmt> {
        let Some(offset) = self.offset(at) else {
            return Vec::new();
        };
        let mut path = Around {
            offset,
            statements: Vec::new(),
        };
        source_order::walk_body(&mut path, &self.module.body);
        path.statements.reverse();
        path.statements
    }

    /// Whether this place is code of a coroutine function.
    #[must_use]
    pub fn in_coroutine(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let mut search = Function {
            offset,
            is_async: false,
        };
        source_order::walk_body(&mut search, &self.module.body);
        search.is_async
    }

    /// What catches `CancelledError` thrown at this place within its function, innermost first.
    #[must_use]
    pub fn cancellation_catches(&self, at: Region) -> Vec<Catch> {
        let Some(offset) = self.offset(at) else {
            return Vec::new();
        };
        let statements = self.enclosing(at).into_iter();
        statements
            .flat_map(|statement| self.caught_by(statement, offset))
            .collect()
    }

    fn caught_by(&self, statement: &Stmt, offset: TextSize) -> Vec<Catch> {
        let mut catches = Vec::new();
        match statement {
            Stmt::Try(it) => {
                if covers(&it.body, offset) {
                    let handler = handler(it, &CANCELLATIONS);
                    catches.extend(handler.map(|handler| self.catch(handler)));
                }
                if !covers(&it.finalbody, offset) {
                    catches.extend(self.left_in_finally(it));
                }
            }
            Stmt::With(it) if covers(&it.body, offset) => {
                catches.extend(self.suppress(it, &CANCELLATIONS));
            }
            _ => {}
        }
        catches
    }

    pub(super) fn catch(&self, handler: &ExceptHandlerExceptHandler) -> Catch {
        let word = handler.start() + TextSize::from(6);
        let kind = handler.type_.as_ref().map_or(word, |kind| kind.end());
        let end = handler.name.as_ref().map_or(kind, Ranged::end);
        Catch {
            header: self.region(TextRange::new(handler.start(), end)),
            raises: any_statement(&handler.body, &|statement| matches!(statement, Stmt::Raise(_))),
        }
    }

    /// A `return`, a `break` or a `continue` that leaves a `finally` takes the exception along.
    pub(super) fn left_in_finally(&self, it: &StmtTry) -> Option<Catch> {
        let leaves = |statement: &Stmt| matches!(statement, Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_));
        let found = find_statement(&it.finalbody, &leaves)?;
        Some(Catch {
            header: self.region(found.range()),
            raises: false,
        })
    }

    fn suppress(&self, it: &StmtWith, kinds: &[&str]) -> Option<Catch> {
        let item = it.items.iter().find(|item| {
            let Expr::Call(call) = &item.context_expr else {
                return false;
            };
            last_name(&call.func) == Some("suppress") && call.arguments.args.iter().any(|kind| names(kind, kinds))
        })?;
        Some(Catch {
            header: self.region(item.context_expr.range()),
            raises: false,
        })
    }

    /// Whether a `try` or a `suppress()` around this place, within its function, catches `RuntimeError`.
    #[must_use]
    pub fn catches_runtime_error(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let kinds = ["RuntimeError", "Exception", "BaseException"];
        self.enclosing(at).into_iter().any(|statement| match statement {
            Stmt::Try(it) => covers(&it.body, offset) && handler(it, &kinds).is_some(),
            Stmt::With(it) => covers(&it.body, offset) && self.suppress(it, &kinds).is_some(),
            _ => false,
        })
    }

    /// Whether a `try` around this place, within its function, names one of these classes in a handler.
    #[must_use]
    pub fn catches(&self, at: Region, classes: &[&str]) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| {
            let Stmt::Try(it) = statement else { return false };
            let named = |one: &ExceptHandler| {
                let ExceptHandler::ExceptHandler(one) = one;
                one.type_.as_ref().is_some_and(|kind| names(kind, classes))
            };
            covers(&it.body, offset) && it.handlers.iter().any(named)
        })
    }

    /// Whether the value of the call at this place is thrown away at once: the call is a statement of its own.
    #[must_use]
    pub fn is_discarded(&self, call: Region) -> bool {
        let statement = self.enclosing(call).into_iter().next();
        matches!(statement, Some(Stmt::Expr(it)) if it.value.is_call_expr() && self.region(it.range()) == call)
    }

    /// Whether this place is in a handler or a `finally`, within its function.
    #[must_use]
    pub fn cleans_up(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| {
            let Stmt::Try(it) = statement else { return false };
            let handled = |handler: &ExceptHandler| {
                let ExceptHandler::ExceptHandler(handler) = handler;
                covers(&handler.body, offset)
            };
            covers(&it.finalbody, offset) || it.handlers.iter().any(handled)
        })
    }

    /// Where an `async with timeout(…)` around this place begins, within its function.
    pub(super) fn time_limit_start(&self, at: Region) -> Option<TextSize> {
        let offset = self.offset(at)?;
        self.enclosing(at).into_iter().find_map(|statement| {
            let Stmt::With(it) = statement else { return None };
            let is_timeout = it.items.iter().any(|item| {
                matches!(&item.context_expr, Expr::Call(call)
                    if matches!(last_name(&call.func), Some("timeout" | "timeout_at")))
            });
            (it.is_async && is_timeout && covers(&it.body, offset)).then(|| it.start())
        })
    }

    /// What is acquired at this place: the item of an `async with`, or `x` of `x.acquire()`.
    #[must_use]
    pub fn acquired(&self, at: Region) -> Option<&str> {
        let offset = self.offset(at)?;
        let statement = self.enclosing(at).into_iter().next()?;
        if let Stmt::With(it) = statement
            && let Some(item) = it.items.iter().find(|item| item.range().contains_inclusive(offset))
        {
            return Some(self.source(item.context_expr.range()));
        }
        let text = self.source(statement.range());
        let before = text.split(".acquire").next()?;
        let start = before.rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.'));
        before
            .get(start.map_or(0, |start| start + 1)..)
            .filter(|name| text.contains(".acquire") && !name.is_empty())
    }
}

/// Collects the statements that contain an offset, forgetting those outside of the innermost function or class.
struct Around<'a> {
    offset: TextSize,
    statements: Vec<&'a Stmt>,
}

impl<'a> SourceOrderVisitor<'a> for Around<'a> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        // An end is included: the place after the last character of a statement still belongs to it.
        if node.range().contains_inclusive(self.offset) {
            TraversalSignal::Traverse
        } else {
            TraversalSignal::Skip
        }
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !statement.range().contains_inclusive(self.offset) {
            return;
        }
        let scope = match statement {
            Stmt::FunctionDef(it) => Some(&it.body),
            Stmt::ClassDef(it) => Some(&it.body),
            _ => None,
        };
        match scope {
            Some(body) if covers(body, self.offset) => self.statements.clear(),
            Some(_) => {}
            None => self.statements.push(statement),
        }
        source_order::walk_stmt(self, statement);
    }
}

/// Finds out whether the innermost function around an offset is a coroutine function.
struct Function {
    offset: TextSize,
    is_async: bool,
}

impl SourceOrderVisitor<'_> for Function {
    fn visit_stmt(&mut self, statement: &Stmt) {
        if !statement.range().contains_inclusive(self.offset) {
            return;
        }
        match statement {
            Stmt::FunctionDef(it) if covers(&it.body, self.offset) => self.is_async = it.is_async,
            Stmt::ClassDef(_) => self.is_async = false,
            _ => {}
        }
        source_order::walk_stmt(self, statement);
    }
}

pub(super) fn covers(body: &[Stmt], offset: TextSize) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else {
        return false;
    };
    TextRange::new(first.start(), last.end()).contains_inclusive(offset)
}

/// The handler of a `try` that one of these classes ends in. A handler before it that names none of them is passed by.
pub(super) fn handler<'a>(it: &'a StmtTry, classes: &[&str]) -> Option<&'a ExceptHandlerExceptHandler> {
    it.handlers
        .iter()
        .map(|ExceptHandler::ExceptHandler(handler)| handler)
        .find(|handler| {
            // A bare `except:` catches everything.
            handler.type_.as_ref().is_none_or(|kind| names(kind, classes))
        })
}

/// Whether an expression, or an element of a tuple, is one of these classes by its last name.
fn names(kind: &Expr, classes: &[&str]) -> bool {
    match kind {
        Expr::Tuple(it) => it.elts.iter().any(|element| names(element, classes)),
        _ => last_name(kind).is_some_and(|name| classes.contains(&name)),
    }
}

/// `c` of `a.b.c`.
#[must_use]
pub fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => Some(it.attr.as_str()),
        _ => None,
    }
}

fn any_statement(body: &[Stmt], wanted: &dyn Fn(&Stmt) -> bool) -> bool {
    find_statement(body, wanted).is_some()
}

/// The first statement of this kind, not looking into functions and classes.
fn find_statement<'a>(body: &'a [Stmt], wanted: &dyn Fn(&Stmt) -> bool) -> Option<&'a Stmt> {
    let mut search = Search { wanted, found: None };
    source_order::walk_body(&mut search, body);
    search.found
}

struct Search<'a, 'f> {
    wanted: &'f dyn Fn(&Stmt) -> bool,
    found: Option<&'a Stmt>,
}

impl<'a> SourceOrderVisitor<'a> for Search<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if self.found.is_some() || matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            return;
        }
        if (self.wanted)(statement) {
            self.found = Some(statement);
        } else {
            source_order::walk_stmt(self, statement);
        }
    }
}

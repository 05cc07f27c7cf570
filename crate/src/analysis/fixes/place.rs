//! Where a repair takes place: the finding, the syntax around it, and the edits that are made of them.

use std::collections::BTreeMap;

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef,
    visitor::source_order::{self, SourceOrderVisitor, TraversalSignal},
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::analysis::{
    diagnostic::{Diagnostic, Edit, Fix, Region},
    shape,
    source::Tree,
};

pub(super) struct Place<'a> {
    pub(super) finding: &'a Diagnostic,
    pub(super) tree: &'a Tree,
}

impl<'a> Place<'a> {
    pub(super) fn new(finding: &'a Diagnostic, tree: &'a Tree) -> Self {
        Self { finding, tree }
    }

    /// The nodes around a stretch of the text, outermost first.
    pub(super) fn around(&self, range: TextRange) -> Vec<AnyNodeRef<'a>> {
        let mut path = Path {
            range,
            nodes: Vec::new(),
        };
        source_order::walk_body(&mut path, &self.tree.module().body);
        path.nodes
    }

    /// The nodes around the finding, outermost first.
    pub(super) fn nodes(&self) -> Vec<AnyNodeRef<'a>> {
        self.tree
            .range(self.finding.span)
            .map_or_else(Vec::new, |range| self.around(range))
    }

    /// The call that stands exactly at a region.
    pub(super) fn call_at(&self, region: Region) -> Option<&'a ExprCall> {
        let range = self.tree.range(region)?;
        self.around(range).into_iter().rev().find_map(|node| match node {
            AnyNodeRef::ExprCall(call) if call.range() == range => Some(call),
            _ => None,
        })
    }

    /// The call that the finding is about.
    pub(super) fn call(&self) -> Option<&'a ExprCall> {
        self.call_at(self.finding.span)
    }

    /// The calls around a stretch of the text, innermost first, and then those within it: a finding about a call may name the
    /// `await` around it, or the whole statement.
    pub(super) fn calls(&self, range: TextRange) -> Vec<&'a ExprCall> {
        let mut within = Calls(Vec::new());
        let around = self.around(range);
        if let Some(statement) = self.statement(range).filter(|it| it.range() == range) {
            source_order::walk_stmt(&mut within, statement);
        }
        let around = around.into_iter().rev().filter_map(|node| match node {
            AnyNodeRef::ExprAwait(it) => it.value.as_call_expr(),
            AnyNodeRef::ExprCall(it) => Some(it),
            _ => None,
        });
        around.chain(within.0).collect()
    }

    /// The function around a node, if no lambda or generator expression, whose code is its own, lies between.
    pub(super) fn function(&self, range: TextRange) -> Option<&'a StmtFunctionDef> {
        for node in self.around(range).into_iter().rev() {
            match node {
                AnyNodeRef::StmtFunctionDef(it) if contains(&it.body, range) => return Some(it),
                AnyNodeRef::ExprLambda(_) | AnyNodeRef::ExprGenerator(_) | AnyNodeRef::StmtClassDef(_) => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether `await` may stand here.
    pub(super) fn in_coroutine(&self, range: TextRange) -> bool {
        self.function(range).is_some_and(|it| it.is_async)
    }

    /// Whether this is code of the file's top level.
    pub(super) fn at_top(&self, range: TextRange) -> bool {
        !self.around(range).iter().any(|node| {
            matches!(
                node,
                AnyNodeRef::StmtFunctionDef(_) | AnyNodeRef::StmtClassDef(_) | AnyNodeRef::ExprLambda(_)
            )
        })
    }

    /// The node right around an expression.
    pub(super) fn parent(&self, range: TextRange) -> Option<AnyNodeRef<'a>> {
        self.around(range).into_iter().rev().find(|node| node.range() != range)
    }

    /// The list of statements that a statement belongs to, and its place in it.
    pub(super) fn siblings(&self, statement: &Stmt) -> Option<(&'a [Stmt], usize)> {
        let mut search = Siblings {
            range: statement.range(),
            found: None,
        };
        search.visit_body(&self.tree.module().body);
        search.found
    }

    /// The innermost statement around a stretch of the text.
    pub(super) fn statement(&self, range: TextRange) -> Option<&'a Stmt> {
        let mut search = Innermost { range, found: None };
        source_order::walk_body(&mut search, &self.tree.module().body);
        search.found
    }

    /// Whether the file has a plain function or method of this name.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        let nodes = shape::nodes(&self.tree.module().body).into_iter();
        let mut functions = nodes.filter_map(AnyNodeRef::stmt_function_def);
        functions.any(|it| !it.is_async && it.name.as_str() == name)
    }

    /// The names of the file's coroutine functions and methods, by their last part.
    pub(super) fn coroutine_functions(&self) -> Vec<&'a str> {
        let mut search = Functions(Vec::new());
        source_order::walk_body(&mut search, &self.tree.module().body);
        search.0
    }

    /// What a name means: `time.sleep` for `nap` after `from time import sleep as nap`.
    pub(super) fn resolve(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(it) => imports(self.tree).remove(it.id.as_str()),
            Expr::Attribute(it) => Some(format!("{}.{}", self.resolve(&it.value)?, it.attr)),
            _ => None,
        }
    }

    /// How this file calls something of a module, and the import that it needs for that.
    pub(super) fn import(&self, module: &str) -> Option<(String, Option<Edit>)> {
        let known = imports(self.tree).into_iter().find(|(_, meaning)| meaning == module);
        if let Some((name, _)) = known {
            return Some((name, None));
        }
        Some((module.to_owned(), Some(self.import_line(&format!("import {module}"))?)))
    }

    /// The edit that adds a line to the imports.
    pub(super) fn import_line(&self, line: &str) -> Option<Edit> {
        let body = &self.tree.module().body;
        let is_first = |statement: &&Stmt| match statement {
            Stmt::Expr(it) => !it.value.is_string_literal_expr(),
            Stmt::ImportFrom(it) => it.module.as_ref().is_none_or(|module| module.as_str() != "__future__"),
            _ => true,
        };
        let first = body
            .iter()
            .find(|it| matches!(it, Stmt::Import(_) | Stmt::ImportFrom(_)) && is_first(it));
        let before = first.or_else(|| body.iter().find(is_first))?;
        let gap = if matches!(before, Stmt::Import(_) | Stmt::ImportFrom(_)) {
            "\n"
        } else {
            "\n\n"
        };
        Some(self.insert(before.start(), format!("{line}{gap}")))
    }

    /// Where the module's first statement begins that is neither its description nor an import: names that all of the
    /// file needs may be given there.
    pub(super) fn after_imports(&self) -> Option<TextSize> {
        let first = self.tree.module().body.iter().find(|statement| match statement {
            Stmt::Expr(it) => !it.value.is_string_literal_expr(),
            Stmt::Import(_) | Stmt::ImportFrom(_) => false,
            _ => true,
        });
        first.map(Ranged::start)
    }

    /// The white space that a statement's line begins with, if nothing else stands before it.
    pub(super) fn indentation(&self, at: TextSize) -> Option<&'a str> {
        let before = self.tree.text().get(..at.to_usize())?;
        let line = before.rsplit('\n').next()?;
        line.chars().all(char::is_whitespace).then_some(line)
    }

    /// The end of the line on which a statement ends, if nothing but a comment stands behind it.
    pub(super) fn line_end(&self, at: TextSize) -> Option<TextSize> {
        let rest = self.tree.text().get(at.to_usize()..)?;
        let line = rest.split('\n').next()?;
        let blank = line.trim_start();
        let end = at.to_usize() + line.trim_end_matches('\r').len();
        (blank.trim_end().is_empty() || blank.starts_with('#'))
            .then(|| u32::try_from(end).ok().map(TextSize::from))
            .flatten()
    }

    /// Where the line of an offset begins.
    pub(super) fn line_start(&self, at: TextSize) -> TextSize {
        let before = self.tree.text().get(..at.to_usize()).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |index| index + 1);
        u32::try_from(start).map_or(at, TextSize::from)
    }

    /// The first of these names that nothing in the function around a place uses.
    pub(super) fn free_name<'n>(&self, range: TextRange, names: &[&'n str]) -> Option<&'n str> {
        let around = self
            .function(range)
            .map_or_else(|| self.tree.text(), |function| self.tree.source(function.range()));
        names.iter().copied().find(|name| !mentions(around, name))
    }

    pub(super) fn replace(&self, range: TextRange, text: impl Into<String>) -> Edit {
        Edit {
            file: self.finding.file.clone(),
            span: self.tree.region(range),
            text: text.into(),
        }
    }

    pub(super) fn insert(&self, at: TextSize, text: impl Into<String>) -> Edit {
        self.replace(TextRange::empty(at), text)
    }

    /// Puts `before` and `after` around an expression, and parentheses around both where what stands behind it would bind
    /// more tightly.
    pub(super) fn wrap(&self, range: TextRange, before: &str, after: &str) -> Vec<Edit> {
        let tight = match self.parent(range) {
            Some(AnyNodeRef::ExprAttribute(_)) => true,
            Some(AnyNodeRef::ExprSubscript(it)) => it.value.range() == range,
            Some(AnyNodeRef::ExprCall(it)) => it.func.range() == range,
            _ => false,
        };
        let (open, close) = if tight { ("(", ")") } else { ("", "") };
        let mut edits = vec![self.insert(range.start(), format!("{open}{before}"))];
        if tight || !after.is_empty() {
            edits.push(self.insert(range.end(), format!("{after}{close}")));
        }
        edits
    }

    /// Indents the lines of a stretch of text by one more level, but for those that continue a string.
    pub(super) fn indent(&self, range: TextRange) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut start = self.line_start(range.start());
        let text = self.tree.text();
        while start < range.end() {
            let line = text
                .get(start.to_usize()..)
                .and_then(|rest| rest.split_inclusive('\n').next())
                .unwrap_or_default();
            if !line.trim().is_empty() && !self.tree.within_string(start) {
                edits.push(self.insert(start, level(line)));
            }
            let Ok(length) = u32::try_from(line.len().max(1)) else {
                break;
            };
            start += TextSize::from(length);
        }
        edits
    }
}

/// What one more level of indentation is for a line, or below it: Python takes no mixture of the two.
pub(super) fn level(line: &str) -> &'static str {
    if line.starts_with('\t') { "\t" } else { "    " }
}

/// A fix of these edits, put in order.
pub(super) fn fix(preferred: bool, (title, title_ru): (&str, &str), mut edits: Vec<Edit>) -> Fix {
    edits.sort_by_key(|edit| edit.span);
    Fix {
        title: title.to_owned(),
        title_ru: title_ru.to_owned(),
        preferred,
        edits,
    }
}

/// Whether a name occurs in a text as a word of its own.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .any(|word| word == name)
}

/// Whether a stretch of the text lies in a list of statements.
pub(super) fn contains(body: &[Stmt], range: TextRange) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else {
        return false;
    };
    TextRange::new(first.start(), last.end()).contains_range(range)
}

/// What the names that a file imports, anywhere, mean.
fn imports(tree: &Tree) -> BTreeMap<String, String> {
    let mut search = Imports(BTreeMap::new());
    source_order::walk_body(&mut search, &tree.module().body);
    search.0
}

struct Imports(BTreeMap<String, String>);

impl SourceOrderVisitor<'_> for Imports {
    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(it) => {
                for alias in &it.names {
                    let module = alias.name.as_str();
                    // `import a.b` binds `a`.
                    let (name, meaning) = match &alias.asname {
                        Some(name) => (name.as_str(), module),
                        None => (
                            module.split('.').next().unwrap_or(module),
                            module.split('.').next().unwrap_or(module),
                        ),
                    };
                    self.0.insert(name.to_owned(), meaning.to_owned());
                }
            }
            Stmt::ImportFrom(it) => {
                let Some(module) = &it.module else { return };
                for alias in &it.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.0.insert(name.to_string(), format!("{module}.{}", alias.name));
                }
            }
            _ => source_order::walk_stmt(self, statement),
        }
    }
}

struct Functions<'a>(Vec<&'a str>);

impl<'a> SourceOrderVisitor<'a> for Functions<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(it) = statement
            && it.is_async
        {
            self.0.push(it.name.as_str());
        }
        source_order::walk_stmt(self, statement);
    }
}

struct Calls<'a>(Vec<&'a ExprCall>);

impl<'a> SourceOrderVisitor<'a> for Calls<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(it) = expression {
            self.0.push(it);
        }
        source_order::walk_expr(self, expression);
    }
}

struct Path<'a> {
    range: TextRange,
    nodes: Vec<AnyNodeRef<'a>>,
}

impl<'a> SourceOrderVisitor<'a> for Path<'a> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        if !node.range().contains_range(self.range) {
            return TraversalSignal::Skip;
        }
        self.nodes.push(node);
        TraversalSignal::Traverse
    }
}

struct Innermost<'a> {
    range: TextRange,
    found: Option<&'a Stmt>,
}

impl<'a> SourceOrderVisitor<'a> for Innermost<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if statement.range().contains_range(self.range) {
            self.found = Some(statement);
            source_order::walk_stmt(self, statement);
        }
    }
}

struct Siblings<'a> {
    range: TextRange,
    found: Option<(&'a [Stmt], usize)>,
}

impl<'a> SourceOrderVisitor<'a> for Siblings<'a> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        if let Some(index) = body.iter().position(|it| it.range() == self.range) {
            self.found = Some((body, index));
        } else {
            source_order::walk_body(self, body);
        }
    }
}

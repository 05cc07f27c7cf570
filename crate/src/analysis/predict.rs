//! What is wrong before anything runs: findings whose evidence is the syntax tree alone.

use std::collections::BTreeSet;

use ruff_python_ast::{
    Expr, Stmt,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::{Diagnostic, Evidence},
    fixes,
    rule::Metadata,
    rules,
    silence::{Silence, Used},
    source::{Sources, Tree, last_name},
};

/// Every prediction that the files do not allow, in the order of the files and places.
#[must_use]
pub fn predict(sources: &Sources) -> Vec<Diagnostic> {
    let silence = Silence::of(sources);
    let mut list = silence.keep(unsilenced(sources), &mut Used::default());
    list.extend(silence.predictions());
    list
}

/// The same with those that the files allow.
pub(super) fn unsilenced(sources: &Sources) -> Vec<Diagnostic> {
    let mut list = Vec::new();
    for (path, tree) in sources.trees() {
        let mut reader = Reader {
            path,
            tree,
            names: Names::of(&tree.module().body),
            scopes: Vec::new(),
            list: Vec::new(),
        };
        source_order::walk_body(&mut reader, &tree.module().body);
        list.append(&mut reader.list);
    }
    for prediction in &mut list {
        prediction.fixes = fixes::offer(prediction, sources);
    }
    list
}

/// What the names of a module mean, as far as its top level says.
struct Names<'a> {
    /// Coroutine functions that no other definition of the name shadows.
    coroutines: BTreeSet<&'a str>,
    /// Names of the module `time`.
    time: BTreeSet<&'a str>,
    /// Names of `time.sleep`.
    sleep: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(body: &'a [Stmt]) -> Self {
        let mut names = Self {
            coroutines: BTreeSet::new(),
            time: BTreeSet::new(),
            sleep: BTreeSet::new(),
        };
        let mut rebound = BTreeSet::new();
        for statement in body {
            match statement {
                Stmt::FunctionDef(it) if it.is_async && it.decorator_list.is_empty() => {
                    names.coroutines.insert(it.name.as_str());
                }
                Stmt::FunctionDef(it) => {
                    rebound.insert(it.name.as_str());
                }
                Stmt::Assign(it) => rebound.extend(it.targets.iter().filter_map(last_name)),
                Stmt::Import(it) => {
                    let time = it.names.iter().filter(|alias| alias.name.as_str() == "time");
                    names
                        .time
                        .extend(time.map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
                }
                Stmt::ImportFrom(it) if it.module.as_ref().is_some_and(|module| module.as_str() == "time") => {
                    let sleep = it.names.iter().filter(|alias| alias.name.as_str() == "sleep");
                    names
                        .sleep
                        .extend(sleep.map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
                }
                _ => {}
            }
        }
        names.coroutines.retain(|name| !rebound.contains(name));
        names
    }

    fn is_sleep(&self, function: &Expr) -> bool {
        match function {
            Expr::Name(it) => self.sleep.contains(it.id.as_str()),
            Expr::Attribute(it) => {
                it.attr.as_str() == "sleep"
                    && matches!(&*it.value, Expr::Name(of) if self.time.contains(of.id.as_str()))
            }
            _ => false,
        }
    }
}

struct Reader<'a> {
    path: &'a str,
    tree: &'a Tree,
    names: Names<'a>,
    /// Whether each function around the place is a coroutine function, innermost last.
    scopes: Vec<bool>,
    list: Vec<Diagnostic>,
}

impl<'a> SourceOrderVisitor<'a> for Reader<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Expr(it) = statement
            && let Expr::Call(call) = &*it.value
            && let Expr::Name(name) = &*call.func
            && self.names.coroutines.contains(name.id.as_str())
        {
            let message = format!("`{}()` only makes a coroutine; nothing awaits it here.", name.id);
            self.add("coroutine-never-awaited", call.range(), message);
        }
        if let Stmt::FunctionDef(it) = statement {
            self.scopes.push(it.is_async);
            source_order::walk_stmt(self, statement);
            self.scopes.pop();
        } else {
            source_order::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        // What a lambda calls runs elsewhere.
        if matches!(expression, Expr::Lambda(_)) {
            return;
        }
        if let Expr::Call(call) = expression
            && self.scopes.last() == Some(&true)
            && self.names.is_sleep(&call.func)
        {
            self.add(
                "blocking-call",
                call.range(),
                "`time.sleep()` stops the whole event loop.".to_owned(),
            );
        }
        source_order::walk_expr(self, expression);
    }
}

impl Reader<'_> {
    fn add(&mut self, rule: &str, range: TextRange, message: String) {
        let Some(metadata) = rules::find(rule).map(|entry| entry.metadata) else {
            return;
        };
        let span = self.tree.region(range);
        self.list.push(prediction(metadata, self.path, span, message));
    }
}

fn prediction(metadata: &Metadata, path: &str, span: super::diagnostic::Region, message: String) -> Diagnostic {
    Diagnostic {
        id: format!("{}:{path}:{}:{}", metadata.name, span.line, span.column),
        rule: metadata.name.to_owned(),
        severity: metadata.severity,
        evidence: Evidence::Predicted,
        message,
        cpython: None,
        file: path.to_owned(),
        span,
        time: 0,
        count: 1,
        related: Vec::new(),
        task: None,
        fixes: Vec::new(),
    }
}

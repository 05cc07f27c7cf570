//! What is wrong before anything runs: findings whose evidence is the syntax tree alone. Each rule predicts for itself;
//! here is what they all look at.

use std::collections::BTreeSet;

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::TextRange;

use super::{
    diagnostic::{Diagnostic, Evidence},
    fixes,
    rule::Metadata,
    rules::RULES,
    sentence::Sentence,
    shape,
    silence::{Silence, Used},
    source::{Sources, Tree, last_name},
};

/// A statement or an expression that is being looked at.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    Statement(&'a Stmt),
    Expression(&'a Expr),
}

/// What is known of the place where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub tree: &'a Tree,
    /// Coroutine functions of the module that no other definition of the name shadows.
    pub coroutines: &'a BTreeSet<&'a str>,
    /// Whether the innermost function around it is a coroutine function; `None` at the top of the module.
    pub in_coroutine: Option<bool>,
}

/// A rule's own prediction: the range that is wrong, and a sentence.
pub type Predict = fn(Seen<'_>, Place<'_>) -> Option<(TextRange, Sentence)>;

/// Every prediction for files of these paths that they do not allow, in the order of the files and places.
#[must_use]
pub fn predict(sources: &Sources, wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let silence = Silence::of(sources);
    let mut list = silence.keep(unsilenced(sources, wanted), &mut Used::default());
    list.extend(silence.predictions());
    list
}

/// The same with those that the files allow.
pub(super) fn unsilenced(sources: &Sources, wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut list = Vec::new();
    let paths = sources.texts().map(|(path, _)| path).filter(|path| wanted(path));
    for (path, tree) in paths.filter_map(|path| Some((path, sources.tree(path)?))) {
        let mut reader = Reader {
            path,
            tree,
            coroutines: coroutines(&tree.module().body),
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

fn coroutines(body: &[Stmt]) -> BTreeSet<&str> {
    let mut coroutines = BTreeSet::new();
    let mut rebound = BTreeSet::new();
    for statement in body {
        match statement {
            Stmt::FunctionDef(it) if makes_coroutines(it) => {
                coroutines.insert(it.name.as_str());
            }
            Stmt::FunctionDef(it) => {
                rebound.insert(it.name.as_str());
            }
            Stmt::Assign(it) => rebound.extend(it.targets.iter().filter_map(last_name)),
            _ => {}
        }
    }
    coroutines.retain(|name| !rebound.contains(name));
    coroutines
}

/// Whether a call of the function gives a coroutine, whatever a decorator might make of it.
#[must_use]
pub fn makes_coroutines(function: &StmtFunctionDef) -> bool {
    let yields = || shape::own_nodes(&function.body).iter().any(AnyNodeRef::is_expr_yield);
    function.is_async && function.decorator_list.is_empty() && !yields()
}

impl Place<'_> {
    /// The name in `asyncio` of what is called.
    #[must_use]
    pub fn asyncio_call(&self, call: &ExprCall) -> Option<String> {
        self.tree.names().of_asyncio(&call.func)
    }

    /// Whether this means an event loop: by how it was come by, or by its name.
    #[must_use]
    pub fn is_loop(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Call(call) => self
                .asyncio_call(call)
                .is_some_and(|name| matches!(name.as_str(), "get_running_loop" | "get_event_loop")),
            other => matches!(last_name(other), Some("loop" | "_loop" | "event_loop")),
        }
    }
}

/// The call that is the whole of a statement, so that its value is thrown away.
#[must_use]
pub fn discarded(seen: Seen<'_>) -> Option<&ExprCall> {
    let Seen::Statement(Stmt::Expr(it)) = seen else {
        return None;
    };
    it.value.as_call_expr()
}

struct Reader<'a> {
    path: &'a str,
    tree: &'a Tree,
    coroutines: BTreeSet<&'a str>,
    /// Whether each function around the place is a coroutine function, innermost last.
    scopes: Vec<bool>,
    list: Vec<Diagnostic>,
}

impl<'a> SourceOrderVisitor<'a> for Reader<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.look_at(Seen::Statement(statement));
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
        self.look_at(Seen::Expression(expression));
        source_order::walk_expr(self, expression);
    }
}

impl Reader<'_> {
    fn look_at(&mut self, seen: Seen<'_>) {
        let place = Place {
            tree: self.tree,
            coroutines: &self.coroutines,
            in_coroutine: self.scopes.last().copied(),
        };
        for entry in RULES {
            if let Some((range, message)) = entry.predict.and_then(|predict| predict(seen, place)) {
                let span = self.tree.region(range);
                self.list.push(prediction(entry.metadata, self.path, span, message));
            }
        }
    }
}

fn prediction(metadata: &Metadata, path: &str, span: super::diagnostic::Region, message: Sentence) -> Diagnostic {
    Diagnostic {
        id: format!("{}:{path}:{}:{}", metadata.name, span.line, span.column),
        rule: metadata.name.to_owned(),
        severity: metadata.severity,
        evidence: Evidence::Predicted,
        message: message.en,
        message_ru: message.ru,
        cpython: None,
        file: path.to_owned(),
        span,
        time: 0,
        count: 1,
        related: Vec::new(),
        task: None,
        fixes: Vec::new(),
        reproduce: None,
    }
}

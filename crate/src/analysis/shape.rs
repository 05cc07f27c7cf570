//! Questions to the syntax tree: what stands at a place, what stands around it, and what a function is made of.

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprCall, Stmt, StmtClassDef, StmtFunctionDef,
    visitor::source_order::{self, SourceOrderVisitor, TraversalSignal},
};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::Region,
    source::{Tree, last_name},
};

/// Every node below some statements, in the order of the text.
#[must_use]
pub fn nodes(body: &[Stmt]) -> Vec<AnyNodeRef<'_>> {
    collect(body, false)
}

/// The same without what stands in functions, lambdas and classes within.
#[must_use]
pub fn own_nodes(body: &[Stmt]) -> Vec<AnyNodeRef<'_>> {
    collect(body, true)
}

/// Whether a class has a method of one of these names of its own.
fn has_method(class: &StmtClassDef, names: &[&str]) -> bool {
    own_nodes(&class.body)
        .into_iter()
        .any(|node| matches!(node, AnyNodeRef::StmtFunctionDef(it) if names.contains(&it.name.as_str())))
}

/// An expression and every node below it.
#[must_use]
pub fn nodes_of(expression: &Expr) -> Vec<AnyNodeRef<'_>> {
    collect_of(expression, false)
}

/// The same without what stands in lambdas.
#[must_use]
pub fn own_nodes_of(expression: &Expr) -> Vec<AnyNodeRef<'_>> {
    collect_of(expression, true)
}

/// Whether a call is of a built-in that calls what it is given for each of many, or only collects what there is.
#[must_use]
pub fn collects(call: &ExprCall) -> bool {
    let built_in = [
        "list", "tuple", "set", "dict", "map", "filter", "sorted", "zip", "sum", "min", "max", "any", "all", "len",
    ];
    last_name(&call.func).is_some_and(|name| built_in.contains(&name))
}

/// The function by whose values a call of the standard library compares things: `f` of `max(items, key=f)`.
#[must_use]
pub fn key_function(call: &ExprCall) -> Option<&Expr> {
    let compares = ["max", "min", "sorted", "sort", "nlargest", "nsmallest", "groupby"];
    last_name(&call.func).filter(|name| compares.contains(name))?;
    Some(&call.arguments.find_keyword("key")?.value)
}

/// What a call of a function gives it for a parameter, as far as that stands there. A method is called on its first one, and
/// `__init__()` by the name of its class.
#[must_use]
pub fn argument<'a>(call: &'a ExprCall, function: &StmtFunctionDef, parameter: &str) -> Option<&'a Expr> {
    let by_name = call.arguments.keywords.iter();
    let mut by_name = by_name.filter(|it| it.arg.as_ref().is_some_and(|name| name.as_str() == parameter));
    if let Some(keyword) = by_name.next() {
        return Some(&keyword.value);
    }
    let parameters = &function.parameters;
    let mut names = parameters.posonlyargs.iter().chain(&parameters.args);
    let place = names.position(|it| it.parameter.name.as_str() == parameter)?;
    let first = parameters.posonlyargs.first().or(parameters.args.first());
    let is_method = call.func.is_attribute_expr() || function.name.as_str() == "__init__";
    let bound = is_method && first.is_some_and(|it| matches!(it.parameter.name.as_str(), "self" | "cls"));
    let arguments = &call.arguments.args;
    let before = arguments.get(..place.checked_sub(usize::from(bound))?)?;
    let unpacks = before.iter().any(Expr::is_starred_expr);
    arguments
        .get(before.len())
        .filter(|it| !unpacks && !it.is_starred_expr())
}

fn collect(body: &[Stmt], own: bool) -> Vec<AnyNodeRef<'_>> {
    let mut collector = Collector { own, nodes: Vec::new() };
    source_order::walk_body(&mut collector, body);
    collector.nodes
}

fn collect_of(expression: &Expr, own: bool) -> Vec<AnyNodeRef<'_>> {
    let mut collector = Collector { own, nodes: Vec::new() };
    collector.visit_expr(expression);
    collector.nodes
}

struct Collector<'a> {
    own: bool,
    nodes: Vec<AnyNodeRef<'a>>,
}

impl<'a> SourceOrderVisitor<'a> for Collector<'a> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        self.nodes.push(node);
        if self.own && is_scope(node) {
            TraversalSignal::Skip
        } else {
            TraversalSignal::Traverse
        }
    }
}

fn is_scope(node: AnyNodeRef<'_>) -> bool {
    matches!(
        node,
        AnyNodeRef::StmtFunctionDef(_) | AnyNodeRef::StmtClassDef(_) | AnyNodeRef::ExprLambda(_)
    )
}

/// Collects the nodes around a range.
struct Path<'a> {
    range: TextRange,
    nodes: Vec<AnyNodeRef<'a>>,
}

impl<'a> SourceOrderVisitor<'a> for Path<'a> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        if node.range().contains_range(self.range) {
            self.nodes.push(node);
            TraversalSignal::Traverse
        } else {
            TraversalSignal::Skip
        }
    }
}

impl Tree {
    /// The nodes around a place, the widest first; the last are the nodes of just this place.
    #[must_use]
    pub fn path(&self, at: Region) -> Vec<AnyNodeRef<'_>> {
        let Some(range) = self.range(at) else {
            return Vec::new();
        };
        let mut path = Path {
            range,
            nodes: Vec::new(),
        };
        source_order::walk_body(&mut path, &self.module().body);
        path.nodes
    }

    /// The call at just this place.
    #[must_use]
    pub fn call_at(&self, at: Region) -> Option<&ExprCall> {
        let range = self.range(at)?;
        self.path(at).into_iter().rev().find_map(|node| match node {
            AnyNodeRef::ExprCall(it) if it.range() == range => Some(it),
            _ => None,
        })
    }

    /// The call that is awaited at just this place, or else the place itself.
    #[must_use]
    pub fn awaited(&self, at: Region) -> Region {
        let range = self.range(at);
        let call = self.path(at).into_iter().find_map(|node| match node {
            AnyNodeRef::ExprAwait(it) if Some(it.range()) == range => Some(self.region(it.value.range())),
            _ => None,
        });
        call.unwrap_or(at)
    }

    /// Whether just this place is what a lambda returns.
    #[must_use]
    pub fn is_lambda_body(&self, at: Region) -> bool {
        let Some(range) = self.range(at) else { return false };
        let mut path = self.path(at).into_iter();
        path.any(|node| matches!(node, AnyNodeRef::ExprLambda(it) if it.body.range() == range))
    }

    /// The body of the lambda that a place is in, or that begins on its line.
    #[must_use]
    pub fn lambda_body(&self, at: Region) -> Option<Region> {
        let range = self.range(at)?;
        let lambdas = nodes(&self.module().body).into_iter().filter_map(|node| match node {
            AnyNodeRef::ExprLambda(it) => Some(it),
            _ => None,
        });
        let found = lambdas.filter(|it| {
            let line = self.region(it.range()).line;
            it.body.range().contains_range(range) || line == at.line
        });
        found.last().map(|it| self.region(it.body.range()))
    }

    /// The value that an assignment gives to the target at a place.
    #[must_use]
    pub fn value_for(&self, at: Region) -> Option<Region> {
        let range = self.range(at)?;
        let Some(AnyNodeRef::StmtAssign(it)) = self.statement(at) else {
            return None;
        };
        let is_target = it.targets.iter().any(|target| target.range().contains_range(range));
        is_target.then(|| self.region(it.value.range()))
    }

    /// The function around a place.
    #[must_use]
    pub fn function(&self, at: Region) -> Option<&StmtFunctionDef> {
        let range = self.range(at)?;
        self.path(at).into_iter().rev().find_map(|node| match node {
            AnyNodeRef::StmtFunctionDef(it) => {
                let first = it.body.first()?;
                (first.start() <= range.start()).then_some(it)
            }
            _ => None,
        })
    }

    /// The qualified name of the function around a place, such as `main.<locals>.f` or `Class.method`.
    #[must_use]
    pub fn qualified_function(&self, at: Region) -> Option<String> {
        let inner = self.function(at)?.range();
        let mut parts = Vec::new();
        for node in self.path(at) {
            match node {
                AnyNodeRef::StmtClassDef(it) => parts.push(it.name.as_str()),
                AnyNodeRef::StmtFunctionDef(it) if it.range() == inner => {
                    parts.push(it.name.as_str());
                    return Some(parts.join("."));
                }
                AnyNodeRef::StmtFunctionDef(it) => parts.extend([it.name.as_str(), "<locals>"]),
                _ => {}
            }
        }
        None
    }

    /// The body of the function around a place, or of the module.
    #[must_use]
    pub fn scope(&self, at: Region) -> &[Stmt] {
        self.function(at).map_or(&self.module().body, |it| &it.body)
    }

    /// Whether the file has a class of this name with one of these methods.
    #[must_use]
    pub fn has_class_with(&self, class: &str, methods: &[&str]) -> bool {
        nodes(&self.module().body).into_iter().any(
            |node| matches!(node, AnyNodeRef::StmtClassDef(it) if it.name.as_str() == class && has_method(it, methods)),
        )
    }

    /// The widest of the expressions that begin on a line and end there.
    #[must_use]
    pub fn widest_expression(&self, line: u32) -> Option<Region> {
        let expressions = nodes(&self.module().body)
            .into_iter()
            .filter(|node| node.is_expression());
        let on_line = expressions.filter(|node| {
            let region = self.region(node.range());
            region.line == line && region.end_line == line
        });
        let widest = on_line.max_by_key(|node| node.range().len())?;
        Some(self.region(widest.range()))
    }

    /// The innermost statement around a place.
    #[must_use]
    pub fn statement(&self, at: Region) -> Option<AnyNodeRef<'_>> {
        self.path(at).into_iter().rev().find(|node| node.is_statement())
    }

    /// Whether the program itself raises at this place.
    #[must_use]
    pub fn is_raise(&self, at: Region) -> bool {
        matches!(self.statement(at), Some(AnyNodeRef::StmtRaise(_)))
    }

    /// The expression that a person would point at, where the interpreter names the targets of an assignment that takes
    /// it apart, or the whole of a loop over it: `f()` of `a, b = f()` and of `async for x in f():`.
    #[must_use]
    pub fn narrowed(&self, at: Region) -> Option<Region> {
        let range = self.range(at)?;
        let narrow = match self.statement(at)? {
            AnyNodeRef::StmtAssign(it) => {
                let several = |target: &&Expr| target.is_tuple_expr() || target.is_list_expr();
                let mut targets = it.targets.iter().filter(several);
                targets.any(|target| target.range() == range).then_some(&it.value)?
            }
            AnyNodeRef::StmtFor(it) if it.range() == range => &it.iter,
            _ => return None,
        };
        Some(self.region(narrow.range()))
    }

    /// The value that a name was last given before a place, in the same scope.
    #[must_use]
    pub fn value_before<'a>(&'a self, name: &str, at: Region) -> Option<&'a Expr> {
        let before = self.range(at)?.start();
        own_nodes(self.scope(at))
            .into_iter()
            .take_while(|node| node.start() < before)
            .filter_map(|node| value_given(node, name))
            .filter(|value| value.end() <= before)
            .last()
    }

    /// The value that a name or an attribute is given, if the file binds it only once, by an assignment.
    #[must_use]
    pub fn only_value<'a>(&'a self, target: &Expr) -> Option<&'a Expr> {
        let text = self.source(target.range());
        let is_it = |other: &Expr| self.source(other.range()) == text;
        let nodes = nodes(&self.module().body);
        let bindings = nodes.iter().filter(|node| match node {
            AnyNodeRef::ExprName(it) => it.ctx.is_store() && self.source(it.range()) == text,
            AnyNodeRef::ExprAttribute(it) => it.ctx.is_store() && self.source(it.range()) == text,
            _ => false,
        });
        if bindings.count() != 1 {
            return None;
        }
        nodes.iter().find_map(|node| match node {
            AnyNodeRef::StmtAssign(it) => it.targets.iter().any(is_it).then_some(&*it.value),
            AnyNodeRef::StmtAnnAssign(it) => it.value.as_deref().filter(|_| is_it(&it.target)),
            AnyNodeRef::ExprNamed(it) => is_it(&it.target).then_some(&*it.value),
            _ => None,
        })
    }

    /// The arguments of the call at just this place.
    #[must_use]
    pub fn arguments(&self, call: Region) -> Vec<&Expr> {
        let Some(it) = self.call_at(call) else {
            return Vec::new();
        };
        let by_name = it.arguments.keywords.iter().map(|keyword| &keyword.value);
        it.arguments.args.iter().chain(by_name).collect()
    }

    /// Where the values were made that a call is given by their names: `f()` of `work = f()`, `run(work)`.
    #[must_use]
    pub fn values_given(&self, call: Region) -> Vec<Region> {
        let given = self.arguments(call).into_iter();
        given
            .filter_map(|argument| match argument {
                Expr::Name(name) => Some(self.region(self.value_before(name.id.as_str(), call)?.range())),
                _ => None,
            })
            .collect()
    }

    /// The function of the file with this qualified name, as `main.<locals>.f` and `Class.method` are.
    #[must_use]
    pub fn definition(&self, qualified: &str) -> Option<&StmtFunctionDef> {
        let mut body: &[Stmt] = &self.module().body;
        let mut found = None;
        for part in qualified.split('.').filter(|part| *part != "<locals>") {
            let (next, function) = own_nodes(body).into_iter().rev().find_map(|node| match node {
                AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == part => Some((&it.body, Some(it))),
                AnyNodeRef::StmtClassDef(it) if it.name.as_str() == part => Some((&it.body, None)),
                _ => None,
            })?;
            body = next;
            found = function;
        }
        found
    }

    /// `async def name` without the body, for a finding about a function as a whole.
    #[must_use]
    pub fn header(&self, function: &StmtFunctionDef) -> Region {
        let start = function.decorator_list.last().map_or(function.start(), Ranged::end);
        let text = self.source(TextRange::new(start, function.name.start()));
        let blank = text.find(|letter: char| !letter.is_whitespace()).unwrap_or_default();
        let offset = u32::try_from(blank).unwrap_or_default();
        self.region(TextRange::new(
            start + ruff_text_size::TextSize::from(offset),
            function.name.end(),
        ))
    }
}

/// What a statement or `:=` gives to a name.
fn value_given<'a>(node: AnyNodeRef<'a>, name: &str) -> Option<&'a Expr> {
    let is_it = |target: &Expr| matches!(target, Expr::Name(it) if it.id.as_str() == name);
    match node {
        AnyNodeRef::StmtAssign(it) => it.targets.iter().any(is_it).then_some(&*it.value),
        AnyNodeRef::StmtAnnAssign(it) => it.value.as_deref().filter(|_| is_it(&it.target)),
        AnyNodeRef::ExprNamed(it) => is_it(&it.target).then_some(&*it.value),
        _ => None,
    }
}

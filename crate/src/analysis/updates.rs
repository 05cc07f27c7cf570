//! Read, wait, write: where a function reads something that others change too, gives control away, and then writes what it
//! has made of the old value.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{
    carried,
    pairs::{Access, Caller},
    shape::own_nodes,
    sharing::{Scope, neighbours},
    source::{Sources, Tree, covers, last_name},
};

/// One such update.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Update {
    read: Stretch,
    write: Stretch,
    /// Where an `await` gives control away before the write: between the two.
    window: Stretch,
    /// The parameter that says which item it is: `name` of `stock[name]`.
    key: Option<Stretch>,
    /// The functions that read and write on its behalf.
    within: Option<(Access, Access)>,
}

/// Two offsets: a range that can be put in order.
pub(super) type Stretch = (u32, u32);

impl Update {
    #[must_use]
    pub fn read(&self) -> TextRange {
        range(self.read)
    }

    /// The statement that writes.
    #[must_use]
    pub fn write(&self) -> TextRange {
        range(self.write)
    }

    /// Whether the old value has been read and nothing is written yet, by who waits at a place of the function; `inner` is
    /// the file and the place in it at which a function that is called there waits in turn.
    #[must_use]
    pub fn is_open_at(&self, place: TextRange, inner: Option<(&str, TextRange)>) -> bool {
        if let Some((getter, setter)) = &self.within {
            if getter.is_called_at(place) {
                return inner.is_some_and(|(path, at)| getter.is_done_at(path, at));
            }
            if setter.is_called_at(place) {
                return inner.is_some_and(|(path, at)| setter.is_ahead_of(path, at));
            }
        }
        range(self.window).contains_range(place)
    }

    /// The parameter that says which item of a container is updated. Calls with other arguments update other items.
    #[must_use]
    pub fn key(&self) -> Option<TextRange> {
        self.key.map(range)
    }

    pub(super) fn new(key: Option<&Expr>, read: TextRange, write: TextRange, window: TextRange) -> Self {
        Self {
            read: stretch(read),
            write: stretch(write),
            window: stretch(window),
            key: key.filter(|it| it.is_name_expr()).map(|it| stretch(it.range())),
            within: None,
        }
    }

    /// The same, read and written by functions that it calls.
    pub(super) fn through(self, getter: Access, setter: Access) -> Self {
        Self {
            within: Some((getter, setter)),
            ..self
        }
    }
}

pub(super) fn stretch(range: TextRange) -> Stretch {
    (range.start().to_u32(), range.end().to_u32())
}

pub(super) fn range((start, end): Stretch) -> TextRange {
    TextRange::new(TextSize::new(start), TextSize::new(end))
}

/// The updates of a function of what all of its calls share.
#[must_use]
pub fn updates(path: &str, tree: &Tree, function: &StmtFunctionDef, sources: &Sources) -> Vec<Update> {
    let (places, pairs) = carried::updates(Caller { path, tree, sources }, function);
    let given = |update: &Update| {
        update.key().is_none_or(|key| {
            let name = tree.source(key);
            is_parameter(function, name) && !function.body.iter().any(|statement| rebinds(statement, name))
        })
    };
    let free = |update: &Update| given(update) && !is_guarded(tree, function, update);
    let mut found: Vec<Update> = pairs.into_iter().filter(free).collect();
    // Most functions have none, and need no look at the other files.
    if !places.is_empty() {
        let neighbours: Vec<&Tree> = neighbours(path, tree, sources)
            .into_iter()
            .map(|(_, tree)| tree)
            .collect();
        let scope = Scope::new(tree, function, &neighbours);
        let shared = places.into_iter().filter(|(_, place)| scope.is_shared(place));
        found.extend(shared.map(|(update, _)| update).filter(free));
    }
    found
}

/// The lists of statements in a statement, but for those of functions and classes.
pub(super) fn inner(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::If(it) => {
            let clauses = it.elif_else_clauses.iter().map(|clause| &*clause.body);
            std::iter::once(&*it.body).chain(clauses).collect()
        }
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::With(it) => vec![&it.body],
        Stmt::Try(it) => vec![&it.body, &it.orelse, &it.finalbody],
        _ => Vec::new(),
    }
}

/// What several tasks may have in common: `self.count`, `state["count"]`, `state[name]`, and names that are not the
/// function's own.
pub(super) fn is_place(target: &Expr) -> bool {
    match target {
        Expr::Name(_) => true,
        Expr::Attribute(it) => it.value.is_name_expr(),
        Expr::Subscript(it) => {
            let holder =
                it.value.is_name_expr() || matches!(&*it.value, Expr::Attribute(it) if it.value.is_name_expr());
            holder && (it.slice.is_literal_expr() || it.slice.is_name_expr())
        }
        _ => false,
    }
}

/// What is read of a dictionary by a method: `d.get(k)` and `d.setdefault(k, 0)`, as the dictionary and the key.
pub(super) fn looked_up(call: &ExprCall) -> Option<(&Expr, &Expr)> {
    match &*call.func {
        Expr::Attribute(method) if matches!(method.attr.as_str(), "get" | "setdefault") => {
            Some((&method.value, call.arguments.args.first()?))
        }
        _ => None,
    }
}

/// Where a statement reads a place, by its text.
pub(super) fn reads(tree: &Tree, place: &Expr, statement: &Stmt) -> Vec<TextRange> {
    let text = tree.source(place.range());
    let same = |one: &Expr, other: &Expr| tree.source(one.range()) == tree.source(other.range());
    let is_read = |node: &AnyNodeRef<'_>| match node {
        AnyNodeRef::ExprName(it) => it.ctx.is_load() && tree.source(it.range()) == text,
        AnyNodeRef::ExprAttribute(it) => it.ctx.is_load() && tree.source(it.range()) == text,
        AnyNodeRef::ExprSubscript(it) => it.ctx.is_load() && tree.source(it.range()) == text,
        AnyNodeRef::ExprCall(it) => {
            let both = looked_up(it).zip(place.as_subscript_expr());
            both.is_some_and(|((holder, key), place)| same(holder, &place.value) && same(key, &place.slice))
        }
        _ => false,
    };
    let found = own_nodes(std::slice::from_ref(statement)).into_iter().filter(is_read);
    found.map(|node| node.range()).collect()
}

pub(super) fn awaits(statement: &Stmt) -> Vec<TextRange> {
    let nodes = own_nodes(std::slice::from_ref(statement)).into_iter();
    let found = nodes.filter(|node| match node {
        AnyNodeRef::ExprAwait(_) => true,
        AnyNodeRef::StmtFor(it) => it.is_async,
        AnyNodeRef::StmtWith(it) => it.is_async,
        _ => false,
    });
    found.map(|node| node.range()).collect()
}

pub(super) fn rebinds(statement: &Stmt, name: &str) -> bool {
    let mut nodes = own_nodes(std::slice::from_ref(statement)).into_iter();
    nodes.any(|node| matches!(node, AnyNodeRef::ExprName(it) if !it.ctx.is_load() && it.id.as_str() == name))
}

/// Whether a lock is held from the read to the write, as far as the function shows.
fn is_guarded(tree: &Tree, function: &StmtFunctionDef, update: &Update) -> bool {
    let holds = |node: AnyNodeRef<'_>| match node {
        AnyNodeRef::StmtWith(it) => {
            it.is_async
                && covers(&it.body, update.read().start())
                && covers(&it.body, update.write().start())
                && it.items.iter().any(|item| excludes(&item.context_expr))
        }
        _ => false,
    };
    own_nodes(&function.body).into_iter().any(holds) || tree.source(function.range()).contains(".acquire(")
}

/// Whether what is entered may keep others out: anything but time limits and groups.
#[must_use]
pub fn excludes(entered: &Expr) -> bool {
    let Expr::Call(call) = entered else { return true };
    !matches!(
        last_name(&call.func),
        Some("timeout" | "timeout_at" | "TaskGroup" | "aclosing" | "open_connection" | "start_server")
    )
}

pub(super) fn is_parameter(function: &StmtFunctionDef, name: &str) -> bool {
    function.parameters.iter().any(|it| it.name().as_str() == name)
}

pub(super) fn binds(function: &StmtFunctionDef, name: &str) -> bool {
    is_parameter(function, name)
        || own_nodes(&function.body)
            .into_iter()
            .any(|node| matches!(node, AnyNodeRef::ExprName(it) if it.ctx.is_store() && it.id.as_str() == name))
}

//! Read, wait, write: where a function reads something that others change too, gives control away, and then writes what it
//! has made of the old value.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{
    shape::{nodes, own_nodes},
    source::{Sources, Tree, covers, last_name},
};

/// One such update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Update {
    pub read: (u32, u32),
    pub write: (u32, u32),
    /// Where an `await` gives control away before the write: between the two.
    window: (u32, u32),
    /// The parameter that says which item it is: `name` of `stock[name]`.
    key: Option<(u32, u32)>,
}

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

    #[must_use]
    pub fn is_open_at(&self, place: TextRange) -> bool {
        range(self.window).contains_range(place)
    }

    /// The parameter that says which item of a container is updated. Calls with other arguments update other items.
    #[must_use]
    pub fn key(&self) -> Option<TextRange> {
        self.key.map(range)
    }

    fn new(target: &Expr, read: TextRange, write: TextRange, window: TextRange) -> Self {
        let pair = |it: TextRange| (it.start().to_u32(), it.end().to_u32());
        let key = match target {
            Expr::Subscript(it) if it.slice.is_name_expr() => Some(pair(it.slice.range())),
            _ => None,
        };
        Self {
            read: pair(read),
            write: pair(write),
            window: pair(window),
            key,
        }
    }
}

fn range((start, end): (u32, u32)) -> TextRange {
    TextRange::new(TextSize::new(start), TextSize::new(end))
}

/// The updates of a function of what all of its calls share.
#[must_use]
pub fn updates(path: &str, tree: &Tree, function: &StmtFunctionDef, sources: &Sources) -> Vec<Update> {
    let mut found = Vec::new();
    let mut lists: Vec<&[Stmt]> = vec![&function.body];
    while let Some(list) = lists.pop() {
        for (index, statement) in list.iter().enumerate() {
            within(tree, statement, &mut found);
            across(tree, &list[index..], &mut found);
            lists.extend(inner(statement));
        }
    }
    // Most functions have none, and need no look at the other files.
    if found.is_empty() {
        return Vec::new();
    }
    let scope = Scope {
        tree,
        function,
        neighbours: &neighbours(path, tree, sources),
        depth: 0,
    };
    let given = |update: &Update| {
        update.key().is_none_or(|key| {
            let name = tree.source(key);
            is_parameter(function, name) && !function.body.iter().any(|statement| rebinds(statement, name))
        })
    };
    found.retain(|(update, place)| scope.is_shared(place) && given(update) && !is_guarded(tree, function, update));
    found.into_iter().map(|(update, _)| update).collect()
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

/// `x += await f()` and `x = x + await f()`.
fn within<'a>(tree: &Tree, statement: &'a Stmt, found: &mut Vec<(Update, &'a Expr)>) {
    let (target, value, read) = match statement {
        Stmt::AugAssign(it) => (&*it.target, &*it.value, Some(it.target.range())),
        Stmt::Assign(it) => {
            let [target] = &*it.targets else { return };
            (target, &*it.value, reads(tree, target, statement).first().copied())
        }
        _ => return,
    };
    let Some(read) = read.filter(|_| is_place(target)) else {
        return;
    };
    let Some(last) = awaits(statement)
        .into_iter()
        .rfind(|it| value.range().contains_range(*it))
    else {
        return;
    };
    let again = reads(tree, target, statement)
        .into_iter()
        .any(|it| it.start() >= last.end());
    if read.end() <= last.start() && !again {
        let window = TextRange::new(read.end(), statement.end());
        found.push((Update::new(target, read, statement.range(), window), target));
    }
}

/// `old = x`, then an `await`, then `x = old + 1`: the first statement of a list with one of the others.
fn across<'a>(tree: &Tree, list: &'a [Stmt], found: &mut Vec<(Update, &'a Expr)>) {
    let Some((Stmt::Assign(first), rest)) = list.split_first() else {
        return;
    };
    let [Expr::Name(name)] = &*first.targets else { return };
    let name = name.id.as_str();
    let rest = run_through(rest);
    for (index, statement) in rest.iter().copied().enumerate() {
        let between = rest.get(..index).unwrap_or_default();
        if let Stmt::Assign(write) = statement
            && let [target] = &*write.targets
            && is_place(target)
            && mentions(statement, name)
            && let Some(read) = reads(tree, target, &list[0]).first().copied()
            && let Some(last) = between
                .iter()
                .copied()
                .chain([statement])
                .flat_map(awaits)
                .max_by_key(Ranged::start)
        {
            // Whoever looks again before it writes, in the condition of an `if` too, writes what it has seen last.
            let mut looks = list.iter().skip(1).flat_map(|it| reads(tree, target, it));
            if !looks.any(|it| it.end() > last.start() && it.end() <= statement.end()) {
                let window = TextRange::new(list[0].end(), statement.end());
                found.push((Update::new(target, read, statement.range(), window), target));
                return;
            }
        }
        if rebinds(statement, name) {
            return;
        }
    }
}

/// The statements that are run one after the other, with those of the bodies of `with` and `try`, and of `if` without an
/// `else`: who gets past one has seen all before it.
fn run_through(list: &[Stmt]) -> Vec<&Stmt> {
    let mut found = Vec::new();
    for statement in list {
        match statement {
            Stmt::If(it) if it.elif_else_clauses.is_empty() => found.extend(run_through(&it.body)),
            Stmt::With(it) => found.extend(run_through(&it.body)),
            Stmt::Try(it) => found.extend(run_through(&it.body)),
            _ => found.push(statement),
        }
    }
    found
}

/// What several tasks may have in common: `self.count`, `state["count"]`, `state[name]`, and names that are not the
/// function's own.
fn is_place(target: &Expr) -> bool {
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

/// Where a statement reads a place, by its text.
fn reads(tree: &Tree, place: &Expr, statement: &Stmt) -> Vec<TextRange> {
    let text = tree.source(place.range());
    let nodes = own_nodes(std::slice::from_ref(statement)).into_iter();
    let is_load = |node: &AnyNodeRef<'_>| match node {
        AnyNodeRef::ExprName(it) => it.ctx.is_load(),
        AnyNodeRef::ExprAttribute(it) => it.ctx.is_load(),
        AnyNodeRef::ExprSubscript(it) => it.ctx.is_load(),
        _ => false,
    };
    let found = nodes.filter(|node| is_load(node) && tree.source(node.range()) == text);
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

fn mentions(statement: &Stmt, name: &str) -> bool {
    let mut nodes = own_nodes(std::slice::from_ref(statement)).into_iter();
    nodes.any(|node| matches!(node, AnyNodeRef::ExprName(it) if it.ctx.is_load() && it.id.as_str() == name))
}

fn rebinds(statement: &Stmt, name: &str) -> bool {
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

/// Where a function stands, to find out what its names are.
#[derive(Clone, Copy)]
struct Scope<'a> {
    tree: &'a Tree,
    function: &'a StmtFunctionDef,
    /// The files that may name what this one defines, itself included.
    neighbours: &'a [&'a Tree],
    /// How many callers have been followed.
    depth: u32,
}

/// A function that is called through more others than this is taken to be called often.
const DEEPEST: u32 = 8;

impl Scope<'_> {
    /// Whether every call of the function means the same object by a place. In doubt it does not.
    fn is_shared(self, place: &Expr) -> bool {
        match place {
            Expr::Name(it) => self.is_outer(it.id.as_str()),
            Expr::Attribute(it) => match &*it.value {
                Expr::Name(root) => self.is_one(root.id.as_str()) || self.is_of_one_object(it.attr.as_str()),
                _ => false,
            },
            Expr::Subscript(it) => match &*it.value {
                Expr::Name(root) => self.is_one(root.id.as_str()),
                inner => self.is_shared(inner),
            },
            _ => false,
        }
    }

    /// A name that the function declares as another's: `global` or `nonlocal`.
    fn is_outer(self, name: &str) -> bool {
        own_nodes(&self.function.body).into_iter().any(|node| match node {
            AnyNodeRef::StmtGlobal(it) => it.names.iter().any(|it| it.as_str() == name),
            AnyNodeRef::StmtNonlocal(it) => it.names.iter().any(|it| it.as_str() == name) && self.is_one(name),
            _ => false,
        })
    }

    /// A name that stands for one object: of the module, or of a function that runs once.
    fn is_one(self, name: &str) -> bool {
        let mut owner: Option<&StmtFunctionDef> = None;
        for node in self.tree.path(self.tree.region(self.function.name.range())) {
            if let AnyNodeRef::StmtFunctionDef(it) = node
                && it.range() != self.function.range()
                && binds(it, name)
            {
                owner = Some(it);
            }
        }
        if binds(self.function, name) && !self.declares(name) {
            return false;
        }
        if let Some(owner) = owner {
            return !is_parameter(owner, name) && self.runs_once(owner);
        }
        let top = self.tree.module().body.iter().filter(|it| match it {
            Stmt::Assign(it) => it.targets.iter().any(|target| last_name(target) == Some(name)),
            Stmt::AnnAssign(it) => last_name(&it.target) == Some(name),
            Stmt::ClassDef(it) => it.name.as_str() == name,
            _ => false,
        });
        top.count() == 1
    }

    fn declares(self, name: &str) -> bool {
        own_nodes(&self.function.body).into_iter().any(|node| match node {
            AnyNodeRef::StmtGlobal(it) => it.names.iter().any(|it| it.as_str() == name),
            AnyNodeRef::StmtNonlocal(it) => it.names.iter().any(|it| it.as_str() == name),
            _ => false,
        })
    }

    /// Whether only one class has such an attribute, of which only one object is made.
    fn is_of_one_object(self, attribute: &str) -> bool {
        let mut owners = Vec::new();
        for tree in self.neighbours {
            for node in nodes(&tree.module().body) {
                if let AnyNodeRef::StmtClassDef(class) = node
                    && has(&class.body, attribute)
                {
                    owners.push(class.name.as_str());
                }
            }
        }
        matches!(*owners, [owner] if self.is_made_once(owner))
    }

    /// Whether a class or function is named only once, but for annotations: where it is called, and not in a loop.
    fn is_made_once(self, name: &str) -> bool {
        // Functions that call each other never come to an end here.
        if self.depth > DEEPEST {
            return false;
        }
        let mut calls = 0;
        for tree in self.neighbours {
            for node in nodes(&tree.module().body) {
                let it = match node {
                    AnyNodeRef::ExprName(it) => it,
                    // By way of a module, or under another name, it may be named any number of times.
                    AnyNodeRef::ExprAttribute(it) if it.attr.as_str() == name && it.ctx.is_load() => return false,
                    AnyNodeRef::Alias(it) if it.asname.is_some() && it.name.as_str() == name => return false,
                    _ => continue,
                };
                if it.id.as_str() != name || !it.ctx.is_load() || is_annotation(tree, it.range()) {
                    continue;
                }
                let path = tree.path(tree.region(it.range()));
                let called = path
                    .iter()
                    .any(|node| matches!(node, AnyNodeRef::ExprCall(call) if call.func.range() == it.range()));
                let repeated = path.iter().any(is_repeated);
                let within = path.iter().rev().find_map(|node| match node {
                    AnyNodeRef::StmtFunctionDef(it) => Some(*it),
                    _ => None,
                });
                let once = within.is_none_or(|function| function.name.as_str() != name && self.runs_once(function));
                if !called || repeated || !once {
                    return false;
                }
                calls += 1;
            }
        }
        calls == 1
    }

    fn runs_once(self, function: &StmtFunctionDef) -> bool {
        let deeper = Self {
            depth: self.depth + 1,
            ..self
        };
        deeper.is_made_once(function.name.as_str())
    }
}

/// A file, those it imports from and those that import from it. A folder may hold many programs that know nothing of each
/// other.
fn neighbours<'a>(path: &str, tree: &'a Tree, sources: &'a Sources) -> Vec<&'a Tree> {
    let stem = |path: &str| {
        path.trim_end_matches(".py")
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let (own, imported) = (stem(path), imports(tree));
    let others = sources
        .trees()
        .filter(|(other, tree)| *other != path && (imported.contains(&stem(other)) || imports(tree).contains(&own)));
    std::iter::once(tree).chain(others.map(|(_, tree)| tree)).collect()
}

/// The last parts of the names of the modules that a file imports.
fn imports(tree: &Tree) -> Vec<String> {
    let last = |module: &str| module.rsplit('.').next().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for node in nodes(&tree.module().body) {
        match node {
            AnyNodeRef::StmtImport(it) => found.extend(it.names.iter().map(|alias| last(alias.name.as_str()))),
            AnyNodeRef::StmtImportFrom(it) => {
                found.extend(it.module.as_ref().map(|module| last(module.as_str())));
                // `from . import module`
                found.extend(it.names.iter().map(|alias| alias.name.to_string()));
            }
            _ => {}
        }
    }
    found
}

fn is_repeated(node: &AnyNodeRef<'_>) -> bool {
    matches!(
        node,
        AnyNodeRef::StmtFor(_)
            | AnyNodeRef::StmtWhile(_)
            | AnyNodeRef::ExprListComp(_)
            | AnyNodeRef::ExprSetComp(_)
            | AnyNodeRef::ExprDictComp(_)
            | AnyNodeRef::ExprGenerator(_)
            | AnyNodeRef::ExprLambda(_)
    )
}

fn is_annotation(tree: &Tree, name: TextRange) -> bool {
    tree.path(tree.region(name)).iter().any(|node| match node {
        AnyNodeRef::Parameter(it) => it.annotation.as_ref().is_some_and(|it| it.range().contains_range(name)),
        AnyNodeRef::StmtAnnAssign(it) => it.annotation.range().contains_range(name),
        AnyNodeRef::StmtFunctionDef(it) => it.returns.as_ref().is_some_and(|it| it.range().contains_range(name)),
        _ => false,
    })
}

/// Whether a class gives its objects an attribute of their own.
fn has(body: &[Stmt], attribute: &str) -> bool {
    nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::ExprAttribute(it) => {
            it.attr.as_str() == attribute && it.ctx.is_store() && last_name(&it.value) == Some("self")
        }
        AnyNodeRef::StmtAnnAssign(it) => matches!(&*it.target, Expr::Name(name) if name.id.as_str() == attribute),
        _ => false,
    })
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

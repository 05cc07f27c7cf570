//! Whether a place of the source, such as `self.count`, is the same object for every call of a function.

use ruff_python_ast::{AnyNodeRef, Expr, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::Region,
    shape::{nodes, own_nodes},
    source::{Sources, Tree, last_name},
    updates::{binds, is_parameter},
};

/// Where a function stands, to find out what its names are.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    tree: &'a Tree,
    function: &'a StmtFunctionDef,
    /// The files that may name what this one defines, itself included.
    neighbours: &'a [&'a Tree],
    /// How many callers have been followed.
    depth: u32,
}

/// Whether a function says of a name that it is another's: `global` or `nonlocal`.
pub(super) fn declares(function: &StmtFunctionDef, name: &str) -> bool {
    own_nodes(&function.body).into_iter().any(|node| match node {
        AnyNodeRef::StmtGlobal(it) => it.names.iter().any(|it| it.as_str() == name),
        AnyNodeRef::StmtNonlocal(it) => it.names.iter().any(|it| it.as_str() == name),
        _ => false,
    })
}

/// A function that is called through more others than this is taken to be called often.
const DEEPEST: u32 = 8;

impl<'a> Scope<'a> {
    pub(super) fn new(tree: &'a Tree, function: &'a StmtFunctionDef, neighbours: &'a [&'a Tree]) -> Self {
        Self {
            tree,
            function,
            neighbours,
            depth: 0,
        }
    }

    /// Whether every call of the function means the same object by a place. In doubt it does not.
    pub(super) fn is_shared(self, place: &Expr) -> bool {
        match place {
            Expr::Name(it) => self.is_outer(it.id.as_str()),
            Expr::Attribute(it) => match &*it.value {
                Expr::Name(root) => {
                    let root = root.id.as_str();
                    self.is_one(root) || self.is_own_class(root) || self.is_of_one_object(it.attr.as_str())
                }
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
        if binds(self.function, name) && !declares(self.function, name) {
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

    /// Whether a name is that of the class in its class method, and no other class inherits that method.
    fn is_own_class(self, name: &str) -> bool {
        let decorated = self.function.decorator_list.iter();
        let first = self.function.parameters.iter().next();
        let given = first.is_some_and(|it| it.name().as_str() == name)
            && decorated
                .map(|it| &it.expression)
                .any(|it| last_name(it) == Some("classmethod"));
        let path = self.tree.path(self.tree.region(self.function.name.range()));
        let class = path.iter().rev().find_map(|node| match node {
            AnyNodeRef::StmtClassDef(it) => Some(it.name.as_str()),
            _ => None,
        });
        let inherits = |class: &str| {
            let all = self.neighbours.iter().flat_map(|tree| nodes(&tree.module().body));
            let mut bases = all.filter_map(AnyNodeRef::stmt_class_def).flat_map(StmtClassDef::bases);
            bases.any(|base| last_name(base) == Some(class))
        };
        given && class.is_some_and(|class| self.is_one(class) && !inherits(class))
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

/// Whether the code at a place runs once in all: that of a file, of a function that is called once, of the only object made.
pub(super) fn is_run_once(tree: &Tree, at: Region, neighbours: &[&Tree]) -> bool {
    let path = tree.path(at);
    let class = path.iter().rev().find_map(|node| match node {
        AnyNodeRef::StmtClassDef(it) => Some(it.name.as_str()),
        _ => None,
    });
    let once = |function| {
        let scope = Scope::new(tree, function, neighbours);
        match class {
            Some(class) if function.name.as_str() == "__init__" => scope.is_made_once(class),
            _ => scope.runs_once(function),
        }
    };
    !path.iter().any(is_repeated) && tree.function(at).is_none_or(once)
}

/// A file, those it imports from and those that import from it. A folder may hold many programs that know nothing of each
/// other.
pub(super) fn neighbours<'a>(path: &'a str, tree: &'a Tree, sources: &'a Sources) -> Vec<(&'a str, &'a Tree)> {
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
    std::iter::once((path, tree)).chain(others).collect()
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
        AnyNodeRef::StmtFunctionDef(it) => it.name.as_str() == attribute && keeps(it),
        _ => false,
    })
}

/// Whether it is the setter of a property that only keeps the value in an attribute of the object.
fn keeps(setter: &StmtFunctionDef) -> bool {
    let mut decorators = setter.decorator_list.iter().map(|it| &it.expression);
    let sets = decorators.any(|it| it.is_attribute_expr() && last_name(it) == Some("setter"));
    let [Stmt::Assign(it)] = &*setter.body else {
        return false;
    };
    let kept = |target: &Expr| matches!(target, Expr::Attribute(it) if last_name(&it.value) == Some("self"));
    sets && it.targets.iter().all(kept)
        && it
            .value
            .as_name_expr()
            .is_some_and(|it| is_parameter(setter, it.id.as_str()))
}

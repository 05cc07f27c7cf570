//! What keeps a cancellation to itself around a place: handlers, and the ends of `with` blocks whose context managers are
//! of the workspace.

use ruff_python_ast::{
    AnyNodeRef, BoolOp, CmpOp, Expr, ExprCall, Stmt, StmtClassDef, StmtFunctionDef, StmtReturn, WithItem,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{
    diagnostic::Region,
    shape::{nodes, own_nodes},
    source::{CANCELLATIONS, Sources, Tree, last_name},
};

/// A file by its path, and its tree.
type File<'a> = (&'a str, &'a Tree);

/// What catches a cancellation, or may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeper<'a> {
    pub path: &'a str,
    /// The head of a handler; of a context manager's class what its method returns, or else the item of the `with`.
    pub region: Region,
    /// It lets no cancellation out.
    pub sure: bool,
    /// The item of the `with` at the end of whose block it stands, for one that is not in the function itself.
    pub item: Option<Region>,
    /// Whether it is what the method of a class returns.
    pub returned: bool,
    /// Where the statement around the place begins, to tell which of two encloses the other.
    pub start: TextSize,
}

/// Generators in generators, and classes that inherit, are followed as far as this; a circle has no end.
const DEPTH: u32 = 8;

/// What may keep a cancellation that is thrown at this place of a file within its function, innermost first.
#[must_use]
pub fn keepers<'a>(path: &'a str, at: Region, sources: &'a Sources) -> Vec<Keeper<'a>> {
    let tree = sources.tree(path);
    tree.map_or_else(Vec::new, |tree| around((path, tree), at, sources, DEPTH))
}

fn around<'a>((path, tree): File<'a>, at: Region, sources: &'a Sources, depth: u32) -> Vec<Keeper<'a>> {
    let Some(offset) = tree.offset(at) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for statement in tree.enclosing(at) {
        let caught = tree.caught_by(statement, offset);
        found.extend(caught.into_iter().map(|catch| Keeper {
            path,
            region: catch.header,
            sure: !catch.raises,
            item: None,
            returned: false,
            start: statement.start(),
        }));
        let Stmt::With(it) = statement else { continue };
        // An item before the place has been entered, and is left after those that follow it.
        let entered = it.items.iter().rev().filter(|item| item.end() <= offset);
        found.extend(entered.filter_map(|item| {
            let kept = left_by(item, it.is_async, (path, tree), sources, depth.checked_sub(1)?)?;
            let item = tree.region(item.context_expr.range());
            Some(Keeper {
                item: Some(item),
                start: statement.start(),
                ..kept
            })
        }));
    }
    found
}

/// What keeps a cancellation where the block of an item ends.
fn left_by<'a>(
    item: &'a WithItem,
    is_async: bool,
    place: File<'a>,
    sources: &'a Sources,
    depth: u32,
) -> Option<Keeper<'a>> {
    let (path, tree) = place;
    let call = maker(&item.context_expr, tree)?;
    match definition(&call.func, place, sources)? {
        (found, Definition::Function(it)) => in_generator(it, is_async, found, sources, depth),
        (found, Definition::Class(it)) => {
            let kept = in_class(it, is_async, found, sources, depth)?;
            let (path, region) = kept.place.unwrap_or((path, tree.region(item.context_expr.range())));
            Some(Keeper {
                path,
                region,
                sure: kept.sure,
                item: None,
                returned: true,
                start: item.start(),
            })
        }
    }
}

/// The call that made a context manager: the item itself, or the only value of its name or attribute.
fn maker<'a>(item: &'a Expr, tree: &'a Tree) -> Option<&'a ExprCall> {
    if let Expr::Call(call) = item {
        return Some(call);
    }
    match tree.only_value(item)? {
        Expr::Call(call) => Some(call),
        _ => None,
    }
}

enum Definition<'a> {
    Function(&'a StmtFunctionDef),
    Class(&'a StmtClassDef),
}

/// The only function or class of the workspace that a name can mean here.
fn definition<'a>(name: &Expr, (path, tree): File<'a>, sources: &'a Sources) -> Option<(File<'a>, Definition<'a>)> {
    let Some(imported) = tree.names().path(name) else {
        return only(last_name(name)?, tree).map(|found| ((path, tree), found));
    };
    let (module, name) = imported.rsplit_once('.')?;
    let mut defining = sources.defining(name).filter(|(path, _)| is_module(path, module));
    let (found, None) = (defining.next()?, defining.next()) else {
        return None;
    };
    only(name, found.1).map(|definition| (found, definition))
}

/// Whether a file is the module that an import names.
fn is_module(path: &str, module: &str) -> bool {
    let path = path.strip_suffix(".py").unwrap_or(path);
    let path = path.strip_suffix("/__init__").unwrap_or(path).replace('/', ".");
    path == module || path.ends_with(&format!(".{module}"))
}

fn only<'a>(name: &str, tree: &'a Tree) -> Option<Definition<'a>> {
    let mut found = nodes(&tree.module().body).into_iter().filter_map(|node| match node {
        AnyNodeRef::StmtFunctionDef(it) if it.name.as_str() == name => Some(Definition::Function(it)),
        AnyNodeRef::StmtClassDef(it) if it.name.as_str() == name => Some(Definition::Class(it)),
        _ => None,
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What catches the exception that `contextlib` throws in where a generator has yielded.
fn in_generator<'a>(
    function: &'a StmtFunctionDef,
    is_async: bool,
    (path, tree): File<'a>,
    sources: &'a Sources,
    depth: u32,
) -> Option<Keeper<'a>> {
    let wanted = if is_async {
        "asynccontextmanager"
    } else {
        "contextmanager"
    };
    let mut decorators = function.decorator_list.iter();
    if !decorators.any(|it| last_name(&it.expression) == Some(wanted)) {
        return None;
    }
    let yields: Vec<_> = own_nodes(&function.body)
        .into_iter()
        .filter(|node| matches!(node, AnyNodeRef::ExprYield(_)))
        .collect();
    // Of several the run has come to one, and the text does not say to which.
    let doubtful = yields.len() > 1;
    let kept = yields.into_iter().find_map(|it| {
        let keepers = around((path, tree), tree.region(it.range()), sources, depth);
        let sure = keepers.iter().find(|keeper| keeper.sure);
        sure.or(keepers.first()).copied()
    })?;
    Some(Keeper {
        sure: kept.sure && !doubtful,
        ..kept
    })
}

/// What a class's method does with an exception.
struct Returned<'a> {
    /// The `return` that keeps it, if there is one that can be told.
    place: Option<(&'a str, Region)>,
    sure: bool,
}

fn in_class<'a>(
    class: &'a StmtClassDef,
    is_async: bool,
    place: File<'a>,
    sources: &'a Sources,
    depth: u32,
) -> Option<Returned<'a>> {
    let wanted = if is_async { "__aexit__" } else { "__exit__" };
    let own = class.body.iter().find_map(|statement| match statement {
        Stmt::FunctionDef(it) if it.name.as_str() == wanted => Some(it),
        _ => None,
    });
    let Some(method) = own else {
        let depth = depth.checked_sub(1)?;
        return class
            .bases()
            .iter()
            .find_map(|base| match definition(base, place, sources)? {
                (found, Definition::Class(it)) => in_class(it, is_async, found, sources, depth),
                (_, Definition::Function(_)) => None,
            });
    };
    let (path, tree) = place;
    let mut kept = Vec::new();
    let (mut may_keep, mut may_let_out) = (false, false);
    for node in own_nodes(&method.body) {
        let value = match node {
            AnyNodeRef::StmtReturn(it) => truth(it),
            AnyNodeRef::StmtRaise(_) => Truth::Other,
            _ => continue,
        };
        let reached = condition(&method.body, node.range());
        match (value, reached) {
            (Truth::Cancellation, Truth::Cancellation) => kept.push(tree.region(node.range())),
            (Truth::Other, Truth::Cancellation) if !stands_in(&method.body, node.range()) => return None,
            (Truth::Other, reached) => may_let_out |= reached == Truth::Unknown,
            (_, reached) => may_keep |= reached != Truth::Other,
        }
    }
    let told = match kept[..] {
        [only] if !may_keep && !may_let_out => Some((path, only)),
        _ => None,
    };
    (may_keep || !kept.is_empty()).then_some(Returned {
        place: told,
        sure: !kept.is_empty() && !may_let_out,
    })
}

/// For which exceptions an expression is true, or a statement is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    /// For a cancellation, whatever others there are.
    Cancellation,
    Unknown,
    /// For none, or for exceptions of other classes.
    Other,
}

impl Truth {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Other, _) | (_, Self::Other) => Self::Other,
            (Self::Cancellation, Self::Cancellation) => Self::Cancellation,
            _ => Self::Unknown,
        }
    }

    fn not(self) -> Self {
        match self {
            Self::Cancellation => Self::Other,
            Self::Unknown => Self::Unknown,
            Self::Other => Self::Cancellation,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Cancellation, _) | (_, Self::Cancellation) => Self::Cancellation,
            (Self::Other, Self::Other) => Self::Other,
            _ => Self::Unknown,
        }
    }
}

fn truth(it: &StmtReturn) -> Truth {
    match it.value.as_deref() {
        None => Truth::Other,
        Some(value) => holds(value),
    }
}

/// For which exceptions a condition holds, as far as it names their classes.
fn holds(condition: &Expr) -> Truth {
    match condition {
        Expr::BooleanLiteral(it) if it.value => Truth::Cancellation,
        Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) => Truth::Other,
        Expr::BoolOp(it) => {
            let mut parts = it.values.iter().map(holds);
            let first = parts.next().unwrap_or(Truth::Unknown);
            match it.op {
                BoolOp::And => parts.fold(first, Truth::and),
                BoolOp::Or => parts.fold(first, Truth::or),
            }
        }
        Expr::Compare(it) => match (&it.ops[..], &it.comparators[..]) {
            // That there is an exception at all, or none.
            (_, [Expr::NoneLiteral(_)]) if !it.left.is_name_expr() => Truth::Unknown,
            ([CmpOp::IsNot | CmpOp::NotEq], [Expr::NoneLiteral(_)]) => Truth::Cancellation,
            ([CmpOp::Is | CmpOp::Eq | CmpOp::In], [class]) => of_class(class),
            _ => Truth::Unknown,
        },
        Expr::Call(it) => match (last_name(&it.func), &it.arguments.args[..]) {
            (Some("isinstance" | "issubclass"), [_, class]) => of_class(class),
            _ => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

/// Whether a class, or one of a tuple, is that of cancellations.
fn of_class(class: &Expr) -> Truth {
    match class {
        Expr::NoneLiteral(_) => Truth::Other,
        Expr::Tuple(it) => it.elts.iter().map(of_class).fold(Truth::Other, Truth::or),
        _ => match last_name(class) {
            Some(name) if CANCELLATIONS.contains(&name) => Truth::Cancellation,
            Some(name) if name.ends_with("Error") || name.ends_with("Exception") => Truth::Other,
            _ => Truth::Unknown,
        },
    }
}

/// For which exceptions a function comes to a statement of its own.
fn condition(body: &[Stmt], at: TextRange) -> Truth {
    if stands_in(body, at) {
        return Truth::Cancellation;
    }
    let around = body.iter().find(|statement| statement.range().contains_range(at));
    let Some(Stmt::If(it)) = around else {
        return Truth::Unknown;
    };
    let clauses = it.elif_else_clauses.iter();
    let branches = std::iter::once((Some(&*it.test), &it.body)).chain(clauses.map(|it| (it.test.as_ref(), &it.body)));
    let mut reached = Truth::Cancellation;
    for (test, body) in branches {
        let taken = test.map_or(Truth::Cancellation, holds);
        if body.iter().any(|statement| statement.range().contains_range(at)) {
            return reached.and(taken).and(condition(body, at));
        }
        reached = reached.and(taken.not());
    }
    Truth::Unknown
}

/// Whether a statement is one of these themselves.
fn stands_in(body: &[Stmt], at: TextRange) -> bool {
    body.iter().any(|statement| statement.range() == at)
}

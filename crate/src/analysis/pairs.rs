//! Two functions of the workspace of which one gives a value and the other keeps one in the same place: `get()` and `set()`.

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{
    shape::own_nodes,
    sharing::{Scope, neighbours},
    source::{Sources, Tree},
    updates::{Stretch, binds, is_parameter, is_place, looked_up, range, reads, stretch},
};

/// Where a function that is called reads or writes on behalf of its caller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// The call.
    call: Stretch,
    path: String,
    function: Stretch,
    /// The read, or the statement that writes.
    place: Stretch,
}

impl Access {
    /// Whether a place of the caller is this call, or the `await` of it.
    pub(super) fn is_called_at(&self, place: TextRange) -> bool {
        let call = range(self.call);
        place.contains_range(call) && place.end() == call.end()
    }

    /// Whether the function has read when it waits at a place.
    pub(super) fn is_done_at(&self, path: &str, at: TextRange) -> bool {
        self.is_in(path, at) && at.start() >= range(self.place).end()
    }

    /// Whether it still has to write.
    pub(super) fn is_ahead_of(&self, path: &str, at: TextRange) -> bool {
        self.is_in(path, at) && at.start() < range(self.place).start()
    }

    fn is_in(&self, path: &str, at: TextRange) -> bool {
        self.path == path && range(self.function).contains_range(at)
    }
}

/// Where two calls stand.
#[derive(Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) path: &'a str,
    pub(super) tree: &'a Tree,
    pub(super) sources: &'a Sources,
}

/// A call that reads and a call that writes, of the same object.
pub(super) struct Pair<'a> {
    pub(super) getter: Access,
    pub(super) setter: Access,
    /// What the second call is given to keep.
    pub(super) value: &'a Expr,
    /// What both are given as the key.
    pub(super) key: Option<&'a Expr>,
}

impl<'a> Pair<'a> {
    /// The pair of two calls, if it can be told which functions they call, and these do nothing else with the place. In
    /// doubt there is none.
    pub(super) fn of(caller: Caller<'_>, get: &'a ExprCall, set: &'a ExprCall) -> Option<Self> {
        let Caller { path, tree, sources } = caller;
        let ((holder, get_name), (other, set_name)) = (callee(tree, get)?, callee(tree, set)?);
        if holder != other || get_name == set_name {
            return None;
        }
        sources.defining(set_name).next()?;
        let mut homes = Vec::new();
        for (path, tree) in neighbours(path, tree, sources) {
            for body in bodies(tree, holder.is_some()) {
                let both = function(body, get_name).zip(function(body, set_name));
                homes.extend(both.map(|(getter, setter)| (path, tree, getter, setter)));
            }
        }
        let [(path, home, getter, setter)] = *homes else {
            return None;
        };
        let read = given(home, getter)?;
        let write = kept(home, setter)?;
        let text = |it: &Expr| home.source(it.range());
        if text(read.holder) != text(write.place.holder) {
            return None;
        }
        let key = match (read.key, write.place.key) {
            (None, None) => None,
            (Some(one), Some(other)) => {
                let given = argument(get, getter, text(one))?;
                let again = argument(set, setter, text(other))?;
                (tree.source(given.range()) == tree.source(again.range())).then_some(Some(given))?
            }
            _ => return None,
        };
        let plain = key.is_none_or(|key| key.is_literal_expr() || key.is_name_expr());
        let files: Vec<&Tree> = neighbours(path, home, sources)
            .into_iter()
            .map(|(_, tree)| tree)
            .collect();
        let shared = Scope::new(home, setter, &files).is_shared(write.place.whole);
        let access = |call: &ExprCall, function: &StmtFunctionDef, place: TextRange| Access {
            call: stretch(call.range()),
            path: path.to_owned(),
            function: stretch(function.range()),
            place: stretch(place),
        };
        (plain && shared).then_some(Self {
            getter: access(get, getter, read.at),
            setter: access(set, setter, write.at),
            value: argument(set, setter, write.value)?,
            key,
        })
    }
}

/// What stands before the name of a function that is called, and the name.
fn callee<'a>(tree: &'a Tree, call: &'a ExprCall) -> Option<(Option<&'a str>, &'a str)> {
    match &*call.func {
        Expr::Name(it) => Some((None, it.id.as_str())),
        Expr::Attribute(it) => Some((Some(tree.source(it.value.range())), it.attr.as_str())),
        _ => None,
    }
}

/// The bodies of the classes of a file, or that of the file itself.
fn bodies(tree: &Tree, of_classes: bool) -> Vec<&[Stmt]> {
    if !of_classes {
        return vec![&tree.module().body];
    }
    let nodes = own_nodes(&tree.module().body).into_iter();
    let classes = nodes.filter_map(|node| match node {
        AnyNodeRef::StmtClassDef(it) => Some(&*it.body),
        _ => None,
    });
    classes.collect()
}

fn function<'a>(body: &'a [Stmt], name: &str) -> Option<&'a StmtFunctionDef> {
    body.iter().find_map(|it| match it {
        Stmt::FunctionDef(it) if it.name.as_str() == name && it.decorator_list.is_empty() => Some(it),
        _ => None,
    })
}

/// An attribute or a global, or an item of one under a key that is a parameter.
struct Place<'a> {
    whole: &'a Expr,
    holder: &'a Expr,
    key: Option<&'a Expr>,
    at: TextRange,
}

impl<'a> Place<'a> {
    fn of(expression: &'a Expr, function: &StmtFunctionDef) -> Option<Self> {
        let (holder, key) = match expression {
            Expr::Subscript(it) => (&*it.value, Some(&*it.slice)),
            Expr::Call(it) => looked_up(it).map(|(holder, key)| (holder, Some(key)))?,
            other => (other, None),
        };
        let by_parameter = |key: &Expr| matches!(key, Expr::Name(it) if is_parameter(function, it.id.as_str()));
        let fits = match holder {
            Expr::Name(it) => !is_parameter(function, it.id.as_str()),
            Expr::Attribute(it) => it.value.is_name_expr(),
            _ => false,
        };
        (fits && key.is_none_or(by_parameter)).then_some(Self {
            whole: expression,
            holder,
            key,
            at: expression.range(),
        })
    }
}

/// What a function gives back, if it is always the same place: `return self.value`, at once or by way of a name.
fn given<'a>(tree: &'a Tree, function: &'a StmtFunctionDef) -> Option<Place<'a>> {
    let mut returns = own_nodes(&function.body).into_iter().filter_map(|node| match node {
        AnyNodeRef::StmtReturn(it) => Some(it),
        _ => None,
    });
    let value = returns.next()?.value.as_deref()?;
    if returns.next().is_some() {
        return None;
    }
    match value {
        Expr::Name(it) if binds(function, it.id.as_str()) => {
            let given = tree.value_before(it.id.as_str(), tree.region(value.range()))?;
            Place::of(given, function)
        }
        value => Place::of(value, function),
    }
}

struct Kept<'a> {
    place: Place<'a>,
    /// The parameter that is kept.
    value: &'a str,
    at: TextRange,
}

/// What a function keeps of what it is given, if it always does: `self.value = value`, not under a condition.
fn kept<'a>(tree: &Tree, function: &'a StmtFunctionDef) -> Option<Kept<'a>> {
    let body = plain(&function.body);
    let position = body.iter().position(|it| match it {
        Stmt::Assign(it) => it
            .targets
            .iter()
            .any(|it| !it.is_name_expr() || is_declared(function, it)),
        _ => false,
    })?;
    let statement = *body.get(position)?;
    let Stmt::Assign(write) = statement else { return None };
    let ([target], Expr::Name(value)) = (&*write.targets, &*write.value) else {
        return None;
    };
    let leaves = |node: AnyNodeRef<'_>| matches!(node, AnyNodeRef::StmtReturn(_) | AnyNodeRef::StmtRaise(_));
    let before = body.iter().take(position).copied();
    let looks = function.body.iter().any(|it| !reads(tree, target, it).is_empty());
    let left = before.flat_map(|it| own_nodes(std::slice::from_ref(it))).any(leaves);
    if left || looks || !is_place(target) {
        return None;
    }
    is_parameter(function, value.id.as_str()).then_some(Kept {
        place: Place::of(target, function)?,
        value: value.id.as_str(),
        at: statement.range(),
    })
}

/// The statements that are run one after the other, those in the bodies of `with` included.
fn plain(list: &[Stmt]) -> Vec<&Stmt> {
    let mut found = Vec::new();
    for statement in list {
        match statement {
            Stmt::With(it) => found.extend(plain(&it.body)),
            other => found.push(other),
        }
    }
    found
}

fn is_declared(function: &StmtFunctionDef, target: &Expr) -> bool {
    let Expr::Name(name) = target else { return false };
    own_nodes(&function.body).into_iter().any(
        |node| matches!(node, AnyNodeRef::StmtGlobal(it) if it.names.iter().any(|it| it.as_str() == name.id.as_str())),
    )
}

/// What a call gives a function for one of its parameters, as far as that is written out.
pub(super) fn argument<'a>(call: &'a ExprCall, function: &StmtFunctionDef, name: &str) -> Option<&'a Expr> {
    if call.arguments.args.iter().any(Expr::is_starred_expr) {
        return None;
    }
    if let Some(keyword) = call.arguments.find_keyword(name) {
        return Some(&keyword.value);
    }
    let first = function.parameters.iter().next().map(|it| it.name().as_str());
    let bound = usize::from(call.func.is_attribute_expr() && matches!(first, Some("self" | "cls")));
    let number = function.parameters.iter().position(|it| it.name().as_str() == name)?;
    call.arguments.args.get(number.checked_sub(bound)?)
}

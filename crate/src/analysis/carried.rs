//! Where a function carries an old value: from what it has read, through names of its own, to what it writes.

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef,
    visitor::source_order::{SourceOrderVisitor, TraversalSignal},
};
use ruff_text_size::{Ranged, TextRange};

use super::{
    pairs::{Caller, Pair},
    shape::{own_nodes, own_nodes_of},
    source::Tree,
    updates::{Update, awaits, inner, is_place, reads},
};

/// The updates of a function: of places, each with the place, and by pairs of other functions, of which it is known that
/// all calls mean the same object.
pub(super) fn updates<'a>(caller: Caller<'a>, function: &'a StmtFunctionDef) -> (Vec<(Update, &'a Expr)>, Vec<Update>) {
    let mut found = Found::default();
    let mut lists: Vec<&[Stmt]> = vec![&function.body];
    while let Some(list) = lists.pop() {
        for (index, statement) in list.iter().enumerate() {
            within(caller.tree, statement, &mut found);
            through_calls(caller, statement, &mut found);
            Flow::begin(caller, &list[index..], &mut found);
            lists.extend(inner(statement));
        }
    }
    (found.places, found.pairs)
}

#[derive(Default)]
struct Found<'a> {
    places: Vec<(Update, &'a Expr)>,
    pairs: Vec<Update>,
}

impl<'a> Found<'a> {
    fn put(&mut self, target: &'a Expr, read: TextRange, write: TextRange, window: TextRange) {
        let key = target.as_subscript_expr().map(|it| &*it.slice);
        self.places.push((Update::new(key, read, write, window), target));
    }
}

/// `x += await f()` and `x = x + await f()`.
fn within<'a>(tree: &Tree, statement: &'a Stmt, found: &mut Found<'a>) {
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
        found.put(target, read, statement.range(), window);
    }
}

/// `await store.set(await store.get() + 1)`.
fn through_calls(caller: Caller<'_>, statement: &Stmt, found: &mut Found<'_>) {
    let Some(set) = setting_call(statement) else { return };
    for get in calls(statement).into_iter().filter(|get| get.range() != set.range()) {
        if let Some(pair) = Pair::of(caller, get, set)
            && pair.value.range().contains_range(get.range())
        {
            let window = TextRange::new(get.end(), statement.end());
            let update = Update::new(pair.key, get.range(), statement.range(), window);
            found.pairs.push(update.through(pair.getter, pair.setter));
            return;
        }
    }
}

/// The call that a statement consists of, awaited or not.
fn setting_call(statement: &Stmt) -> Option<&ExprCall> {
    let value = match statement {
        Stmt::Expr(it) => &*it.value,
        Stmt::Assign(it) => &*it.value,
        _ => return None,
    };
    match value {
        Expr::Await(it) => it.value.as_call_expr(),
        other => other.as_call_expr(),
    }
}

fn calls(statement: &Stmt) -> Vec<&ExprCall> {
    let nodes = own_nodes(std::slice::from_ref(statement)).into_iter();
    nodes
        .filter_map(|node| match node {
            AnyNodeRef::ExprCall(it) => Some(it),
            _ => None,
        })
        .collect()
}

/// What is known at one point of a function.
#[derive(Clone)]
struct Now<'a> {
    /// The names of the old value and of what was made of it.
    names: Vec<&'a str>,
    /// Where control was last given away.
    waited: Option<TextRange>,
}

impl Now<'_> {
    fn waits(&mut self, at: impl IntoIterator<Item = TextRange>) {
        self.waited = self.waited.into_iter().chain(at).max_by_key(Ranged::start);
    }
}

/// `old = x`, then an `await`, then `x = old + 1`: the first statement of a list with one that comes after it.
struct Flow<'a, 's, 'f> {
    caller: Caller<'s>,
    list: &'a [Stmt],
    found: &'f mut Found<'a>,
}

impl<'a> Flow<'a, '_, '_> {
    fn begin(caller: Caller<'_>, list: &'a [Stmt], found: &mut Found<'a>) {
        let Some((first, rest)) = list.split_first() else {
            return;
        };
        let Some((name, _)) = named(first.into()) else { return };
        let mut now = Now {
            names: vec![name],
            waited: None,
        };
        now.waits(awaits(first));
        let mut flow = Flow { caller, list, found };
        flow.walk(rest, &mut now);
    }

    /// Goes through statements. Returned is whether their end can be reached with something left to find.
    fn walk(&mut self, list: &'a [Stmt], now: &mut Now<'a>) -> bool {
        list.iter().all(|statement| self.step(statement, now))
    }

    fn step(&mut self, statement: &'a Stmt, now: &mut Now<'a>) -> bool {
        match statement {
            Stmt::If(it) => {
                now.waits(awaits_of(&it.test));
                let mut ways = Vec::new();
                self.way(&it.body, now, &mut ways);
                for clause in &it.elif_else_clauses {
                    now.waits(clause.test.iter().flat_map(awaits_of));
                    self.way(&clause.body, now, &mut ways);
                }
                if it.elif_else_clauses.last().is_none_or(|it| it.test.is_some()) {
                    ways.push(now.clone());
                }
                meet(ways, now)
            }
            Stmt::While(it) => {
                now.waits(awaits_of(&it.test));
                self.repeat(statement, &it.body, now) && self.walk(&it.orelse, now)
            }
            Stmt::For(it) => {
                now.waits(it.is_async.then_some(it.range()));
                now.waits(awaits_of(&it.iter));
                self.repeat(statement, &it.body, now) && self.walk(&it.orelse, now)
            }
            Stmt::With(it) => {
                now.waits(it.is_async.then_some(it.range()));
                let items = it.items.iter();
                now.waits(items.flat_map(|item| awaits_of(&item.context_expr)));
                self.walk(&it.body, now)
            }
            Stmt::Try(it) => self.walk(&it.body, now) && self.walk(&it.orelse, now) && self.walk(&it.finalbody, now),
            Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => false,
            _ => !self.writes(statement, now) && rename(statement, now),
        }
    }

    /// One of several ways on.
    fn way(&mut self, body: &'a [Stmt], now: &Now<'a>, ways: &mut Vec<Now<'a>>) {
        let mut branch = now.clone();
        // Where nothing old is left, the function goes on all the same.
        if self.walk(body, &mut branch) || branch.names.is_empty() {
            ways.push(branch);
        }
    }

    /// The body of a loop may be run any number of times. A name that it gives something new is nothing old in it.
    fn repeat(&mut self, statement: &'a Stmt, body: &'a [Stmt], now: &mut Now<'a>) -> bool {
        for it in own_nodes(std::slice::from_ref(statement)) {
            forget(it, now);
        }
        if now.names.is_empty() {
            return false;
        }
        let mut ways = vec![now.clone()];
        self.way(body, now, &mut ways);
        meet(ways, now)
    }

    /// Whether a statement writes what was made of the old value, and so ends the search; it is an update if control was
    /// given away since the read.
    fn writes(&mut self, statement: &'a Stmt, now: &Now<'a>) -> bool {
        let mentions = |within: &Expr| own_nodes_of(within).into_iter().any(|node| is_one_of(node, &now.names));
        let mut now = now.clone();
        now.waits(awaits(statement));
        let Some(last) = now.waited else { return false };
        if let Stmt::Assign(write) = statement
            && let [target] = &*write.targets
            && is_place(target)
            && mentions(&write.value)
            && let Some(read) = reads(self.caller.tree, target, &self.list[0]).first().copied()
        {
            let tree = self.caller.tree;
            let look = |it: &Stmt| reads(tree, target, it);
            let restores = write.value.is_name_expr() && self.is_written_before(target, statement);
            if last.start() < read.end() || restores || self.looks_again(last, statement, look) {
                return false;
            }
            let window = TextRange::new(read.end(), statement.end());
            self.found.put(target, read, statement.range(), window);
            return true;
        }
        let Some(set) = setting_call(statement).filter(|it| it.arguments.args.iter().any(mentions)) else {
            return false;
        };
        calls(&self.list[0]).into_iter().any(|get| {
            let Some(pair) = Pair::of(self.caller, get, set).filter(|it| mentions(it.value)) else {
                return false;
            };
            let text = self.caller.tree.source(get.range());
            let is_same = |call: &&ExprCall| self.caller.tree.source(call.range()) == text;
            let look = |it: &Stmt| calls(it).into_iter().filter(is_same).map(Ranged::range).collect();
            if self.looks_again(last, statement, look) {
                return false;
            }
            let window = TextRange::new(self.list[0].end(), statement.end());
            let update = Update::new(pair.key, get.range(), statement.range(), window);
            self.found.pairs.push(update.through(pair.getter, pair.setter));
            true
        })
    }

    /// Whether a place is given another value between the read and a statement, which then puts back what was there.
    fn is_written_before(&self, place: &Expr, write: &Stmt) -> bool {
        let text = self.caller.tree.source(place.range());
        let is_it = |target: &Expr| self.caller.tree.source(target.range()) == text;
        let nodes = own_nodes(self.list).into_iter();
        let mut before = nodes.take_while(|node| node.start() < write.start());
        before.any(|node| match node {
            AnyNodeRef::StmtAssign(it) => it.targets.iter().any(is_it),
            AnyNodeRef::StmtAugAssign(it) => is_it(&it.target),
            _ => false,
        })
    }

    /// Whoever looks again before it writes, in the condition of an `if` too, writes what it has seen last.
    fn looks_again(&self, last: TextRange, write: &Stmt, look: impl Fn(&Stmt) -> Vec<TextRange>) -> bool {
        let mut looks = self.list.iter().skip(1).flat_map(look);
        looks.any(|it| it.end() > last.start() && it.end() <= write.end())
    }
}

/// Where several ways meet: an old value is what is one on all of them. Returned is whether there is such a way.
fn meet<'a>(ways: Vec<Now<'a>>, now: &mut Now<'a>) -> bool {
    let mut ways = ways.into_iter();
    let Some(first) = ways.next() else { return false };
    *now = first;
    for way in ways {
        now.names.retain(|name| way.names.contains(name));
        now.waits(way.waited);
    }
    !now.names.is_empty()
}

/// What a simple statement does to the names. Returned is whether one of them is left.
fn rename<'a>(statement: &'a Stmt, now: &mut Now<'a>) -> bool {
    now.waits(awaits(statement));
    let made = named(statement.into()).filter(|(_, value)| is_made_of(value, &now.names));
    match made {
        Some((name, _)) if now.names.contains(&name) => {}
        Some((name, _)) => now.names.push(name),
        None => {
            for node in own_nodes(std::slice::from_ref(statement)) {
                forget(node, now);
            }
        }
    }
    !now.names.is_empty()
}

/// Forgets the names that a node gives something new. `total += 1` of an old total is made of it.
fn forget(node: AnyNodeRef<'_>, now: &mut Now<'_>) {
    let keeps = named(node).is_some_and(|(_, value)| is_made_of(value, &now.names));
    let given: Vec<&Expr> = match node {
        AnyNodeRef::StmtAssign(it) if !keeps => it.targets.iter().collect(),
        AnyNodeRef::StmtAnnAssign(it) if !keeps => vec![&it.target],
        AnyNodeRef::StmtFor(it) => vec![&it.target],
        AnyNodeRef::StmtDelete(it) => it.targets.iter().collect(),
        AnyNodeRef::ExprNamed(it) => vec![&it.target],
        AnyNodeRef::WithItem(it) => it.optional_vars.iter().map(|it| &**it).collect(),
        _ => return,
    };
    let stored = |name: &str| {
        let mut nodes = given.iter().flat_map(|it| own_nodes_of(it));
        nodes.any(|node| matches!(node, AnyNodeRef::ExprName(it) if !it.ctx.is_load() && it.id.as_str() == name))
    };
    now.names.retain(|name| !stored(name));
}

/// The name that a statement gives a value, or adds it to.
fn named(statement: AnyNodeRef<'_>) -> Option<(&str, &Expr)> {
    let (target, value) = match statement {
        AnyNodeRef::StmtAssign(it) => match &*it.targets {
            [target] => (target, &*it.value),
            _ => return None,
        },
        AnyNodeRef::StmtAnnAssign(it) => (&*it.target, it.value.as_deref()?),
        AnyNodeRef::StmtAugAssign(it) => (&*it.target, &*it.value),
        _ => return None,
    };
    Some((target.as_name_expr()?.id.as_str(), value))
}

fn is_one_of(node: AnyNodeRef<'_>, names: &[&str]) -> bool {
    matches!(node, AnyNodeRef::ExprName(it) if it.ctx.is_load() && names.contains(&it.id.as_str()))
}

fn awaits_of(expression: &Expr) -> Vec<TextRange> {
    let nodes = own_nodes_of(expression).into_iter();
    let found = nodes.filter(|node| matches!(node, AnyNodeRef::ExprAwait(_)));
    found.map(|node| node.range()).collect()
}

/// Whether a value is made of one of these: `old + 1`, `max(old, n)`, `old.copy()`. What another function brings that was
/// only told of it is something new, and so are its parts and what comes out of a comparison.
fn is_made_of(value: &Expr, names: &[&str]) -> bool {
    let mut search = Made {
        names,
        called: Vec::new(),
        found: false,
    };
    search.visit_expr(value);
    search.found
}

struct Made<'n> {
    names: &'n [&'n str],
    /// What the calls around the node call.
    called: Vec<TextRange>,
    found: bool,
}

impl<'a> SourceOrderVisitor<'a> for Made<'_> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        self.found |= is_one_of(node, self.names);
        match node {
            AnyNodeRef::ExprCall(it) => self.called.push(it.func.range()),
            AnyNodeRef::ExprAwait(_) | AnyNodeRef::ExprLambda(_) | AnyNodeRef::ExprCompare(_) => {
                return TraversalSignal::Skip;
            }
            AnyNodeRef::ExprAttribute(it) if !self.called.contains(&it.range()) => return TraversalSignal::Skip,
            _ => {}
        }
        TraversalSignal::Traverse
    }
}

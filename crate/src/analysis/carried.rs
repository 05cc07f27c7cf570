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

impl<'a> Now<'a> {
    fn of(name: &'a str) -> Self {
        Self {
            names: vec![name],
            waited: None,
        }
    }

    fn waits(&mut self, at: impl IntoIterator<Item = TextRange>) {
        self.waited = self.waited.into_iter().chain(at).max_by_key(Ranged::start);
    }
}

/// `old = x`, then an `await`, then `x = old + 1`: the first statement of a list with one that comes after it, or that
/// stands in it where the value is named in the condition of an `if`.
struct Flow<'a, 's, 'f> {
    caller: Caller<'s>,
    list: &'a [Stmt],
    /// What the name was given.
    value: &'a Expr,
    is_condition: bool,
    found: &'f mut Found<'a>,
}

impl<'a, 's, 'f> Flow<'a, 's, 'f> {
    fn begin(caller: Caller<'s>, list: &'a [Stmt], found: &'f mut Found<'a>) {
        let Some((first, rest)) = list.split_first() else {
            return;
        };
        for (name, value) in named(first.into()) {
            let mut now = Now::of(name);
            now.waits(awaits(first));
            Flow::new(caller, list, value, found).walk(rest, &mut now);
        }
        for (name, value) in named_within(first) {
            let mut now = Now::of(name);
            let mut flow = Flow::new(caller, list, value, found);
            if let Stmt::If(_) = first {
                flow.is_condition = true;
                flow.walk(list, &mut now);
            } else {
                now.waits(awaits(first));
                flow.walk(rest, &mut now);
            }
        }
    }

    fn new(caller: Caller<'s>, list: &'a [Stmt], value: &'a Expr, found: &'f mut Found<'a>) -> Self {
        Self {
            caller,
            list,
            value,
            is_condition: false,
            found,
        }
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
        for (target, value) in given(statement.into()) {
            let tree = self.caller.tree;
            let look = |it: &Stmt| reads(tree, target, it);
            let mut read = look(&self.list[0]).into_iter();
            let Some(read) = read.find(|it| self.value.range().contains_range(*it)) else {
                continue;
            };
            if !is_place(target) || !mentions(value) {
                continue;
            }
            let restores = value.is_name_expr() && self.is_written_before(target, statement);
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
            AnyNodeRef::StmtAssign(it) => it.targets.iter().any(is_it) || given(node).iter().any(|(it, _)| is_it(it)),
            AnyNodeRef::StmtAugAssign(it) => is_it(&it.target),
            _ => false,
        })
    }

    /// Whoever looks again before it writes, in the condition of an `if` too, writes what it has seen last.
    fn looks_again(&self, last: TextRange, write: &Stmt, look: impl Fn(&Stmt) -> Vec<TextRange>) -> bool {
        let before = usize::from(!self.is_condition);
        let mut looks = self.list.iter().skip(before).flat_map(look);
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
    let values = named(statement.into()).into_iter();
    let made: Vec<_> = values.filter(|(_, value)| is_made_of(value, &now.names)).collect();
    for node in own_nodes(std::slice::from_ref(statement)) {
        forget(node, now);
    }
    for (name, _) in made {
        if !now.names.contains(&name) {
            now.names.push(name);
        }
    }
    !now.names.is_empty()
}

/// Forgets the names that a node gives something new. `total += 1` of an old total is made of it.
fn forget(node: AnyNodeRef<'_>, now: &mut Now<'_>) {
    let values = named(node);
    let keeps = matches!(&*values, [(_, value)] if is_made_of(value, &now.names));
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

/// The names that a statement gives values, or adds them to.
fn named(statement: AnyNodeRef<'_>) -> Vec<(&str, &Expr)> {
    let pairs = match statement {
        AnyNodeRef::StmtAugAssign(it) => vec![(&*it.target, &*it.value)],
        AnyNodeRef::StmtAnnAssign(it) => it
            .value
            .as_deref()
            .map(|value| (&*it.target, value))
            .into_iter()
            .collect(),
        other => given(other),
    };
    let named = pairs.into_iter();
    named
        .filter_map(|(target, value)| Some((target.as_name_expr()?.id.as_str(), value)))
        .collect()
}

/// What an assignment gives to what: `x, y = a, b` does two of them at once.
fn given(statement: AnyNodeRef<'_>) -> Vec<(&Expr, &Expr)> {
    let AnyNodeRef::StmtAssign(it) = statement else {
        return Vec::new();
    };
    match (&*it.targets, &*it.value) {
        ([Expr::Tuple(targets)], Expr::Tuple(values)) => {
            let starred = targets.iter().chain(values.iter()).any(Expr::is_starred_expr);
            let same = targets.len() == values.len() && !starred;
            targets.iter().zip(values.iter()).filter(|_| same).collect()
        }
        ([target], value) => vec![(target, value)],
        _ => Vec::new(),
    }
}

/// The names that a value gets in the middle of a statement: `n` of `if (n := self.count) < 10`.
fn named_within(statement: &Stmt) -> Vec<(&str, &Expr)> {
    let nodes = match statement {
        Stmt::If(it) => own_nodes_of(&it.test),
        Stmt::Expr(it) => own_nodes_of(&it.value),
        Stmt::Assign(it) => own_nodes_of(&it.value),
        _ => return Vec::new(),
    };
    let named = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::ExprNamed(it) => Some((it.target.as_name_expr()?.id.as_str(), &*it.value)),
        _ => None,
    });
    named.collect()
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

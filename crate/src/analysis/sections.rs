//! Two writes that belong together, with an `await` between them: what a cancellation at that `await` leaves half done.
//!
//! That they belong together is read from what they do. One takes away what the other adds; one undoes the other; both
//! write rows of a database. Two writes that only stand near each other have nothing to do with each other.

use std::collections::BTreeSet;

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Operator, Stmt, StmtFunctionDef, StmtTry, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::{
    diagnostic::Region,
    initial::is_initial,
    shape::own_nodes,
    source::{Tree, covers, handler, last_name},
    undoing::touches,
    updates::{awaits, binds, inner, is_parameter},
};

/// Two writes of one function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub first: TextRange,
    pub second: TextRange,
    /// The last name of what the first changes: `rows` of `self.rows.append(…)`.
    pub written: String,
    /// The second only puts back what the first has set, as a counter of what is under way. That it stays is harmless in a
    /// program that cancels nothing.
    pub puts_back: bool,
}

impl Section {
    /// Whether a task that waits here has done the first write and not the second.
    #[must_use]
    pub fn is_open_at(&self, place: TextRange) -> bool {
        TextRange::new(self.first.end(), self.second.end()).contains_range(place)
    }
}

/// What a statement does to something.
enum Write<'a> {
    /// `x += n`, or `x = x - n`.
    Sum {
        place: &'a Expr,
        adds: bool,
        operand: &'a Expr,
    },
    /// `x = True`.
    Flag { place: &'a Expr, value: bool },
    /// `x = "busy"`, or another value that is there without a call.
    Value { place: &'a Expr, value: &'a Expr },
    /// `x.add(n)`.
    Call {
        call: &'a ExprCall,
        method: &'a str,
        awaited: bool,
    },
}

impl<'a> Write<'a> {
    /// What it changes.
    fn place(&self) -> &'a Expr {
        match self {
            Self::Sum { place, .. } | Self::Flag { place, .. } | Self::Value { place, .. } => place,
            Self::Call { call, .. } => match &*call.func {
                Expr::Attribute(it) => &it.value,
                other => other,
            },
        }
    }
}

/// Methods of which the second undoes the first.
const UNDOING: &[(&str, &str)] = &[
    ("acquire", "release"),
    ("add", "discard"),
    ("add", "remove"),
    ("append", "remove"),
    ("increment", "decrement"),
    ("inc", "dec"),
    ("lock", "unlock"),
];

/// Methods of which the second gives elsewhere what the first has taken.
const MOVING: &[(&str, &str)] = &[("withdraw", "deposit"), ("debit", "credit")];

/// What is entered so that either all of it is kept or nothing.
const TRANSACTIONS: &[&str] = &[
    "transaction",
    "begin",
    "begin_nested",
    "atomic",
    "savepoint",
    "unit_of_work",
];

/// The sections of a function, in the order of their first writes.
#[must_use]
pub fn sections(tree: &Tree, function: &StmtFunctionDef) -> Vec<Section> {
    let mut found = Vec::new();
    let mut lists: Vec<&[Stmt]> = vec![&function.body];
    while let Some(list) = lists.pop() {
        for (index, statement) in list.iter().enumerate() {
            lists.extend(inner(statement));
            let Some(first) = write(tree, statement).filter(|it| outlives(it, function)) else {
                continue;
            };
            found.extend(following(&list[index + 1..]).into_iter().find_map(|second| {
                let puts_back = belong(tree, &first, &write(tree, second)?)?;
                let section = Section {
                    first: statement.range(),
                    second: second.range(),
                    written: holder(first.place()).unwrap_or_default().to_owned(),
                    puts_back,
                };
                let waits = own_nodes(&function.body).into_iter().any(|node| {
                    matches!(
                        node,
                        AnyNodeRef::ExprAwait(_) | AnyNodeRef::StmtFor(_) | AnyNodeRef::StmtWith(_)
                    ) && section.is_open_at(node.range())
                });
                let waits = waits || awaits(second).into_iter().any(|it| section.is_open_at(it));
                (waits && !is_transaction(tree, function, &section)).then_some(section)
            }));
        }
    }
    found.sort_by_key(|it| (it.first.start(), it.second.start()));
    found
}

/// The statements that come next, with those of the bodies of `try`, `with` and `for`.
fn following(list: &[Stmt]) -> Vec<&Stmt> {
    let mut found = Vec::new();
    for statement in list {
        match statement {
            Stmt::Try(it) => found.extend(following(&it.body)),
            Stmt::With(it) => found.extend(following(&it.body)),
            Stmt::For(it) => found.extend(following(&it.body)),
            _ => found.push(statement),
        }
    }
    found
}

fn write<'a>(tree: &Tree, statement: &'a Stmt) -> Option<Write<'a>> {
    match statement {
        Stmt::AugAssign(it) => Some(Write::Sum {
            place: &it.target,
            adds: sign(it.op)?,
            operand: &it.value,
        }),
        Stmt::Assign(it) => {
            let [place] = &*it.targets else { return None };
            match &*it.value {
                Expr::BooleanLiteral(value) => Some(Write::Flag {
                    place,
                    value: value.value,
                }),
                Expr::BinOp(sum) if tree.source(sum.left.range()) == tree.source(place.range()) => Some(Write::Sum {
                    place,
                    adds: sign(sum.op)?,
                    operand: &sum.right,
                }),
                value if value.is_literal_expr() || value.is_name_expr() || value.is_attribute_expr() => {
                    Some(Write::Value { place, value })
                }
                value => call(value),
            }
        }
        Stmt::Expr(it) => call(&it.value),
        _ => None,
    }
}

fn sign(operator: Operator) -> Option<bool> {
    match operator {
        Operator::Add => Some(true),
        Operator::Sub => Some(false),
        _ => None,
    }
}

fn call(value: &Expr) -> Option<Write<'_>> {
    let (value, awaited) = match value {
        Expr::Await(it) => (&*it.value, true),
        value => (value, false),
    };
    let Expr::Call(call) = value else { return None };
    let Expr::Attribute(function) = &*call.func else {
        return None;
    };
    Some(Write::Call {
        call,
        method: function.attr.as_str(),
        awaited,
    })
}

/// Whether what is written is still there when the function has been left: it is not an object of its own making.
fn outlives(write: &Write<'_>, function: &StmtFunctionDef) -> bool {
    let place = write.place();
    let Some(root) = root(place) else { return true };
    let declared = own_nodes(&function.body).into_iter().any(|node| match node {
        AnyNodeRef::StmtGlobal(it) => it.names.iter().any(|name| name.as_str() == root),
        AnyNodeRef::StmtNonlocal(it) => it.names.iter().any(|name| name.as_str() == root),
        _ => false,
    });
    // To give a name another value changes nothing but the name; a call changes what it stands for.
    let changes_object = !place.is_name_expr() || matches!(write, Write::Call { .. });
    if declared || is_parameter(function, root) || !binds(function, root) {
        return declared || changes_object;
    }
    // A local name of something that was looked up elsewhere is another's; of something that was made here it is not.
    let made_here = own_nodes(&function.body).into_iter().any(|node| {
        matches!(node, AnyNodeRef::StmtAssign(it)
            if it.targets.iter().any(|target| binds_name(target, root))
                && !matches!(&*it.value, Expr::Subscript(_) | Expr::Attribute(_) | Expr::Await(_) | Expr::Name(_)))
    });
    changes_object && !made_here
}

fn binds_name(target: &Expr, name: &str) -> bool {
    match target {
        Expr::Name(it) => it.id.as_str() == name,
        Expr::Tuple(it) => it.elts.iter().any(|part| binds_name(part, name)),
        _ => false,
    }
}

/// `a` of `a.b["c"].d`.
fn root(place: &Expr) -> Option<&str> {
    match place {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => root(&it.value),
        Expr::Subscript(it) => root(&it.value),
        Expr::Call(it) => root(&it.func),
        _ => None,
    }
}

/// Whether two writes belong together; then whether the second puts back what the first has set.
fn belong(tree: &Tree, first: &Write<'_>, second: &Write<'_>) -> Option<bool> {
    let text = |it: &Expr| tree.source(it.range());
    match (first, second) {
        (
            Write::Sum { place, adds, operand },
            Write::Sum {
                place: place2,
                adds: adds2,
                operand: operand2,
            },
        ) => {
            if adds == adds2 || text(operand) != text(operand2) {
                return None;
            }
            if text(place) == text(place2) {
                return Some(true);
            }
            are_alike(tree, place, place2).then_some(false)
        }
        (
            Write::Flag { place, value },
            Write::Flag {
                place: place2,
                value: value2,
            },
        ) => (text(place) == text(place2) && *value && !*value2).then_some(true),
        (
            Write::Value { place, value },
            Write::Value {
                place: place2,
                value: value2,
            },
        ) => {
            let changes = text(place) == text(place2) && text(value) != text(value2);
            (changes && !is_initial(tree, place, value) && is_initial(tree, place, value2)).then_some(true)
        }
        (
            Write::Sum {
                adds: false, operand, ..
            },
            Write::Call { call, method, .. },
        ) => {
            let recorded = matches!(*method, "append" | "add") && names(call).contains(text(operand));
            recorded.then_some(false)
        }
        (Write::Call { .. }, Write::Call { .. }) => calls_belong(tree, first, second),
        _ => None,
    }
}

/// The same of two calls.
fn calls_belong(tree: &Tree, first: &Write<'_>, second: &Write<'_>) -> Option<bool> {
    let (
        Write::Call { call, method, awaited },
        Write::Call {
            call: call2,
            method: method2,
            awaited: awaited2,
        },
    ) = (first, second)
    else {
        return None;
    };
    let same_receiver = receiver(tree, call) == receiver(tree, call2);
    if same_receiver && is_statement_of_sql(call) && is_statement_of_sql(call2) {
        return Some(false);
    }
    let are = |pairs: &[(&str, &str)]| pairs.iter().any(|(one, other)| one == method && other == method2);
    if same_receiver && are(UNDOING) && arguments(tree, call) == arguments(tree, call2) {
        return Some(true);
    }
    let shared = names(call).intersection(&names(call2)).next().is_some();
    let stored = same_receiver && *awaited && *awaited2 && stores(method) && stores(method2);
    let negated = same_receiver && method == method2 && is_negated(tree, call, call2);
    ((are(MOVING) || stored) && shared || negated).then_some(false)
}

/// Whether a method's name says that it keeps what it is given.
fn stores(method: &str) -> bool {
    let words = ["insert", "save", "store", "create"];
    words.iter().any(|word| method.starts_with(word)) && !method.starts_with("create_task")
}

/// Two items of one container, one attribute of two objects, or two attributes of one object.
fn are_alike(tree: &Tree, first: &Expr, second: &Expr) -> bool {
    match (first, second) {
        (Expr::Attribute(one), Expr::Attribute(other)) => {
            one.attr.as_str() == other.attr.as_str()
                || tree.source(one.value.range()) == tree.source(other.value.range())
        }
        (Expr::Subscript(one), Expr::Subscript(other)) => {
            let holder = |it: &Expr| root(it).map(str::to_owned);
            holder(&one.value).is_some() && holder(&one.value) == holder(&other.value)
        }
        _ => false,
    }
}

fn receiver<'a>(tree: &'a Tree, call: &ExprCall) -> Option<&'a str> {
    match &*call.func {
        Expr::Attribute(it) => Some(tree.source(it.value.range())),
        _ => None,
    }
}

fn arguments<'a>(tree: &'a Tree, call: &ExprCall) -> Vec<&'a str> {
    call.arguments.args.iter().map(|it| tree.source(it.range())).collect()
}

/// The names that a call's arguments read.
fn names(call: &ExprCall) -> BTreeSet<String> {
    fn collect(expression: &Expr, found: &mut BTreeSet<String>) {
        match expression {
            Expr::Name(it) => {
                found.insert(it.id.to_string());
            }
            Expr::UnaryOp(it) => collect(&it.operand, found),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| collect(it, found)),
            Expr::Attribute(it) => {
                found.insert(it.attr.to_string());
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for argument in &call.arguments.args {
        collect(argument, &mut found);
    }
    found
}

/// Whether one call is given the negative of what the other is given.
fn is_negated(tree: &Tree, first: &ExprCall, second: &ExprCall) -> bool {
    fn parts<'a>(expressions: &'a [Expr], found: &mut Vec<&'a Expr>) {
        for expression in expressions {
            match expression {
                Expr::Tuple(it) => parts(&it.elts, found),
                other => found.push(other),
            }
        }
    }
    let parts = |call: &ExprCall| {
        let mut found = Vec::new();
        parts(&call.arguments.args, &mut found);
        let texts = found.iter().map(|it| tree.source(it.range()).to_owned());
        let negated = found.iter().filter_map(|it| match it {
            Expr::UnaryOp(it) if it.op == UnaryOp::USub => Some(tree.source(it.operand.range()).to_owned()),
            _ => None,
        });
        (texts.collect::<BTreeSet<_>>(), negated.collect::<BTreeSet<_>>())
    };
    let ((plain, negative), (plain2, negative2)) = (parts(first), parts(second));
    negative.intersection(&plain2).next().is_some() || negative2.intersection(&plain).next().is_some()
}

/// `execute("INSERT …")` and the like.
fn is_statement_of_sql(call: &ExprCall) -> bool {
    let Some(first) = call.arguments.args.first() else {
        return false;
    };
    let text = match first {
        Expr::StringLiteral(it) => it.value.to_str().to_owned(),
        Expr::FString(it) => {
            let literal = it.value.elements().next().and_then(|element| element.as_literal());
            literal.map_or(String::new(), |it| it.value.to_string())
        }
        _ => return false,
    };
    let word = text.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    matches!(&*word, "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "MERGE")
}

/// Whether the two are kept both or not at all: within a transaction, or before a `commit()`.
fn is_transaction(tree: &Tree, function: &StmtFunctionDef, section: &Section) -> bool {
    own_nodes(&function.body).into_iter().any(|node| match node {
        AnyNodeRef::StmtWith(it) => {
            covers(&it.body, section.first.start())
                && it.items.iter().any(|item| enters_transaction(&item.context_expr))
        }
        AnyNodeRef::ExprCall(it) => {
            it.start() >= section.second.end() && last_name(&it.func) == Some("commit") && {
                let text = tree.source(section.second);
                text.contains('"') || text.contains('\'')
            }
        }
        _ => false,
    })
}

fn enters_transaction(entered: &Expr) -> bool {
    let name = match entered {
        Expr::Call(it) => last_name(&it.func),
        other => last_name(other),
    };
    name.is_some_and(|name| TRANSACTIONS.contains(&name))
}

/// Calls that tell of something and change nothing.
pub(super) const TELLING: &[&str] = &[
    "print",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "log",
    "format",
    "repr",
    "str",
];

impl Tree {
    /// Whether a `finally`, or a handler of `CancelledError`, around a place undoes the first of two writes, does the
    /// second, or lets the function go on to it; or an exit stack or a context manager undoes the first.
    #[must_use]
    pub fn puts_right(&self, at: Region, section: &Section) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let around = self.enclosing(at).into_iter().any(|statement| match statement {
            Stmt::Try(it) if covers(&it.body, offset) => {
                let swallows = it.start() >= section.first.end() && !covers(&it.body, section.second.start());
                let caught = handler(it, &["CancelledError", "BaseException"]);
                caught.is_some_and(|it| acts(&it.body) || (swallows && !raises(&it.body))) || acts(&it.finalbody)
            }
            Stmt::With(it) if covers(&it.body, offset) => {
                let suppresses = |entered: &Expr| {
                    matches!(entered, Expr::Call(call) if last_name(&call.func) == Some("suppress"))
                        && it.start() >= section.first.end()
                };
                let mut entered = it.items.iter().map(|item| &item.context_expr);
                entered.any(|it| enters_transaction(it) || suppresses(it) || self.restores(it, &section.written))
            }
            _ => false,
        });
        around || self.will_undo(at, &section.written)
    }

    /// Whether a `finally`, or a handler of `CancelledError`, around a call of the function in which the writes stand,
    /// touches what they write, or says that it takes something back.
    #[must_use]
    pub fn puts_right_outside(&self, at: Region, written: &str) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        let touches = |body: &[Stmt]| touches(body, written);
        let around = self.enclosing(at).into_iter().any(|statement| match statement {
            Stmt::Try(it) if covers(&it.body, offset) => {
                let caught = handler(it, &["CancelledError", "BaseException"]);
                caught.is_some_and(|it| touches(&it.body)) || touches(&it.finalbody)
            }
            Stmt::With(it) if covers(&it.body, offset) => {
                let mut entered = it.items.iter().map(|item| &item.context_expr);
                entered.any(|it| enters_transaction(it) || self.restores(it, written))
            }
            _ => false,
        });
        around || self.will_undo(at, written)
    }

    /// Whether a handler around a place, within its function and after an offset, catches `TimeoutError`.
    #[must_use]
    pub fn catches_timeout(&self, at: Region) -> bool {
        let Some(offset) = self.offset(at) else { return false };
        self.enclosing(at).into_iter().any(|statement| {
            let kinds = ["TimeoutError", "Exception", "BaseException", "OSError"];
            matches!(statement, Stmt::Try(it) if covers(&it.body, offset) && catches(it, &kinds))
        })
    }
}

fn catches(it: &StmtTry, kinds: &[&str]) -> bool {
    handler(it, kinds).is_some() || !it.finalbody.is_empty()
}

pub(super) fn takes_back(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "rollback",
        "roll_back",
        "undo",
        "restore",
        "refund",
        "compensate",
        "revert",
        "release",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// Whether statements do more than to tell of something and to raise it again.
pub(super) fn acts(body: &[Stmt]) -> bool {
    own_nodes(body).into_iter().any(|node| match node {
        AnyNodeRef::StmtAugAssign(_)
        | AnyNodeRef::StmtAssign(_)
        | AnyNodeRef::StmtDelete(_)
        | AnyNodeRef::ExprAwait(_) => true,
        AnyNodeRef::ExprCall(it) => !last_name(&it.func).is_some_and(|name| TELLING.contains(&name)),
        _ => false,
    })
}

fn raises(body: &[Stmt]) -> bool {
    own_nodes(body)
        .into_iter()
        .any(|node| matches!(node, AnyNodeRef::StmtRaise(_)))
}

/// `c` of `a.b.c["d"]`.
fn holder(place: &Expr) -> Option<&str> {
    match place {
        Expr::Subscript(it) => holder(&it.value),
        other => last_name(other),
    }
}

//! A context variable was set in a task, and its value looked for outside of it.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region, Severity},
        joins::span_in,
        raised::{self, Findings, Raise},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        shape,
        source::{Tree, last_name},
    },
    trace::event::{Completion, Event, Id, Kind, Span},
};

use super::assumed_order::is_caught;

pub(super) static METADATA: Metadata = Metadata {
    name: "context-lost",
    fault: "a context variable was set in one task and read in another",
    fault_ru: "контекстная переменная задана в одной задаче, а читается в другой",
    severity: Severity::Warning,
    page: include_str!("../../../rules/context-lost.md"),
};

const SET: Plain = (
    "It was set here, in another task.",
    "Она задана здесь, в другой задаче.",
);
const COPIED: Plain = (
    "The task that got a copy of the context was made here.",
    "Задача, получившая копию контекста, создана здесь.",
);

const SET_IN_THREAD: Plain = (
    "It was set here, in a thread that ran with a copy of the context.",
    "Она задана здесь, в потоке, работавшем с копией контекста.",
);
const COPIED_FOR_THREAD: Plain = (
    "The thread was given a copy of the context here.",
    "Поток получил копию контекста здесь.",
);

const ASKED: Plain = ("It was asked for here.", "Её запросили здесь.");

#[derive(Default)]
pub(super) struct ContextLost {
    findings: Findings,
    /// Places and functions of tasks of which nothing is to be said.
    well: BTreeSet<(Span, String)>,
    /// By who made the tasks and the name of the variable.
    set: BTreeMap<(Id, String), Children>,
}

/// The tasks that one has made, as far as they set the same variable.
#[derive(Default)]
struct Children {
    /// What the first of them sets it to, as text.
    value: Option<String>,
    findings: BTreeSet<String>,
    /// Each has a value of its own, so that none of them can be for who made them all.
    apart: bool,
}

impl Rule for ContextLost {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        if let Some(copy) = copied(event, context)
            && !self.well.contains(&(copy.made, copy.function.clone()))
        {
            let lost = read_after(&copy.function, copy.made, context);
            let mut well = lost.is_empty();
            for lost in lost {
                let finding = finding(&copy, &lost, context);
                well |= self.tell(finding, copy.by, &lost, report);
            }
            if well {
                self.well.insert((copy.made, copy.function));
            }
        }
        let Some(raise) = raised::reached(event, context) else {
            return;
        };
        if raise.is_like("LookupError", "<ContextVar name=", "") && raise.at.is_some() {
            self.missed(&raise, context, report);
        }
        let foreign = raise.is_like("ValueError", "<Token", " was created in a different Context")
            || raise.is_like("ValueError", "<ContextVar", " was created in a different Context");
        if foreign {
            let sentence = (
                "The token is of another task's context, so it cannot be undone here.",
                "Токен принадлежит контексту другой задачи, и вернуть по нему прежнее значение здесь нельзя.",
            );
            let finding = self.findings.explain(&METADATA, &raise, sentence, context);
            let id = format!("{}:token", finding.id);
            let finding = Diagnostic { id, ..finding }.severity(Severity::Error);
            report.put_cause(finding, &raise, context);
        }
    }
}

/// A function was given a copy of the context to run with.
struct Copied {
    /// What is made to run it: a task, or the coroutine that waits for a thread.
    id: Id,
    function: String,
    in_thread: bool,
    by: Id,
    made: Span,
}

fn copied(event: &Event, context: Context<'_>) -> Option<Copied> {
    match &event.kind {
        Kind::TaskCreated {
            id,
            function,
            parent: Some(by),
            at,
            ..
        } => Some(Copied {
            id: *id,
            function: function.clone(),
            in_thread: false,
            by: *by,
            made: context.state.pointed_at(*at)?,
        }),
        Kind::CoroutineCreated {
            id,
            function,
            parent: Some(by),
            at,
            ..
        } if function == "to_thread" => {
            let made = context.state.pointed_at(*at)?;
            let tree = context.sources.tree(context.state.path(made.file))?;
            let call = tree.call_at(made.into())?;
            tree.names().path(&call.func).filter(|it| it == "asyncio.to_thread")?;
            Some(Copied {
                id: *id,
                function: last_name(call.arguments.args.first()?)?.to_owned(),
                in_thread: true,
                by: *by,
                made,
            })
        }
        _ => None,
    }
}

/// Where the function of a task that has run to its end sets a variable, unless it is this task.
fn set_by_another(name: &str, reader: Id, context: Context<'_>) -> Option<Span> {
    let state = context.state;
    let ended = state.tasks.iter().filter(|(id, task)| {
        let done = task.done.as_ref();
        **id != reader && done.is_some_and(|it| matches!(it.completion, Completion::Result))
    });
    let functions: BTreeSet<&str> = ended.map(|(_, task)| task.function.as_str()).collect();
    functions.into_iter().find_map(|function| {
        let mut defining = context.sources.defining(function);
        let (file, tree) = defining.find_map(|(path, tree)| Some((state.file(path)?, tree)))?;
        let own = shape::own_nodes(&tree.definition(function)?.body).into_iter();
        let mut set = own
            .filter_map(|node| call_of(node, "set"))
            .filter(|(it, _)| *it == name);
        Some(tree.region(set.next()?.1.range()).of(file))
    })
}

impl ContextLost {
    /// A variable has no value where it was looked for, and the program is not ready for that.
    fn missed(&mut self, raise: &Raise<'_>, context: Context<'_>, report: &mut Report) {
        let tree = context.sources.tree(context.state.path(raise.span.file));
        let call = tree.and_then(|tree| tree.call_at(raise.span.into()));
        let Some((name, by)) = call.and_then(|it| call_of(it.into(), "get")).zip(raise.by) else {
            return;
        };
        let name = name.0;
        let Some(set) = set_by_another(name, by, context).filter(|_| !is_caught(raise, context)) else {
            return;
        };
        let sentence = say!(
            "`{name}` was set in another task's own copy of the context: here it has no value.",
            "Переменная `{name}` задана в собственной копии контекста другой задачи: здесь у неё нет значения."
        );
        let finding = self.findings.explain(&METADATA, raise, sentence, context);
        let finding = finding.severity(Severity::Error).related_span(set, SET, context);
        // It was foreseen, perhaps.
        report.withdraw_where(&METADATA, |it| (&it.file, it.span) == (&finding.file, finding.span));
        report.put_cause(finding, raise, context);
    }

    /// Puts a finding, unless several children keep values of their own apart. Returns whether they do.
    fn tell(&mut self, finding: Diagnostic, parent: Id, lost: &Lost<'_>, report: &mut Report) -> bool {
        let children = self.set.entry((parent, lost.name.to_owned())).or_default();
        let (value, constant) = lost.value.unwrap_or_default();
        if let Some(first) = &children.value {
            children.apart |= lost.read_elsewhere && !(constant && first == value);
        }
        children.value.get_or_insert_with(|| value.to_owned());
        children.findings.insert(finding.id.clone());
        if children.apart {
            report.withdraw_where(&METADATA, |it| children.findings.contains(&it.id));
        } else {
            report.put(finding);
        }
        children.apart
    }
}

/// A task's function that sets a variable, and where whoever made the task reads it later on.
struct Lost<'a> {
    name: &'a str,
    set: Span,
    /// The text of what it is set to, and whether that is the same whenever the code runs.
    value: Option<(&'a str, bool)>,
    /// Whether there is code that reads it beside whoever made the task: the value may be for that.
    read_elsewhere: bool,
    read: Span,
    /// The file and the place of the read in a function that was called for it.
    within: Option<(&'a str, Region)>,
}

/// A use of a variable by the code of a function.
#[derive(Clone, Copy)]
struct Access<'a> {
    name: &'a str,
    /// The place in that code.
    at: Region,
    /// What the call is given first, as text, and whether that is a literal.
    given: Option<(&'a str, bool)>,
    /// The place of the variable's own method, if a function was called that only calls that.
    within: Option<(&'a str, Region)>,
}

/// The variables that the one who made a task reads later on, and that only the task's function sets.
fn read_after<'a>(function: &str, made: Span, context: Context<'a>) -> Vec<Lost<'a>> {
    let child = context
        .sources
        .defining(function)
        .find_map(|(path, tree)| Some((context.state.file(path)?, tree, tree.definition(function)?)));
    let Some((tree, (file, child_tree, child))) = context.sources.tree(context.state.path(made.file)).zip(child) else {
        return Vec::new();
    };
    let files = context.files().into_iter();
    let variables: BTreeSet<&str> = files.flat_map(|(_, it)| variables(it)).collect();
    let at: Region = made.into();
    let own = shape::own_nodes(tree.scope(at));
    let inner = shape::own_nodes(&child.body);
    let of_own = |method| accesses(&own, method, tree, &variables, context);
    let of_child = |method| accesses(&inner, method, child_tree, &variables, context);
    let (read, own_set) = (of_own("get"), of_own("set"));
    let outermost = shape::own_nodes(&tree.module().body);
    let set_before = accesses(&outermost, "set", tree, &variables, context);
    let (mut set, put_back, read_by_child) = (of_child("set"), of_child("reset"), of_child("get"));
    let among = |list: &[Access<'_>], name: &str| list.iter().any(|it| it.name == name);
    let mut seen = BTreeSet::new();
    set.retain(|set| seen.insert(set.name));
    set.iter()
        .filter_map(|set| {
            let name = set.name;
            // Who has a value of its own wants the isolation, and who puts the former one back leaves nothing behind.
            if among(&own_set, name) || among(&set_before, name) || among(&put_back, name) {
                return None;
            }
            let later = |read: &Region| (read.line, read.column) > (at.end_line, at.end_column);
            let mut reads = read.iter().filter(|read| read.name == name);
            let only = || only_reader(name, (child_tree, child), (tree, &own), context);
            let (first, read_elsewhere) = match reads.find(|read| later(&read.at)) {
                Some(first) => (*first, read_elsewhere(name, tree, &read, &variables, context)),
                None => (only().filter(|read| later(&read.at))?, false),
            };
            // A function that reads is there for many: what the task sets and reads itself may be for itself.
            if first.within.is_some() && among(&read_by_child, name) {
                return None;
            }
            Some(Lost {
                name,
                set: set.at.of(file),
                value: set.given,
                read_elsewhere,
                read: span_in(made, first.at),
                within: first.within,
            })
        })
        .collect()
}

/// The only function that reads a variable that nothing but the code of a child sets, called once in all: by these nodes,
/// which make that child. The value can have been meant for nobody else.
fn only_reader<'a>(
    name: &'a str,
    child: (&Tree, &StmtFunctionDef),
    (tree, own): (&'a Tree, &[AnyNodeRef<'a>]),
    context: Context<'a>,
) -> Option<Access<'a>> {
    let files = context.files();
    let mut readers = Vec::new();
    for (path, tree) in &files {
        for node in shape::nodes(&tree.module().body) {
            let is_it = |method| call_of(node, method).filter(|(it, _)| *it == name);
            let by_child = |at: TextRange| std::ptr::eq(*tree, child.0) && child.1.range().contains_range(at);
            if is_it("set").is_some_and(|(_, set)| !by_child(set.range())) {
                return None;
            }
            readers.extend(is_it("get").map(|(_, get)| (*path, *tree, tree.region(get.range()))));
        }
    }
    let (path, home, within) = *readers.first()?;
    let reader = home.function(within).filter(|it| it.decorator_list.is_empty())?;
    let is_in_it =
        |tree: &Tree, at| std::ptr::eq(tree, home) && tree.function(at).is_some_and(|it| std::ptr::eq(it, reader));
    let names = |node: &AnyNodeRef<'_>| match node {
        AnyNodeRef::ExprName(it) => it.id == reader.name.id,
        AnyNodeRef::ExprAttribute(it) => it.attr.id == reader.name.id,
        _ => false,
    };
    let nodes = files.iter().flat_map(|(_, tree)| shape::nodes(&tree.module().body));
    if !readers.iter().all(|(_, tree, at)| is_in_it(tree, *at)) || nodes.filter(names).count() != 1 {
        return None;
    }
    let calls = own.iter().copied().filter_map(AnyNodeRef::expr_call);
    let mut calls = calls.filter(|call| called(call, tree, context).is_some_and(|(_, _, it)| std::ptr::eq(it, reader)));
    let call = calls.next()?;
    let awaits = |node: &AnyNodeRef<'_>| matches!(node, AnyNodeRef::ExprAwait(it) if it.value.range() == call.range());
    (own.iter().any(awaits) == reader.is_async).then(|| Access {
        name,
        at: tree.region(call.range()),
        given: None,
        within: Some((path, within)),
    })
}

/// Whether any code reads a variable, but for these reads in a file.
fn read_elsewhere(
    name: &str,
    own: &Tree,
    but: &[Access<'_>],
    variables: &BTreeSet<&str>,
    context: Context<'_>,
) -> bool {
    context.files().into_iter().any(|(path, tree)| {
        let all = shape::nodes(&tree.module().body);
        let known = |it: &Access<'_>| {
            but.iter()
                .any(|known| (std::ptr::eq(tree, own) && known.at == it.at) || known.within == Some((path, it.at)))
        };
        let reads = accesses(&all, "get", tree, variables, context);
        reads.iter().any(|it| it.name == name && !known(it))
    })
}

/// Where some code calls this method of a variable, itself or by a function that does nothing else.
fn accesses<'a>(
    nodes: &[AnyNodeRef<'a>],
    method: &str,
    tree: &'a Tree,
    variables: &BTreeSet<&str>,
    context: Context<'a>,
) -> Vec<Access<'a>> {
    let direct = |node: AnyNodeRef<'a>| {
        let (name, call) = call_of(node, method).filter(|(name, _)| variables.contains(name))?;
        Some((name, call, None))
    };
    let by_function = |node: AnyNodeRef<'a>| {
        let AnyNodeRef::ExprCall(call) = node else { return None };
        let (name, within) = accessor(call, method, tree, context)?;
        Some((name, call, Some(within)))
    };
    let found = nodes
        .iter()
        .filter_map(|node| direct(*node).or_else(|| by_function(*node)));
    found
        .map(|(name, call, within)| Access {
            name,
            at: tree.region(call.range()),
            given: call
                .arguments
                .args
                .first()
                .map(|it| (tree.source(it.range()), it.is_literal_expr())),
            within,
        })
        .collect()
}

/// The variable whose method a called function of the workspace calls as all that it does, and where.
fn accessor<'a>(
    call: &ExprCall,
    method: &str,
    tree: &Tree,
    context: Context<'a>,
) -> Option<(&'a str, (&'a str, Region))> {
    let (path, tree, function) = called(call, tree, context)?;
    let body = match function.body.as_slice() {
        [Stmt::Expr(text), rest @ ..] if text.value.is_string_literal_expr() => rest,
        body => body,
    };
    let only = match body {
        [Stmt::Return(it)] => it.value.as_deref()?,
        [Stmt::Expr(it)] if method != "get" => &*it.value,
        _ => return None,
    };
    let plain = !function.is_async && function.decorator_list.is_empty();
    let (name, inner) = call_of(only.into(), method).filter(|_| plain)?;
    let place = (path, tree.region(inner.range()));
    variables(tree).contains(name).then_some((name, place))
}

/// The function of the workspace that a call names: one of the same file, or one that the file has imported.
fn called<'a>(call: &ExprCall, tree: &Tree, context: Context<'a>) -> Option<(&'a str, &'a Tree, &'a StmtFunctionDef)> {
    let imported = tree.names().path(&call.func);
    let (module, name) = match (&imported, &*call.func) {
        (Some(path), _) => {
            let (module, name) = path.rsplit_once('.')?;
            (Some(module), name)
        }
        (None, Expr::Name(it)) => (None, it.id.as_str()),
        _ => return None,
    };
    let mut found = context.sources.defining(name).filter(|(path, other)| match module {
        Some(module) => path
            .strip_suffix(".py")
            .is_some_and(|path| path.replace('/', ".") == module),
        None => std::ptr::eq(*other, tree),
    });
    let (path, tree) = found.next()?;
    Some((path, tree, tree.definition(name)?))
}

fn finding(copy: &Copied, lost: &Lost<'_>, context: Context<'_>) -> Diagnostic {
    let name = lost.name;
    let (sentence, set, copied) = if copy.in_thread {
        let sentence = say!(
            "`{name}` was set in the copy of the context that the thread ran with: what is read here is the value from before, or none.",
            "Переменная `{name}` задана в копии контекста, с которой работал поток: здесь читается прежнее значение или никакого."
        );
        (sentence, SET_IN_THREAD, COPIED_FOR_THREAD)
    } else {
        let sentence = say!(
            "`{name}` was set in the task's own copy of the context: what is read here is the value from before, or none.",
            "Переменная `{name}` задана в собственной копии контекста той задачи: здесь читается прежнее значение или никакого."
        );
        (sentence, SET, COPIED)
    };
    let mut finding = METADATA.finding(copy.id, lost.read, sentence, context);
    finding.id = format!("{}:{name}", finding.id);
    if let Some((path, region)) = lost.within {
        path.clone_into(&mut finding.file);
        finding.span = region;
        finding = finding.related_span(lost.read, ASKED, context);
    }
    finding
        .related_span(lost.set, set, context)
        .related_span(copy.made, copied, context)
}

/// The names of the file's context variables.
fn variables(tree: &Tree) -> BTreeSet<&str> {
    let made = |value: &Expr| matches!(value, Expr::Call(call) if tree.names().path(&call.func).as_deref() == Some("contextvars.ContextVar"));
    let nodes = shape::own_nodes(&tree.module().body);
    let names = nodes.into_iter().filter_map(|node| match node {
        AnyNodeRef::StmtAssign(it) if made(&it.value) => it.targets.first(),
        AnyNodeRef::StmtAnnAssign(it) if it.value.as_deref().is_some_and(made) => Some(&*it.target),
        _ => None,
    });
    names.filter_map(last_name).collect()
}

/// The variable and the call, of a call of this method of a variable.
fn call_of<'a>(node: AnyNodeRef<'a>, method: &str) -> Option<(&'a str, &'a ExprCall)> {
    let AnyNodeRef::ExprCall(call) = node else { return None };
    let Expr::Attribute(function) = &*call.func else {
        return None;
    };
    (function.attr.as_str() == method).then_some((last_name(&function.value)?, call))
}

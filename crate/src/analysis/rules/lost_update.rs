//! Two tasks read the same value, wait, and each writes what it has made of it: one of the two changes is lost.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    analysis::{
        diagnostic::Severity,
        joins,
        pairs::argument,
        reached::{Seen, Way},
        rule::{Context, Metadata, Report, Rule},
        sentence::{Plain, say},
        source::{Tree, covers},
        updates::{Update, excludes, updates},
        words,
    },
    trace::event::{Completion, Event, Id, Kind, Span, StackId, StepEnd},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "lost-update",
    fault: "a value is written from what it was before an await, and another task's change is lost",
    fault_ru: "значение записано по тому, каким оно было до await, и изменение другой задачи потеряно",
    severity: Severity::Error,
    page: include_str!("../../../rules/lost-update.md"),
};

const READ: Plain = ("The old value was read here.", "Старое значение прочитано здесь.");
const WAITED: Plain = (
    "Meanwhile the task waited here, and others could run.",
    "Тем временем задача ждала здесь, и другие могли работать.",
);

/// An update that an `await` stands in the middle of.
#[derive(Clone, PartialEq, Eq)]
struct Place {
    update: Update,
    /// The `await`.
    at: Span,
    /// The item that is updated, if the function was told which.
    key: Option<String>,
    /// Something may keep the others out meanwhile.
    guarded: bool,
}

/// A task between its read and its write.
struct Open {
    place: Place,
    /// The `await` at which it has waited last.
    last: Span,
    /// The task that has written meanwhile.
    overtaken: Option<Id>,
}

#[derive(Default)]
pub(super) struct LostUpdate {
    found: u32,
    /// What the chains that are known stand in the middle of.
    places: BTreeMap<StackId, Vec<Place>>,
    open: BTreeMap<Id, Vec<Open>>,
    /// What the tasks in `open` have let be seen since they were resumed.
    seen: BTreeMap<Id, Seen>,
}

impl Rule for LostUpdate {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => self.suspended(*id, *chain, context, report),
            Kind::FutureDone {
                id,
                completion: Completion::Result,
                ..
            } => self.went_on(*id, &[], context, report),
            // What is interrupted may not have come to its write.
            Kind::FutureDone { id, .. }
            | Kind::StepStarted { id, cancel: true, .. }
            | Kind::Raised { by: Some(id), .. } => {
                self.open.remove(id);
                self.seen.remove(id);
            }
            Kind::StepStarted { id, .. } => {
                self.seen.remove(id);
            }
            Kind::Output {
                task: Some(id), text, ..
            } if self.open.contains_key(id) => self.seen.entry(*id).or_default().wrote(text),
            Kind::CoroutineCreated {
                parent: Some(id), at, ..
            } if self.open.contains_key(id) => self.seen.entry(*id).or_default().called(*at),
            _ => {}
        }
    }
}

impl LostUpdate {
    fn suspended(&mut self, id: Id, chain: StackId, context: Context<'_>, report: &mut Report) {
        let places = self
            .places
            .entry(chain)
            .or_insert_with(|| places(chain, context))
            .clone();
        let known = |mut place: Place| {
            if let Some(parameter) = place.update.key() {
                place.key = Some(item(id, chain, place.at, parameter, context)?);
            }
            Some(place)
        };
        let places: Vec<_> = places.into_iter().filter_map(known).collect();
        if places.is_empty() && !self.open.contains_key(&id) {
            return;
        }
        self.went_on(id, &places, context, report);
        let open = self.open.entry(id).or_default();
        for place in places {
            if let Some(known) = open.iter_mut().find(|it| it.place.same(&place)) {
                known.last = place.at;
            } else if !place.guarded {
                let last = place.at;
                open.push(Open {
                    place,
                    last,
                    overtaken: None,
                });
            }
        }
        if open.is_empty() {
            self.open.remove(&id);
        }
    }

    /// The task has left the middle of every update but these: it has written, unless it is seen to have gone another way.
    fn went_on(&mut self, id: Id, still: &[Place], context: Context<'_>, report: &mut Report) {
        let Some(open) = self.open.remove(&id) else { return };
        let (kept, written): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|it| still.iter().any(|place| place.same(&it.place)));
        let seen = self.seen.remove(&id).unwrap_or_default();
        // Of several branches that write, one is enough.
        let mut told = None;
        for it in written {
            if way(&it.place.update, it.last, context).is_some_and(|way| way.was_left(&seen, context)) {
                continue;
            }
            let read = (it.place.at.file, it.place.update.read());
            if let Some(other) = it.overtaken.filter(|_| told != Some(read)) {
                told = Some(read);
                self.report(id, other, &it.place, context, report);
            }
            let others = self.open.values_mut().flatten();
            for other in others.filter(|other| other.place.same(&it.place)) {
                other.overtaken = Some(id);
            }
        }
        if !kept.is_empty() {
            self.open.insert(id, kept);
        }
    }

    fn report(&mut self, id: Id, other: Id, place: &Place, context: Context<'_>, report: &mut Report) {
        let state = context.state;
        let Some(tree) = context.sources.tree(state.path(place.at.file)) else {
            return;
        };
        let span = |range| joins::span_in(place.at, tree.region(range));
        let (read, write) = (place.update.read(), place.update.write());
        self.found += 1;
        let value = tree.source(updated(tree, read, write));
        let message = say!(
            "{task} writes what it made of an old value of `{value}`: {other} has written since, and its change is lost.",
            "Задача {task} записывает то, что получила из старого значения `{value}`: с тех пор туда записала задача {other}, и её изменение потеряно.",
            task = words::task(state, id).capitalised(),
            other = words::task(state, other),
        );
        let finding = METADATA
            .finding(self.found, span(write), message, context)
            .task(Some(id))
            .related_span(span(read), READ, context)
            .related_span(place.at, WAITED, context);
        report.put(finding);
    }
}

/// What an update is of: what is read, or what is written where that is read by a call, as in `counts.get(name, 0)`.
fn updated(tree: &Tree, read: TextRange, write: TextRange) -> TextRange {
    let is_call = matches!(tree.path(tree.region(read)).last(), Some(AnyNodeRef::ExprCall(_)));
    match tree.statement(tree.region(write)) {
        Some(AnyNodeRef::StmtAssign(it)) if is_call => match it.targets.as_slice() {
            [target @ (Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_))] => target.range(),
            _ => read,
        },
        _ => read,
    }
}

impl Place {
    fn same(&self, other: &Self) -> bool {
        self.update == other.update && self.at.file == other.at.file && self.key == other.key
    }
}

/// The updates that a task which waits with this chain is in the middle of.
fn places(chain: StackId, context: Context<'_>) -> Vec<Place> {
    let frames: Vec<_> = joins::frames(chain, context).collect();
    let mut found = Vec::new();
    let mut inner = None;
    for (index, (frame, tree)) in frames.iter().enumerate() {
        let at = frame.span;
        let path = context.state.path(at.file);
        let Some((function, range)) = tree.function(at.into()).zip(tree.range(at.into())) else {
            continue;
        };
        let open = updates(path, tree, function, context.sources).into_iter();
        let open = open.filter(|it| it.is_open_at(range, inner));
        let mut open = open
            .filter(|it| way(it, at, context).is_some_and(|way| way.exists()))
            .peekable();
        // What a function that is called here holds for itself keeps nobody from reading before.
        let guarded = open.peek().is_some()
            && frames
                .iter()
                .skip(index)
                .any(|(frame, tree)| is_exclusive(tree, frame.span));
        found.extend(open.map(|update| Place {
            update,
            at,
            key: None,
            guarded,
        }));
        inner = Some((path, range));
    }
    found
}

/// The way from an `await` to the write.
fn way<'a>(update: &Update, at: Span, context: Context<'a>) -> Option<Way<'a>> {
    let tree = context.sources.tree(context.state.path(at.file))?;
    let (function, from) = tree.function(at.into()).zip(tree.range(at.into()))?;
    Some(Way {
        file: at.file,
        tree,
        function,
        from,
        to: update.write(),
    })
}

/// Whether an `async with` around a place, or an `acquire`, may keep other tasks out.
fn is_exclusive(tree: &Tree, at: Span) -> bool {
    let Some(offset) = tree.offset(at.into()) else {
        return false;
    };
    let held = tree.enclosing(at.into()).into_iter().any(|statement| match statement {
        Stmt::With(it) => {
            it.is_async && covers(&it.body, offset) && it.items.iter().any(|item| excludes(&item.context_expr))
        }
        _ => false,
    });
    let function = tree.function(at.into());
    held || function.is_some_and(|it| tree.source(it.range()).contains(".acquire("))
}

/// What the function that waits at a place was given for one of its parameters, if that is written out where it was
/// called: in the `await` of its caller, or where the coroutine of its task was made.
fn item(id: Id, chain: StackId, at: Span, parameter: TextRange, context: Context<'_>) -> Option<String> {
    let state = context.state;
    let frames = state.frames(chain);
    let position = frames.iter().position(|frame| frame.span == at)?;
    let made = || {
        let coroutine = state.coroutines.get(&state.tasks.get(&id)?.coroutine?)?;
        state.pointed_at(coroutine.at)
    };
    let caller = match frames.get(position + 1) {
        Some(frame) if state.in_workspace(frame) => frame.span,
        Some(_) => return None,
        None => made()?,
    };
    let own = context.sources.tree(state.path(at.file))?;
    let function = own.function(at.into())?;
    let name = own.source(parameter);
    let tree = context.sources.tree(state.path(caller.file))?;
    let call = match tree.path(caller.into()).last()? {
        AnyNodeRef::ExprAwait(it) => it.value.as_call_expr()?,
        AnyNodeRef::ExprCall(it) => *it,
        _ => return None,
    };
    let given = argument(call, function, name)?;
    given.is_literal_expr().then(|| tree.source(given.range()).to_owned())
}

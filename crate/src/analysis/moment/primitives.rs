//! The locks, semaphores, queues and events of a moment: who holds them, and who waits at them.

use std::collections::BTreeMap;

use super::{Holder, MOST, Primitive, awaking, chain, fold::Fold, size};
use crate::{
    analysis::{
        state::{State, Waiting},
        words,
    },
    trace::event::{Id, Wait},
};

/// A primitive that somebody waits at or holds.
#[derive(Default)]
struct Found {
    class: String,
    lock: Option<Id>,
    /// Since when, the task, and the future that will wake it.
    waiters: Vec<(u64, Id, Id)>,
}

pub(super) fn view(fold: &Fold, state: &State) -> Vec<Primitive> {
    let mut found = waited_at(fold, state);
    for (id, held) in &fold.held {
        let entry = found.entry(*id).or_default();
        if entry.class.is_empty() {
            entry.class.clone_from(&held.class);
        }
    }
    let all = found.into_iter().take(MOST);
    all.map(|(id, it)| primitive(id, it, fold, state)).collect()
}

fn waited_at(fold: &Fold, state: &State) -> BTreeMap<Id, Found> {
    let mut found: BTreeMap<Id, Found> = BTreeMap::new();
    for task in &fold.at_primitives {
        let wait = fold.alive.get(task).and_then(|alive| alive.wait.as_ref());
        let Some(waiting) = wait.filter(|_| !fold.is_ready(*task) && !fold.running.contains(task)) else {
            continue;
        };
        if let Wait::Future {
            id,
            primitive: Some(class),
            owner: Some(owner),
            lock,
        } = &waiting.on
        {
            let entry = found.entry(*owner).or_insert_with(|| Found {
                class: outermost(class, waiting, state),
                lock: *lock,
                waiters: Vec::new(),
            });
            entry.waiters.push((waiting.since, *task, *id));
        }
    }
    found
}

/// What a person would call a primitive: a barrier waits at a condition of its own, and who joins a queue at an event of it.
fn outermost(class: &str, waiting: &Waiting, state: &State) -> String {
    let call = words::library_call(state, waiting).unwrap_or_default();
    match call.split_once('.') {
        Some((outer @ ("Barrier" | "Queue"), _)) => outer.to_owned(),
        _ => class.to_owned(),
    }
}

fn primitive(id: Id, mut found: Found, fold: &Fold, state: &State) -> Primitive {
    found.waiters.sort_unstable();
    let first = found.waiters.first().map(|(_, _, future)| *future);
    let held = fold.held.get(&found.lock.unwrap_or(id));
    let holds = held.map_or(&[][..], |held| &held.holds);
    let holders = holds.iter().take(MOST).map(|hold| Holder {
        task: hold.by,
        since: hold.since,
        place: chain(state, hold.at).into_iter().next(),
    });
    Primitive {
        id,
        holders: holders.collect(),
        holder_count: size(holds.len()),
        lock: found.lock.filter(|_| found.class == "Condition"),
        class: found.class,
        until: first.and_then(|future| awaking(state, future, fold.time)),
        waiter_count: size(found.waiters.len()),
        waiters: found.waiters.into_iter().take(MOST).map(|(_, task, _)| task).collect(),
    }
}

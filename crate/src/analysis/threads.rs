//! Simulated threads that wait, where, and for what.

use std::collections::BTreeMap;

use super::{
    diagnostic::Diagnostic,
    held::held,
    joins,
    rule::Context,
    sentence::{Sentence, say},
    waited_in,
};
use crate::trace::event::{Id, Kind, Span, StackId};

struct Blocked {
    /// The call, such as `threading.Lock.acquire`.
    on: String,
    at: StackId,
}

impl Blocked {
    /// Where a thread waits for a lock, that lock, and another that it holds there, both as they are written.
    fn between_locks<'a>(&self, context: Context<'a>) -> Option<(Span, &'a str, &'a str)> {
        let is_lock = matches!(self.on.as_str(), "threading.Lock.acquire" | "threading.RLock.acquire");
        let (frame, tree) = joins::frames(self.at, context).next().filter(|_| is_lock)?;
        let wanted = tree.acquired(frame.span.into())?;
        let kept = held(tree, frame.span).into_iter().find(|it| *it != wanted)?;
        Some((frame.span, wanted, kept))
    }
}

/// What a rule remembers of threads when it is told of every event.
#[derive(Default)]
pub struct Threads {
    /// But for the main thread, which has none that a program gave it.
    names: BTreeMap<Id, String>,
    blocked: BTreeMap<Id, Blocked>,
}

impl Threads {
    pub fn apply(&mut self, kind: &Kind) {
        match kind {
            Kind::ThreadStarted { id, name, .. } => {
                self.names.insert(*id, name.clone());
            }
            Kind::ThreadBlocked { id, on, at } => {
                let (on, at) = (on.clone(), *at);
                self.blocked.insert(*id, Blocked { on, at });
            }
            Kind::ThreadResumed { id } | Kind::ThreadEnded { id } => {
                self.blocked.remove(id);
            }
            _ => {}
        }
    }

    /// The first thread that waits in the workspace, the main one before all others: which it is, where it waits, and for
    /// what, as the beginning of a sentence.
    #[must_use]
    pub fn first(&self, context: Context<'_>) -> Option<(Id, Span, Sentence)> {
        self.blocked.iter().find_map(|(id, blocked)| {
            let span = context.state.pointed_at(blocked.at)?;
            let sentence = say!(
                "{thread} waits for {call}",
                "{thread} ждёт {call}",
                thread = self.name(*id),
                call = waited_in::called(&blocked.on, blocked.at, context),
            );
            Some((*id, span, sentence))
        })
    }

    /// The threads that wait for a lock and hold another meanwhile, if there are several: which they are, where the first of
    /// them waits, and what each holds and waits for.
    #[must_use]
    pub fn crossed(&self, context: Context<'_>) -> Option<(Id, Span, Sentence)> {
        let (mut first, mut told) = (None, Vec::new());
        for (id, blocked) in &self.blocked {
            let Some((span, wanted, kept)) = blocked.between_locks(context) else {
                continue;
            };
            first.get_or_insert((*id, span));
            told.push(say!(
                "{thread} holds `{kept}` and waits for `{wanted}`.",
                "{thread} держит `{kept}` и ждёт `{wanted}`.",
                thread = self.name(*id),
            ));
        }
        let (id, span) = first.filter(|_| told.len() > 1)?;
        let start = (
            "Threads wait for each other, and none of them can ever go on.",
            "Потоки ждут друг друга, и ни один из них уже не продолжит работу.",
        );
        let sentence = told.iter().fold(start.into(), Sentence::followed_by);
        Some((id, span, sentence))
    }

    /// Where threads wait.
    pub fn places(&self) -> impl Iterator<Item = StackId> + '_ {
        self.blocked.values().map(|blocked| blocked.at)
    }

    /// Adds to a finding where threads wait, but for one that the finding itself is about.
    #[must_use]
    pub fn relate(&self, mut finding: Diagnostic, but: Option<Id>, context: Context<'_>) -> Diagnostic {
        for (id, blocked) in self.blocked.iter().filter(|(id, _)| Some(**id) != but) {
            let sentence = say!(
                "{thread} waits here, for {call}.",
                "{thread} ждёт здесь {call}.",
                thread = self.name(*id),
                call = waited_in::called(&blocked.on, blocked.at, context),
            );
            finding = finding.related(blocked.at, sentence, context);
        }
        finding
    }

    fn name(&self, id: Id) -> Sentence {
        match self.names.get(&id) {
            Some(name) => say!("Thread `{name}`", "Поток `{name}`"),
            None => ("The main thread", "Главный поток").into(),
        }
    }
}

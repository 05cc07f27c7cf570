//! Simulated threads that wait, where, and for what.

use std::collections::BTreeMap;

use super::{
    diagnostic::Diagnostic,
    rule::Context,
    sentence::{Sentence, say},
};
use crate::trace::event::{Id, Kind, Span, StackId};

struct Blocked {
    /// The call, such as `threading.Lock.acquire`.
    on: String,
    at: StackId,
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
            let on = &blocked.on;
            let sentence = say!(
                "{thread} waits for `{on}()`",
                "{thread} ждёт `{on}()`",
                thread = self.name(*id),
            );
            Some((*id, span, sentence))
        })
    }

    /// Where threads wait.
    pub fn places(&self) -> impl Iterator<Item = StackId> + '_ {
        self.blocked.values().map(|blocked| blocked.at)
    }

    /// Adds to a finding where threads wait, but for one that the finding itself is about.
    #[must_use]
    pub fn relate(&self, mut finding: Diagnostic, but: Option<Id>, context: Context<'_>) -> Diagnostic {
        for (id, blocked) in self.blocked.iter().filter(|(id, _)| Some(**id) != but) {
            let on = &blocked.on;
            let sentence = say!(
                "{thread} waits here, for `{on}()`.",
                "{thread} ждёт здесь `{on}()`.",
                thread = self.name(*id),
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

//! One run of an exploration: its state, the rules that look at it, and what is kept of it for the comparison.

use std::collections::{BTreeMap, BTreeSet};

use super::RULES;
use crate::{
    analysis::{
        diagnostic::Diagnostic,
        rule::{Context, Report, Rule},
        rules,
        source::Sources,
        state::State,
    },
    trace::event::{Event, Id, Kind, Outcome, StackId, StepEnd},
    workspace::{Cancellation, Options, Variation},
};

/// The callback of the timer of a `sleep`.
const SLEEP: &str = "_set_result_unless_cancelled";
/// What a file of the library costs that every run compiles anew, in virtual nanoseconds: nobody counts that as work.
const COMPILED: u64 = 7_000_000;
/// The packages that are there before a run begins.
const AT_HAND: [&str; 3] = ["asyncio", "concurrent", "collections"];
/// So many tasks that wait with the same chain are kept in mind: the first may be one that nobody can cancel.
const ALIKE: usize = 8;

/// A run that goes on.
pub(super) struct Run {
    options: Options,
    variation: Variation,
    state: State,
    rules: Vec<Box<dyn Rule>>,
    report: Report,
    events: u64,
    work: u64,
    /// What the library that was compiled is worth.
    compiled: u64,
    deadlines: BTreeMap<String, Vec<u64>>,
    /// How often each task has given control away.
    steps: BTreeMap<Id, u32>,
    /// The tasks that have waited with each chain which stands between two writes, with the number of the step.
    between: BTreeMap<StackId, Vec<(Id, u32)>>,
    /// Chains that stand between no two writes.
    harmless: BTreeSet<StackId>,
    /// The library has just begun to shield what it notes next.
    shields: bool,
    shielded: BTreeSet<Id>,
}

/// What is left of a run.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub(super) found: Vec<Diagnostic>,
    /// Whether it came to an end of its own.
    pub(super) ended: bool,
    /// Whether that end was that nothing could go on.
    pub(super) hung: bool,
    /// What it cost, in virtual nanoseconds of counted work.
    pub(super) work: u64,
    /// What tells it from another run: the number of events, and how far the clock has jumped.
    pub(super) shape: (u64, u64),
    /// The timers that fired and are none of a `sleep`: where each was set, and when it fired.
    pub(super) deadlines: BTreeMap<String, Vec<u64>>,
    /// A cancellation for each place at which one would strike between two writes.
    pub(super) sections: Vec<Cancellation>,
}

impl Run {
    pub(super) fn new(options: Options, variation: Variation) -> Self {
        let entries = RULES.iter().filter_map(|name| rules::find(name));
        Self {
            options,
            variation,
            state: State::default(),
            rules: entries.map(|entry| (entry.begin)()).collect(),
            report: Report::default(),
            events: 0,
            work: 0,
            compiled: 0,
            deadlines: BTreeMap::new(),
            steps: BTreeMap::new(),
            between: BTreeMap::new(),
            harmless: BTreeSet::new(),
            shields: false,
            shielded: BTreeSet::new(),
        }
    }

    pub(super) fn variation(&self) -> Variation {
        self.variation
    }

    /// Takes in an event. Returned is whether it was the last.
    pub(super) fn push(&mut self, event: &Event, sources: &Sources) -> bool {
        self.events += 1;
        self.state.apply(event);
        let context = Context {
            state: &self.state,
            sources,
            options: &self.options,
        };
        for rule in &mut self.rules {
            rule.event(event, context, &mut self.report);
        }
        let Kind::Ended { work, .. } = event.kind else {
            self.note(event, sources);
            return false;
        };
        self.work = work;
        for rule in &mut self.rules {
            rule.end(context, &mut self.report);
        }
        true
    }

    fn note(&mut self, event: &Event, sources: &Sources) {
        match &event.kind {
            Kind::HandleStarted { id } => {
                let timer = self
                    .state
                    .handles
                    .get(id)
                    .filter(|it| it.when.is_some() && it.callback != SLEEP);
                if let Some(timer) = timer {
                    let place = self.state.pointed_at(timer.at);
                    let name = format!("{} {place:?}", timer.callback);
                    self.deadlines.entry(name).or_default().push(event.time);
                }
            }
            Kind::StepEnded {
                id,
                end: StepEnd::Suspended { chain, .. },
            } => self.suspended(*id, *chain, sources),
            Kind::Source {
                path, workspace: false, ..
            } if is_compiled(path) => self.compiled += COMPILED,
            Kind::FutureCreated { at, .. } => {
                self.shields = self.state.passes_through(*at, "asyncio/tasks.py", "shield");
            }
            Kind::Awaited { id, .. } if self.shields => {
                self.shielded.insert(*id);
                self.shields = false;
            }
            _ => {}
        }
    }

    fn suspended(&mut self, id: Id, chain: StackId, sources: &Sources) {
        let step = self.steps.entry(id).or_default();
        *step += 1;
        if self.harmless.contains(&chain) {
            return;
        }
        if !self.between.contains_key(&chain) {
            let context = Context {
                state: &self.state,
                sources,
                options: &self.options,
            };
            if !rules::stands_between_writes(chain, context) {
                self.harmless.insert(chain);
                return;
            }
        }
        let alike = self.between.entry(chain).or_default();
        if alike.len() < ALIKE {
            alike.push((id, *step));
        }
    }

    pub(super) fn finish(&mut self) -> Summary {
        let outcome = self.state.outcome.clone();
        Summary {
            found: self.report.list(),
            ended: matches!(
                outcome,
                Some(Outcome::Completed | Outcome::Raised { .. } | Outcome::Deadlocked | Outcome::Idle)
            ),
            hung: matches!(outcome, Some(Outcome::Deadlocked | Outcome::Idle)),
            work: self.work + self.compiled,
            shape: (self.events, self.state.now.saturating_sub(self.work)),
            deadlines: std::mem::take(&mut self.deadlines),
            sections: self.sections(),
        }
    }

    /// A cancellation for each chain that stands between two writes, of a task that somebody may cancel: not the program's
    /// own, whose end is the end of everything, and not one that is shielded.
    fn sections(&self) -> Vec<Cancellation> {
        let numbers: BTreeMap<Id, u32> = self.state.tasks.keys().copied().zip(1..).collect();
        let is_exposed = |id: &Id| !self.shielded.contains(id) && self.state.tasks.get(id).is_some_and(|it| !it.root);
        let chosen = self.between.values().filter_map(|alike| {
            let (id, step) = alike.iter().find(|(id, _)| is_exposed(id))?;
            Some(Cancellation {
                task: *numbers.get(id)?,
                step: *step,
            })
        });
        chosen.collect()
    }
}

/// Whether a file of the library belongs to a package that only some programs import, such as `unittest`.
fn is_compiled(path: &str) -> bool {
    let package = path.rsplit('/').nth(1).unwrap_or_default();
    !package.starts_with("python") && !path.split('/').any(|part| AT_HAND.contains(&part))
}

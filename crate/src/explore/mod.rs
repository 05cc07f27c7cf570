//! Many runs of one workspace, compared: what another order of things, or a cancellation, would have broken.
//!
//! Exploration runs nothing itself. It says with which options to run next, is shown the trace, and in the end has findings
//! that carry the options which show them; the command runs processes, the page its worker, and both drive the same code.
//! Only what asyncio does not promise is varied, see [`crate::workspace::Options::schedule`].
//!
//! The bound is of work, never of real time, so that the same program is always explored as far.

mod run;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Region},
        silence::{Silence, Used},
        source::Sources,
    },
    trace::event::Event,
    workspace::{Cancellation, Options, Variation, Workspace},
};
use run::{Run, Summary};

/// The rules that have something to say of other runs than the one as written.
pub const RULES: [&str; 3] = ["lost-update", "assumed-order", "unshielded-critical-section"];

/// How many other orders of things are tried.
const SCHEDULES: u64 = 12;
/// At how many awaits a task is cancelled.
const CANCELLATIONS: usize = 24;
/// All runs together may compute so much, in virtual nanoseconds.
const BUDGET: u64 = 200_000_000;
/// What starting a run is worth of it.
const START: u64 = 4_000_000;

/// A rule's findings at one place are one.
type Place = (String, String, Region);

/// The state of an exploration. It begins with the run as written.
pub struct Exploration {
    base: Options,
    sources: Sources,
    silence: Silence,
    run: Run,
    /// The run as written, once it has ended.
    plain: Option<Summary>,
    known: BTreeSet<Place>,
    plan: VecDeque<Variation>,
    done: usize,
    spent: u64,
    found: Vec<Diagnostic>,
}

/// How far an exploration is, and what it has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What to run next; absent when there is nothing left to try.
    pub next: Option<Options>,
    /// Runs that have been looked at, and how many there will be at most.
    pub done: u32,
    pub total: u32,
    pub diagnostics: Vec<Diagnostic>,
}

impl Exploration {
    /// Begins with the run as written, whose trace is to be pushed first.
    #[must_use]
    pub fn new(workspace: &Workspace, options: &Options) -> Self {
        let base = options.varied(Variation::default());
        let sources = Sources::new(workspace);
        Self {
            run: Run::new(base.clone(), Variation::default()),
            base,
            silence: Silence::of(&sources),
            sources,
            plain: None,
            known: BTreeSet::new(),
            plan: VecDeque::new(),
            done: 0,
            spent: 0,
            found: Vec::new(),
        }
    }

    /// The options of the run as written.
    #[must_use]
    pub fn plain(&self) -> &Options {
        &self.base
    }

    /// Takes in the next event of the run that goes on.
    pub fn push(&mut self, event: &Event) {
        if self.run.push(event, &self.sources) {
            self.finish();
        }
    }

    /// The options of the next run, whose trace is then to be pushed; `None` when nothing is left to try. The first is the
    /// run as written, unless its trace has been pushed already.
    pub fn next_run(&mut self) -> Option<Options> {
        let Some(plain) = &self.plain else {
            self.run = Run::new(self.base.clone(), Variation::default());
            return Some(self.base.clone());
        };
        // Another run costs about what the one as written did.
        if self.spent + plain.work + START > BUDGET {
            self.plan.clear();
        }
        let variation = self.plan.pop_front()?;
        let mut options = self.base.varied(variation);
        options.limits.work = options.limits.work.min(BUDGET - self.spent);
        self.run = Run::new(options.clone(), variation);
        Some(options)
    }

    fn finish(&mut self) {
        let summary = self.run.finish();
        self.spent += summary.work + START;
        self.done += 1;
        let variation = self.run.variation();
        let Some(plain) = &self.plain else {
            self.known = summary.found.iter().map(place).collect();
            self.plan = plan(&summary);
            self.plain = Some(summary);
            return;
        };
        if variation.cancel.is_none() && summary.shape == plain.shape {
            // Nothing in the program takes time outside of the loop: every other schedule would be the same again.
            self.plan.retain(|it| it.cancel.is_some());
        }
        for finding in summary.found {
            if is_evidence(&finding, variation, &summary.deadlines, plain) && self.known.insert(place(&finding)) {
                self.found.push(Diagnostic {
                    id: format!("{}:explored-{}", finding.id, self.done),
                    reproduce: Some(variation),
                    // Its number is one of that run, not of the one as written.
                    task: None,
                    ..finding
                });
            }
        }
    }

    /// What only other runs than the one as written have shown, in order.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut list = self.silence.keep(self.found.clone(), &mut Used::default());
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        list
    }

    /// The next step, all in one.
    pub fn advance(&mut self) -> Progress {
        let next = self.next_run();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let left = self.plan.len() + usize::from(next.is_some());
        Progress {
            next,
            done: number(self.done),
            total: number(self.done + left),
            diagnostics: self.diagnostics(),
        }
    }
}

fn place(finding: &Diagnostic) -> Place {
    (finding.rule.clone(), finding.file.clone(), finding.span)
}

/// What to try after the run as written. A program that reached a limit is too long to be run again and again.
fn plan(plain: &Summary) -> VecDeque<Variation> {
    if !plain.ended {
        return VecDeque::new();
    }
    let schedules = (1..=SCHEDULES).map(|schedule| Variation { schedule, cancel: None });
    let cancelled = |cancel: &Cancellation| Variation {
        schedule: 0,
        cancel: Some(*cancel),
    };
    let cancellations = plain.sections.iter().take(CANCELLATIONS).map(cancelled);
    cancellations.chain(schedules).collect()
}

/// Whether a finding comes of the order alone. What a deadline has caused that never was reached as written only shows that
/// something took longer, and a cancellation shows nothing but what it interrupted.
fn is_evidence(
    finding: &Diagnostic,
    variation: Variation,
    deadlines: &BTreeMap<String, Vec<u64>>,
    plain: &Summary,
) -> bool {
    if variation.cancel.is_some() {
        return finding.rule == "unshielded-critical-section";
    }
    let new = deadlines.iter().filter_map(|(deadline, times)| {
        let known = plain.deadlines.get(deadline).map_or(0, Vec::len);
        times.get(known).copied()
    });
    let first = new.min().unwrap_or(u64::MAX);
    let hung_already = plain.hung && finding.rule == "assumed-order";
    finding.time < first && !hung_already
}

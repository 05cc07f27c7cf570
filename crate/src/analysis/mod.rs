//! What a trace means: the state of the run, the rules that look at it, and their findings.
//!
//! Everything is folded event by event, so that findings arrive while the program runs; fed a finished trace it gives
//! the same list.

pub mod callbacks;
pub mod carried;
pub mod closings;
mod depth;
pub mod diagnostic;
pub mod fixes;
pub mod handed_on;
pub mod held;
pub mod initial;
pub mod joins;
pub mod keeper;
mod looks;
pub mod moment;
pub mod names;
pub mod needs;
pub mod pairs;
pub mod predict;
pub mod raised;
pub mod reached;
pub mod rows;
pub mod rule;
pub mod rules;
pub mod sections;
pub mod sentence;
pub mod shape;
mod sharing;
pub mod silence;
pub mod source;
pub mod state;
pub mod surroundings;
pub mod takers;
pub mod threads;
pub mod timeline;
mod undoing;
pub mod unheard;
pub mod updates;
pub mod waited_in;
pub mod waits;
pub mod words;

use std::cell::OnceCell;

use crate::{
    trace::event::{Event, Kind, Outcome},
    workspace::{Options, Workspace},
};
use diagnostic::Diagnostic;
use rule::{Context, Report, Rule};
use rules::RULES;
use silence::{Silence, Used};
use source::Sources;
use state::State;
use timeline::{Lanes, Request, Timeline};

/// The rules that predict of calls which leave a trace wherever they happen: a coroutine or a task is made, something
/// blocks. Of a branch without such a trace it is known that the run did not take it.
const LEAVE_A_TRACE: [&str; 3] = ["coroutine-never-awaited", "dangling-task", "blocking-call"];

/// One run, seen through every rule.
pub struct Analysis {
    options: Options,
    workspace: Workspace,
    sources: Sources,
    silence: Silence,
    state: State,
    rules: Vec<Box<dyn Rule>>,
    report: Report,
    lanes: Lanes,
    /// What happened so far, once somebody has asked since the last event.
    observed: OnceCell<Vec<Diagnostic>>,
}

impl Analysis {
    #[must_use]
    pub fn new(workspace: &Workspace, options: &Options) -> Self {
        let sources = Sources::new(workspace);
        Self {
            options: options.clone(),
            workspace: workspace.clone(),
            silence: Silence::of(&sources),
            sources,
            state: State::default(),
            rules: RULES.iter().map(|entry| (entry.begin)()).collect(),
            report: Report::default(),
            lanes: Lanes::default(),
            observed: OnceCell::new(),
        }
    }

    /// Takes in the next event of the trace.
    pub fn push(&mut self, event: &Event) {
        self.observed.take();
        self.state.apply(event);
        self.lanes.apply(event, &self.state, &self.options);
        let context = Context {
            state: &self.state,
            sources: &self.sources,
            options: &self.options,
        };
        for rule in &mut self.rules {
            rule.event(event, context, &mut self.report);
        }
        if matches!(event.kind, Kind::Ended { .. }) {
            for rule in &mut self.rules {
                rule.end(context, &mut self.report);
            }
        }
    }

    /// The findings so far, in order: what happened, and once the run is over, what would have in code that it did not
    /// come to.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut list = self.observed().to_vec();
        let over = matches!(
            self.state.outcome,
            Some(
                Outcome::Completed
                    | Outcome::Raised { .. }
                    | Outcome::Deadlocked
                    | Outcome::Idle
                    | Outcome::Limit { .. }
            )
        );
        if over {
            // A mistaken comment was told of with what happened.
            let is_part = |path: &str| path == self.workspace.entry || self.state.file(path).is_some();
            let left = self.not_among(&list, is_part).into_iter();
            list.extend(left.filter(|it| it.rule != rules::unused_allow::METADATA.name && !self.came_to(it)));
        }
        list
    }

    /// What happened so far, in order.
    fn observed(&self) -> &[Diagnostic] {
        self.observed.get_or_init(|| self.observe())
    }

    fn observe(&self) -> Vec<Diagnostic> {
        let mut used = Used::default();
        let mut list = self.silence.keep(self.report.list(), &mut used);
        list.extend(self.silence.unused(&self.workspace, &self.sources, &self.state, used));
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        for finding in &mut list {
            finding.fixes = fixes::offer(finding, &self.sources);
        }
        list
    }

    /// Whether the run came to the code that a prediction is about, and so knows better: to its function as far as
    /// anything that happened there shows.
    fn came_to(&self, prediction: &Diagnostic) -> bool {
        let Some(file) = self.state.file(&prediction.file) else {
            return false;
        };
        let tree = self.sources.tree(&prediction.file);
        if LEAVE_A_TRACE.contains(&prediction.rule.as_str())
            && tree.is_some_and(|it| it.is_conditional(prediction.span))
        {
            return self
                .state
                .came_to_lines(file, prediction.span.line..=prediction.span.end_line);
        }
        let function = tree.and_then(|tree| tree.qualified_function(prediction.span));
        function.is_none_or(|function| self.state.came_to(file, &function))
    }

    /// What the syntax tree alone says, where the run has said nothing of its own.
    #[must_use]
    pub fn predictions(&self) -> Vec<Diagnostic> {
        self.not_among(self.observed(), |_| true)
    }

    fn not_among(&self, observed: &[Diagnostic], wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let told = |prediction: &Diagnostic| {
            observed.iter().any(|it| {
                it.rule == prediction.rule && it.file == prediction.file && it.span.line == prediction.span.line
            })
        };
        predict::predict(&self.sources, wanted)
            .into_iter()
            .filter(|prediction| !told(prediction))
            .collect()
    }

    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What is new on the timeline.
    #[must_use]
    pub fn timeline(&self, request: Request) -> Timeline {
        self.lanes.timeline(request, &self.state, self.observed())
    }
}

/// The findings of a finished trace.
#[must_use]
pub fn analyse<'a>(workspace: &Workspace, options: &Options, events: impl IntoIterator<Item = &'a Event>) -> Analysis {
    let mut analysis = Analysis::new(workspace, options);
    for event in events {
        analysis.push(event);
    }
    analysis
}

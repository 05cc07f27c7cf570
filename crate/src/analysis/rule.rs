//! What a rule is: its metadata, what it is shown, and where it reports.

use std::collections::BTreeMap;

use super::{
    diagnostic::{Diagnostic, Evidence, Region, Related, Severity},
    source::Sources,
    state::State,
};
use crate::{
    trace::event::{Event, Id, Span, StackId},
    workspace::Options,
};

/// What is known of a rule without running anything.
#[derive(Debug)]
pub struct Metadata {
    pub name: &'static str,
    /// The fault in one line, as a sentence fragment.
    pub fault: &'static str,
    pub fault_ru: &'static str,
    /// How bad a finding usually is.
    pub severity: Severity,
    /// Its page in Markdown, English and then Russian.
    pub page: &'static str,
}

/// What a rule may look at: never the engine, never a view.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub state: &'a State,
    pub sources: &'a Sources,
    pub options: &'a Options,
}

/// One defect class. A rule sees each event after it was folded into the state, and the end of the trace.
pub trait Rule {
    fn event(&mut self, _event: &Event, _context: Context<'_>, _report: &mut Report) {}

    fn end(&mut self, _context: Context<'_>, _report: &mut Report) {}
}

/// A rule and how to begin it.
pub struct Entry {
    pub metadata: &'static Metadata,
    pub begin: fn() -> Box<dyn Rule>,
}

impl Metadata {
    /// Begins a finding. `key` tells it from the rule's others: the id of the object it is about, as a rule.
    #[must_use]
    pub fn finding(&self, key: Id, span: Span, message: impl Into<String>, context: Context<'_>) -> Diagnostic {
        Diagnostic {
            id: self.identity(key),
            rule: self.name.to_owned(),
            severity: self.severity,
            evidence: Evidence::Observed,
            message: message.into(),
            cpython: None,
            file: context.state.path(span.file).to_owned(),
            span: span.into(),
            time: context.state.now,
            count: 1,
            related: Vec::new(),
            task: None,
            fixes: Vec::new(),
        }
    }

    #[must_use]
    pub fn identity(&self, key: Id) -> String {
        format!("{}:{key}", self.name)
    }
}

impl Diagnostic {
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    #[must_use]
    pub fn cpython(self, words: impl Into<String>) -> Self {
        Self {
            cpython: Some(words.into()),
            ..self
        }
    }

    #[must_use]
    pub fn task(self, task: Option<Id>) -> Self {
        Self { task, ..self }
    }

    #[must_use]
    pub fn time(self, time: u64) -> Self {
        Self { time, ..self }
    }

    /// Adds the workspace's line of a stack, unless it has none or says what another place already says.
    #[must_use]
    pub fn related(self, stack: StackId, message: impl Into<String>, context: Context<'_>) -> Self {
        match context.state.pointed_at(stack) {
            Some(span) => self.related_span(span, message, context),
            None => self,
        }
    }

    #[must_use]
    pub fn related_span(mut self, span: Span, message: impl Into<String>, context: Context<'_>) -> Self {
        let related = Related {
            message: message.into(),
            file: context.state.path(span.file).to_owned(),
            span: span.into(),
        };
        if !self.related.contains(&related) {
            self.related.push(related);
        }
        self
    }
}

/// The findings so far. A finding put again replaces its former self; one may also be withdrawn.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: BTreeMap<String, Diagnostic>,
}

impl Report {
    pub fn put(&mut self, diagnostic: Diagnostic) {
        self.findings.insert(diagnostic.id.clone(), diagnostic);
    }

    pub fn withdraw(&mut self, metadata: &Metadata, key: Id) {
        self.findings.remove(&metadata.identity(key));
    }

    /// Withdraws the findings of a rule that `unfounded` picks.
    pub fn withdraw_where(&mut self, metadata: &Metadata, unfounded: impl Fn(&Diagnostic) -> bool) {
        self.findings
            .retain(|_, finding| finding.rule != metadata.name || !unfounded(finding));
    }

    #[must_use]
    pub fn get(&self, metadata: &Metadata, key: Id) -> Option<&Diagnostic> {
        self.findings.get(&metadata.identity(key))
    }

    /// The findings in order. Those of one rule at one place are one finding, the worst and then the earliest of them,
    /// that says how many there were: a loop that makes the same mistake a thousand times made one mistake.
    #[must_use]
    pub fn list(&self) -> Vec<Diagnostic> {
        let mut places: BTreeMap<(&str, &str, Region), Vec<&Diagnostic>> = BTreeMap::new();
        for finding in self.findings.values() {
            places
                .entry((&finding.rule, &finding.file, finding.span))
                .or_default()
                .push(finding);
        }
        let mut list: Vec<_> = places.into_values().filter_map(merge).collect();
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        list
    }
}

fn merge(mut same: Vec<&Diagnostic>) -> Option<Diagnostic> {
    // Ids end in numbers, so that the text alone would put the tenth before the second.
    same.sort_by_key(|finding| {
        (
            std::cmp::Reverse(finding.severity),
            finding.time,
            finding.id.len(),
            &finding.id,
        )
    });
    let mut merged = (*same.first()?).clone();
    merged.count = same.iter().map(|finding| finding.count).sum();
    merged.time = same.iter().map(|finding| finding.time).min()?;
    Some(merged)
}

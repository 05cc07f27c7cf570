//! What a rule is: its metadata, what it is shown, and where it reports.

use std::collections::BTreeMap;

use ruff_text_size::Ranged;

use super::{
    diagnostic::{Diagnostic, Evidence, Region, Related, Severity},
    joins::span_in,
    predict::Predict,
    raised::{Raise, Signature},
    sentence::Sentence,
    source::{Sources, Tree},
    state::State,
    words,
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

impl<'a> Context<'a> {
    /// The files that the run has come to so far. A folder may hold many programs that know nothing of each other.
    #[must_use]
    pub fn files(self) -> Vec<(&'a str, &'a Tree)> {
        let paths = self.state.files();
        let tree = |path: &'a str| Some((path, self.sources.tree(path)?));
        paths.into_iter().filter_map(tree).collect()
    }

    /// The interpreter names a whole statement, or its targets, where a person would point at one expression in it.
    #[must_use]
    pub fn narrowed(self, span: Span) -> Span {
        let tree = self.sources.tree(self.state.path(span.file));
        let narrowed = tree.and_then(|tree| tree.narrowed(span.into()));
        narrowed.map_or(span, |region| span_in(span, region))
    }
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
    /// What it says of the syntax tree alone.
    pub predict: Option<Predict>,
}

impl Metadata {
    /// Begins a finding. `key` tells it from the rule's others: the id of the object it is about, as a rule.
    #[must_use]
    pub fn finding(&self, key: Id, span: Span, message: impl Into<Sentence>, context: Context<'_>) -> Diagnostic {
        let Sentence { en, ru } = message.into();
        let span = context.narrowed(span);
        Diagnostic {
            id: self.identity(key),
            rule: self.name.to_owned(),
            severity: self.severity,
            evidence: Evidence::Observed,
            message: en,
            message_ru: ru,
            cpython: None,
            file: context.state.path(span.file).to_owned(),
            span: span.into(),
            time: context.state.now,
            count: 1,
            related: Vec::new(),
            task: None,
            fixes: Vec::new(),
            reproduce: None,
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
    pub fn related(self, stack: StackId, message: impl Into<Sentence>, context: Context<'_>) -> Self {
        match context.state.pointed_at(stack) {
            Some(span) => self.related_span(span, message, context),
            None => self,
        }
    }

    /// Whether it is about a place, or says so of one.
    #[must_use]
    pub fn names(&self, file: &str, place: Region) -> bool {
        let is_it = |other: &str, span: Region| span == place && other == file;
        is_it(&self.file, self.span) || self.related.iter().any(|it| is_it(&it.file, it.span))
    }

    #[must_use]
    pub fn related_span(mut self, span: Span, message: impl Into<Sentence>, context: Context<'_>) -> Self {
        let Sentence { en, ru } = message.into();
        let span = context.narrowed(span);
        let related = Related {
            message: en,
            message_ru: ru,
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
///
/// Some are causes and some are symptoms. An exception that a cause explains may be lost afterwards, and a coroutine
/// given to a call that refuses it is never awaited: such a symptom is shown as a related place of its cause.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: BTreeMap<String, Diagnostic>,
    /// Exceptions that findings explain.
    explained: BTreeMap<Signature, String>,
    /// Places whose coroutines a finding explains the fate of.
    explained_places: BTreeMap<(String, Region), String>,
    /// The exceptions that findings are about without explaining them.
    symptoms: BTreeMap<String, Signature>,
}

impl Report {
    pub fn put(&mut self, diagnostic: Diagnostic) {
        self.findings.insert(diagnostic.id.clone(), diagnostic);
    }

    /// Puts a finding that says why an exception was raised. The end of a task only repeats what was known before, and
    /// of two rules that would explain it the one that comes first in the catalogue does.
    pub fn put_cause(&mut self, diagnostic: Diagnostic, raise: &Raise<'_>, context: Context<'_>) {
        let signature = raise.signature(context);
        let known = self.explained.get(&signature).and_then(|id| self.findings.get(id));
        if known.is_some_and(|cause| raise.at.is_none() || cause.rule != diagnostic.rule) {
            return;
        }
        // One that began outside of the workspace's code has been told of where its task was made.
        let begun_outside = (signature.0.clone(), signature.1.clone(), None);
        if let Some(cause) = self.explained.get(&begun_outside).filter(|_| signature.2.is_some()) {
            let cause = cause.clone();
            self.explained.insert(signature, cause);
            return;
        }
        self.put_new_cause(diagnostic, raise, context);
    }

    /// The same of an exception that is known to be no other's once more.
    pub fn put_new_cause(&mut self, diagnostic: Diagnostic, raise: &Raise<'_>, context: Context<'_>) {
        let signature = raise.signature(context);
        self.explain_call(&diagnostic, raise.span, raise.at, context);
        self.explained.insert(signature, diagnostic.id.clone());
        self.put(diagnostic);
    }

    /// Says that a finding is the reason why the coroutines given to the call at a place are never awaited, be they made
    /// within it, on a line before it, or by who called this code from outside.
    pub fn explain_call(&mut self, cause: &Diagnostic, span: Span, at: Option<StackId>, context: Context<'_>) {
        let state = context.state;
        let frames = at.map_or(&[][..], |at| state.frames(at));
        let callers = frames
            .iter()
            .filter(|frame| state.in_workspace(frame))
            .map(|frame| frame.span);
        for place in std::iter::once(span).chain(callers) {
            let file = state.path(place.file);
            self.explain_place(cause, file, place.into());
            let tree = context.sources.tree(file);
            let given = tree.map(|tree| tree.values_given(tree.awaited(place.into())));
            for value in given.unwrap_or_default() {
                self.explain_place(cause, file, value);
            }
        }
    }

    /// Says that a finding is the reason why the coroutines given to the call at a place, which is itself one that makes a
    /// coroutine, are never awaited.
    pub fn explain_arguments(&mut self, cause: &Diagnostic, span: Span, context: Context<'_>) {
        let file = context.state.path(span.file);
        let Some(tree) = context.sources.tree(file) else {
            return;
        };
        let given = tree.arguments(span.into()).into_iter();
        let within = given.map(|argument| tree.region(argument.range()));
        for place in within.chain(tree.values_given(span.into())) {
            self.explain_place(cause, file, place);
        }
    }

    /// Says that a finding is the reason why a coroutine made at this place is never awaited.
    pub fn explain_place(&mut self, cause: &Diagnostic, file: &str, place: Region) {
        let place = (file.to_owned(), place);
        self.explained_places.entry(place).or_insert_with(|| cause.id.clone());
    }

    /// Puts a finding about the fate of an exception, which is one with the finding that explains the exception if
    /// there is one.
    pub fn put_symptom(&mut self, diagnostic: Diagnostic, signature: Signature) {
        self.symptoms.insert(diagnostic.id.clone(), signature);
        self.put(diagnostic);
    }

    /// The finding that explains this one.
    fn cause(&self, finding: &Diagnostic) -> Option<&str> {
        let by_exception = self
            .symptoms
            .get(&finding.id)
            .and_then(|signature| self.explained.get(signature));
        let by_place = || {
            let mut places = self.explained_places.iter();
            let within = |file: &str, place: &Region| finding.file == file && place.contains(finding.span);
            places
                .find(|((file, place), _)| within(file, place))
                .map(|(_, cause)| cause)
        };
        let unawaited = finding
            .cpython
            .as_ref()
            .is_some_and(|words| words.ends_with("was never awaited"));
        let cause = by_exception.or_else(|| if unawaited { by_place() } else { None })?;
        (*cause != finding.id && self.findings.contains_key(cause)).then_some(cause.as_str())
    }

    /// The findings that no other explains, and by the id of those that explain others, the others. There may be many
    /// thousand, of which few are shown: none is copied here.
    fn folded(&self) -> (Vec<&Diagnostic>, BTreeMap<&str, Vec<&Diagnostic>>) {
        let mut causes = Vec::new();
        let mut symptoms: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in self.findings.values() {
            match self.cause(finding) {
                Some(cause) => symptoms.entry(cause).or_default().push(finding),
                None => causes.push(finding),
            }
        }
        (causes, symptoms)
    }

    /// Puts a finding that comes of another: as a word of that one, if it is there.
    pub fn put_consequence(&mut self, finding: Diagnostic, metadata: &Metadata, key: Id) {
        match self.findings.get_mut(&metadata.identity(key)) {
            Some(cause) => cause.related.push(words::consequence(&finding)),
            None => self.put(finding),
        }
    }

    pub fn withdraw(&mut self, metadata: &Metadata, key: Id) {
        self.findings.remove(&metadata.identity(key));
    }

    /// Withdraws the findings of a rule that `unfounded` picks.
    pub fn withdraw_where(&mut self, metadata: &Metadata, unfounded: impl Fn(&Diagnostic) -> bool) {
        self.findings
            .retain(|_, finding| finding.rule != metadata.name || !unfounded(finding));
    }

    /// The findings of a rule.
    pub fn of(&self, metadata: &Metadata) -> impl Iterator<Item = &Diagnostic> {
        self.findings.values().filter(|finding| finding.rule == metadata.name)
    }

    /// Whether this very finding has been put, under its own id, and not withdrawn.
    #[must_use]
    pub fn has(&self, finding: &Diagnostic) -> bool {
        self.findings.contains_key(&finding.id)
    }

    #[must_use]
    pub fn get(&self, metadata: &Metadata, key: Id) -> Option<&Diagnostic> {
        self.findings.get(&metadata.identity(key))
    }

    /// The findings in order. Those of one rule at one place are one finding, the worst and then the earliest of them,
    /// that says how many there were: a loop that makes the same mistake a thousand times made one mistake.
    #[must_use]
    pub fn list(&self) -> Vec<Diagnostic> {
        let (causes, symptoms) = self.folded();
        let mut places: BTreeMap<(&str, &str, Region), Vec<&Diagnostic>> = BTreeMap::new();
        for finding in causes {
            places
                .entry((&finding.rule, &finding.file, finding.span))
                .or_default()
                .push(finding);
        }
        let mut list: Vec<_> = places.values().filter_map(|same| merge(same, &symptoms)).collect();
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        list
    }
}

fn merge(same: &[&Diagnostic], symptoms: &BTreeMap<&str, Vec<&Diagnostic>>) -> Option<Diagnostic> {
    // Ids end in numbers, so that the text alone would put the tenth before the second.
    let worst = same.iter().min_by_key(|finding| {
        (
            std::cmp::Reverse(finding.severity),
            finding.time,
            finding.id.len(),
            &finding.id,
        )
    })?;
    let mut merged = Diagnostic::clone(worst);
    merged.count = same.iter().map(|finding| finding.count).sum();
    merged.time = same.iter().map(|finding| finding.time).min()?;
    for symptom in symptoms.get(worst.id.as_str()).into_iter().flatten() {
        let told = words::consequence(symptom);
        if symptom.rule != merged.rule && !merged.related.contains(&told) {
            merged.related.push(told);
        }
    }
    Some(merged)
}

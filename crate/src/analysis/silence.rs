//! Findings that a file allows: `# loopscope: allow rule-name` on a line, or at the top for the whole file.
//!
//! A comment behind code is about the findings that begin on its line, or that end there. One with a line to itself is
//! about the next line of code, or, above the first statement (a docstring is none), about the whole file. Silence that nothing needs is a
//! finding of its own, so that it does not outlive its reason.

use std::collections::BTreeSet;

use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

use super::{
    diagnostic::{Diagnostic, Evidence, Region},
    predict,
    rules::{self, unused_allow::METADATA},
    sentence::{Sentence, say},
    source::{Sources, Tree},
    state::State,
};
use crate::{directives, explore, trace::event::Outcome, workspace::Workspace};

/// One comment.
#[derive(Debug)]
struct Allowance {
    file: String,
    /// The line of code it is about; `None` for the whole file.
    line: Option<u32>,
    comment: Region,
    /// Each rule with the place of its name.
    rules: Vec<(String, Region)>,
}

/// What the files of a workspace allow.
#[derive(Debug, Default)]
pub struct Silence {
    allowances: Vec<Allowance>,
}

/// Which names of which comments have silenced something, by their numbers. It is found out anew each time, since a finding
/// may be withdrawn.
#[derive(Debug, Default)]
pub struct Used(BTreeSet<(usize, usize)>);

impl Silence {
    #[must_use]
    pub fn of(sources: &Sources) -> Self {
        // Most files allow nothing and need not be parsed to see it.
        let paths = sources.texts().filter(|(_, text)| text.contains("loopscope:"));
        let trees = paths.filter_map(|(path, _)| Some((path, sources.tree(path)?)));
        Self {
            allowances: trees.flat_map(|(path, tree)| allowances(path, tree)).collect(),
        }
    }

    /// The findings that are not allowed.
    #[must_use]
    pub fn keep(&self, mut findings: Vec<Diagnostic>, used: &mut Used) -> Vec<Diagnostic> {
        findings.retain(|it| !self.is_allowed(it, used));
        findings
    }

    fn is_allowed(&self, finding: &Diagnostic, used: &mut Used) -> bool {
        let mut found = false;
        for (number, allowance) in self.allowances.iter().enumerate() {
            let here = allowance
                .line
                .is_none_or(|line| (finding.span.line..=finding.span.end_line).contains(&line));
            if allowance.file != finding.file || !here {
                continue;
            }
            let named = allowance.rules.iter().position(|(rule, _)| *rule == finding.rule);
            if let Some(rule) = named {
                used.0.insert((number, rule));
                found = true;
            }
        }
        found
    }

    /// Comments that cannot silence anything, whatever happens.
    fn mistaken(&self) -> impl Iterator<Item = (&Allowance, Region, Sentence)> {
        self.allowances.iter().flat_map(|allowance| {
            let nameless = allowance.rules.is_empty().then(|| {
                let words = (
                    "This comment names no rule, so that it allows nothing.",
                    "В этом комментарии не названо ни одного правила, и он ничего не разрешает.",
                );
                (allowance, allowance.comment, words.into())
            });
            let unknown = allowance.rules.iter().filter(|(rule, _)| rules::find(rule).is_none());
            nameless.into_iter().chain(unknown.map(move |(rule, span)| {
                let words = say!(
                    "There is no rule `{rule}`, so that this comment allows nothing.",
                    "Правила `{rule}` нет, и этот комментарий ничего не разрешает."
                );
                (allowance, *span, words)
            }))
        })
    }

    /// What is known before a run: comments that are mistaken.
    #[must_use]
    pub fn predictions(&self) -> Vec<Diagnostic> {
        let list = self.mistaken().map(|(allowance, span, message)| Diagnostic {
            evidence: Evidence::Predicted,
            ..needless(&allowance.file, span, message, 0)
        });
        self.keep(list.collect(), &mut Used::default())
    }

    /// The comments of the program's own file that have silenced nothing by the end of a run. A run that was ended from
    /// outside had no time to err, and the files that a program imports are asked when they are programs themselves.
    #[must_use]
    pub fn unused(&self, workspace: &Workspace, sources: &Sources, state: &State, mut used: Used) -> Vec<Diagnostic> {
        let is_own = |allowance: &Allowance| is_entry(workspace, &allowance.file);
        let time = state.now;
        let mut list: Vec<_> = self
            .mistaken()
            .filter(|(allowance, ..)| is_own(allowance))
            .map(|(allowance, span, message)| needless(&allowance.file, span, message, time))
            .collect();
        let ended = matches!(
            state.outcome,
            Some(Outcome::Completed | Outcome::Raised { .. } | Outcome::Deadlocked | Outcome::Idle)
        );
        if ended && self.allowances.iter().any(is_own) {
            // A line that did not run may be wrong all the same.
            let _ = self.keep(predict::unsilenced(sources, |_| true), &mut used);
            for (number, allowance) in self.allowances.iter().enumerate().filter(|(_, it)| is_own(it)) {
                for (index, (rule, span)) in allowance.rules.iter().enumerate() {
                    // What only other schedules show, this run cannot miss.
                    let may_show = rule != METADATA.name && !explore::RULES.contains(&rule.as_str());
                    let is_unused = rules::find(rule).is_some() && may_show && !used.0.contains(&(number, index));
                    if is_unused {
                        let message = say!(
                            "Nothing here is a `{rule}`, so that this comment allows nothing.",
                            "Здесь не найдено `{rule}`, и этот комментарий ничего не разрешает."
                        );
                        list.push(needless(&allowance.file, *span, message, time));
                    }
                }
            }
        }
        self.keep(list, &mut used)
    }
}

fn is_entry(workspace: &Workspace, file: &str) -> bool {
    match &workspace.module {
        None => file == workspace.entry,
        Some(module) => {
            let stem = module.replace('.', "/");
            file == format!("{stem}.py") || file == format!("{stem}/__main__.py")
        }
    }
}

fn allowances(path: &str, tree: &Tree) -> Vec<Allowance> {
    let is_docstring = |it: &&Stmt| matches!(it, Stmt::Expr(it) if it.value.is_string_literal_expr());
    let first = tree
        .module()
        .body
        .iter()
        .find(|it| !is_docstring(it))
        .map_or(u32::MAX, |it| tree.region(it.range()).line);
    let mut list = Vec::new();
    for (comment, region) in tree.comments() {
        let Some(names) = directives::allowed(comment) else {
            continue;
        };
        let alone = tree.line(region.line).trim_start().starts_with('#');
        let line = match (alone, region.line < first) {
            (true, true) => None,
            (true, false) => Some(next_code(tree, region.line)),
            (false, _) => Some(region.line),
        };
        let rules = names.into_iter().map(|(at, name)| {
            let before = comment.get(..at).unwrap_or_default().chars().count();
            let column = region.column + u32::try_from(before).unwrap_or_default();
            let width = u32::try_from(name.chars().count()).unwrap_or_default();
            let span = Region {
                column,
                end_column: column + width,
                ..region
            };
            (name.to_owned(), span)
        });
        list.push(Allowance {
            file: path.to_owned(),
            line,
            comment: region,
            rules: rules.collect(),
        });
    }
    list
}

/// The first line below another that is neither empty nor a comment.
fn next_code(tree: &Tree, line: u32) -> u32 {
    (line + 1..=tree.line_count())
        .find(|line| {
            let text = tree.line(*line).trim_start();
            !text.is_empty() && !text.starts_with('#')
        })
        .unwrap_or(line)
}

/// What is said of silence that nothing needs.
pub(crate) fn needless(file: &str, span: Region, message: Sentence, time: u64) -> Diagnostic {
    Diagnostic {
        id: format!("{}:{file}:{}:{}", METADATA.name, span.line, span.column),
        rule: METADATA.name.to_owned(),
        severity: METADATA.severity,
        evidence: Evidence::Observed,
        message: message.en,
        message_ru: message.ru,
        cpython: None,
        file: file.to_owned(),
        span,
        time,
        count: 1,
        related: Vec::new(),
        task: None,
        fixes: Vec::new(),
        reproduce: None,
    }
}

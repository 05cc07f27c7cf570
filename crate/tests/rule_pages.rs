//! Every example of a rule's page, and every program in `tests/cases`, finds what its comments say and nothing else.
//!
//! A comment `# error: rule-name` (or `warning`, or `info`; several, each with its own `#`) stands on the line at which
//! the finding begins; one that goes on with an expression, as in ``# error: rule-name at `f()` ``, says that it begins
//! there. An example without such a comment is clean. `# related: rule-name` says that a finding of that rule names this
//! line too, and `# unrelated: rule-name` that none does; others may be named without a comment. `# says: …` is a part of what is said of the line.
#![cfg(feature = "command")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use loopscope::{
    analysis::{analyse, diagnostic::Severity, rules::RULES},
    directives,
    engine::native,
    workspace::{File, Options, Workspace},
};
use rayon::prelude::*;

/// How often each rule is found on each line, by severity and name.
type Findings = BTreeMap<(u32, String), usize>;

/// The Python fences of a page.
fn examples(page: &str) -> Vec<&str> {
    page.split("```python\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

fn expected(example: &str) -> Findings {
    let mut findings = Findings::new();
    for (line, text) in (1..).zip(example.lines()) {
        for comment in text.split('#').skip(1).map(str::trim) {
            let known = [Severity::Error, Severity::Warning, Severity::Info]
                .iter()
                .any(|severity| comment.starts_with(&format!("{}: ", severity.name())));
            if known {
                let (words, _) = comment.split_once(" at `").unwrap_or((comment, ""));
                *findings.entry((line, words.to_owned())).or_default() += 1;
            }
        }
    }
    findings
}

/// The columns that comments name, as `line:column rule`; 0 for an expression that the line has not.
fn expected_columns(example: &str) -> BTreeSet<String> {
    let mut columns = BTreeSet::new();
    for (line, text) in (1..).zip(example.lines()) {
        let code = text.split('#').next().unwrap_or_default();
        for comment in text.split('#').skip(1) {
            let named = comment
                .trim()
                .strip_suffix('`')
                .and_then(|comment| comment.split_once(" at `"));
            if let Some((words, expression)) = named {
                let rule = words.rsplit(' ').next().unwrap_or_default();
                let column = code.find(expression).map_or(0, |at| code[..at].chars().count() + 1);
                columns.insert(format!("{line}:{column} {rule}"));
            }
        }
    }
    columns
}

/// The related places that comments name with this word before it, as `line rule`.
fn expected_related(example: &str, word: &str) -> BTreeSet<String> {
    let lines = (1..).zip(example.lines());
    let named = lines.flat_map(|(line, text): (u32, &str)| {
        let rules = text.split('#').filter_map(|comment| comment.trim().strip_prefix(word));
        rules.map(move |rule| format!("{line} {rule}"))
    });
    named.collect()
}

/// What comments want said, each with its line.
fn expected_words(example: &str) -> Vec<(u32, &str)> {
    let lines = (1..).zip(example.lines());
    let said = lines.flat_map(|(line, text): (u32, &str)| {
        let words = text
            .split('#')
            .filter_map(|comment| comment.trim().strip_prefix("says: "));
        words.map(move |words| (line, words))
    });
    said.collect()
}

/// What analysing an example shows.
#[derive(Default)]
struct Observed {
    findings: Findings,
    /// As `line:column rule`.
    columns: BTreeSet<String>,
    /// As `line rule`.
    related: BTreeSet<String>,
    /// What is said of each line, also where it is only related.
    said: Vec<(u32, String)>,
    words: String,
}

fn observed(example: &str) -> Observed {
    let files = vec![File {
        path: "main.py".to_owned(),
        text: example.into(),
    }];
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files,
        ..Workspace::default()
    };
    let mut options = Options::default();
    directives::apply(example, &mut options);
    let trace = native::run(&workspace, &options);
    let mut seen = Observed::default();
    for it in analyse(&workspace, &options, &trace.events).diagnostics() {
        *seen
            .findings
            .entry((it.span.line, format!("{}: {}", it.severity.name(), it.rule)))
            .or_default() += 1;
        let place = format!("{}:{} {}", it.span.line, it.span.column, it.rule);
        let _ = writeln!(seen.words, "    {place}: {}", it.message);
        seen.columns.insert(place);
        let beside = it.related.iter().map(|place| (place.span.line, place.message.clone()));
        seen.said.extend(beside.chain([(it.span.line, it.message.clone())]));
        let related = it
            .related
            .iter()
            .map(|place| format!("{} {}", place.span.line, it.rule));
        seen.related.extend(related);
    }
    seen
}

#[test]
fn pages_show_each_rule_twice_and_two_clean_twins() {
    for rule in RULES.iter().map(|entry| entry.metadata) {
        let examples = examples(rule.page);
        let erring = examples
            .iter()
            .filter(|example| {
                expected(example)
                    .keys()
                    .any(|(_, words)| words.ends_with(&format!(": {}", rule.name)))
            })
            .count();
        let clean = examples.iter().filter(|example| expected(example).is_empty()).count();
        assert!(
            erring >= 2 && clean >= 2,
            "{}: {erring} examples err and {clean} are clean",
            rule.name
        );
    }
}

/// What an example shows and should not, or should and does not; empty if it is as its comments say.
fn difference(example: &str) -> String {
    let wanted = expected(example);
    let seen = observed(example);
    let misplaced: Vec<_> = expected_columns(example).difference(&seen.columns).cloned().collect();
    let mut unrelated: Vec<_> = expected_related(example, "related: ")
        .difference(&seen.related)
        .cloned()
        .collect();
    unrelated.extend(
        expected_related(example, "unrelated: ")
            .intersection(&seen.related)
            .cloned(),
    );
    let is_said = |(line, words): &(u32, &str)| seen.said.iter().any(|(at, said)| at == line && said.contains(words));
    let unsaid: Vec<_> = expected_words(example).into_iter().filter(|it| !is_said(it)).collect();
    if seen.findings == wanted && misplaced.is_empty() && unrelated.is_empty() && unsaid.is_empty() {
        return String::new();
    }
    let (found, words) = (seen.findings, seen.words);
    format!(
        "  expected {wanted:?}\n  found    {found:?}\n  not at   {misplaced:?}\n  not related {unrelated:?}\n  not said {unsaid:?}\n{words}"
    )
}

/// Small programs beside the pages' own: some err in another way than the page's do, and some only look as if they did.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[test]
fn pages_and_cases_tell_the_truth() {
    let pages = RULES.iter().flat_map(|entry| {
        let examples = (1..).zip(examples(entry.metadata.page));
        examples.map(|(number, example)| (format!("{} example {number}", entry.metadata.name), example.to_owned()))
    });
    let cases = cases().into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("the program can be read");
        (path.display().to_string(), text)
    });
    let all: Vec<_> = pages.chain(cases).collect();
    let wrong: Vec<_> = all
        .into_par_iter()
        .map(|(name, example)| (name, difference(&example)))
        .filter(|(_, difference)| !difference.is_empty())
        .map(|(name, difference)| format!("{name}\n{difference}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join(""));
}

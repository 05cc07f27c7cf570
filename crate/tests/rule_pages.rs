//! Every example of a rule's page finds what its comments say, and nothing else.
//!
//! A comment `# error: rule-name` (or `warning`, or `info`; several, each with its own `#`) stands on the line at which
//! the finding begins. An example without such a comment is clean.
#![cfg(feature = "command")]

use std::{collections::BTreeMap, fmt::Write};

use loopscope::{
    analysis::{analyse, diagnostic::Severity, rules::RULES},
    directives,
    engine::native,
    workspace::{File, Options, Workspace},
};

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
                *findings.entry((line, comment.to_owned())).or_default() += 1;
            }
        }
    }
    findings
}

fn observed(example: &str) -> (Findings, String) {
    let files = vec![File {
        path: "main.py".to_owned(),
        text: example.to_owned(),
    }];
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files,
        ..Workspace::default()
    };
    let mut options = Options::default();
    directives::apply(example, &mut options);
    let trace = native::run(&workspace, &options);
    let mut findings = Findings::new();
    let mut words = String::new();
    for it in analyse(&workspace, &options, &trace.events).diagnostics() {
        *findings
            .entry((it.span.line, format!("{}: {}", it.severity.name(), it.rule)))
            .or_default() += 1;
        let _ = writeln!(
            words,
            "    {}:{} {}: {}",
            it.span.line, it.span.column, it.rule, it.message
        );
    }
    (findings, words)
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

#[test]
fn pages_tell_the_truth() {
    let mut wrong = String::new();
    for rule in RULES.iter().map(|entry| entry.metadata) {
        for (number, example) in (1..).zip(examples(rule.page)) {
            let wanted = expected(example);
            let (found, words) = observed(example);
            if found != wanted {
                let _ = write!(
                    wrong,
                    "{} example {number}\n  expected {wanted:?}\n  found    {found:?}\n{words}",
                    rule.name
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

//! Whatever a finding says, it says in Russian too: of every program of the rules' pages and of the tests, as it runs, as it
//! is only read, and as other schedules show it.
#![cfg(feature = "command")]

use std::{collections::BTreeSet, fs, path::Path};

use loopscope::{
    analysis::{analyse, diagnostic::Diagnostic, predict::predict, rules::RULES, source::Sources},
    directives,
    engine::{native, packages::Packages},
    explore::Exploration,
    workspace::{File, Options, Workspace},
};
use rayon::prelude::*;

/// What Russian writes as English does, outside of code: names, and a word of the trade that has no other.
const THE_SAME: [&str; 3] = ["asyncio", "Python", "future"];

/// The programs of a folder of tests.
fn programs(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let text = |path| fs::read_to_string(path).expect("the program can be read");
    paths.into_iter().map(text).collect()
}

/// The examples of the rules' pages that err.
fn examples() -> impl Iterator<Item = String> {
    let fences = |page: &'static str| {
        let rest = page.split("```python\n").skip(1);
        rest.filter_map(|rest| rest.split("```").next())
    };
    let errs = |example: &&str| {
        ["# error: ", "# warning: ", "# info: "]
            .iter()
            .any(|mark| example.contains(mark))
    };
    let all = RULES.iter().flat_map(move |entry| fences(entry.metadata.page));
    all.filter(errs).map(str::to_owned)
}

fn workspace(text: &str) -> Workspace {
    Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: text.into(),
        }],
        ..Workspace::default()
    }
}

/// What is found by a run, and what is seen before it.
fn found(text: &str) -> Vec<Diagnostic> {
    let workspace = workspace(text);
    let mut options = Options::default();
    directives::apply(text, &mut options);
    let trace = native::run(&workspace, &options);
    let mut list = analyse(&workspace, &options, &trace.events).diagnostics();
    list.extend(predict(&Sources::new(&workspace), |_| true));
    list
}

fn explored(text: &str) -> Vec<Diagnostic> {
    let workspace = workspace(text);
    let mut exploration = Exploration::new(&workspace, &Options::default());
    while let Some(options) = exploration.next_run() {
        native::run_live(&workspace, &options, &Packages::default(), |events| {
            for event in &events {
                exploration.push(event);
            }
        });
    }
    exploration.diagnostics()
}

/// The sentences of a finding, in English and in Russian.
fn sentences(it: &Diagnostic) -> impl Iterator<Item = (&str, &str)> {
    let related = it.related.iter().map(|it| (&*it.message, &*it.message_ru));
    let fixes = it.fixes.iter().map(|it| (&*it.title, &*it.title_ru));
    std::iter::once((&*it.message, &*it.message_ru))
        .chain(related)
        .chain(fixes)
}

/// The names of code in a sentence, between backticks.
fn code(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('`').skip(1).step_by(2)
}

/// A sentence without its code, and without what the program or the interpreter has said, between quotation marks.
fn prose(sentence: &str) -> String {
    let mut plain: String = sentence.split('`').step_by(2).collect();
    while let Some((start, end)) = plain.find('«').zip(plain.find('»')) {
        plain.replace_range(start..end + '»'.len_utf8(), "");
    }
    plain
}

/// What is wrong with the Russian form of a sentence.
fn fault(english: &str, russian: &str) -> Option<String> {
    let words = prose(russian);
    let cyrillic = words
        .chars()
        .any(|letter| matches!(letter, 'а'..='я' | 'ё' | 'А'..='Я' | 'Ё'));
    if !cyrillic {
        return Some("it is not Russian".to_owned());
    }
    if let Some(missing) = code(english).find(|name| !code(russian).any(|known| known == *name)) {
        return Some(format!("`{missing}` is missing"));
    }
    let foreign = words
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        .find(|word| !THE_SAME.contains(word) && !word.starts_with("Task-"));
    if let Some(word) = foreign {
        return Some(format!("“{word}” is not translated"));
    }
    (english.ends_with('.') != russian.ends_with('.')).then(|| "it ends otherwise".to_owned())
}

#[test]
fn every_sentence_of_every_finding_is_said_in_russian_too() {
    let plain: Vec<_> = examples().chain(programs("cases")).collect();
    let observed: Vec<_> = plain
        .par_iter()
        .flat_map_iter(|text| found(text))
        .chain(programs("explored").par_iter().flat_map_iter(|text| explored(text)))
        .collect();
    let mut rules = BTreeSet::new();
    let mut said = BTreeSet::new();
    for it in observed {
        said.extend(sentences(&it).map(|(english, russian)| (english.to_owned(), russian.to_owned())));
        rules.insert(it.rule);
    }
    // For those who proofread: cargo shows it on demand.
    for (english, russian) in &said {
        println!("{english}\n{russian}\n");
    }
    let wrong: Vec<_> = said
        .iter()
        .filter_map(|(english, russian)| Some(format!("{}:\n  {english}\n  {russian}\n", fault(english, russian)?)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join(""));
    for entry in RULES {
        assert!(
            rules.contains(entry.metadata.name),
            "no program shows {}",
            entry.metadata.name
        );
    }
}

#[test]
fn a_sentence_that_is_left_in_english_is_seen() {
    let cases = [
        ("`f()` waits.", "`f()` ждёт.", None),
        ("`f()` (no) waits.", "`f()` («no») ждёт.", None),
        ("task `f` (Task-3) waits.", "Задача `f` (Task-3) ждёт.", None),
        ("`f()` waits.", "`f()` waits.", Some("it is not Russian")),
        ("`f()` waits.", "Вызов ждёт.", Some("`f()` is missing")),
        ("`f()` waits.", "`f()` ждёт await.", Some("“await” is not translated")),
        ("`f()` waits.", "`f()` ждёт", Some("it ends otherwise")),
    ];
    for (english, russian, wanted) in cases {
        assert_eq!(fault(english, russian).as_deref(), wanted, "{russian}");
    }
}

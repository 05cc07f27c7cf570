//! Programs that say beside their lines who holds their locks and who waits at them: each file in `tests/moments` runs.
//!
//! `# 0.5: Lock held by one, waited for by two and three` says what is so half a second after the start, before anything else
//! happens. It stands beside the line where the first that is named as a holder got it; where nobody holds it, anywhere. A task
//! that has ended is `one (ended)`, and what no task did is `nobody's`. All there is at a time must be told of.
#![cfg(feature = "command")]

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use loopscope::{
    analysis::{
        analyse,
        moment::{Holder, Moment, Moments, Primitive},
        state::State,
    },
    engine::native,
    trace::record::Record,
    workspace::{File, Options, Workspace},
};

/// What is said of a moment: the line, and the words.
type Said = BTreeMap<(u32, String), u32>;

fn expected(text: &str) -> BTreeMap<u64, Said> {
    let mut all: BTreeMap<u64, Said> = BTreeMap::new();
    for (line, comment) in (1..)
        .zip(text.lines())
        .filter_map(|(line, text)| Some((line, text.split_once("# ")?.1)))
    {
        for part in comment.split("; ") {
            let Some((time, words)) = part.split_once(": ") else {
                continue;
            };
            let Ok(seconds) = time.parse::<f64>() else { continue };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a moment of a short run"
            )]
            let time = (seconds * 1e9).round() as u64;
            let line = if words.contains(" by nobody") || !words.contains(" held by ") {
                0
            } else {
                line
            };
            *all.entry(time)
                .or_default()
                .entry((line, words.to_owned()))
                .or_default() += 1;
        }
    }
    all
}

fn holder(holder: &Holder, now: &Moment, state: &State) -> String {
    let Some(task) = holder.task else {
        return "nobody's".to_owned();
    };
    let ended = if now.tasks.iter().any(|it| it.id == task) {
        ""
    } else {
        " (ended)"
    };
    format!("{}{ended}", state.tasks[&task].name)
}

fn words(one: &Primitive, now: &Moment, state: &State) -> (u32, String) {
    assert_eq!(one.holders.len(), one.holder_count as usize);
    assert_eq!(one.waiters.len(), one.waiter_count as usize);
    let holders: Vec<_> = one.holders.iter().map(|it| holder(it, now, state)).collect();
    let waiters: Vec<_> = one.waiters.iter().map(|id| state.tasks[id].name.clone()).collect();
    let line = one
        .holders
        .first()
        .and_then(|it| it.place.as_ref())
        .map_or(0, |place| place.span.line);
    let mut text = one.class.clone();
    if ["Lock", "Semaphore", "Condition"]
        .iter()
        .any(|held| one.class.ends_with(held))
    {
        let whom = if holders.is_empty() {
            "nobody".to_owned()
        } else {
            holders.join(" and ")
        };
        let _ = write!(text, " held by {whom}");
    }
    if !waiters.is_empty() {
        let _ = write!(text, ", waited for by {}", waiters.join(" and "));
    }
    (line, text)
}

/// What is wrong with what is told of a program; empty if nothing is.
fn complaint(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a program can be read");
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: text.as_str().into(),
        }],
        ..Workspace::default()
    };
    let options = Options::default();
    let trace = native::run(&workspace, &options);
    let analysis = analyse(&workspace, &options, &trace.events);
    let state = analysis.state();
    let record: Record = trace.events.iter().collect();
    let mut moments = Moments::default();
    let all = expected(&text);
    assert!(!all.is_empty(), "{}: nothing is expected", path.display());
    let mut complaint = String::new();
    for (time, wanted) in all {
        let count = trace.events.iter().take_while(|event| event.time <= time).count();
        let now = moments.at(count, time, &record, state);
        let mut told = Said::new();
        for one in &now.primitives {
            *told.entry(words(one, &now, state)).or_default() += 1;
        }
        if told != wanted {
            let path = path.display();
            let _ = writeln!(complaint, "{path}: at {time} ns\n  {told:?}\ninstead of\n  {wanted:?}");
        }
    }
    complaint
}

#[test]
fn moments_tell_who_holds_and_who_waits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/moments");
    let entries = fs::read_dir(&folder).expect("tests/moments is there");
    let mut programs: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    programs.sort();
    assert!(programs.len() >= 7, "programs are missing");
    let complaints: String = programs.iter().map(|path| complaint(path)).collect();
    assert!(complaints.is_empty(), "{complaints}");
}

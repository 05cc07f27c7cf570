//! Comments that allow findings: on a line, above a line, at the top of a file; and those that allow nothing.
#![cfg(feature = "command")]

use loopscope::{
    analysis::{analyse, diagnostic::Diagnostic, predict::predict, source::Sources},
    engine::native,
    workspace::{File, Options, Workspace},
};

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: (*text).into(),
    };
    Workspace {
        entry: "main.py".to_owned(),
        files: files.iter().map(file).collect(),
        ..Workspace::default()
    }
}

fn short(list: &[Diagnostic]) -> Vec<String> {
    let line = |it: &Diagnostic| format!("{} {}:{} {}", it.file, it.span.line, it.span.column, it.rule);
    list.iter().map(line).collect()
}

/// What a run of `main.py` finds.
fn found(files: &[(&str, &str)], options: &Options) -> Vec<String> {
    let workspace = workspace(files);
    let trace = native::run(&workspace, options);
    short(&analyse(&workspace, options, &trace.events).diagnostics())
}

fn found_in(text: &str) -> Vec<String> {
    found(&[("main.py", text)], &Options::default())
}

const BODY: &str = "\
import asyncio
import time

async def main():
    time.sleep(1)HERE
    time.sleep(1)

asyncio.run(main())
";

#[test]
fn a_line_is_allowed_and_no_other() {
    let text = BODY.replace("HERE", "  # loopscope: allow blocking-call -- on purpose");
    assert_eq!(found_in(&text), ["main.py 6:5 blocking-call"]);
}

#[test]
fn other_comments_may_stand_beside_it() {
    let text = BODY.replace(
        "HERE",
        "  # noqa: ASYNC251  # loopscope: allow blocking-call  # see above",
    );
    assert_eq!(found_in(&text), ["main.py 6:5 blocking-call"]);
}

#[test]
fn a_comment_of_its_own_is_about_the_next_line_of_code() {
    let text = BODY.replace("HERE", "\n    # loopscope: allow blocking-call\n    # A remark.\n");
    assert_eq!(found_in(&text), ["main.py 5:5 blocking-call"]);
}

#[test]
fn a_file_is_allowed_at_its_top() {
    let text = BODY.replace("HERE", "");
    assert_eq!(
        found_in(&format!("# loopscope: allow blocking-call\n\n{text}")),
        [] as [&str; 0]
    );
}

#[test]
fn the_top_of_a_file_goes_on_below_its_docstring() {
    let text = BODY.replace("HERE", "");
    assert_eq!(
        found_in(&format!(
            "\"\"\"Waits.\n\"\"\"\n# loopscope: allow blocking-call\n\n{text}"
        )),
        [] as [&str; 0]
    );
}

#[test]
fn a_reason_may_follow_a_dash() {
    let text = BODY.replace("HERE", "  # loopscope: allow blocking-call - nothing else runs yet");
    assert_eq!(found_in(&text), ["main.py 6:5 blocking-call"]);
}

#[test]
fn a_call_over_several_lines_is_allowed_where_it_ends() {
    let text = BODY.replace(
        "sleep(1)HERE",
        "sleep(\n        1,\n    )  # loopscope: allow blocking-call",
    );
    assert_eq!(found_in(&text), ["main.py 8:5 blocking-call"]);
}

#[test]
fn what_looks_like_a_comment_in_a_string_is_none() {
    let text = BODY.replace("HERE", "; print('# loopscope: allow blocking-call')");
    let lines = ["main.py 5:5 blocking-call", "main.py 6:5 blocking-call"];
    assert_eq!(found_in(&text), lines);
}

#[test]
fn silence_that_nothing_needs_is_told_of_at_the_name() {
    let text = BODY.replace("HERE", "  # loopscope: allow blocking-call, dangling-task, nonsense");
    let lines = [
        "main.py 6:5 blocking-call",
        "main.py 5:54 unused-allow",
        "main.py 5:69 unused-allow",
    ];
    assert_eq!(found_in(&text), lines);
}

#[test]
fn a_comment_without_a_name_is_told_of() {
    let text = BODY.replace("HERE", "  # loopscope: allow");
    let lines = [
        "main.py 5:5 blocking-call",
        "main.py 6:5 blocking-call",
        "main.py 5:20 unused-allow",
    ];
    assert_eq!(found_in(&text), lines);
}

#[test]
fn unused_silence_can_be_allowed_too() {
    let text = "# loopscope: allow unused-allow\nprint('x')  # loopscope: allow blocking-call\n";
    assert_eq!(found_in(text), [] as [&str; 0]);
}

#[test]
fn code_that_did_not_run_may_need_its_silence() {
    let text = BODY.replace("HERE", "").replace(
        "asyncio.run(main())",
        "async def other():\n    time.sleep(1)  # loopscope: allow blocking-call",
    );
    assert_eq!(
        found_in(&format!("# loopscope: allow coroutine-never-awaited\n{text}")),
        [
            "main.py 1:20 unused-allow",
            "main.py 6:5 blocking-call",
            "main.py 7:5 blocking-call"
        ]
    );
}

#[test]
fn a_run_that_was_ended_from_outside_accuses_no_comment() {
    let mut options = Options::default();
    options.limits.time = 5_000_000_000;
    let text = "import time\nwhile True:\n    time.sleep(1)  # loopscope: allow blocking-call\n";
    assert_eq!(found(&[("main.py", text)], &options), [] as [&str; 0]);
}

#[test]
fn an_imported_file_is_asked_when_it_is_the_program() {
    let main = "import other\n";
    let other = "print('x')  # loopscope: allow blocking-call\n";
    let files = [("main.py", main), ("other.py", other)];
    assert_eq!(found(&files, &Options::default()), [] as [&str; 0]);
}

#[test]
fn predictions_are_allowed_too_and_misspelt_names_are_predicted() {
    let text = BODY.replace("HERE", "  # loopscope: allow blocking-call, blocking_call");
    let predictions = predict(&Sources::new(&workspace(&[("main.py", &text)])), |_| true);
    assert_eq!(
        short(&predictions),
        ["main.py 6:5 blocking-call", "main.py 5:54 unused-allow"]
    );
}

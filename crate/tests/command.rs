//! The `loopscope` command, as a shell sees it.
#![cfg(feature = "command")]
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure of any step is the failure of the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("loopscope-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(root)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn loopscope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loopscope"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

const BLOCKING: &str =
    "import asyncio, time\n\nasync def main():\n    time.sleep(1)\n    print('é')\n\nasyncio.run(main())\n";
const CLEAN: &str = "import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n\nasyncio.run(main())\n";

#[test]
fn output_beyond_its_limit_is_cut_and_not_dropped() {
    let folder = Folder::new("cut", &[("a.py", "print('ж' * 50_000_000)\nprint('never')\n")]);
    let output = loopscope(
        &folder.0,
        &["check", "--format", "json", "--output-limit", "1001", "a.py"],
    );
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["files"][0]["stdout"], "ж".repeat(500));
    assert_eq!(value["files"][0]["outcome"]["limit"], "output");
}

#[test]
fn json_has_the_shape_that_was_promised() {
    let folder = Folder::new("json", &[("a.py", BLOCKING)]);
    let output = loopscope(&folder.0, &["check", "--format", "json", "a.py"]);
    assert_eq!(output.status.code(), Some(1));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let file = &value["files"][0];
    assert_eq!(file["file"], "a.py");
    assert_eq!(file["outcome"]["kind"], "completed");
    assert_eq!(file["stdout"], "é\n");
    assert_eq!(file["stderr"], "");
    assert!((1.0..1.1).contains(&file["elapsed"].as_f64().unwrap()));
    let found = &file["diagnostics"][0];
    assert_eq!(found["rule"], "blocking-call");
    assert_eq!(found["severity"], "warning");
    assert_eq!(found["evidence"], "observed");
    assert_eq!(found["file"], "a.py");
    let span = serde_json::json!({ "line": 4, "column": 5, "endLine": 4, "endColumn": 18 });
    assert_eq!(found["span"], span);
    assert!(found["related"].is_array() && found["time"].is_f64());
}

#[test]
fn a_folder_is_checked_file_by_file() {
    let files = [
        ("a.py", CLEAN),
        ("b.py", "import helper\nhelper.greet()\n"),
        ("helper.py", "def greet():\n    print('hi')\n"),
    ];
    let folder = Folder::new("folder", &files);
    let output = loopscope(&folder.0, &["check", "--format", "json", "."]);
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<_> = value["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].clone())
        .collect();
    assert_eq!(names, ["a.py", "b.py", "helper.py"]);
    assert_eq!(value["files"][1]["stdout"], "hi\n");
}

#[test]
fn run_passes_output_through_and_reports_after_it() {
    let folder = Folder::new(
        "run",
        &[
            ("package/__init__.py", ""),
            ("package/tool.py", "import sys\nprint(sys.argv[1:])\n"),
            ("a.py", BLOCKING),
        ],
    );
    let own = ["--flag", "x", "--format", "json", "-h", "--", "-m"];
    let arguments = [&["run", "--root", ".", "-m", "package.tool"][..], &own].concat();
    let module = loopscope(&folder.0, &arguments);
    assert_eq!(
        String::from_utf8_lossy(&module.stdout),
        "['--flag', 'x', '--format', 'json', '-h', '--', '-m']\n"
    );
    assert_eq!(module.status.code(), Some(0));
    let file = loopscope(&folder.0, &["run", "a.py"]);
    assert_eq!(String::from_utf8_lossy(&file.stdout), "é\n");
    let findings = String::from_utf8_lossy(&file.stderr).into_owned();
    assert!(
        findings.contains("warning[blocking-call]") && findings.contains("a.py:4:5"),
        "{findings}"
    );
    assert_eq!(file.status.code(), Some(1));
}

/// Bytes of a wheel with one module, `tidy`, which says `answer`, and whatever else is named.
fn wheel(answer: &str, others: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let module = format!("async def up():\n    return {answer:?}\n");
    let files = [
        ("tidy/__init__.py", module.as_str()),
        (
            "tidy_up-1.2.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: tidy-up\nVersion: 1.2\n",
        ),
    ];
    for (path, text) in files.into_iter().chain(others.iter().map(|path| (*path, ""))) {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(path, options).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_wheel_can_be_imported_from() {
    let program = "import asyncio, tidy\nfrom importlib.metadata import version\n\nprint(asyncio.run(tidy.up()), version('tidy-up'))\n";
    let folder = Folder::new("wheel", &[("a/main.py", program)]);
    fs::write(folder.0.join("tidy.whl"), wheel("tidied", &[])).unwrap();
    fs::write(folder.0.join("fast.whl"), wheel("quickly", &["tidy/fast.so"])).unwrap();
    let with = loopscope(&folder.0, &["run", "--wheel", "tidy.whl", "a/main.py"]);
    assert_eq!(String::from_utf8_lossy(&with.stdout), "tidied 1.2\n");
    let without = loopscope(&folder.0, &["run", "a/main.py"]);
    assert!(String::from_utf8_lossy(&without.stderr).contains("`--wheel FILE` adds"));
    for (path, reason) in [
        ("fast.whl", "tidy/fast.so is compiled code"),
        ("a/main.py", "invalid Zip archive"),
    ] {
        let refused = loopscope(&folder.0, &["run", "--wheel", path, "a/main.py"]);
        let message = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2));
        assert!(message.contains(path) && message.contains(reason), "{message}");
    }
}

#[test]
fn a_folder_may_have_thousands_of_files() {
    const PROGRAM: &str = "import pathlib, time, near\n\nprint(time.monotonic_ns() < 1_000_000, len(list(pathlib.Path('far').iterdir())))\n\
        print(pathlib.Path('far/2999.txt').stat().st_size, pathlib.Path('far/2999.txt').read_text()[:4])\n";
    let text = "2999\n".repeat(1_000);
    let names: Vec<String> = (0..3_000).map(|number| format!("far/{number}.txt")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    files.extend([("main.py", PROGRAM), ("near.py", "")]);
    let folder = Folder::new("thousands", &files);
    let output = loopscope(&folder.0, &["run", "--root", ".", "main.py"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let reported = String::from_utf8(output.stderr).unwrap();
    assert_eq!(printed, "True 3000\n5000 2999\n", "{reported}");
}

#[test]
fn github_and_sarif_point_at_the_same_place() {
    let folder = Folder::new("formats", &[("a.py", BLOCKING)]);
    let github = loopscope(&folder.0, &["check", "--format", "github", "a.py"]);
    let line = String::from_utf8(github.stdout).unwrap();
    assert!(
        line.starts_with("::warning file=a.py,line=4,endLine=4,col=5,endColumn=18,title=blocking-call::"),
        "{line}"
    );
    let sarif = loopscope(&folder.0, &["check", "--format", "sarif", "a.py"]);
    let value: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(value["version"], "2.1.0");
    let run = &value["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["level"], "warning");
    let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a.py");
    assert_eq!(place["region"]["startColumn"], 5);
}

#[test]
fn a_program_that_fails_is_no_failure_of_the_command() {
    let folder = Folder::new("raised", &[("a.py", "def f(:\n"), ("b.py", "raise ValueError('x')\n")]);
    let output = loopscope(&folder.0, &["check", "--format", "json", "."]);
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["files"][0]["outcome"]["kind"], "raised");
    assert_eq!(value["files"][1]["outcome"]["exception"]["class"], "ValueError");
}

/// One ends in the standard library, one before anything ran, one says nothing, and one was in no file of the workspace.
const ENDED: [(&str, &str); 5] = [
    (
        "a.py",
        "import json\n\ndef read():\n    return json.loads('{')\n\nread()\n",
    ),
    ("b.py", "x = 1\ndef f(:\n"),
    ("c.py", "raise KeyboardInterrupt\n"),
    ("d.py", "import sys\nsys.exit('50 %')\n"),
    ("e.py", "import b\n"),
];

#[test]
fn what_ended_a_program_has_its_place_in_json() {
    let folder = Folder::new("ended-json", &ENDED);
    let output = loopscope(&folder.0, &["check", "--format", "json", "."]);
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = |number: usize| {
        let exception = &value["files"][number]["outcome"]["exception"];
        let span = ["line", "column", "endLine", "endColumn"].map(|it| exception["span"][it].as_u64().unwrap());
        (exception["file"].as_str().unwrap(), span)
    };
    assert_eq!(place(0), ("a.py", [4, 12, 4, 27]));
    assert_eq!(place(1), ("b.py", [2, 7, 2, 8]));
    assert_eq!(place(2), ("c.py", [1, 1, 1, 24]));
    assert_eq!(place(4), ("b.py", [2, 7, 2, 8]));
    // To leave with a status is no exception that anybody has missed.
    let left = &value["files"][3]["outcome"];
    assert_eq!(left, &serde_json::json!({ "kind": "raised", "status": 1 }));
}

#[test]
fn what_ended_a_program_is_annotated() {
    let folder = Folder::new("ended-github", &ENDED);
    let output = loopscope(&folder.0, &["check", "--format", "github", "."]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let syntax = "::error file=b.py,line=2,endLine=2,col=7,endColumn=8,title=SyntaxError::invalid syntax";
    let lines = [
        "::error file=a.py,line=4,endLine=4,col=12,endColumn=27,title=json.decoder.JSONDecodeError::Expecting property \
         name enclosed in double quotes: line 1 column 2 (char 1)",
        syntax,
        "::error file=c.py,line=1,endLine=1,col=1,endColumn=24,title=KeyboardInterrupt::KeyboardInterrupt",
        syntax,
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);

    // A module that is not there was in no file.
    let output = loopscope(&folder.0, &["run", "--format", "github", "-m", "missing"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("::error file=missing,title="), "{text}");
}

#[test]
fn what_ended_a_program_is_a_notification_in_sarif() {
    let folder = Folder::new("ended-sarif", &ENDED);
    let output = loopscope(&folder.0, &["check", "--format", "sarif", "."]);
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &value["runs"][0];
    assert_eq!(run["results"], serde_json::json!([]));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let told = invocation["toolExecutionNotifications"].as_array().unwrap();
    let words = told.iter().map(|it| it["message"]["text"].as_str().unwrap());
    assert_eq!(
        words.collect::<Vec<_>>()[1..],
        [
            "SyntaxError: invalid syntax",
            "KeyboardInterrupt",
            "SyntaxError: invalid syntax"
        ]
    );
    let first = &told[0]["locations"][0]["physicalLocation"];
    assert_eq!(first["artifactLocation"]["uri"], "a.py");
    let region = serde_json::json!({ "startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 27 });
    assert_eq!(first["region"], region);
    assert_eq!(told[0]["level"], "error");
    assert_eq!(told[0]["exception"]["kind"], "json.decoder.JSONDecodeError");
}

#[test]
fn usage_errors_end_with_two() {
    let folder = Folder::new("usage", &[("a.py", CLEAN)]);
    for arguments in [
        &["check"][..],
        &["check", "missing.py"],
        &["explain", "no-such-rule"],
        &["check", "--format", "xml", "a.py"],
        &["run"],
    ] {
        let output = loopscope(&folder.0, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_takes_no_other_along() {
    let folder = Folder::new("unreadable", &[("b.py", BLOCKING)]);
    fs::write(folder.0.join("a.py"), b"print('\xff')\n").unwrap();
    for paths in [&["."][..], &["a.py", "b.py", "missing.py"]] {
        let output = loopscope(&folder.0, &[&["check", "--format", "json"], paths].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("a.py:1: "),
            "{output:?}"
        );
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["files"].as_array().map(Vec::len), Some(1), "{report}");
        assert_eq!(report["files"][0]["diagnostics"][0]["rule"], "blocking-call");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_told() {
    let folder = Folder::new("full", &[("a.py", BLOCKING)]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_loopscope"))
        .current_dir(&folder.0)
        .args(["check", "a.py"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("cannot write"),
        "{output:?}"
    );
}

/// The first call never returns and counts no work, the second is deeper than a tree may be.
#[test]
fn what_counts_no_work_ends_as_well() {
    let deep = format!("import asyncio\nx = 1{}\n", " + 1".repeat(50_000));
    let endless = "print('before')\nsum(iter(int, 1))\n";
    let folder = Folder::new("uncounted", &[("a.py", endless), ("b.py", &deep), ("c.py", BLOCKING)]);
    let output = loopscope(&folder.0, &["check", "--work-limit", "0.05", "--format", "json", "."]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["files"][0]["outcome"]["limit"], "work");
    assert_eq!(value["files"][0]["stdout"], "before\n");
    assert_eq!(value["files"][1]["outcome"]["exception"]["class"], "RecursionError");
    assert_eq!(value["files"][2]["diagnostics"][0]["rule"], "blocking-call");
}

/// Each of these is one call of native code that goes on for longer than anybody waits; the line is found all the same.
#[test]
fn native_code_without_end_is_ended_where_it_is() {
    let endless = [
        "sum(itertools.count())",
        "all(itertools.repeat(1))",
        "list(itertools.compress(itertools.count(), itertools.repeat(0)))",
        "2.5 in range(10**12)",
        "re.match(r'(x+x+)+y', 'x' * 40)",
        "re.sub(r'(x+x+)+y', '', 'x' * 40)",
        "math.factorial(10**7)",
        "math.comb(10**7, 5 * 10**6)",
    ];
    let programs: Vec<(String, String)> = (endless.iter().enumerate())
        .map(|(number, call)| {
            let text =
                format!("import asyncio, itertools, math, re\nasync def main():\n    {call}\nasyncio.run(main())\n");
            (format!("{number}.py"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = programs.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = Folder::new("native", &files);
    let output = loopscope(
        &folder.0,
        &[
            "check",
            "--work-limit",
            "0.05",
            "--slow-step",
            "10",
            "--format",
            "json",
            ".",
        ],
    );
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (number, call) in endless.iter().enumerate() {
        let file = &value["files"][number];
        assert_eq!(file["outcome"]["limit"], "work", "{call}");
        assert_eq!(file["diagnostics"][0]["span"]["line"], 3, "{call}");
    }
}

#[test]
fn explain_prints_the_page() {
    let folder = Folder::new("explain", &[("a.py", CLEAN)]);
    let output = loopscope(&folder.0, &["explain", "deadlock"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("# deadlock\n"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_command_line_says_what_matters() {
    let folder = Folder::new("matters", &[("a.py", BLOCKING)]);
    let status = |arguments: &[&str]| {
        let arguments: Vec<&str> = [&["check", "a.py"], arguments].concat();
        loopscope(&folder.0, &arguments).status.code()
    };
    assert_eq!(status(&[]), Some(1));
    assert_eq!(status(&["--fail-on", "error"]), Some(0));
    assert_eq!(status(&["--allow", "blocking-call"]), Some(0));
    assert_eq!(status(&["--allow", "blocking"]), Some(2));
    // A call of one second is then no slow step, but still worth a note; and then not even that.
    assert_eq!(status(&["--slow-step", "2000"]), Some(0));
    assert_eq!(status(&["--slow-step", "2000", "--fail-on", "info"]), Some(1));
    let quiet = ["--slow-step", "2000", "--short-block", "2000", "--fail-on", "info"];
    assert_eq!(status(&quiet), Some(0));
}

/// Right as long as the connection is there in time.
const HURRIED: &str = "\
import asyncio

state = {}

async def connect():
    await asyncio.sleep(0.1)
    state['connection'] = 'open'

async def read():
    await asyncio.sleep(0.2)
    return state['connection']

async def main():
    first, second = asyncio.create_task(connect()), asyncio.create_task(read())
    await first
    print(await second)

asyncio.run(main())
";

#[test]
fn exploring_says_which_run_shows_it() {
    let folder = Folder::new("explore", &[("a.py", HURRIED)]);
    assert_eq!(loopscope(&folder.0, &["check", "a.py"]).status.code(), Some(0));

    let output = loopscope(&folder.0, &["check", "--explore", "--format", "json", "a.py"]);
    assert_eq!(output.status.code(), Some(1));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The program's own run is still the one as written.
    assert_eq!(value["files"][0]["stdout"], "open\n");
    let found = &value["files"][0]["diagnostics"];
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["rule"], "assumed-order");
    assert_eq!(found[0]["span"]["line"], 11);
    let schedule = found[0]["reproduce"]["schedule"].to_string();

    let text = loopscope(&folder.0, &["check", "--explore", "a.py"]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    let flags = format!("`loopscope run --schedule {schedule} a.py` shows it");
    assert!(text.contains(&flags), "{text}");
    let shown = loopscope(&folder.0, &["run", "--schedule", &schedule, "a.py"]);
    assert!(String::from_utf8_lossy(&shown.stderr).contains("error[assumed-order]"));
    assert_eq!(
        loopscope(&folder.0, &["run", "--cancel", "2", "a.py"]).status.code(),
        Some(2)
    );
}

#[test]
fn columns_are_characters() {
    let text = "async def f():\n    print('é €'); f()\n\nimport asyncio\nasyncio.run(f())\n";
    let folder = Folder::new("columns", &[("a.py", text)]);
    let output = loopscope(&folder.0, &["check", "--format", "json", "a.py"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let span = &value["files"][0]["diagnostics"][0]["span"];
    assert_eq!((&span["column"], &span["endColumn"]), (&19.into(), &22.into()));
}

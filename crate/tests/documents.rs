//! Programs in documents are run, and what is found in them is reported at its place in the document.
//!
//! Beside each document in `documents/` stands what a check of it finds: for each block its line and how it ended, then its
//! output and its findings.
#![cfg(feature = "command")]
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure of any step is the failure of the test"
)]

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn loopscope(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopscope"));
    command.current_dir(folder()).args(arguments).output().unwrap()
}

/// What a check says of a document, a line for each thing.
fn found(document: &str) -> String {
    let output = loopscope(&["check", "--format", "json", document]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut text = String::new();
    for block in value["files"].as_array().unwrap() {
        assert_eq!(block["file"], document);
        let outcome = &block["outcome"];
        write!(text, "{} {}", block["line"], outcome["kind"].as_str().unwrap()).unwrap();
        let exception = &outcome["exception"];
        match exception["class"].as_str() {
            Some(class) => writeln!(text, ": {class}: {}", exception["message"].as_str().unwrap()).unwrap(),
            None => text.push('\n'),
        }
        for line in block["stdout"].as_str().unwrap().lines() {
            writeln!(text, "  prints {line}").unwrap();
        }
        for it in block["diagnostics"].as_array().unwrap() {
            assert_eq!(it["file"], document);
            let (line, column) = (&it["span"]["line"], &it["span"]["column"]);
            let (severity, rule) = (it["severity"].as_str().unwrap(), it["rule"].as_str().unwrap());
            writeln!(text, "  {line}:{column} {severity} {rule}").unwrap();
        }
    }
    text
}

#[test]
fn documents_are_checked_block_by_block() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let Some(document) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".found") else {
            continue;
        };
        assert_eq!(found(document), fs::read_to_string(&path).unwrap(), "{document}");
        count += 1;
    }
    assert!(count >= 2);
}

#[test]
fn the_text_shows_the_document_itself() {
    let output = loopscope(&["check", "guide.md", "reference.rst"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("guide.md:35:10"), "{text}");
    assert!(text.contains("   >     time.sleep(2)"), "{text}");
    assert!(text.contains("guide.md:52: NameError left the program"), "{text}");
}

#[test]
fn tracebacks_have_the_lines_of_the_document() {
    let output = loopscope(&["check", "--format", "json", "guide.md"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let blocks = value["files"].as_array().unwrap();
    let fragment = blocks.iter().find(|block| block["line"] == 52).unwrap();
    assert!(
        fragment["stderr"].as_str().unwrap().contains("line 52, in main"),
        "{fragment}"
    );
}

#[test]
fn a_fragment_is_noticed_at_its_place_in_the_document() {
    let output = loopscope(&["check", "--format", "github", "guide.md"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let notices: Vec<_> = text.lines().filter(|line| line.starts_with("::notice")).collect();
    let expected = [
        "::notice file=guide.md,line=52,endLine=52,col=16,endColumn=21,title=NameError::name 'fetch' is not defined",
        "::notice file=guide.md,line=58,endLine=58,col=16,endColumn=17,title=SyntaxError::invalid syntax",
    ];
    assert_eq!(notices, expected);
}

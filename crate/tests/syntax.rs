//! Syntax errors are told in `CPython`'s words, at the place where they are, whatever else the program holds.
#![cfg(feature = "command")]

use std::fmt::Write;

use loopscope::{
    engine::{native, packages::Packages},
    trace::event::{Kind, Stream},
    workspace::{File, Options, Workspace},
};

/// What is right, and resembles mistakes: a bare star, quotes in text and comments, colons, stars, f-strings, `else`.
const RIGHT: &str = r#"
import asyncio
import logging

# It's a comment: don't take the ' for a string, nor print 'this' for a statement.
TEMPLATE = "- partial: read before the end"


class Client:
    """A client: it 'fetches' things."""

    def __init__(self, url, *, timeout=1.0, retries: int = 3):
        self.url, self.timeout = url, timeout
        self.seen = {key: [] for key in range(retries)}

    async def fetch(self, *parts, **options):
        if not parts:
            return dict(**options)
        elif options:
            return [*parts]
        else:
            logging.info(f'Task {self.url!r} has "ended" but its '
                         f'parent has not')
        try:
            await asyncio.sleep(self.timeout)
        except* ValueError as error:
            raise
"#;

fn standard_error(files: &[(&str, String)]) -> String {
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files: files
            .iter()
            .map(|(path, text)| File {
                path: (*path).to_owned(),
                text: text.as_str().into(),
            })
            .collect(),
        ..Workspace::default()
    };
    let trace = native::run_with(&workspace, &Options::default(), &Packages::find());
    let mut errors = String::new();
    for event in &trace.events {
        if let Kind::Output { stream, text, .. } = &event.kind
            && *stream == Stream::Stderr
        {
            errors.push_str(text);
        }
    }
    errors
}

/// Statements that are wrong, each with a part of what is told of it.
const CASES: [(&str, &str); 14] = [
    ("x = = 1", "    x = = 1\n        ^\nSyntaxError: invalid syntax"),
    (
        "async def main()\n    pass",
        "    async def main()\n                    ^\nSyntaxError: expected ':'",
    ),
    (
        "def f(a, *, b)\n    pass",
        "    def f(a, *, b)\n                  ^\nSyntaxError: expected ':'",
    ),
    (
        "def f(a, *):\n    pass",
        "    def f(a, *):\n             ^\nSyntaxError: named arguments must follow bare *",
    ),
    (
        "else:\n    pass\nelse:\n    pass",
        "    else:\n    ^^^^\nSyntaxError: invalid syntax",
    ),
    (
        "class A:\n    def f(self):\n        return )",
        "    return )\n           ^\nSyntaxError: unmatched ')'",
    ),
    (
        "while True:\n    f(1 2)",
        "    f(1 2)\n      ^^^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?",
    ),
    (
        "for x in:\n    pass",
        "    for x in:\n            ^\nSyntaxError: invalid syntax",
    ),
    (
        "print 'a'",
        "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
    ),
    ("f(1, 2", "    f(1, 2\n     ^\nSyntaxError: '(' was never closed"),
    (
        "if f(x):\nprint(x)",
        "IndentationError: expected an indented block after 'if' statement on line",
    ),
    ("x = 1\n    y = 2", "    y = 2\nIndentationError: unexpected indent\n"),
    (
        "if x = 1:\n    pass",
        "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    ),
    (
        "f() = 1",
        "SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?",
    ),
];

#[test]
fn an_error_is_told_where_it_is() {
    let mut complaints = String::new();
    for (wrong, says) in CASES {
        for (above, below) in [(RIGHT, ""), ("", RIGHT), (RIGHT, RIGHT)] {
            // A statement that ends nothing above stands between.
            let errors = standard_error(&[("main.py", format!("{above}\nready = True\n{wrong}\n{below}"))]);
            let line = above.lines().count() + 3 + wrong.lines().count() - 1;
            let first = above.lines().count() + 3;
            let place = (first..=line).any(|line| errors.contains(&format!("line {line}\n")));
            if !place || !errors.contains(says) {
                let _ = writeln!(complaints, "{wrong:?} ({first}..{line}) was told as\n{errors}");
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

#[test]
fn an_import_that_fails_shows_the_modules_and_not_the_importing() {
    let main = "import asyncio\nimport helper\n".to_owned();
    let wrong = format!("{RIGHT}\nasync def main()\n    pass\n");
    let line = RIGHT.lines().count() + 2;
    assert_eq!(
        standard_error(&[("main.py", main.clone()), ("helper.py", wrong)]),
        format!(
            "Traceback (most recent call last):\n  File \"main.py\", line 2, in <module>\n    import helper\n  \
             File \"helper.py\", line {line}\n    async def main()\n                    ^\nSyntaxError: expected ':'\n"
        )
    );
    assert_eq!(
        standard_error(&[
            ("main.py", main),
            ("helper.py", "raise ValueError('at import')\n".to_owned())
        ]),
        "Traceback (most recent call last):\n  File \"main.py\", line 2, in <module>\n    import helper\n  \
         File \"helper.py\", line 1, in <module>\n    raise ValueError('at import')\nValueError: at import\n"
    );
}

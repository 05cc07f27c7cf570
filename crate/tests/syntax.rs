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
const CASES: [(&str, &str); 25] = [
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
    (
        "if x:\n    pass\nelse if y:\n    pass",
        "    else if y:\n         ^^\nSyntaxError: expected ':'",
    ),
    (
        "{\n    'a': 1\n    'b': 2,\n}",
        "    'a': 1\n         ^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?",
    ),
    (
        "f() += 1",
        "    f() += 1\n    ^^^\nSyntaxError: 'function call' is an illegal expression for augmented assignment",
    ),
    (
        "f(key=1, 2)",
        "              ^\nSyntaxError: positional argument follows keyword argument",
    ),
    (
        "f(a for a in b, 1)",
        "      ^^^^^^^^^^^^\nSyntaxError: Generator expression must be parenthesized",
    ),
    (
        "x = f'{a b}'",
        "           ^^^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?",
    ),
    (
        "x = f'{}'",
        "           ^\nSyntaxError: f-string: valid expression required before '}'",
    ),
    ("x = “text”", "        ^\nSyntaxError: invalid character '“' (U+201C)"),
    (">>> f()", "    >>> f()\n    ^^\nSyntaxError: invalid syntax"),
    (
        "try:\n    pass\nexcept A, B as e:\n    pass",
        "           ^^^^^^^^^\nSyntaxError: multiple exception types must be parenthesized when using 'as'",
    ),
    (
        "if x:\n    pass\n  y = 1",
        "IndentationError: unindent does not match any outer indentation level",
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

#[test]
fn what_a_program_compiles_is_refused_in_the_same_words() {
    let main = r#"
import ast


def told(function, *arguments):
    try:
        function(*arguments)
    except SyntaxError as error:
        print(function.__name__, error.msg, error.filename, error.lineno, error.offset, repr(error.text), file=sys.stderr)


import sys

for source in ["y = 1\nf(1 2)\n", "if x: pass\nelse if y: pass", "f() += 1"]:
    told(exec, source)
    told(compile, source, "made.py", "exec")
    told(ast.parse, source)
told(eval, "f(1 2)")
told(exec, "raise SyntaxError('raised')")
exec("def double(x): return 2 * x")
assert double(eval("2 + 1")) == 6
"#;
    let comma = "invalid syntax. Perhaps you forgot a comma?";
    let call = "'function call' is an illegal expression for augmented assignment";
    let mut expected = String::new();
    for (message, line, column, text) in [
        (comma, 2, 3, "f(1 2)"),
        ("expected ':'", 2, 6, "else if y: pass"),
        (call, 1, 1, "f() += 1"),
    ] {
        for (function, file) in [("exec", "<string>"), ("compile", "made.py"), ("parse", "<unknown>")] {
            let _ = writeln!(expected, "{function} {message} {file} {line} {column} '{text}\\n'");
        }
    }
    let _ = writeln!(expected, "eval {comma} <string> 1 3 'f(1 2)'");
    expected.push_str("exec raised None None None None\n");
    assert_eq!(standard_error(&[("main.py", main.to_owned())]), expected);
}

#[test]
fn a_misspelt_keyword_is_recognised() {
    for (wrong, says) in [
        (
            "async def g():\n    awiat f()",
            "    awiat f()\n    ^^^^^\nSyntaxError: invalid syntax. Did you mean 'await'?",
        ),
        (
            "improt sys",
            "    improt sys\n    ^^^^^^\nSyntaxError: invalid syntax. Did you mean 'import'?",
        ),
    ] {
        let errors = standard_error(&[(
            "main.py",
            format!("import asyncio\n\nif asyncio:\n    x = 1\n\n{wrong}\n"),
        )]);
        assert!(errors.contains(says), "{errors}");
    }
}

/// Brackets within brackets, up to as many as the lexer takes: the rules of an expression are nested some twenty deep for each.
#[test]
fn deep_nesting_is_read() {
    for (depth, says) in [
        (20, "invalid syntax. Perhaps you forgot a comma?"),
        (150, "invalid syntax. Perhaps you forgot a comma?"),
        (400, "too many nested parentheses"),
    ] {
        let errors = standard_error(&[(
            "main.py",
            format!("x = {}1 2{}\n", "[".repeat(depth), "]".repeat(depth)),
        )]);
        assert!(errors.contains(&format!("SyntaxError: {says}")), "{depth}: {errors}");
    }
}

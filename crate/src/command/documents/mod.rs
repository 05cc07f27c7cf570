//! The programs in a document: each block of Python is a program of its own.
//!
//! A block's program has as many lines above it as the document has, so that every line number is the document's, in
//! findings as in tracebacks; only columns have to be moved, by what stands before the code of each line. A block that
//! awaits outside of a function runs as the body of a coroutine, as in asyncio's own console. Of a block that shows such a
//! console, with its prompts, what was typed is the program.

mod markdown;
mod rst;

use std::path::Path;

use ruff_python_ast::{
    Comprehension, Expr, Stmt,
    visitor::source_order::{self, SourceOrderVisitor},
};
use ruff_text_size::TextSize;

use crate::{
    analysis::{
        diagnostic::{Diagnostic, Fix, Region},
        sentence::say,
        silence,
        source::{Sources, Tree},
    },
    workspace::{File, Workspace},
};

/// The word of an info string, a class or a comment that keeps a block from being run.
const SKIP: &str = "no-check";

/// A line of a block's program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    text: String,
    /// How many characters further to the right it stands in the document.
    shift: i64,
}

/// A rule that a document expects of a block, and where it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Expected {
    rule: String,
    span: Region,
}

/// A block of Python.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The document's line on which it begins, counting from 1.
    pub(super) line: u32,
    /// The program, whose first line is the document's.
    lines: Vec<Line>,
    expected: Vec<Expected>,
}

/// Whether a file is a document of a kind that is known.
pub(super) fn is_document(path: &Path) -> bool {
    kind(path).is_some()
}

fn kind(path: &Path) -> Option<fn(&str) -> Vec<Block>> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match &*extension {
        "md" | "markdown" => Some(markdown::blocks),
        "rst" => Some(rst::blocks),
        _ => None,
    }
}

/// The blocks of a document that are to be run.
pub(super) fn blocks(path: &Path, text: &str) -> Vec<Block> {
    let mut blocks = kind(path).map_or_else(Vec::new, |read| read(text));
    for block in &mut blocks {
        block.leave_prompts_out();
        block.let_await();
    }
    blocks
}

/// How long a console's prompt is, with the blank behind it.
const PROMPT: usize = ">>> ".len();

fn is_typed(line: &str) -> bool {
    let line = line.trim_end();
    [">>>", "..."].iter().any(|prompt| {
        line.strip_prefix(prompt)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

impl Block {
    /// The line is the document's; lines in between are empty.
    fn put(&mut self, line: u32, text: &str, shift: usize) {
        let index = (line as usize).saturating_sub(1);
        if self.lines.len() <= index {
            self.lines.resize(index + 1, Line::default());
        }
        if self.line == 0 {
            self.line = line;
        }
        if let Some(place) = self.lines.get_mut(index) {
            place.text.push_str(text);
            place.shift = i64::try_from(shift).unwrap_or(0);
        }
    }

    /// Takes over what a comment of the document says to loopscope: `allow …`, or an option.
    fn put_comment(&mut self, comment: &Comment) {
        let begun = self.line;
        let sign = "# ";
        let shift = comment.column.saturating_sub(sign.len());
        self.put(comment.line, &format!("{sign}{}", comment.text), shift);
        self.line = begun;
    }

    /// Notes the rules of `expect=…`, which stand at this place of the document.
    fn expect(&mut self, rules: &str, line: u32, column: usize) {
        for rule in rules.split(',').map(str::trim).filter(|rule| !rule.is_empty()) {
            let before = rule.as_ptr() as usize - rules.as_ptr() as usize;
            let start = column + rules.get(..before).unwrap_or_default().chars().count();
            let place = |column: usize| u32::try_from(column + 1).unwrap_or(u32::MAX);
            let span = Region {
                line,
                column: place(start),
                end_line: line,
                end_column: place(start + rule.chars().count()),
            };
            let rule = rule.to_owned();
            self.expected.push(Expected { rule, span });
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    /// If the block shows an interpreter's console, only what was typed stays.
    fn leave_prompts_out(&mut self) {
        let first = (self.line as usize).saturating_sub(1);
        let lines = self.lines.get_mut(first..).unwrap_or_default();
        let mut written = lines.iter().map(|line| line.text.trim_end());
        if written.find(|line| !line.is_empty()).is_none_or(|line| !is_typed(line)) {
            return;
        }
        for line in lines {
            if is_typed(&line.text) {
                line.text = line.text.chars().skip(PROMPT).collect();
                line.shift += i64::try_from(PROMPT).unwrap_or_default();
            } else {
                line.text.clear();
            }
        }
    }

    /// Puts a coroutine around a block that awaits outside of one. Its head stands on the line of the fence, its call on the
    /// line behind the code: neither has code of its own.
    fn let_await(&mut self) {
        let path = "block.py";
        let files = vec![File {
            path: path.to_owned(),
            text: self.text().into(),
        }];
        let sources = Sources::new(&Workspace {
            files,
            ..Workspace::default()
        });
        let Some(tree) = sources.tree(path).filter(|tree| awaits(tree)) else {
            return;
        };
        let first = (self.line as usize).saturating_sub(1);
        let mut offset = 0;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let start = TextSize::new(offset);
            offset += u32::try_from(line.text.len() + 1).unwrap_or_default();
            if index >= first && !line.text.trim().is_empty() && !tree.within_string(start) {
                line.text.insert(0, ' ');
                line.shift -= 1;
            }
        }
        if let Some(head) = first.checked_sub(1).and_then(|index| self.lines.get_mut(index)) {
            head.text.push_str("async def main():");
        }
        let call = "import asyncio; asyncio.run(main())".to_owned();
        self.lines.push(Line { text: call, shift: 0 });
    }

    /// Moves what was found in the block's program to the document, and compares it with what the document expects.
    pub(super) fn report(
        &self,
        mut found: Vec<Diagnostic>,
        program: &str,
        document: &str,
        time: u64,
    ) -> Vec<Diagnostic> {
        let expects = |it: &Diagnostic| self.expected.iter().any(|expected| expected.rule == it.rule);
        let missing = self
            .expected
            .iter()
            .filter(|it| found.iter().all(|finding| finding.rule != it.rule));
        let missing: Vec<_> = missing
            .map(|it| {
                let rule = &it.rule;
                let message = say!(
                    "No `{rule}` was found in this block.",
                    "В этом блоке не найдено `{rule}`."
                );
                silence::needless(document, it.span, message, time)
            })
            .collect();
        found.retain(|it| !expects(it));
        for finding in &mut found {
            self.move_place(&mut finding.file, &mut finding.span, program, document);
            for related in &mut finding.related {
                self.move_place(&mut related.file, &mut related.span, program, document);
            }
            for fix in &mut finding.fixes {
                self.move_fix(fix, program, document);
            }
        }
        found.extend(missing);
        found
    }

    /// Moves a place in the block's program to the document.
    pub(super) fn move_place(&self, file: &mut String, span: &mut Region, program: &str, document: &str) {
        if file == program {
            document.clone_into(file);
            span.column = self.column(span.line, span.column);
            span.end_column = self.column(span.end_line, span.end_column);
        }
    }

    /// Lines that a fix adds begin like the line they are added to: with the indentation or the sign of the quotation.
    fn move_fix(&self, fix: &mut Fix, program: &str, document: &str) {
        // `--fix` leaves documents alone.
        fix.preferred = false;
        for edit in &mut fix.edits {
            if edit.file == program {
                let indentation = usize::try_from(self.shift(edit.span.line)).unwrap_or(0);
                edit.text = edit.text.replace('\n', &format!("\n{}", " ".repeat(indentation)));
            }
            self.move_place(&mut edit.file, &mut edit.span, program, document);
        }
    }

    fn shift(&self, line: u32) -> i64 {
        let index = (line as usize).checked_sub(1);
        index.and_then(|index| self.lines.get(index)).map_or(0, |it| it.shift)
    }

    fn column(&self, line: u32, column: u32) -> u32 {
        u32::try_from(i64::from(column) + self.shift(line)).unwrap_or(1).max(1)
    }
}

/// A comment of a document that is meant for loopscope.
struct Comment {
    line: u32,
    /// The characters before its first word.
    column: usize,
    /// `loopscope: …`
    text: String,
}

impl Comment {
    /// The comment in a line of a document.
    fn find(number: u32, line: &str) -> Option<Self> {
        let at = line.find("loopscope:")?;
        let text = line[at..].split("-->").next()?.trim_end().to_owned();
        Some(Self {
            line: number,
            column: line[..at].chars().count(),
            text,
        })
    }

    fn skips(&self) -> bool {
        self.text.split_whitespace().any(|word| word == SKIP)
    }
}

/// Whether a word names Python.
fn is_python(language: &str) -> bool {
    matches!(
        language.to_ascii_lowercase().as_str(),
        "python" | "py" | "python3" | "py3"
    )
}

/// Whether a module awaits outside of a function.
fn awaits(tree: &Tree) -> bool {
    let mut search = Awaits(false);
    source_order::walk_body(&mut search, &tree.module().body);
    search.0
}

struct Awaits(bool);

impl SourceOrderVisitor<'_> for Awaits {
    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::For(it) => self.0 |= it.is_async,
            Stmt::With(it) => self.0 |= it.is_async,
            _ => {}
        }
        source_order::walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            Expr::Lambda(_) => return,
            Expr::Await(_) => self.0 = true,
            _ => {}
        }
        source_order::walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, comprehension: &Comprehension) {
        self.0 |= comprehension.is_async;
        source_order::walk_comprehension(self, comprehension);
    }
}

/// What the readers of the two kinds of documents are tested with.
#[cfg(test)]
fn shown(blocks: &[Block]) -> Vec<(u32, String)> {
    let code = |block: &Block| {
        let first = (block.line as usize).saturating_sub(1);
        let lines = block.lines.iter().skip(first);
        lines
            .map(|line| format!("{}|{}", line.shift, line.text))
            .collect::<Vec<_>>()
            .join("\n")
    };
    blocks.iter().map(|block| (block.line, code(block))).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{blocks, shown};

    #[test]
    fn a_block_that_awaits_becomes_a_coroutine_and_keeps_its_lines() {
        let text = "# Title\n\n```python\nimport asyncio\nawait asyncio.sleep(1)\ntext = '''\n  as it was'''\n```\n";
        let blocks = blocks(Path::new("a.md"), text);
        let lines = "-1| import asyncio\n-1| await asyncio.sleep(1)\n-1| text = '''\n0|  as it was'''\n0|import asyncio; asyncio.run(main())";
        assert_eq!(shown(&blocks), [(4, lines.to_owned())]);
        assert!(blocks[0].text().starts_with("\n\nasync def main():\n import asyncio\n"));
    }

    #[test]
    fn of_a_console_what_was_typed_is_the_program() {
        let text = "```python\n>>> def f():\n...     return 1\n...\n>>> f()\n1\n```\n";
        let lines = "4|def f():\n4|    return 1\n4|\n4|f()\n0|";
        assert_eq!(shown(&blocks(Path::new("a.md"), text)), [(2, lines.to_owned())]);
        let text = "```python\nx = [\n    ...\n]\n```\n";
        assert_eq!(
            shown(&blocks(Path::new("a.md"), text)),
            [(2, "0|x = [\n0|    ...\n0|]".to_owned())]
        );
    }

    #[test]
    fn an_await_in_a_function_is_no_reason_for_another() {
        let text = "```python\nasync def f():\n    await g()\n```\n";
        let blocks = blocks(Path::new("a.md"), text);
        assert_eq!(blocks[0].text(), "\nasync def f():\n    await g()\n");
    }
}

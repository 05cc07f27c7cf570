//! The Python in Markdown: fenced blocks, wherever they stand.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Block, Comment, SKIP, is_python};

pub(super) fn blocks(text: &str) -> Vec<Block> {
    let starts = text.match_indices('\n').map(|(index, _)| index + 1);
    let mut reader = Reader {
        text,
        starts: std::iter::once(0).chain(starts).collect(),
        comments: Vec::new(),
        block: None,
        blocks: Vec::new(),
    };
    for (event, range) in Parser::new(text).into_offset_iter() {
        reader.event(&event, range);
    }
    reader.blocks
}

struct Reader<'t> {
    text: &'t str,
    /// Where each line starts, in bytes.
    starts: Vec<usize>,
    /// The comments between the last text and here.
    comments: Vec<Comment>,
    /// The block that is being read; whether its options, as `MyST` writes them, may still come.
    block: Option<(Block, bool)>,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let comments = std::mem::take(&mut self.comments);
                if let CodeBlockKind::Fenced(info) = kind {
                    self.block = self.begin(info, range.start, &comments);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let block = self.block.take().map(|(block, _)| block);
                self.blocks.extend(block.filter(|block| block.line > 0));
            }
            Event::Text(code) => self.code(code, range),
            Event::Html(_) => {
                let number = self.line_of(range.start);
                let html = self.text.get(range).unwrap_or_default();
                let lines = (number..).zip(html.lines());
                let found: Vec<_> = lines
                    .filter_map(|(number, _)| Comment::find(number, self.line(number)))
                    .collect();
                self.comments.extend(found);
            }
            Event::Start(Tag::HtmlBlock) | Event::End(_) => {}
            _ => self.comments.clear(),
        }
    }

    fn begin(&self, info: &str, start: usize, comments: &[Comment]) -> Option<(Block, bool)> {
        let words: Vec<&str> = info
            .split(|letter: char| letter.is_whitespace() || letter == '{' || letter == '}')
            .map(|word| word.trim_start_matches('.').trim_end_matches(','))
            .filter(|word| !word.is_empty())
            .collect();
        let (language, directive) = match *words.first()? {
            "code-block" | "code" if info.trim_start().starts_with('{') => (*words.get(1)?, true),
            word => (word.split(',').next()?, false),
        };
        if !is_python(language) || words.contains(&SKIP) || comments.iter().any(Comment::skips) {
            return None;
        }
        let mut block = Block::default();
        for comment in comments {
            block.put_comment(comment);
        }
        let number = self.line_of(start);
        let line = self.line(number);
        for word in words {
            if let Some(rules) = word.strip_prefix("expect=").map(|rules| rules.trim_matches('"'))
                && let Some(at) = line.find(rules)
            {
                block.expect(rules, number, line[..at].chars().count());
            }
        }
        Some((block, directive))
    }

    /// A stretch of code: one or more lines, or a part of one.
    fn code(&mut self, code: &str, range: Range<usize>) {
        if self.block.is_none() {
            self.comments.clear();
            return;
        }
        let mut at = range.start;
        let verbatim = self.text.get(range.clone()).is_some_and(|source| source == code);
        for part in code.split_inclusive('\n') {
            let (number, column) = (self.line_of(at), self.column_of(at));
            let line = part.trim_end_matches(['\n', '\r']);
            if let Some((block, options)) = &mut self.block {
                *options = *options && is_option(line);
                if !*options {
                    // A second part of a line goes on where the first ended.
                    let begun = block.lines.get(number as usize - 1).filter(|it| !it.text.is_empty());
                    let shift = begun.map_or(column, |it| usize::try_from(it.shift).unwrap_or(0));
                    block.put(number, line, shift);
                }
            }
            // Where the parser made text of its own, such as blanks for a tab, only the start is certain.
            at = if verbatim { at + part.len() } else { at };
        }
    }

    /// The number of the line that an offset is in, counting from 1.
    fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    fn line(&self, number: u32) -> &str {
        let start = (number as usize)
            .checked_sub(1)
            .and_then(|index| self.starts.get(index));
        let rest = start.and_then(|start| self.text.get(*start..));
        rest.and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    /// How many characters stand before an offset on its line.
    fn column_of(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().chars().count()
    }
}

/// `:name: value` at the head of a `{code-block}`.
fn is_option(line: &str) -> bool {
    line.strip_prefix(':').is_some_and(|rest| rest.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::command::documents::shown;

    #[track_caller]
    fn reads(text: &str, expected: &[(u32, &str)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|(line, code)| (*line, (*code).to_owned()))
            .collect();
        assert_eq!(shown(&blocks(text)), expected);
    }

    #[test]
    fn fences_of_either_kind_and_length_are_read() {
        reads(
            "# A\n\n```python\na = 1\n\nb = 2\n```\n\n~~~~py\nc\n```\n~~~~\n",
            &[(4, "0|a = 1\n0|\n0|b = 2"), (10, "0|c\n0|```")],
        );
    }

    #[test]
    fn other_languages_and_plain_blocks_are_passed_by() {
        reads("```\na\n```\n```pycon\n>>> a\n```\n```sh\na\n```\n\n    python\n", &[]);
    }

    #[test]
    fn attributes_stand_behind_the_language_or_around_it() {
        reads(
            "```python {.line-numbers title=\"a b\"}\na\n```\n```{.python .x}\nb\n```\n```{code-block} python\n:linenos:\n\nc\n```\n",
            &[(2, "0|a"), (5, "0|b"), (9, "0|\n0|c")],
        );
    }

    #[test]
    fn a_word_or_a_comment_keeps_a_block_from_being_run() {
        reads(
            "```python no-check\na\n```\n```python {.no-check}\nb\n```\n<!-- loopscope: no-check -->\n```python\nc\n```\n```python\nd\n```\n",
            &[(12, "0|d")],
        );
    }

    #[test]
    fn a_comment_speaks_to_the_block_right_below_it_only() {
        reads(
            "<!-- loopscope: no-check -->\n\nText.\n\n```python\na\n```\n",
            &[(6, "0|a")],
        );
    }

    #[test]
    fn a_comment_with_options_stands_above_the_program() {
        let blocks = blocks("<!-- loopscope: allow blocking-call -->\n```python\na\n```\n");
        assert_eq!(blocks[0].text(), "# loopscope: allow blocking-call\n\na\n");
    }

    #[test]
    fn blocks_in_lists_and_quotations_stand_further_to_the_right() {
        reads(
            "- one\n\n  ```python\n  a:\n      b\n  ```\n\n1. two\n   > ```python\n   > c\n   >\n   > d\n   > ```\n",
            &[(4, "2|a:\n2|    b"), (10, "5|c\n4|\n5|d")],
        );
    }

    #[test]
    fn lines_may_end_as_on_windows_and_a_fence_may_stay_open() {
        reads("é\r\n```python\r\na\r\nb\r\n", &[(3, "0|a\n0|b")]);
    }
}

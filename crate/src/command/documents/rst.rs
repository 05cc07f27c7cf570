//! The Python in reStructuredText: `code-block` and its kin.

use super::{Block, Comment, SKIP, is_python};

pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut comments = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let Some(language) = directive(line) else {
            match comment(index, line) {
                Some(comment) => comments.push(comment),
                None if line.trim().is_empty() => {}
                None => comments.clear(),
            }
            index += 1;
            continue;
        };
        let end = end_of(&lines, index);
        let skipped = comments.iter().any(Comment::skips);
        if is_python(language) && !skipped {
            blocks.extend(block(&lines[..end], index, &comments));
        }
        comments.clear();
        index = end;
    }
    blocks
}

/// The language of a directive that holds code. The project's own holds Python.
fn directive(line: &str) -> Option<&str> {
    let (name, argument) = line.trim_start().strip_prefix(".. ")?.split_once("::")?;
    match name.trim() {
        "code-block" | "code" | "sourcecode" => Some(argument.trim()),
        "loopscope" => Some("python"),
        _ => None,
    }
}

fn comment(index: usize, line: &str) -> Option<Comment> {
    line.trim_start()
        .strip_prefix(".. loopscope:")
        .filter(|rest| !rest.starts_with(':'))?;
    Comment::find(number(index), line)
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// How far a line is indented, in characters.
fn indentation(line: &str) -> usize {
    line.chars().take_while(|letter| letter.is_whitespace()).count()
}

/// The first line that does not belong to the directive at a line: one that is indented no further.
fn end_of(lines: &[&str], start: usize) -> usize {
    let outer = indentation(lines[start]);
    let belongs = |line: &&str| line.trim().is_empty() || indentation(line) > outer;
    let below = lines[start + 1..].iter().take_while(|line| belongs(line));
    start + 1 + below.count()
}

/// The block of the directive at `start`, in the lines until its end.
fn block(lines: &[&str], start: usize, comments: &[Comment]) -> Option<Block> {
    let mut block = Block::default();
    for comment in comments {
        block.put_comment(comment);
    }
    let mut first = start + 1;
    while let Some((name, value)) = lines.get(first).and_then(|line| option(line)) {
        if value.split_whitespace().any(|word| word == SKIP) {
            return None;
        }
        if name == "expect" {
            let line = lines[first];
            let before = value.as_ptr() as usize - line.as_ptr() as usize;
            block.expect(value, number(first), line.get(..before)?.chars().count());
        }
        first += 1;
    }
    let filled = |index: &usize| !lines[*index].trim().is_empty();
    let from = (first..lines.len()).find(filled)?;
    let to = (from..lines.len()).rfind(filled)?;
    let least = (from..=to)
        .filter(filled)
        .map(|index| indentation(lines[index]))
        .min()?;
    for (index, line) in lines.iter().enumerate().take(to + 1).skip(from) {
        let code: String = line.chars().skip(least).collect();
        block.put(number(index), &code, least);
    }
    Some(block)
}

/// `:name: value`
fn option(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().strip_prefix(':')?.split_once(':')?;
    Some((name, value.trim()))
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
    fn the_directives_of_sphinx_and_docutils_are_read() {
        reads(
            "Title\n=====\n\n.. code-block:: python\n\n   a:\n       b\n\n   c\n\nText.\n\n.. code:: py\n\n  d\n",
            &[(6, "3|a:\n3|    b\n3|\n3|c"), (15, "2|d")],
        );
    }

    #[test]
    fn other_languages_and_other_directives_are_passed_by() {
        reads(
            ".. code-block:: pycon\n\n   >>> a\n\n.. note::\n\n   b\n\n.. code-block::\n\n   c\n",
            &[],
        );
    }

    #[test]
    fn options_are_no_code_and_a_list_or_a_note_may_hold_the_block() {
        reads(
            "- item\n\n  .. code-block:: python\n     :linenos:\n     :caption: a\n\n     b\n\n  more\n\n.. note::\n\n   .. code:: python\n\n       c\n",
            &[(7, "5|b"), (15, "7|c")],
        );
    }

    #[test]
    fn a_class_or_a_comment_keeps_a_block_from_being_run() {
        reads(
            ".. code-block:: python\n   :class: no-check\n\n   a\n\n.. loopscope: no-check\n\n.. code-block:: python\n\n   b\n\n.. code-block:: python\n\n   c\n",
            &[(14, "3|c")],
        );
    }

    #[test]
    fn the_projects_own_directive_says_what_it_expects() {
        let found = blocks(".. loopscope::\n   :expect: blocking-call, deadlock\n\n   a\n");
        let expected: Vec<_> = found[0]
            .expected
            .iter()
            .map(|it| (it.rule.as_str(), it.span.column))
            .collect();
        assert_eq!(expected, [("blocking-call", 13), ("deadlock", 28)]);
    }

    #[test]
    fn a_comment_with_options_stands_above_the_program() {
        let found = blocks(".. loopscope: seed=3\n\n.. code-block:: python\n\n   a\n");
        assert_eq!(found[0].text(), "# loopscope: seed=3\n\n\n\na\n");
    }
}

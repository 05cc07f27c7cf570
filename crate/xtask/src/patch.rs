//! Unified diffs, applied to the letter or not at all: a patch that no longer fits should say so, not guess.

use std::collections::BTreeMap;

/// Files by their path with `/` between folders.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// FNV-1a, in hexadecimal: enough to notice a change.
pub fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{:016x}", hash)
}

/// The fingerprint of all paths and contents.
pub fn tree_fingerprint(tree: &Tree) -> String {
    let mut list = String::new();
    for (path, bytes) in tree {
        list.push_str(&format!("{} {}\n", path, fingerprint(bytes)));
    }
    fingerprint(list.as_bytes())
}

/// Applies a diff whose names are `a/…` and `b/…`, or `/dev/null` for a file that is not there.
pub fn apply(tree: &mut Tree, patch: &str) -> Result<(), String> {
    let mut lines = patch.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let old = match line.strip_prefix("--- ") {
            Some(name) => path(name, "a/")?,
            None => return Err(format!("the patch has a line outside of any file: {}", line.trim_end())),
        };
        let new = match lines.next().and_then(|line| line.strip_prefix("+++ ")) {
            Some(name) => path(name, "b/")?,
            None => return Err("the patch has a '---' line without its '+++' line".into()),
        };
        let mut hunks = Vec::new();
        while lines.peek().is_some_and(|line| line.starts_with("@@ ")) {
            let start = start_line(lines.next().unwrap_or_default())?;
            let mut body: Vec<&str> = Vec::new();
            while let Some(line) =
                lines.next_if(|line| line.starts_with(&[' ', '+', '-', '\\'][..]) && !line.starts_with("--- "))
            {
                body.push(line);
            }
            hunks.push((start, body));
        }
        change(tree, old, new, &hunks)?;
    }
    Ok(())
}

fn path(name: &str, prefix: &str) -> Result<Option<String>, String> {
    let name = name.trim_end();
    if name == "/dev/null" {
        return Ok(None);
    }
    match name.strip_prefix(prefix) {
        Some(path) if !path.split('/').any(|part| part == "..") => Ok(Some(path.to_string())),
        _ => Err(format!(
            "the patch names a file that should begin with {}: {}",
            prefix, name
        )),
    }
}

/// The first line, from 0, that a hunk's old side covers: `@@ -12,6 +12,9 @@`.
fn start_line(header: &str) -> Result<usize, String> {
    let range = header
        .strip_prefix("@@ -")
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or_default();
    let mut numbers = range.split(',').map(str::parse::<usize>);
    match (numbers.next(), numbers.next()) {
        // A hunk that only adds names the line after which it adds.
        (Some(Ok(line)), Some(Ok(0))) => Ok(line),
        (Some(Ok(line)), None | Some(Ok(_))) if line > 0 => Ok(line - 1),
        _ => Err(format!("the patch has a bad hunk header: {}", header.trim_end())),
    }
}

fn change(
    tree: &mut Tree,
    old: Option<String>,
    new: Option<String>,
    hunks: &[(usize, Vec<&str>)],
) -> Result<(), String> {
    let name = match new.as_ref().or(old.as_ref()) {
        Some(name) => name.clone(),
        None => return Err("the patch makes nothing of nothing".into()),
    };
    let before = match &old {
        None if tree.contains_key(&name) => return Err(format!("{} should not exist yet", name)),
        None => String::new(),
        Some(old) => match tree.remove(old).map(String::from_utf8) {
            Some(Ok(text)) => text,
            Some(Err(_)) => return Err(format!("{} is not text", old)),
            None => return Err(format!("{} does not exist", old)),
        },
    };
    let after = rewrite(&before, hunks).map_err(|error| format!("{}: {}", name, error))?;
    match new {
        Some(new) => {
            tree.insert(new, after.into_bytes());
            Ok(())
        }
        None if after.is_empty() => Ok(()),
        None => Err(format!("{} is deleted, but not all of it", name)),
    }
}

fn rewrite(before: &str, hunks: &[(usize, Vec<&str>)]) -> Result<String, String> {
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let mut after = String::new();
    let mut at = 0;
    for (start, body) in hunks {
        if *start < at || *start > lines.len() {
            return Err(format!("there is no line {} to change", start + 1));
        }
        after.extend(lines[at..*start].iter().copied());
        at = *start;
        for (index, line) in body.iter().enumerate() {
            if line.starts_with('\\') {
                continue;
            }
            let unterminated = body.get(index + 1).is_some_and(|next| next.starts_with('\\'));
            let text = if unterminated {
                line[1..].trim_end_matches('\n')
            } else {
                &line[1..]
            };
            if line.starts_with('+') {
                after.push_str(text);
                continue;
            }
            if lines.get(at) != Some(&text) {
                return Err(format!(
                    "line {} is not what the patch expects: {}",
                    at + 1,
                    text.trim_end()
                ));
            }
            if line.starts_with(' ') {
                after.push_str(text);
            }
            at += 1;
        }
    }
    after.extend(lines[at..].iter().copied());
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        files
            .iter()
            .map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()))
            .collect()
    }

    const PATCH: &str = "\
--- a/one
+++ b/one
@@ -1,3 +1,4 @@
 a
-b
+B
+BB
 c
@@ -9 +10 @@
-i
+I
--- /dev/null
+++ b/new
@@ -0,0 +1,2 @@
+x
+y
\\ No newline at end of file
";

    #[test]
    fn changes_and_creates() {
        let mut files = tree(&[("one", "a\nb\nc\nd\ne\nf\ng\nh\ni\n")]);
        apply(&mut files, PATCH).unwrap();
        assert_eq!(
            files,
            tree(&[("one", "a\nB\nBB\nc\nd\ne\nf\ng\nh\nI\n"), ("new", "x\ny")])
        );
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let moved = apply(&mut tree(&[("one", "0\na\nb\nc\nd\ne\nf\ng\nh\ni\n")]), PATCH);
        assert_eq!(moved.unwrap_err(), "one: line 1 is not what the patch expects: a");
        let missing = apply(&mut Tree::new(), PATCH);
        assert_eq!(missing.unwrap_err(), "one does not exist");
        let there = apply(&mut tree(&[("one", "a\nb\nc\nd\ne\nf\ng\nh\ni\n"), ("new", "")]), PATCH);
        assert_eq!(there.unwrap_err(), "new should not exist yet");
        let outside = apply(&mut Tree::new(), "--- a/../x\n+++ b/../x\n");
        assert!(outside.is_err());
    }
}

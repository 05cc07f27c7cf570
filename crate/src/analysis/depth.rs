//! How deeply a source nests, told without a tree: to build one, to walk it and to drop it all take stack for each level.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer::lex};

/// The levels of a tree that any of our stacks can hold, the browser's among them. People's programs have some thirty.
const DEEPEST: usize = 1000;

/// Whether the tree of a text might be deeper than that.
///
/// Each bracket opens a level, and so does each operator, dot, lambda or condition up to the next comma or the end of the
/// statement: of `a + b + c` the second sum has the first one in it. What indentation adds, the tokenizer bounds itself.
pub(super) fn is_too_deep(text: &str) -> bool {
    if text.len() <= DEEPEST {
        return false;
    }
    let mut lexer = lex(text, Mode::Module);
    // Since the last comma, for each bracket that is open; the first is the statement itself.
    let mut levels = vec![0_usize];
    let mut depth = 0;
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return false,
            TokenKind::Newline | TokenKind::Semi => {
                levels = vec![0];
                depth = 0;
            }
            TokenKind::Comma => depth -= levels.last_mut().map_or(0, std::mem::take),
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                deepen(&mut levels, &mut depth);
                levels.push(0);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                if levels.len() > 1 {
                    depth -= levels.pop().unwrap_or(0);
                }
            }
            kind if nests(kind) => deepen(&mut levels, &mut depth),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
}

fn deepen(levels: &mut [usize], depth: &mut usize) {
    if let Some(last) = levels.last_mut() {
        *last += 1;
        *depth += 1;
    }
}

fn nests(kind: TokenKind) -> bool {
    let prefix = matches!(
        kind,
        TokenKind::Tilde | TokenKind::Not | TokenKind::Lambda | TokenKind::Await
    );
    prefix || matches!(kind, TokenKind::Dot | TokenKind::If) || kind.as_binary_operator().is_some()
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn long_is_not_deep() {
        let cases = [
            format!("x = [{}]", "a.b + 1, ".repeat(5000)),
            format!("x = {{{}}}", "'k': -1, ".repeat(5000)),
            "x = (a.b + c.d) * 2\n".repeat(5000),
            format!("if x:\n    pass\n{}", "elif x:\n    pass\n".repeat(5000)),
            format!("x = '{}'", "+".repeat(5000)),
            format!("f({})", "lambda: g(h(i)), ".repeat(5000)),
        ];
        for text in cases {
            assert!(!is_too_deep(&text), "{}", &text[..40]);
        }
    }

    #[test]
    fn deep_is_told() {
        let cases = [
            format!("x = {}1", "1 + ".repeat(2000)),
            format!("x = {}{}", "(".repeat(2000), ")".repeat(2000)),
            format!("x = a{}", ".b".repeat(2000)),
            format!("x = a{}", "()".repeat(2000)),
            format!("x = {}1", "-".repeat(2000)),
            format!("x = {}1", "not ".repeat(2000)),
            format!("x = {}1", "lambda: ".repeat(2000)),
            format!("x = {}1", "1 if a else ".repeat(2000)),
        ];
        for text in cases {
            assert!(is_too_deep(&text), "{}", &text[..40]);
        }
    }
}

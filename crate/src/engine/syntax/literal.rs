//! String literals whose text cannot be read.

use std::fmt::Write;

use rustpython_vm::{AsObject, VirtualMachine};

/// Why a literal stands for no text, if it does not.
pub(super) fn unreadable(literal: &str, vm: &VirtualMachine) -> Option<String> {
    let (prefix, quoted) = literal.split_at(literal.find(['"', '\''])?);
    let marks = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") {
        3
    } else {
        1
    };
    let body = quoted.get(marks..quoted.len().checked_sub(marks)?)?;
    let is_bytes = prefix.contains(['b', 'B']);
    if is_bytes && !body.is_ascii() {
        return Some("bytes can only contain ASCII literal characters".to_owned());
    }
    if prefix.contains(['r', 'R']) || !body.contains('\\') {
        return None;
    }
    let (decoder, kind) = if is_bytes {
        ("escape_decode", "value")
    } else {
        ("unicode_escape_decode", "unicode")
    };
    let escaped = escapes_alone(body);
    let codecs = vm.import("_codecs", 0).ok()?;
    let refused = vm
        .call_method(&codecs, decoder, (vm.ctx.new_bytes(escaped.into_bytes()),))
        .err()?;
    let reason = refused.as_object().str(vm).ok()?;
    Some(format!("({kind} error) {reason}"))
}

/// The text with nothing in it that the codec would warn of, or take for more than one place: it counts characters, and
/// reads escapes alone beyond ASCII.
fn escapes_alone(body: &str) -> String {
    let mut escaped = String::with_capacity(body.len());
    let mut characters = body.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(it @ ('\\' | 'x' | 'u' | 'U' | 'N')) => escaped.extend(['\\', it]),
                Some(_) => escaped.push_str("xx"),
                None => escaped.push('x'),
            },
            _ if character.is_ascii() => escaped.push(character),
            _ => {
                let _ = write!(escaped, "\\U{:08x}", u32::from(character));
            }
        }
    }
    escaped
}

//! Where a program's syntax is wrong, in `CPython`'s words.
//!
//! The compiler words its errors by guessing from the text. What it has refused is therefore read again, as `CPython` reads
//! it: by [`lexer`], [`parser`] and [`machine`], with a grammar that knows the mistakes that have words of their own. Only
//! what is right by that grammar, and wrong for another reason, is left in the compiler's words.

pub(super) mod builtins;
mod grammar;
mod lexer;
mod literal;
mod machine;
mod numbers;
mod parser;
mod report;
mod shape;
mod strings;

use rustpython_vm::{AsObject, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};

use lexer::Class;
use parser::Refused;

/// What a source is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    Program,
    /// One statement, as at a prompt.
    Statement,
    Expression,
}

/// The error that `CPython` would raise for a source that the compiler has refused, or `None` if the compiler's own is right.
pub(super) fn better_error(
    source: &str,
    path: &str,
    start: Start,
    vm: &VirtualMachine,
) -> Option<PyResult<PyBaseExceptionRef>> {
    // What holds one is no source at all, and nothing in it is read.
    if source.contains('\0') {
        return None;
    }
    let mut source = source.to_owned();
    // Of a program, the last line is read as if it were ended.
    if start == Start::Program && !source.ends_with('\n') {
        source.push('\n');
    }
    let tokens = lexer::tokens_of(&source);
    let refused = parser::refused(&source, &tokens, start, &|literal| literal::unreadable(literal, vm))?;
    let statement = refused.statement.map(|at| tokens.lines.place(at)).unwrap_or_default();
    Some(raised(&refused, &source, path, statement, vm))
}

/// The exception for a mistake, with the place of the statement before it.
fn raised(
    refused: &Refused,
    source: &str,
    path: &str,
    statement: (usize, usize),
    vm: &VirtualMachine,
) -> PyResult<PyBaseExceptionRef> {
    let mistake = &refused.mistake;
    let kind = match mistake.class {
        Class::Syntax => vm.ctx.exceptions.syntax_error,
        Class::Indentation => vm.ctx.exceptions.indentation_error,
        Class::Tabs => vm.ctx.exceptions.tab_error,
    };
    let line_of = |number: usize| {
        source
            .split_inclusive('\n')
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
    };
    let line = line_of(mistake.line);
    // The break is part of a line that is being read.
    let text = if mistake.is_prompt || refused.is_read_on {
        line.trim_end_matches('\n')
    } else {
        line
    };
    let details = vm.ctx.new_tuple(vec![
        vm.ctx.new_str(path).into(),
        vm.ctx.new_int(mistake.line).into(),
        vm.ctx.new_int(in_characters(line, mistake.column)).into(),
        vm.ctx.new_str(text).into(),
        vm.ctx.new_int(mistake.end_line).into(),
        vm.ctx
            .new_int(in_characters(line_of(mistake.end_line), mistake.end_column))
            .into(),
    ]);
    let arguments = vec![vm.ctx.new_str(mistake.message.as_str()).into(), details.into()];
    let error = vm.invoke_exception(kind, arguments)?;
    // Where `traceback` looks for a keyword that is misspelt.
    let metadata = vm.ctx.new_tuple(vec![
        vm.ctx.new_int(statement.0).into(),
        vm.ctx.new_int(statement.1).into(),
        vm.ctx.new_str(source).into(),
    ]);
    error.as_object().set_attr("_metadata", metadata, vm)?;
    Ok(error)
}

/// A column counted in bytes, counted in characters; both from one.
fn in_characters(line: &str, column: isize) -> isize {
    let Ok(column) = usize::try_from(column) else {
        return column;
    };
    let characters = line.char_indices().take_while(|(at, _)| *at < column).count();
    (characters + column.saturating_sub(line.len())).cast_signed()
}

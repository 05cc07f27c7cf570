//! `compile`, `eval` and `exec` that refuse a source in `CPython`'s words.

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyBytes, PyStr},
    function::{FuncArgs, ItemDoc, PyMethodFlags},
};

use super::{Start, better_error};

/// A function that does what one of the three does, and refuses in better words.
pub(in crate::engine) fn reworded(original: &PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let name = original.get_attr("__name__", vm)?;
    let name = match name.downcast_ref::<PyStr>().and_then(|name| name.to_str()) {
        Some("compile") => "compile",
        Some("eval") => "eval",
        _ => "exec",
    };
    let inner = original.clone();
    let function = move |_module: PyObjectRef, arguments: FuncArgs, vm: &VirtualMachine| {
        inner.call(arguments.clone(), vm).map_err(|error| {
            let better = instead(name, &error, &arguments, vm);
            better.unwrap_or(error)
        })
    };
    let definition = vm
        .ctx
        .new_method_def(name, function, PyMethodFlags::empty(), ItemDoc::NONE);
    let module = vm.import("builtins", 0)?;
    let function: PyObjectRef = definition.build_function(vm, Some(module)).into();
    function.set_attr("__module__", vm.ctx.new_str("builtins"), vm)?;
    Ok(function)
}

/// What is to be raised in place of an error, unless that is right, or not about the source.
fn instead(
    name: &str,
    error: &PyBaseExceptionRef,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> Option<PyBaseExceptionRef> {
    let exceptions = &vm.ctx.exceptions;
    let refusals = [
        exceptions.syntax_error,
        exceptions.indentation_error,
        exceptions.tab_error,
    ];
    // What the source itself raises has been through its frames.
    if error.__traceback__().is_some() || !refusals.iter().any(|class| error.class().is(*class)) {
        return None;
    }
    let argument = |place: usize, name: &str| arguments.args.get(place).or_else(|| arguments.kwargs.get(name));
    let source = text_of(argument(0, "source")?)?;
    let mode = argument(2, "mode").and_then(|mode| mode.downcast_ref::<PyStr>()?.to_str());
    let (source, start) = match (name, mode) {
        ("exec", _) | ("compile", Some("exec")) => (source, Start::Program),
        ("eval", _) => (source.trim_start_matches([' ', '\t']).to_owned(), Start::Expression),
        ("compile", Some("single")) => (source, Start::Statement),
        ("compile", Some("eval")) => (source, Start::Expression),
        _ => return None,
    };
    let path = error.as_object().get_attr("filename", vm).ok()?;
    let path = path
        .downcast_ref::<PyStr>()
        .map_or("<string>", |path| path.to_str().unwrap_or("<string>"));
    better_error(&source, path, start, vm)?.ok()
}

/// The text of a source that is a string or bytes.
fn text_of(source: &PyObjectRef) -> Option<String> {
    if let Some(text) = source.downcast_ref::<PyStr>() {
        return text.to_str().map(str::to_owned);
    }
    let bytes = source.downcast_ref::<PyBytes>()?;
    std::str::from_utf8(bytes.as_bytes()).ok().map(str::to_owned)
}

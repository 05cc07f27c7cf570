//! What the modules of the library and of its packages compile to, and the generator forms of their functions. Their sources
//! never change, so that the host keeps the code of one run for the next: compiling is most of what an import takes.

use rustpython_vm::{
    Py, PyRef, PyResult, VirtualMachine,
    builtins::PyCode,
    bytecode::{BasicBag, CodeObject, Constant},
    compiler::{self, Mode, core::marshal},
};

/// The code of a module that the host hands out, by the path that programs see; `None` if there is no such module.
pub(super) fn of_host(
    path: &str,
    source: impl FnOnce() -> Option<String>,
    vm: &VirtualMachine,
) -> PyResult<Option<PyRef<PyCode>>> {
    if let Some(code) = host::kept_code(path).and_then(|bytes| decoded(&bytes)) {
        return Ok(Some(PyCode::new_ref_from_bytecode(vm, code)));
    }
    let Some(source) = source() else { return Ok(None) };
    let code = compile(path, &source, vm)?;
    host::keep_code(path, &encoded(&code));
    Ok(Some(PyCode::new_ref_from_bytecode(vm, code)))
}

/// The code of a module of a user's own wheel, which the next run may not have.
pub(super) fn of_wheel(path: &str, source: &str, vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
    let code = compile(path, source, vm)?;
    Ok(PyCode::new_ref_from_bytecode(vm, code))
}

fn compile(path: &str, source: &str, vm: &VirtualMachine) -> PyResult<CodeObject> {
    compiler::compile(source, Mode::Exec, path, vm.compile_opts())
        .map_err(|error| vm.new_syntax_error(&error, Some(source)))
}

/// What a run before this one has left of a function's generator form.
pub(super) enum KeptForm {
    Unknown,
    /// The function has none: it is called as it is.
    None,
    Code(PyRef<PyCode>),
}

/// What is known of a function's generator form.
pub(super) fn kept_form(function: &str, vm: &VirtualMachine) -> KeptForm {
    let bytes = if has_wheels() { None } else { host::kept_code(function) };
    match bytes.map(|bytes| decoded(&bytes)) {
        None => KeptForm::Unknown,
        Some(None) => KeptForm::None,
        Some(Some(code)) => KeptForm::Code(PyCode::new_ref_from_bytecode(vm, code)),
    }
}

/// Leaves the code of a function's generator form, or that it has none, for the runs to come.
pub(super) fn keep_form(function: &str, form: Option<&Py<PyCode>>) {
    if !has_wheels() {
        host::keep_code(function, &form.map(|form| encoded(&form.code)).unwrap_or_default());
    }
}

/// A wheel of the user's own may have a package in another version, with other functions at the same places.
fn has_wheels() -> bool {
    super::given::workspace(|workspace| !workspace.wheels.is_empty())
}

fn encoded<C: Constant>(code: &CodeObject<C>) -> Vec<u8> {
    let mut bytes = Vec::new();
    marshal::serialize_code(&mut bytes, code);
    bytes
}

fn decoded(mut bytes: &[u8]) -> Option<CodeObject> {
    marshal::deserialize_code(&mut bytes, BasicBag).ok()
}

#[cfg(target_arch = "wasm32")]
use crate::bindings::engine as host;

/// A process runs one program, and keeps nothing.
#[cfg(not(target_arch = "wasm32"))]
mod host {
    pub(super) fn kept_code(_: &str) -> Option<Vec<u8>> {
        None
    }

    pub(super) fn keep_code(_: &str, _: &[u8]) {}
}

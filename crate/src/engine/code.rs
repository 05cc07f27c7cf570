//! What the modules of the library and of its packages compile to. Their sources never change, so that the host keeps the
//! code of one run for the next: compiling is most of what an import takes.

use rustpython_vm::{
    PyRef, PyResult, VirtualMachine,
    builtins::PyCode,
    bytecode::CodeObject,
    compiler::{self, Mode},
};
#[cfg(target_arch = "wasm32")]
use rustpython_vm::{bytecode::BasicBag, compiler::core::marshal};

/// The code of a module that the host hands out, by the path that programs see; `None` if there is no such module.
pub(super) fn of_host(
    path: &str,
    source: impl FnOnce() -> Option<String>,
    vm: &VirtualMachine,
) -> PyResult<Option<PyRef<PyCode>>> {
    if let Some(code) = kept(path) {
        return Ok(Some(PyCode::new_ref_from_bytecode(vm, code)));
    }
    let Some(source) = source() else { return Ok(None) };
    let code = compile(path, &source, vm)?;
    keep(path, &code);
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

#[cfg(target_arch = "wasm32")]
fn kept(path: &str) -> Option<CodeObject> {
    let bytes = crate::bindings::engine::kept_code(path)?;
    marshal::deserialize_code(&mut bytes.as_slice(), BasicBag).ok()
}

#[cfg(target_arch = "wasm32")]
fn keep(path: &str, code: &CodeObject) {
    let mut bytes = Vec::new();
    marshal::serialize_code(&mut bytes, code);
    crate::bindings::engine::keep_code(path, &bytes);
}

/// A process runs one program.
#[cfg(not(target_arch = "wasm32"))]
fn kept(_: &str) -> Option<CodeObject> {
    None
}

#[cfg(not(target_arch = "wasm32"))]
fn keep(_: &str, _: &CodeObject) {}

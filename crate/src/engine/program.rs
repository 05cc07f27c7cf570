//! One program: started as `python main.py` or `python -m module` would start it, and ended as they end.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyInt, compiler::Mode};

use super::{host, limits};
use crate::{trace::event::Outcome, workspace::Workspace};

/// The Python side of the host, which cannot be imported before it has installed the importer.
const BOOTSTRAP: &str = include_str!("../../Lib/_bootstrap.py");

/// What its frames have as their file.
pub(super) const BOOTSTRAP_PATH: &str = "<loopscope>";

/// Installs importer, host modules and loop, and imports what nearly every program will.
pub(super) fn bootstrap(vm: &VirtualMachine) -> PyResult<()> {
    let globals = vm.ctx.new_dict();
    globals.set_item("__name__", vm.ctx.new_str("_bootstrap").into(), vm)?;
    let module = vm.new_module("_bootstrap", globals.clone(), None);
    vm.sys_module
        .get_attr("modules", vm)?
        .set_item("_bootstrap", module.into(), vm)?;
    let code = vm
        .compile(BOOTSTRAP, Mode::Exec, BOOTSTRAP_PATH.to_owned())
        .map_err(|error| vm.new_runtime_error(format!("_bootstrap.py: {error}")))?;
    let scope = rustpython_vm::scope::Scope::with_builtins(None, globals, vm);
    vm.run_code_obj(code, scope)?;
    host::call(vm, "_bootstrap", "install").map(drop)
}

/// Lays out the files of the run.
pub(super) fn prepare(vm: &VirtualMachine, workspace: &Workspace) {
    let prepared = function(vm, "prepare").and_then(|it| it.call((workspace.entry.as_str(),), vm));
    debug_assert!(prepared.is_ok(), "the files of a workspace can be laid out");
}

/// A function of `_bootstrap`.
pub(super) fn function(vm: &VirtualMachine, name: &'static str) -> PyResult<PyObjectRef> {
    vm.import(vm.ctx.intern_str("_bootstrap"), 0)?.get_attr(name, vm)
}

/// Runs the program to its end, reports what left it, and lets go of everything it held.
pub(super) fn run(vm: &VirtualMachine, workspace: &Workspace) -> Outcome {
    let status = start(vm, workspace).map(|value| {
        let status = value.downcast_ref::<PyInt>().map(|it| it.as_bigint().to_string());
        status.and_then(|text| text.parse::<i32>().ok()).unwrap_or(1)
    });
    if let Some(outcome) = limits::stopped() {
        return outcome;
    }
    match status {
        Ok(0) => Outcome::Completed,
        Ok(status) => Outcome::Raised { status },
        Err(error) => {
            let mut text = String::new();
            let _ = vm.write_exception(&mut text, &error);
            super::internal_error(&text)
        }
    }
}

fn start(vm: &VirtualMachine, workspace: &Workspace) -> PyResult<PyObjectRef> {
    let main = function(vm, "main")?;
    let arguments: Vec<PyObjectRef> = workspace
        .arguments
        .iter()
        .map(|text| vm.ctx.new_str(text.as_str()).into())
        .collect();
    let module: PyObjectRef = match &workspace.module {
        Some(name) => vm.ctx.new_str(name.as_str()).into(),
        None => vm.ctx.none(),
    };
    let entry: PyObjectRef = vm.ctx.new_str(workspace.entry.as_str()).into();
    main.call((entry, module, vm.ctx.new_list(arguments)), vm)
}

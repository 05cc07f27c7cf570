//! The packages that a program begins by importing, which are imported before the run, as the library that every program
//! needs has been: how long that takes is no part of the run, and a host that can copy memory does it once for many.

use serde::{Deserialize, Serialize};

use rustpython_vm::{
    PyResult, VirtualMachine,
    compiler::{
        ast::{Expr, Stmt},
        parser::{self, ParseOptions},
    },
};

use super::library;
use crate::workspace::Workspace;

/// What to import, and where that must not lead. Equal ones leave the interpreter in the same state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preload {
    imports: Vec<Import>,
    /// The top-level modules of the workspace. A package that imports one of them gets the program's own, later.
    workspace: Vec<String>,
}

/// `import module`, or `from module import members`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Import {
    module: String,
    members: Vec<String>,
}

impl Preload {
    /// What a workspace's entry imports from packages before it does anything else.
    ///
    /// Wheels of the user's own can stand for any package, so that nothing is known beforehand where there are some.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let entry = workspace.files.iter().find(|file| file.path == workspace.entry);
        let Some(entry) = entry.filter(|_| workspace.module.is_none() && workspace.wheels.is_empty()) else {
            return Self::default();
        };
        let own = top_level(workspace);
        let imports: Vec<Import> = leading_imports(&entry.text)
            .take_while(|import| !own.iter().any(|name| name == import.top_level()))
            .filter(Import::is_of_a_package)
            .collect();
        if imports.is_empty() {
            return Self::default();
        }
        Self {
            imports,
            workspace: own,
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.imports.is_empty()
    }

    /// Imports them. What cannot be imported is left to the program, whose own import says why.
    pub(super) fn import(&self, vm: &VirtualMachine) -> PyResult<()> {
        let text = |text: &String| vm.ctx.new_str(text.as_str()).into();
        let imports = self.imports.iter().map(|Import { module, members }| {
            let members = vm.ctx.new_list(members.iter().map(text).collect());
            vm.ctx.new_tuple(vec![text(module), members.into()]).into()
        });
        let imports = vm.ctx.new_list(imports.collect());
        let workspace = vm.ctx.new_list(self.workspace.iter().map(text).collect());
        super::program::function(vm, "preload")?
            .call((imports, workspace), vm)
            .map(drop)
    }
}

impl Import {
    fn top_level(&self) -> &str {
        self.module.split('.').next().unwrap_or_default()
    }

    fn is_of_a_package(&self) -> bool {
        let name = self.top_level();
        [format!("{name}/__init__.py"), format!("{name}.py")]
            .iter()
            .any(|path| library::package(path).is_some())
    }
}

/// The names by which a workspace's own modules are imported: those beside the entry.
fn top_level(workspace: &Workspace) -> Vec<String> {
    let folder = workspace.entry.rfind('/').map_or("", |end| &workspace.entry[..=end]);
    let beside = workspace.files.iter().filter_map(|file| file.path.strip_prefix(folder));
    let mut names: Vec<String> = beside
        .filter_map(|path| match path.split_once('/') {
            Some((package, _)) => Some(package.to_owned()),
            None => path.strip_suffix(".py").map(str::to_owned),
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The absolute imports at the top of a source, also of one that is wrong further down: nothing but the docstring stands
/// before or between them, so that nothing can tell when they were done.
fn leading_imports(source: &str) -> impl Iterator<Item = Import> {
    let parsed = parser::parse_unchecked(source, ParseOptions::from(parser::Mode::Module));
    let body = parsed
        .into_syntax()
        .module()
        .map(|module| module.body)
        .unwrap_or_default();
    let mut imports = Vec::new();
    for statement in body {
        match statement {
            Stmt::Import(import) => imports.extend(import.names.into_iter().map(|alias| Import {
                module: alias.name.to_string(),
                members: Vec::new(),
            })),
            Stmt::ImportFrom(from) if from.level == 0 => imports.extend(from.module.map(|module| Import {
                module: module.to_string(),
                members: from.names.iter().map(|alias| alias.name.to_string()).collect(),
            })),
            Stmt::Expr(it) if matches!(*it.value, Expr::StringLiteral(_)) => {}
            _ => break,
        }
    }
    imports.into_iter()
}

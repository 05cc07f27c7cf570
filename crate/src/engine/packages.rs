//! Packages that programs may import besides the standard library, natively: bundles that `cargo xtask packages` has made.
//!
//! A bundle is read when a program first imports what is in it, by the process that runs the program.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::Deserialize;

use super::library::entries;

/// The folder of the bundles, as `cargo xtask packages` names it.
const FOLDER: &str = "packages";
const INDEX: &str = "index.json";

/// What a run may import beyond workspace and standard library.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    folder: PathBuf,
    index: Vec<Package>,
}

/// An entry of the index.
#[derive(Clone, Debug, Deserialize)]
struct Package {
    name: String,
    file: String,
    /// The top-level modules that are in it.
    modules: Vec<String>,
}

/// The packages of this process's run, and the files of those that have been read.
struct Provided {
    packages: Packages,
    files: HashMap<String, String>,
    read: Vec<String>,
}

static PROVIDED: Mutex<Option<Provided>> = Mutex::new(None);

impl Packages {
    /// The bundles that were built with the running command; none if there are none.
    ///
    /// They lie in a folder beside it, or beside the folder that cargo left it in.
    #[must_use]
    pub fn find() -> Self {
        let command = std::env::current_exe().unwrap_or_default();
        let mut folders = command.ancestors().skip(1).take(3).map(|folder| folder.join(FOLDER));
        folders.find_map(|folder| Self::at(&folder).ok()).unwrap_or_default()
    }

    /// The bundles of a folder; an error in words if it is none.
    pub fn at(folder: &Path) -> Result<Self, String> {
        let path = folder.join(INDEX);
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let index = serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            index,
        })
    }

    /// The names of all packages there are, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.index.iter().map(|package| package.name.as_str())
    }

    /// The bundle that a path is in, by its top-level module or by the package whose description it is part of.
    fn bundle(&self, path: &str) -> Option<&Package> {
        let mut parts = path.split('/');
        let first = parts.next()?;
        if first == "dist-info" {
            let name = parts.next()?;
            return self.index.iter().find(|package| package.name == name);
        }
        let module = first.strip_suffix(".py").unwrap_or(first);
        self.index
            .iter()
            .find(|package| package.modules.iter().any(|it| it == module))
    }
}

/// Gives this process, which runs one program, its packages.
pub(super) fn provide(packages: &Packages) {
    *PROVIDED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Provided {
        packages: packages.clone(),
        files: HashMap::new(),
        read: Vec::new(),
    });
}

/// A file of a package, such as `aiohttp/web.py`, if this run has it.
pub(super) fn source(path: &str) -> Option<String> {
    let mut provided = PROVIDED.lock().unwrap_or_else(PoisonError::into_inner);
    let provided = provided.as_mut()?;
    if let Some(text) = provided.files.get(path) {
        return Some(text.clone());
    }
    let bundle = provided.packages.bundle(path)?.file.clone();
    if provided.read.contains(&bundle) {
        return None;
    }
    // A bundle that cannot be read is one that is not there: the program's import says so.
    let archive = fs::read(provided.packages.folder.join(&bundle)).unwrap_or_default();
    for (path, text) in entries(&archive) {
        provided.files.insert(path.to_owned(), text.to_owned());
    }
    provided.read.push(bundle);
    provided.files.get(path).cloned()
}

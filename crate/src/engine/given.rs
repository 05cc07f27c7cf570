//! What this process or instance was given to run.

use std::{cell::RefCell, collections::HashMap};

use crate::workspace::{Options, Workspace};

#[derive(Default)]
struct Given {
    workspace: Workspace,
    options: Options,
    /// Where each file stands among the workspace's, by path.
    places: HashMap<String, usize>,
}

thread_local! {
    static GIVEN: RefCell<Given> = RefCell::default();
}

/// Gives the host modules the run they serve.
pub(super) fn start(workspace: &Workspace, options: &Options) {
    let paths = workspace.files.iter().map(|file| file.path.clone());
    let given = Given {
        workspace: workspace.clone(),
        options: options.clone(),
        places: paths.zip(0..).collect(),
    };
    GIVEN.with(|slot| *slot.borrow_mut() = given);
}

pub(super) fn options<T>(read: impl FnOnce(&Options) -> T) -> T {
    GIVEN.with(|given| read(&given.borrow().options))
}

pub(super) fn workspace<T>(read: impl FnOnce(&Workspace) -> T) -> T {
    GIVEN.with(|given| read(&given.borrow().workspace))
}

/// Something about the text of a file of the workspace.
pub(super) fn file<T>(path: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
    GIVEN.with(|given| {
        let given = given.borrow();
        Some(read(&given.workspace.files[*given.places.get(path)?].text))
    })
}

/// A file of the user's own wheels.
pub(super) fn wheel_file(path: &str) -> Option<String> {
    workspace(|workspace| {
        let mut files = workspace.wheels.iter().flat_map(|wheel| &wheel.files);
        files.find(|file| file.path == path).map(|file| file.text.to_string())
    })
}

//! From paths on the command line to workspaces.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    documents::{self, Block},
    folders::{Folder, Folders, programs_below, slashes},
};
use crate::{
    analysis::diagnostic::{Diagnostic, Region},
    directives,
    workspace::{File, Options, Workspace},
};

/// A workspace, and how to name its files to the person who gave them.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) workspace: Workspace,
    /// The path in the workspace of the file that is run.
    main: String,
    /// The program as given on the command line.
    pub(super) shown: String,
    /// What to put before the workspace's paths to get paths from here.
    prefix: PathBuf,
    /// The block that the program was taken from, if it stands in a document, whose path in the workspace comes second.
    block: Option<(Block, String)>,
    /// Whether its folder has no more than what the workspace holds.
    pub(super) complete: bool,
}

impl Program {
    /// A workspace path as a path from here.
    pub(super) fn shown_path(&self, path: &str) -> String {
        slashes(&self.prefix.join(path))
    }

    pub(super) fn text(&self, path: &str) -> &str {
        self.workspace
            .files
            .iter()
            .find(|file| file.path == path)
            .map_or("", |file| &file.text)
    }

    /// The line of the document on which the program begins, if it stands in one.
    pub(super) fn line(&self) -> Option<u32> {
        self.block.as_ref().map(|(block, _)| block.line)
    }

    /// The program as given on the command line, with its line if there may be others in the file.
    pub(super) fn name(&self) -> String {
        self.line()
            .map_or_else(|| self.shown.clone(), |line| format!("{}:{line}", self.shown))
    }

    /// A place in a file of the workspace, which is one in the document if the program stands in one.
    pub(super) fn place(&self, file: &str, mut span: Region) -> (String, Region) {
        let mut file = file.to_owned();
        if let Some((block, document)) = &self.block {
            block.move_place(&mut file, &mut span, &self.main, document);
        }
        (file, span)
    }

    /// What was found in the program, at its places in the document if it stands in one.
    pub(super) fn report(&self, found: Vec<Diagnostic>, time: u64) -> Vec<Diagnostic> {
        match &self.block {
            Some((block, document)) => block.report(found, &self.main, document, time),
            None => found,
        }
    }

    /// The same program, from its files as they are now.
    pub(super) fn read_again(self) -> Result<Self, String> {
        let file = Path::new(&self.shown);
        of_file(file, Some(self.prefix), &mut Folders::default())
    }

    /// Lets go of the texts, of which nothing is said any more.
    pub(super) fn forget(&mut self) {
        self.workspace.files = Vec::new();
    }

    /// Applies what the entry file asks for, and returns the words it does not know.
    pub(super) fn directives(&self, options: &mut Options) -> Vec<String> {
        directives::apply(self.text(&self.main), options)
    }
}

/// Every file of programs that the paths name, in order, each once. What cannot be read is said of each when its turn comes.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for path in paths {
        let files = if path.is_dir() {
            programs_below(path)?
        } else {
            vec![path.clone()]
        };
        all.extend(files.into_iter().filter(|file| seen.insert(file.clone())));
    }
    Ok(all)
}

/// The programs of a file: one, or those that stand in a document.
pub(super) fn of_found(file: &Path, folders: &mut Folders) -> Result<Vec<Program>, String> {
    if documents::is_document(file) {
        of_document(file, folders)
    } else {
        Ok(vec![of_file(file, None, folders)?])
    }
}

/// The programs that stand in a document. Their workspace is its folder.
fn of_document(file: &Path, folders: &mut Folders) -> Result<Vec<Program>, String> {
    let document = of_file(file, None, folders)?;
    let program = |block: Block| {
        let mut program = document.clone();
        let main = format!("{}.py", document.main);
        program.workspace.files.retain(|file| file.path != main);
        program.workspace.files.push(File {
            path: main.clone(),
            text: block.text().into(),
        });
        program.workspace.files.sort_by(|a, b| a.path.cmp(&b.path));
        program.workspace.entry.clone_from(&main);
        program.block = Some((block, std::mem::replace(&mut program.main, main)));
        program
    };
    let blocks = documents::blocks(file, document.text(&document.main));
    Ok(blocks.into_iter().map(program).collect())
}

/// The program of one file. Its workspace is its folder, or `root`.
pub(super) fn of_file(file: &Path, root: Option<PathBuf>, folders: &mut Folders) -> Result<Program, String> {
    let folder = root.unwrap_or_else(|| file.parent().map(Path::to_path_buf).unwrap_or_default());
    let entry = match file.strip_prefix(&folder) {
        Ok(relative) => relative.to_path_buf(),
        Err(_) => file.to_path_buf(),
    };
    let entry = slashes(&entry);
    let text = read(file)?;
    let Folder { mut files, complete } = folders.read(&folder).clone();
    files.retain(|file| file.path != entry);
    files.push(File {
        path: entry.clone(),
        text: text.into(),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let main = entry.clone();
    let workspace = Workspace {
        entry,
        files,
        ..Workspace::default()
    };
    Ok(Program {
        workspace,
        main,
        shown: slashes(file),
        prefix: folder,
        block: None,
        complete,
    })
}

/// The program that is a module of a folder.
pub(super) fn of_module(folder: PathBuf, module: String) -> Result<Program, String> {
    if !folder.is_dir() {
        return Err(format!("{} is no folder", folder.display()));
    }
    let Folder { files, complete } = Folders::default().read(&folder).clone();
    let stem = module.replace('.', "/");
    let candidates = [format!("{stem}.py"), format!("{stem}/__main__.py")];
    let main = candidates
        .into_iter()
        .find(|path| files.iter().any(|file| file.path == *path));
    let shown = main
        .as_ref()
        .map_or_else(|| module.clone(), |main| slashes(&folder.join(main)));
    // Modules are found from the root of the workspace, not from beside an entry.
    let workspace = Workspace {
        files,
        module: Some(module),
        ..Workspace::default()
    };
    Ok(Program {
        workspace,
        main: main.unwrap_or_default(),
        shown,
        prefix: folder,
        block: None,
        complete,
    })
}

/// Reads a text. One that is not UTF-8, whatever it declares, would not be what the engine runs.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        format!(
            "{}:{line}: this is not UTF-8; save the file in that encoding",
            path.display()
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::{Folders, find, of_file, of_found, of_module};

    #[test]
    fn every_file_of_a_folder_is_a_program_with_its_siblings_at_hand() {
        let root = std::env::temp_dir().join(format!("loopscope-siblings-{}", std::process::id()));
        for (path, text) in [
            ("a.py", "import b"),
            ("b.py", ""),
            ("data/x.txt", "x"),
            (".hidden/c.py", ""),
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = find(&[root.clone(), root.join("a.py")]).unwrap();
        let mut folders = Folders::default();
        let programs: Vec<_> = found
            .iter()
            .flat_map(|file| of_found(file, &mut folders).unwrap())
            .collect();
        let module = of_module(root.clone(), "b".to_owned()).unwrap();
        fs::remove_dir_all(&root).unwrap();
        let entries: Vec<_> = programs.iter().map(|it| it.workspace.entry.as_str()).collect();
        assert_eq!(entries, ["a.py", "b.py"]);
        let files: Vec<_> = programs[0].workspace.files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(files, ["a.py", "b.py", "data/x.txt"]);
        assert_eq!(
            programs[0].shown_path("data/x.txt"),
            format!("{}/data/x.txt", root.display())
        );
        assert_eq!((module.workspace.entry.as_str(), module.main.as_str()), ("", "b.py"));
    }

    #[test]
    fn a_missing_file_is_an_error_with_its_name() {
        let file = Path::new("does/not/exist.py");
        assert!(
            of_file(file, None, &mut Folders::default())
                .unwrap_err()
                .starts_with("does/not/exist.py: ")
        );
    }
}

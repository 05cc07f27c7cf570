//! What of a folder belongs to a program that lies in it.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    path::{Path, PathBuf},
};

use crate::workspace::File;

/// Bytes. A larger file is no part of a program.
const LARGEST: u64 = 4 << 20;
/// More files, or bytes, or folders to look into are a whole disk, not a program: what lies beyond is left out.
const MOST_FILES: usize = 5_000;
const MOST_BYTES: u64 = 64 << 20;
const MOST_FOLDERS: usize = 5_000;

/// The texts of a folder, with paths from there.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) files: Vec<File>,
    /// Whether nothing was left out.
    pub(super) complete: bool,
}

/// Folders, each read once: where many programs lie, each has all the others beside it.
#[derive(Debug, Default)]
pub(super) struct Folders {
    read: BTreeMap<PathBuf, Folder>,
}

impl Folders {
    pub(super) fn read(&mut self, folder: &Path) -> &Folder {
        self.read.entry(folder.to_owned()).or_insert_with(|| gather(folder))
    }
}

fn gather(folder: &Path) -> Folder {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Found { paths, complete } = files_below(here, |_| true);
    let file = |path: &PathBuf| {
        let text = String::from_utf8(fs::read(path).ok()?).ok()?;
        Some(File {
            path: slashes(path.strip_prefix(here).unwrap_or(path)),
            text: text.into(),
        })
    };
    let files = paths.iter().filter_map(file).collect();
    Folder { files, complete }
}

/// The programs below a folder.
pub(super) fn programs_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let Found { paths, complete } = files_below(folder, is_python);
    if complete {
        return Ok(paths);
    }
    Err(format!(
        "{}: there are more programs than can be checked at once; name the folders that they are in",
        folder.display()
    ))
}

/// Some files, in the order of their paths.
struct Found {
    paths: Vec<PathBuf>,
    complete: bool,
}

/// The files below a folder, without hidden ones and those that belong to tools. Nearer ones come first, and in each
/// folder the modules, so that what a program most likely needs is not what is left out.
fn files_below(top: &Path, wanted: impl Fn(&Path) -> bool) -> Found {
    let mut found = Found {
        paths: Vec::new(),
        complete: true,
    };
    let mut bytes = 0;
    let mut looked = 0;
    let mut folders = VecDeque::from([top.to_owned()]);
    while let Some(folder) = folders.pop_front() {
        looked += 1;
        if looked > MOST_FOLDERS || found.paths.len() >= MOST_FILES {
            found.complete = false;
            break;
        }
        let (files, inner) = entries(&folder);
        folders.extend(inner);
        for (path, length) in files.into_iter().filter(|(path, _)| wanted(path)) {
            if found.paths.len() >= MOST_FILES || bytes + length > MOST_BYTES {
                found.complete = false;
                continue;
            }
            bytes += length;
            found.paths.push(path);
        }
    }
    found.paths.sort();
    found
}

/// The files of a folder with their lengths, modules first, and the folders in it; both by name.
fn entries(folder: &Path) -> (Vec<(PathBuf, u64)>, Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return (Vec::new(), Vec::new());
    };
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // The kind of the entry itself: a link may lead back up.
        let (Ok(kind), path) = (entry.file_type(), entry.path()) else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            if !matches!(&*name, "__pycache__" | "node_modules" | "target") && !path.join("pyvenv.cfg").exists() {
                folders.push(path);
            }
        } else if let Ok(data) = entry.metadata()
            && data.is_file()
            && data.len() <= LARGEST
        {
            files.push((path, data.len()));
        }
    }
    files.sort_by(|(a, _), (b, _)| (!is_python(a), a).cmp(&(!is_python(b), b)));
    folders.sort();
    (files, folders)
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}

/// A path with `/` between its parts.
pub(super) fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    match parts.split_first() {
        Some((root, rest)) if root == "/" => format!("/{}", rest.join("/")),
        Some((here, rest)) if here == "." && !rest.is_empty() => rest.join("/"),
        _ => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::{Folders, MOST_FILES, programs_below};

    fn folder(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("loopscope-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("aside")).unwrap();
        root
    }

    #[test]
    fn what_lies_beside_a_program_is_there_whatever_else_the_folder_holds() {
        let root = folder("crowd");
        for number in 0..=MOST_FILES {
            fs::write(root.join(format!("aside/{number}.txt")), "x").unwrap();
        }
        fs::write(root.join("zebra.py"), "stripes = 8").unwrap();
        let mut folders = Folders::default();
        let read = folders.read(&root);
        fs::remove_dir_all(&root).unwrap();
        assert!(read.files.iter().any(|file| file.path == "zebra.py"));
        assert_eq!(read.files.len(), MOST_FILES);
        assert!(!read.complete);
    }

    #[test]
    fn more_programs_than_can_be_checked_are_not_passed_over_in_silence() {
        let root = folder("programs");
        for number in 0..=MOST_FILES {
            fs::write(root.join(format!("aside/{number}.py")), "").unwrap();
        }
        let (crowded, few) = (programs_below(&root), root.join("aside"));
        fs::remove_file(few.join("0.py")).unwrap();
        let fitting = programs_below(&root);
        fs::remove_dir_all(&root).unwrap();
        assert!(crowded.unwrap_err().contains("more programs"));
        assert_eq!(fitting.unwrap().len(), MOST_FILES);
    }
}

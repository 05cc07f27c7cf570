//! The interpreter: those of its published crates that this project patches, laid out where `Cargo.toml` expects them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    patch::{apply, fingerprint, tree_fingerprint, Tree},
    process::{cargo, command, output, root, step, Outcome},
};

/// `rustpython-vm` runs and observes programs; `rustpython-stdlib` is mended where it gave wrong results, and counts its work, as
/// `rustpython-sre_engine` does. The others have tables that few programs touch, and say when one does.
const PATCHED: [Patched; 6] = [
    Patched("rustpython-vm", "0.6.0"),
    Patched("rustpython-stdlib", "0.6.0"),
    Patched("rustpython-sre_engine", "0.6.0"),
    Patched("rustpython-unicode", "0.6.0"),
    Patched("rustpython-common", "0.6.0"),
    Patched("unicode_names2", "3.1.0"),
];
/// What a published crate holds besides its source. A lock file inside would not be obeyed, only confuse.
const NOT_SOURCE: [&str; 4] = [".cargo-ok", ".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// A crate by its name and version, of which there are the published one, the patch, and the working copy.
struct Patched(&'static str, &'static str);

/// Makes the working copies what the patches say, unless they are that already.
pub fn lay_out() -> Outcome {
    PATCHED.iter().try_for_each(Patched::lay_out)
}

/// Writes the patches from the working copies.
pub fn write_patches() -> Outcome {
    PATCHED.iter().try_for_each(Patched::write_patch)
}

impl Patched {
    fn working_copy(&self) -> PathBuf {
        root().join("crate/.patched").join(self.0)
    }

    fn stamp_file(&self) -> PathBuf {
        root().join(format!("crate/.patched/{}.stamp", self.0))
    }

    fn patch_file(&self) -> PathBuf {
        root().join("crate/patches").join(self.patch_name())
    }

    fn patch_name(&self) -> String {
        format!("{}.patch", self.0)
    }

    fn unsaved(&self) -> String {
        format!(
            "crate/.patched/{} has changes that crate/patches/{} lacks.
Keep them with `cargo xtask patch`, or delete crate/.patched.",
            self.0,
            self.patch_name()
        )
    }

    fn lay_out(&self) -> Outcome {
        let (folder, file) = (self.working_copy(), self.patch_file());
        let patch = fs::read_to_string(&file).map_err(|error| explain(&file, &error))?;
        let stamp = fs::read_to_string(self.stamp_file()).unwrap_or_default();
        let mut stamped = stamp.split_whitespace();
        if stamped.next() == Some(&fingerprint(patch.as_bytes())) && folder.is_dir() {
            let untouched = stamped.next() == Some(&tree_fingerprint(&read_tree(&folder)?));
            return if untouched { Ok(()) } else { Err(self.unsaved()) };
        }
        step(&format!("laying out the patched {} in crate/.patched", self.0));
        let mut wanted = read_tree(&self.published()?)?;
        apply(&mut wanted, &patch)
            .map_err(|error| format!("crate/patches/{} does not apply: {}", self.patch_name(), error))?;
        let present = if folder.is_dir() {
            read_tree(&folder)?
        } else {
            Tree::new()
        };
        if present != wanted {
            let untouched = present.is_empty() || stamped.next() == Some(&tree_fingerprint(&present));
            if !untouched {
                return Err(self.unsaved());
            }
            write_tree(&folder, &wanted)?;
        }
        self.write_stamp(&patch, &wanted)
    }

    fn write_patch(&self) -> Outcome {
        let published = self.published()?;
        let before = read_tree(&published)?;
        let after = read_tree(&self.working_copy())?;
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort();
        names.dedup();
        let mut patch = String::new();
        for name in names {
            if before.get(name) != after.get(name) {
                patch.push_str(&self.difference(&published, name)?);
            }
        }
        let mut check = before;
        apply(&mut check, &patch)?;
        if check != after {
            return Err("the patch does not give the working copy again: is one of its files not text?".into());
        }
        fs::write(self.patch_file(), &patch).map_err(|error| explain(&self.patch_file(), &error))?;
        step(&format!(
            "wrote crate/patches/{}, {} lines",
            self.patch_name(),
            patch.lines().count()
        ));
        self.write_stamp(&patch, &after)
    }

    fn difference(&self, published: &Path, name: &str) -> Result<String, String> {
        let side = |folder: &Path, label: &str| {
            let path = folder.join(name);
            if path.is_file() {
                (path, format!("{}/{}", label, name))
            } else {
                (PathBuf::from("/dev/null"), "/dev/null".to_string())
            }
        };
        let (old, old_label) = side(published, "a");
        let (new, new_label) = side(&self.working_copy(), "b");
        let mut diff = command("diff");
        diff.args(["-u", "--label", &old_label, "--label", &new_label])
            .arg(old)
            .arg(new);
        let output = diff
            .output()
            .map_err(|error| format!("diff could not be started: {}", error))?;
        String::from_utf8(output.stdout).map_err(|_| format!("{} is not text", name))
    }

    /// Where cargo keeps the published crate, which it downloads if it has to.
    fn published(&self) -> Result<PathBuf, String> {
        let metadata = output(cargo().args([
            "metadata",
            "--quiet",
            "--locked",
            "--format-version=1",
            "--filter-platform=wasm32-unknown-unknown",
            "--manifest-path=crate/patches/fetch/Cargo.toml",
        ]))?;
        let package = format!("{}-{}", self.0, self.1);
        let tail = format!("{}{}Cargo.toml\"", package, if cfg!(windows) { "\\\\" } else { "/" });
        let end = metadata
            .find(&tail)
            .ok_or_else(|| format!("cargo does not know where {} is", package))?
            + package.len();
        let start = metadata[..end].rfind('"').map_or(0, |quote| quote + 1);
        Ok(PathBuf::from(metadata[start..end].replace("\\\\", "\\")))
    }

    fn write_stamp(&self, patch: &str, tree: &Tree) -> Outcome {
        let stamp = format!("{} {}\n", fingerprint(patch.as_bytes()), tree_fingerprint(tree));
        fs::write(self.stamp_file(), stamp).map_err(|error| explain(&self.stamp_file(), &error))
    }
}

fn read_tree(folder: &Path) -> Result<Tree, String> {
    let mut tree = Tree::new();
    let mut folders = vec![String::new()];
    while let Some(prefix) = folders.pop() {
        let path = folder.join(&prefix);
        for entry in fs::read_dir(&path).map_err(|error| explain(&path, &error))? {
            let entry = entry.map_err(|error| explain(&path, &error))?;
            let file_name = entry.file_name().to_string_lossy().into_owned();
            let name = if prefix.is_empty() {
                file_name.clone()
            } else {
                format!("{}/{}", prefix, file_name)
            };
            if entry.path().is_dir() {
                folders.push(name);
            } else if !(prefix.is_empty() && NOT_SOURCE.contains(&file_name.as_str())) {
                let bytes = fs::read(entry.path()).map_err(|error| explain(&entry.path(), &error))?;
                tree.insert(name, bytes);
            }
        }
    }
    Ok(tree)
}

/// Replaces a folder, all of it or nothing.
fn write_tree(folder: &Path, tree: &Tree) -> Outcome {
    let fresh = folder.with_extension("new");
    remove(&fresh)?;
    for (name, bytes) in tree {
        let path = fresh.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| explain(parent, &error))?;
        }
        fs::write(&path, bytes).map_err(|error| explain(&path, &error))?;
    }
    remove(folder)?;
    fs::rename(&fresh, folder).map_err(|error| explain(folder, &error))
}

fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(explain(folder, &error)),
        _ => Ok(()),
    }
}

fn explain(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {}", path.display(), error)
}

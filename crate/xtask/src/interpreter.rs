//! The interpreter: the published crate with this project's patch, laid out where `Cargo.toml` expects it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    patch::{apply, fingerprint, tree_fingerprint, Tree},
    process::{cargo, command, output, root, step, Outcome},
};

const PACKAGE: &str = "rustpython-vm-0.6.0";
/// What a published crate holds besides its source. A lock file inside would not be obeyed, only confuse.
const NOT_SOURCE: [&str; 4] = [".cargo-ok", ".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

const UNSAVED: &str = "crate/.patched/rustpython-vm has changes that crate/patches/rustpython-vm.patch lacks.
Keep them with `cargo xtask patch`, or delete crate/.patched.";

fn working_copy() -> PathBuf {
    root().join("crate/.patched/rustpython-vm")
}

fn stamp_file() -> PathBuf {
    root().join("crate/.patched/rustpython-vm.stamp")
}

fn patch_file() -> PathBuf {
    root().join("crate/patches/rustpython-vm.patch")
}

/// Makes the working copy what the patch says, unless it is that already.
pub fn lay_out() -> Outcome {
    let patch = fs::read_to_string(patch_file()).map_err(|error| explain(&patch_file(), &error))?;
    let stamp = fs::read_to_string(stamp_file()).unwrap_or_default();
    let mut stamped = stamp.split_whitespace();
    if stamped.next() == Some(&fingerprint(patch.as_bytes())) && working_copy().is_dir() {
        let untouched = stamped.next() == Some(&tree_fingerprint(&read_tree(&working_copy())?));
        return if untouched { Ok(()) } else { Err(UNSAVED.into()) };
    }
    step("laying out the patched interpreter in crate/.patched");
    let mut wanted = read_tree(&published()?)?;
    apply(&mut wanted, &patch)
        .map_err(|error| format!("crate/patches/rustpython-vm.patch does not apply: {}", error))?;
    let present = if working_copy().is_dir() {
        read_tree(&working_copy())?
    } else {
        Tree::new()
    };
    if present != wanted {
        let untouched = present.is_empty() || stamped.next() == Some(&tree_fingerprint(&present));
        if !untouched {
            return Err(UNSAVED.into());
        }
        write_tree(&working_copy(), &wanted)?;
    }
    write_stamp(&patch, &wanted)
}

/// Writes the patch from the working copy.
pub fn write_patch() -> Outcome {
    let published = published()?;
    let before = read_tree(&published)?;
    let after = read_tree(&working_copy())?;
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let mut patch = String::new();
    for name in names {
        if before.get(name) != after.get(name) {
            patch.push_str(&difference(&published, name)?);
        }
    }
    let mut check = before;
    apply(&mut check, &patch)?;
    if check != after {
        return Err("the patch does not give the working copy again: is one of its files not text?".into());
    }
    fs::write(patch_file(), &patch).map_err(|error| explain(&patch_file(), &error))?;
    step(&format!(
        "wrote crate/patches/rustpython-vm.patch, {} lines",
        patch.lines().count()
    ));
    write_stamp(&patch, &after)
}

fn difference(published: &Path, name: &str) -> Result<String, String> {
    let side = |folder: &Path, label: &str| {
        let path = folder.join(name);
        if path.is_file() {
            (path, format!("{}/{}", label, name))
        } else {
            (PathBuf::from("/dev/null"), "/dev/null".to_string())
        }
    };
    let (old, old_label) = side(published, "a");
    let (new, new_label) = side(&working_copy(), "b");
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
fn published() -> Result<PathBuf, String> {
    let metadata = output(cargo().args([
        "metadata",
        "--quiet",
        "--locked",
        "--format-version=1",
        "--filter-platform=wasm32-unknown-unknown",
        "--manifest-path=crate/patches/fetch/Cargo.toml",
    ]))?;
    let tail = format!("{}{}Cargo.toml\"", PACKAGE, if cfg!(windows) { "\\\\" } else { "/" });
    let end = metadata
        .find(&tail)
        .ok_or_else(|| format!("cargo does not know where {} is", PACKAGE))?
        + PACKAGE.len();
    let start = metadata[..end].rfind('"').map_or(0, |quote| quote + 1);
    Ok(PathBuf::from(metadata[start..end].replace("\\\\", "\\")))
}

fn write_stamp(patch: &str, tree: &Tree) -> Outcome {
    let stamp = format!("{} {}\n", fingerprint(patch.as_bytes()), tree_fingerprint(tree));
    fs::write(stamp_file(), stamp).map_err(|error| explain(&stamp_file(), &error))
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

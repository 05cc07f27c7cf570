//! The packages that programs may import: fetched by hash, and made into one bundle each.
//!
//! A bundle is an archive like the standard library's: a count, then path and text of each file, all preceded by their
//! length. `index.json` beside them says what is in which.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    patch::fingerprint,
    process::{root, run, step, Outcome},
    setup,
};

/// Changes whenever bundles are made in another way from the same wheels.
const FORM: &str = "1";

/// An entry of the lock file.
#[derive(Debug, Default, PartialEq)]
struct Package {
    name: String,
    version: String,
    needs: Vec<String>,
}

/// Where the bundles are: in cargo's target folder, beside the folders in which it leaves the command.
pub fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(target).join("packages")
}

/// Fetches what the lock file names and bundles it, unless that has been done.
pub fn prepare() -> Outcome {
    let lock = root().join("crate/packages/requirements.txt");
    let text = fs::read_to_string(&lock).map_err(|error| explain(&lock, &error))?;
    let stamp = folder().join(".lock-fingerprint");
    let current = format!("{} {}", FORM, fingerprint(text.as_bytes()));
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == current) {
        return Ok(());
    }
    let unpacked = folder().join("unpacked");
    empty(&folder())?;
    fetch(&lock, &unpacked)?;
    let packages = entries(&text);
    let mut index = Vec::new();
    for package in &packages {
        index.push(bundle(package, &unpacked)?);
    }
    write(
        &folder().join("index.json"),
        format!("[\n{}\n]\n", index.join(",\n")).as_bytes(),
    )?;
    fs::remove_dir_all(&unpacked).map_err(|error| explain(&unpacked, &error))?;
    write(&stamp, current.as_bytes())
}

/// Unpacks the wheels of pure Python, for the Python that programs see here and not for the one that runs pip.
fn fetch(lock: &Path, target: &Path) -> Outcome {
    step("fetching the locked Python packages that programs may import");
    let mut pip = setup::pip(&setup::python()?);
    pip.args(["--require-hashes", "--no-deps", "--no-compile", "--only-binary=:all:"]);
    pip.args(["--platform=any", "--implementation=py", "--abi=none"]);
    pip.args(["--python-version=3.14", "--target"]).arg(target);
    run(pip.arg("-r").arg(lock))
}

/// The packages of a lock file, in its order.
fn entries(text: &str) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((name, version)) = words.first().and_then(|word| word.split_once("==")) {
            packages.push(Package {
                name: name.to_string(),
                version: version.to_string(),
                needs: Vec::new(),
            });
        } else if let (["#", "needs", needs @ ..], Some(package)) = (words.as_slice(), packages.last_mut()) {
            package.needs = needs.iter().map(|need| (*need).to_string()).collect();
        }
    }
    packages
}

/// Writes the bundle of a package, and returns its entry in the index.
fn bundle(package: &Package, unpacked: &Path) -> Result<String, String> {
    let information = information_of(package, unpacked)?;
    let record = information.join("RECORD");
    let record = fs::read_to_string(&record).map_err(|error| explain(&record, &error))?;
    let mut names: Vec<&str> = record
        .lines()
        .filter_map(|line| line.split(',').next())
        .filter(|name| !name.starts_with("..") && !name.contains(".dist-info/"))
        .filter(|name| name.ends_with(".py") || is_data(name))
        .collect();
    names.sort_unstable();
    let mut files = Vec::new();
    for name in &names {
        // Nothing here can check a certificate: only that the file is there can matter to a program.
        let text = if name.ends_with(".pem") {
            String::new()
        } else {
            read(&unpacked.join(name))?
        };
        files.push(((*name).to_string(), text));
    }
    files.extend(metadata(package, &information)?);
    let mut modules: Vec<String> = names
        .iter()
        .map(|name| {
            name.split('/')
                .next()
                .unwrap_or(name)
                .trim_end_matches(".py")
                .to_string()
        })
        .collect();
    modules.dedup();
    let file = format!("{}.bin", package.name);
    write(&folder().join(&file), &archive(&files))?;
    Ok(format!(
        "  {{ \"name\": {:?}, \"version\": {:?}, \"file\": {:?}, \"modules\": {:?}, \"needs\": {:?} }}",
        package.name, package.version, file, modules, package.needs
    ))
}

/// Whether a package reads this file itself, rather than a type checker or a compiler.
fn is_data(name: &str) -> bool {
    name.ends_with(".pem") || name.ends_with(".json") || name.ends_with(".txt")
}

/// What `importlib.metadata` and the licences ask for. The description is for a catalogue, not for programs.
fn metadata(package: &Package, information: &Path) -> Result<Vec<(String, String)>, String> {
    let inside = format!("dist-info/{}", package.name);
    let text = read(&information.join("METADATA"))?;
    let head = text.split("\n\n").next().unwrap_or_default();
    let mut files = vec![(format!("{}/METADATA", inside), format!("{}\n", head))];
    let mut folders = vec![information.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| explain(&folder, &error))? {
            let path = entry.map_err(|error| explain(&folder, &error))?.path();
            let name = path.strip_prefix(information).unwrap_or(&path).display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if name.contains("LICENSE") || name.contains("NOTICE") {
                files.push((format!("{}/{}", inside, name), read(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The folder of a package's own description, whose name is spelt in more than one way.
fn information_of(package: &Package, unpacked: &Path) -> Result<PathBuf, String> {
    let wanted = format!("{}-{}.dist-info", package.name.replace('-', "_"), package.version);
    let path = unpacked.join(&wanted);
    if path.is_dir() {
        Ok(path)
    } else {
        Err(format!(
            "{} is not what pip has made of {}",
            path.display(),
            package.name
        ))
    }
}

fn archive(files: &[(String, String)]) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    let mut archive = number(files.len()).to_vec();
    for (path, text) in files {
        for part in [path, text] {
            archive.extend(number(part.len()));
            archive.extend(part.as_bytes());
        }
    }
    archive
}

fn empty(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(explain(folder, &error)),
        _ => {}
    }
    fs::create_dir_all(folder).map_err(|error| explain(folder, &error))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| explain(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| explain(path, &error))
}

fn explain(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {}", path.display(), error)
}

#[cfg(test)]
mod tests {
    use super::{archive, entries, Package};

    #[test]
    fn a_lock_file_says_what_a_package_needs() {
        let text = "# remark\nyarl==1.2 \\\n    --hash=sha256:00\n    # needs idna multidict\nidna==3.0 \\\n    --hash=sha256:11\n";
        let package = |name: &str, version: &str, needs: &[&str]| Package {
            name: name.to_string(),
            version: version.to_string(),
            needs: needs.iter().map(|need| (*need).to_string()).collect(),
        };
        let expected = [
            package("yarl", "1.2", &["idna", "multidict"]),
            package("idna", "3.0", &[]),
        ];
        assert_eq!(entries(text), expected);
    }

    #[test]
    fn an_archive_is_a_count_and_texts_by_length() {
        let files = [("a.py".to_string(), "é".to_string())];
        assert_eq!(archive(&files), b"\x01\0\0\0\x04\0\0\0a.py\x02\0\0\0\xc3\xa9");
    }
}

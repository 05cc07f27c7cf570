//! A wheel of the user's own: a ZIP archive with a package of pure Python, as the binary distribution format lays it out.

use std::{
    fs::File as Input,
    io::{Read, Seek},
    path::Path,
};

use zip::ZipArchive;

use crate::workspace::{File, Wheel};

/// Bytes of text beyond which a wheel is no package that a program for the page would carry.
const LARGEST: u64 = 16 << 20;

/// Reads a wheel; an error in words if it is none, or has compiled code.
pub(super) fn read(path: &Path) -> Result<Wheel, String> {
    let opened = Input::open(path).map_err(|error| error.to_string());
    let wheel = opened.and_then(|input| ZipArchive::new(input).map_err(|error| error.to_string()));
    wheel
        .and_then(|mut archive| unpack(&mut archive))
        .map_err(|reason| format!("{}: {reason}", path.display()))
}

fn unpack(archive: &mut ZipArchive<impl Read + Seek>) -> Result<Wheel, String> {
    let mut wheel = Wheel {
        name: String::new(),
        files: Vec::new(),
    };
    let mut size = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| error.to_string())?;
        let name = entry.name().map_err(|error| error.to_string())?.into_owned();
        if is_compiled(&name) {
            return Err(format!("{name} is compiled code; only wheels of pure Python run here"));
        }
        size += entry.size();
        if size > LARGEST {
            return Err(format!("it is larger than {} MiB", LARGEST >> 20));
        }
        let mut text = String::new();
        // What is no text is not for import, and what is for import is text.
        if entry.is_dir() || entry.read_to_string(&mut text).is_err() {
            continue;
        }
        if let Some((package, rest)) = described(&name) {
            if rest == "METADATA" {
                wheel.name = title(&text).unwrap_or_else(|| package.clone());
            }
            let path = format!("dist-info/{package}/{rest}");
            wheel.files.push(File { path, text });
        } else if let Some(path) = importable(&name) {
            let path = path.to_owned();
            wheel.files.push(File { path, text });
        }
    }
    if wheel.name.is_empty() {
        return Err("it is no wheel: there is no METADATA in it".to_owned());
    }
    wheel.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(wheel)
}

fn is_compiled(name: &str) -> bool {
    [".so", ".pyd", ".dylib"].iter().any(|ending| name.ends_with(ending))
}

/// The package that a file of a `.dist-info` folder describes, with its name as `importlib.metadata` looks for it.
fn described(name: &str) -> Option<(String, &str)> {
    let (folder, rest) = name.split_once(".dist-info/")?;
    let (package, _version) = folder.split_once('-')?;
    Some((package.replace(['_', '.'], "-").to_lowercase(), rest))
}

/// Where a file lies below `sys.path`: those in the `.data` folder say it with their next folder, and the rest is no library.
fn importable(name: &str) -> Option<&str> {
    let Some((_, rest)) = name.split_once(".data/") else {
        return Some(name);
    };
    rest.strip_prefix("purelib/").or_else(|| rest.strip_prefix("platlib/"))
}

/// `Name` and `Version` of a description.
fn title(metadata: &str) -> Option<String> {
    let field = |name: &str| metadata.lines().find_map(|line| line.strip_prefix(name));
    Some(format!("{} {}", field("Name: ")?.trim(), field("Version: ")?.trim()))
}

#[cfg(test)]
mod tests {
    use super::{described, importable, title};

    #[test]
    fn a_description_is_found_by_its_normalised_name() {
        let expected = Some(("tidy-up".to_owned(), "METADATA"));
        assert_eq!(described("Tidy_Up-1.2.dist-info/METADATA"), expected);
        assert_eq!(described("tidy/__init__.py"), None);
        assert_eq!(
            title("Metadata-Version: 2.4\nName: tidy-up\nVersion: 1.2\n").as_deref(),
            Some("tidy-up 1.2")
        );
    }

    #[test]
    fn of_a_data_folder_the_library_is_imported() {
        assert_eq!(importable("tidy/__init__.py"), Some("tidy/__init__.py"));
        assert_eq!(importable("tidy-1.2.data/purelib/tidy.py"), Some("tidy.py"));
        assert_eq!(importable("tidy-1.2.data/scripts/tidy"), None);
    }
}

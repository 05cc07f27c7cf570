//! Packs the standard library into an archive: the modules that a program may import here, as published, and this
//! crate's own host modules in `Lib/`.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

/// What no program here can use: installers, windows, other interfaces, other systems, and tests.
const LEFT_OUT: &[&str] = &[
    "__hello__.py",
    "__phello__",
    "_aix_support.py",
    "_android_support.py",
    "_apple_support.py",
    "_dummy_os.py",
    "_dummy_thread.py",
    "_ios_support.py",
    "_osx_support.py",
    "_py_abc.py",
    "_pyrepl",
    "antigravity.py",
    "compileall.py",
    "ctypes",
    "curses",
    "dbm",
    "doctest.py",
    "dom",
    "dummy_threading.py",
    "ensurepip",
    "ftplib.py",
    "idlelib",
    "imaplib.py",
    "lib2to3",
    "mailbox.py",
    "modulefinder.py",
    "msilib",
    "nturl2path.py",
    "pickletools.py",
    "poplib.py",
    "profile.py",
    "pstats.py",
    "pty.py",
    "pyclbr.py",
    "pydoc.py",
    "pydoc_data",
    "sax",
    "shelve.py",
    "site-packages",
    "smtplib.py",
    "sqlite3",
    "tarfile.py",
    "test",
    "this.py",
    "tkinter",
    "trace.py",
    "turtle.py",
    "turtledemo",
    "venv",
    "wave.py",
    "webbrowser.py",
    "xmlrpc",
    "zipapp.py",
];

/// Of what is left out, what the debugger takes, which test runners import.
const KEPT: &[&str] = &[
    "_pyrepl/__init__.py",
    "_pyrepl/trace.py",
    "_pyrepl/types.py",
    "_pyrepl/utils.py",
];

fn main() {
    println!("cargo::rerun-if-changed=Lib");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=LOOPSCOPE_LIBRARY_OUT");
    let mut files = BTreeMap::new();
    collect(Path::new(rustpython_pylib::LIB_PATH), "", &mut files);
    collect(Path::new("Lib"), "", &mut files);

    let mut archive = Vec::new();
    put_number(&mut archive, files.len());
    for (path, text) in &files {
        put_text(&mut archive, path);
        put_text(&mut archive, text);
    }
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("library.bin");
    fs::write(&target, &archive).expect("the build's own folder can be written");
    if let Some(copy) = env::var_os("LOOPSCOPE_LIBRARY_OUT") {
        fs::write(copy, &archive).expect("LOOPSCOPE_LIBRARY_OUT names a file that can be written");
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let left_out = LEFT_OUT.contains(&name.as_str()) || prefix.starts_with("_pyrepl/");
        let kept = KEPT.iter().any(|kept| kept.starts_with(&path));
        if (left_out && !kept) || name == "__pycache__" {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if entry.path().extension().is_some_and(|extension| extension == "py")
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            files.insert(path, text);
        }
    }
}

fn put_number(archive: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).expect("the archive is far below four gigabytes");
    archive.extend_from_slice(&number.to_le_bytes());
}

fn put_text(archive: &mut Vec<u8>, text: &str) {
    put_number(archive, text.len());
    archive.extend_from_slice(text.as_bytes());
}

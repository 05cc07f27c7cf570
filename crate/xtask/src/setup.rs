//! Installs what is missing on the machine, each thing only if it is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    interpreter,
    patch::fingerprint,
    process::{command, find, output, root, run, step, Outcome, TOOLCHAIN},
};

const COMPONENTS: [&str; 2] = ["clippy", "rustfmt"];
const TARGET: &str = "wasm32-unknown-unknown";
/// What the front end's tools need.
const NODE: (u32, u32) = (20, 19);
const CHROMIUMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];
/// The oldest Firefox that the tests have been seen in: what drives it asks for commands that came late.
const FIREFOX: u32 = 153;

/// Everything that building the site takes.
pub fn for_build() -> Outcome {
    linker()?;
    toolchain()?;
    node()?;
    interpreter::lay_out()?;
    packages("www")?;
    crate::packages::prepare()
}

/// The browsers that tests drive.
pub struct Browsers {
    pub chromium: PathBuf,
    /// Not every system has one that can be driven; its tests are skipped there.
    pub firefox: Option<PathBuf>,
}

/// Everything that the bench and the pictures take besides. Returns the browser.
pub fn for_bench() -> Result<PathBuf, String> {
    packages("tests")?;
    chromium()
}

/// Everything that tests in browsers take besides.
pub fn for_browser_tests() -> Result<Browsers, String> {
    Ok(Browsers {
        chromium: for_bench()?,
        firefox: firefox()?,
    })
}

/// A Python of this project's own, in `target/python`, so that pip changes nothing else. Returns it.
///
/// The system's packages are asked for Python where it is missing, or where it cannot make such a folder.
pub fn python() -> Result<PathBuf, String> {
    let folder = root().join("target/python");
    let python = folder.join("bin/python");
    if python.is_file() {
        return Ok(python);
    }
    if find("python3").is_none() || output(command("python3").args(["-c", "import ensurepip, venv"])).is_err() {
        let needed =
            "The Python packages that programs may import are fetched by pip, and tests run Sphinx and MkDocs.";
        install("python3-venv", needed, "make Python 3.10 or later known as python3")?;
    }
    step("making a Python environment in target/python");
    run(command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    Ok(python)
}

/// A Python with Sphinx and `MkDocs`, for the tests of the documentation tools. Returns it.
pub fn for_documentation_tests() -> Result<PathBuf, String> {
    let lock = root().join("www/python/requirements.txt");
    let text = fs::read(&lock).map_err(|error| format!("{}: {}", lock.display(), error))?;
    let python = python()?;
    let stamp = root().join("target/python/.lock-fingerprint");
    let current = fingerprint(&text);
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == current) {
        return Ok(python);
    }
    step("installing Sphinx and MkDocs, locked, into target/python");
    run(pip(&python).args(["--require-hashes", "-r"]).arg(&lock))?;
    fs::write(&stamp, current).map_err(|error| format!("{}: {}", stamp.display(), error))?;
    Ok(python)
}

/// `pip install`, to which the caller adds what.
pub fn pip(python: &Path) -> Command {
    let mut pip = command(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip
}

fn linker() -> Outcome {
    if find("cc").is_some() {
        return Ok(());
    }
    Err("There is no C linker (cc), which Rust needs. On Debian or Ubuntu:\n    apt-get install gcc libc6-dev".into())
}

/// The pinned Rust. `RUSTUP_AUTO_INSTALL=0` does not matter: this asks for it by name.
pub fn toolchain() -> Outcome {
    if find("rustup").is_none() {
        return Err("There is no rustup in PATH. Install it from https://rustup.rs".into());
    }
    if toolchain_is_complete() {
        return Ok(());
    }
    step(&format!(
        "installing Rust {} (minimal, with {}, clippy and rustfmt)",
        TOOLCHAIN, TARGET
    ));
    let mut install = command("rustup");
    install.args([
        "toolchain",
        "install",
        TOOLCHAIN,
        "--profile",
        "minimal",
        "--no-self-update",
        "--target",
        TARGET,
    ]);
    for component in COMPONENTS {
        install.args(["--component", component]);
    }
    run(&mut install)
}

fn toolchain_is_complete() -> bool {
    let listed = |what: &str| {
        let mut list = command("rustup");
        list.args([what, "list", "--installed", "--toolchain", TOOLCHAIN])
            .stderr(Stdio::null());
        list.output()
            .ok()
            .filter(|output| output.status.success())
            .map(|output| {
                String::from_utf8_lossy(&output.stdout)
                    .lines()
                    .map(str::to_string)
                    .collect::<Vec<_>>()
            })
    };
    let target = listed("target").is_some_and(|lines| lines.iter().any(|line| line == TARGET));
    let components = listed("component").unwrap_or_default();
    target
        && COMPONENTS
            .iter()
            .all(|name| components.iter().any(|line| line.starts_with(name)))
}

fn node() -> Outcome {
    let need = format!("Node {}.{} or later is needed, with npm", NODE.0, NODE.1);
    let hint = "On Debian 13 or Ubuntu 25.04:\n    apt-get install nodejs npm\nor from https://nodejs.org";
    if find("node").is_none() || find("npm").is_none() {
        return Err(format!("{}, and is not in PATH. {}", need, hint));
    }
    let version = output(command("node").arg("--version"))?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < NODE {
        return Err(format!("{}; this is {}. {}", need, version.trim(), hint));
    }
    Ok(())
}

/// The locked npm packages of a folder, again whenever its lock file has changed.
fn packages(folder: &str) -> Outcome {
    let folder = root().join(folder);
    let lock = folder.join("package-lock.json");
    let text = fs::read(&lock).map_err(|error| format!("{}: {}", lock.display(), error))?;
    let stamp = folder.join("node_modules").join(".lock-fingerprint");
    let current = fingerprint(&text);
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == current) {
        return Ok(());
    }
    step(&format!("installing the locked npm packages of {}", folder.display()));
    run(command("npm")
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, current).map_err(|error| format!("{}: {}", stamp.display(), error))
}

/// A Chromium for the tests: the one named by `CHROME_PATH`, one in `PATH`, or one from the system's packages.
fn chromium() -> Result<PathBuf, String> {
    if let Some(path) = env::var_os("CHROME_PATH") {
        let path = PathBuf::from(path);
        if path.is_file() {
            return Ok(path);
        }
        return Err(format!("CHROME_PATH is {}, where there is no file", path.display()));
    }
    let found = || CHROMIUMS.iter().find_map(|name| find(name));
    if let Some(path) = found() {
        return Ok(path);
    }
    let needed = "The browser tests need Chromium, and none was found.";
    install("chromium", needed, "set CHROME_PATH")?;
    found().ok_or_else(|| "Chromium was installed, but is not in PATH: set CHROME_PATH".to_string())
}

/// A Firefox for the tests: the one named by `FIREFOX_PATH`, one in `PATH`, or one from the system's packages.
///
/// `None`, and a line that says so, where there is none to be had: that fails nothing.
fn firefox() -> Result<Option<PathBuf>, String> {
    if let Some(path) = env::var_os("FIREFOX_PATH").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        if path.is_file() {
            return Ok(Some(path));
        }
        return Err(format!("FIREFOX_PATH is {}, where there is no file", path.display()));
    }
    let found = || {
        FIREFOXES
            .iter()
            .filter_map(|name| find(name))
            .find(|path| firefox_version(path).is_some_and(|version| version >= FIREFOX))
    };
    if let Some(path) = found() {
        return Ok(Some(path));
    }
    let why = match install("firefox-esr", "Some browser tests need Firefox.", "set FIREFOX_PATH") {
        Ok(()) => match found() {
            Some(path) => return Ok(Some(path)),
            None => "the system's packages have an older one",
        },
        Err(_) => "none could be installed",
    };
    step(&format!(
        "there is no Firefox {FIREFOX} or later, and {why}: its tests are skipped (FIREFOX_PATH names one)"
    ));
    Ok(None)
}

/// The first number of what a Firefox says of itself. Some systems have a script of that name which only tells how to get one.
fn firefox_version(path: &Path) -> Option<u32> {
    let mut ask = command(path);
    ask.arg("--version").stderr(Stdio::null());
    let output = ask.output().ok().filter(|output| output.status.success())?;
    major(&String::from_utf8_lossy(&output.stdout))
}

fn major(version: &str) -> Option<u32> {
    let number = version
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}

/// Installs one of the system's packages, or says why it is needed and what a person can do instead.
fn install(package: &str, needed: &str, instead: &str) -> Outcome {
    let commands = [
        "apt-get update".to_string(),
        format!("apt-get install --yes --no-install-recommends {package}"),
    ];
    let by_hand = format!(
        "{} Install it:\n    sudo {}\n    sudo {}\nor {}.",
        needed, commands[0], commands[1], instead
    );
    if find("apt-get").is_none() {
        return Err(by_hand);
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if find("sudo").is_some() {
        &["sudo"]
    } else {
        return Err(by_hand);
    };
    for line in &commands {
        step(line);
        let mut words = prefix.iter().copied().chain(line.split(' '));
        let mut install: Command = command(words.next().unwrap_or("apt-get"));
        install.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut install).map_err(|error| format!("{}\n{}", error, by_hand))?;
    }
    Ok(())
}

fn is_root() -> bool {
    Path::new("/proc/self").exists() && output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn a_firefox_says_its_version() {
        assert_eq!(major("Mozilla Firefox 153.0.1esr\n"), Some(153));
        assert_eq!(major("Mozilla Firefox 160.0"), Some(160));
        assert_eq!(
            major("Command '/usr/bin/firefox' requires the firefox snap to be installed."),
            None
        );
    }
}

//! Every test there is: first what the crate alone answers, then what needs the site. All of them run, so that one failure
//! does not hide another.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::{
    process::{cargo, command, root, run, step, Background, Outcome},
    setup::{self, Browsers},
    site,
};

/// A part of the tests that can be asked for by name.
struct Part {
    name: &'static str,
    run: fn(&Browsers) -> Outcome,
}

/// The part that begins with the first: linking the engine takes minutes of one core, which leaves the others to the parts
/// before this one. Cargo keeps the WebAssembly modules in folders that those do not touch.
const BEGINS_AT_ONCE: &str = "site";

const PARTS: [Part; 11] = [
    Part {
        name: "xtask",
        run: |_| run(cargo().args(["test", "--locked"]).args(OF_THIS_PROGRAM)),
    },
    Part {
        name: "format",
        run: |_| format(),
    },
    Part {
        name: "page",
        run: |_| page(),
    },
    Part {
        name: "clippy",
        run: |_| clippy(),
    },
    Part {
        name: "clippy-wasm",
        run: |_| site::clippy(),
    },
    Part {
        name: "rust",
        run: |_| rust(),
    },
    Part {
        name: "conformance",
        run: |_| run(npm("tests").args(["run", "conformance"])),
    },
    Part {
        name: BEGINS_AT_ONCE,
        run: |_| site::build(site::What::Site),
    },
    Part {
        name: "api",
        run: |_| run(npm("www").args(["run", "test"])),
    },
    Part {
        name: "browser",
        run: |browsers| run(driving(browsers).args(["run", "browser"])),
    },
    Part {
        name: "anywhere",
        run: anywhere,
    },
];

const OF_THIS_PROGRAM: [&str; 4] = [
    "--manifest-path",
    "crate/xtask/Cargo.toml",
    "--target-dir",
    "target/xtask",
];

/// Runs the named parts, or all of them.
fn run_parts(browsers: &Browsers, wanted: &[String]) -> Outcome {
    let mut summary = Vec::new();
    let mut failures = 0;
    let parts: Vec<_> = PARTS
        .iter()
        .filter(|part| wanted.is_empty() || wanted.iter().any(|name| name == part.name))
        .collect();
    let mut site = match parts.iter().position(|part| part.name == BEGINS_AT_ONCE) {
        Some(1..) => Some(build_meanwhile()?),
        _ => None,
    };
    for part in parts {
        step(&format!("test: {}", part.name));
        let started = Instant::now();
        let begun = if part.name == BEGINS_AT_ONCE { site.take() } else { None };
        let result = begun.map_or_else(|| (part.run)(browsers), Background::wait);
        let verdict = match &result {
            Ok(()) => "passed".to_string(),
            Err(message) => format!("FAILED: {}", message),
        };
        failures += usize::from(result.is_err());
        summary.push(format!(
            "  {:12} {:4} s  {}",
            part.name,
            started.elapsed().as_secs(),
            verdict
        ));
    }
    println!("\n{}", summary.join("\n"));
    if failures == 0 {
        Ok(())
    } else {
        Err(format!("{} of {} parts failed", failures, summary.len()))
    }
}

/// What `cargo xtask build` does, beside other parts.
fn build_meanwhile() -> Result<Background, String> {
    step("building the site meanwhile; what it prints follows in its turn");
    let program = std::env::current_exe().map_err(|error| format!("this program is not found: {}", error))?;
    Background::start(command(program).arg("build"), &root().join("target/site.log"))
}

/// Installs what the tests need, and runs them.
pub fn run_all(wanted: &[String]) -> Outcome {
    let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!(
            "there is no part {:?} of the tests; there are {}",
            unknown,
            names.join(", ")
        ));
    }
    setup::for_build()?;
    let browsers = setup::for_browser_tests()?;
    run_parts(&browsers, wanted)
}

/// Cargo passes on what follows `--`: it finds no module that a macro declares, so the rules are named to it.
fn format() -> Outcome {
    let rules = rust_files("crate/src/analysis/rules")?;
    run(cargo()
        .args(["fmt", "--check", "--package", "loopscope", "--"])
        .args(rules))?;
    run(cargo().args(["fmt", "--check", "--manifest-path", "crate/xtask/Cargo.toml"]))
}

/// Relative to the repository.
fn rust_files(folder: &str) -> Result<Vec<PathBuf>, String> {
    let path = root().join(folder);
    let cannot_read = |error| format!("cannot read {}: {}", path.display(), error);
    let mut files = Vec::new();
    for entry in path.read_dir().map_err(cannot_read)? {
        let file = Path::new(folder).join(entry.map_err(cannot_read)?.file_name());
        if file.extension() == Some(OsStr::new("rs")) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Clippy where the tests are compiled, so that both take one compilation. What it finds fails this part, and hides no test.
fn clippy() -> Outcome {
    run(linted("build").arg("--all-targets").env("CARGO_BUILD_WARNINGS", "deny"))?;
    run(cargo()
        .args(["clippy", "--locked", "--all-targets"])
        .args(OF_THIS_PROGRAM)
        .args(["--", "-D", "warnings"]))
}

/// The command itself is built as well: later parts compare the page with it.
fn rust() -> Outcome {
    run(&mut linted("test"))?;
    run(&mut linted("build"))
}

/// Cargo, with Clippy as the compiler of this crate.
fn linted(subcommand: &str) -> Command {
    let mut cargo = cargo();
    cargo
        .args([subcommand, "--locked"])
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo
}

/// What can be said of the front end without running it.
fn page() -> Outcome {
    for script in ["typecheck", "lint", "format:check"] {
        run(npm("www").args(["run", script]))?;
    }
    Ok(())
}

/// The ways in which the project is used, as their users use them.
fn anywhere(browsers: &Browsers) -> Outcome {
    let python = setup::for_documentation_tests()?;
    run(driving(browsers)
        .args(["run", "anywhere"])
        .env("LOOPSCOPE_PYTHON", python))
}

/// Tests that drive browsers. They are told that there is no Firefox rather than left to look for one themselves.
fn driving(browsers: &Browsers) -> Command {
    let firefox = browsers.firefox.as_deref().unwrap_or(Path::new(""));
    let mut tests = npm("tests");
    tests
        .env("CHROME_PATH", &browsers.chromium)
        .env("FIREFOX_PATH", firefox);
    tests
}

fn npm(folder: &str) -> Command {
    let mut npm = command("npm");
    npm.current_dir(root().join(folder));
    npm
}

//! The static site: both WebAssembly modules by cargo, everything after that by Node.

use std::{fs, path::PathBuf, process::Command, time::Instant};

use crate::process::{cargo, node, root, run, step, Outcome};

const TARGET: &str = "wasm32-unknown-unknown";

/// Browsers take eight times as long for an instruction that copies a few bytes as for the loads and stores that do the same,
/// which the compiler would write on any other machine: so many of them stand for a copy.
const SHORT_COPIES: &str = "llvm-args=-max-store-memcpy=8 -max-store-memmove=8 -max-store-memset=8";

/// One of the two modules that the crate is built into, by feature.
struct Module {
    feature: &'static str,
    profile: &'static str,
}

/// The interpreter is built for speed. The analysis is small and waits for the reader, so it is built for size.
const MODULES: [Module; 2] = [
    Module {
        feature: "engine",
        profile: "wasm",
    },
    Module {
        feature: "analysis",
        profile: "wasm-small",
    },
];

/// What to make of the modules.
#[derive(Clone, Copy)]
pub enum What {
    /// `www/dist`, with everything that is in it.
    Site,
    /// Only `www/dist/loopscope.html`, the playground as one file.
    SingleFile,
}

/// Builds the modules, and what is made of them.
pub fn build(what: What) -> Outcome {
    let parts = root().join("target/site/parts");
    fs::create_dir_all(&parts).map_err(|error| format!("{}: {}", parts.display(), error))?;
    for module in &MODULES {
        let started = Instant::now();
        step(&format!("compiling {}.wasm", module.feature));
        run(module.build().env("LOOPSCOPE_LIBRARY_OUT", parts.join("library.bin")))?;
        let target = parts.join(format!("{}.wasm", module.feature));
        copy_if_changed(module.artifact(), target)?;
        step(&format!(
            "{}.wasm took {} s",
            module.feature,
            started.elapsed().as_secs()
        ));
    }
    let mut make = node();
    make.arg("build/site.mjs");
    if matches!(what, What::SingleFile) {
        make.arg("--single-file");
    }
    run(&mut make)
}

/// Clippy, for what only the WebAssembly modules compile.
pub fn clippy() -> Outcome {
    MODULES.iter().try_for_each(|module| {
        let mut clippy = cargo();
        clippy.args([
            "clippy",
            "--locked",
            "--target",
            TARGET,
            "--lib",
            "--no-default-features",
            "--features",
        ]);
        run(clippy.args([module.feature, "--", "-D", "warnings"]))
    })
}

impl Module {
    /// The library as a module and nothing else: a crate that Rust programs can use as well would be optimised less.
    fn build(&self) -> Command {
        let mut cargo = cargo();
        cargo.args([
            "rustc",
            "--package=loopscope",
            "--lib",
            "--crate-type=cdylib",
            "--locked",
        ]);
        cargo.args(["--profile", self.profile, "--target", TARGET]);
        cargo.args(["--no-default-features", "--features", self.feature]);
        cargo.args(["--", "-C", SHORT_COPIES]);
        cargo
    }

    fn artifact(&self) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        root()
            .join(target)
            .join(TARGET)
            .join(self.profile)
            .join("loopscope.wasm")
    }
}

/// Leaves the time of an unchanged file alone, which is what the steps after this one go by.
fn copy_if_changed(source: PathBuf, target: PathBuf) -> Outcome {
    let bytes = fs::read(&source).map_err(|error| format!("{}: {}", source.display(), error))?;
    if fs::read(&target).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(&target, bytes).map_err(|error| format!("{}: {}", target.display(), error))
}

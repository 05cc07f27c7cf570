//! The project's commands, as the first thing typed after a clone: `cargo xtask play|test|build|bench`.
//!
//! Each installs what it needs and is not there, and says so: the pinned toolchain, the patched interpreter, the
//! locked npm packages, the locked Python packages that programs may import, a Chromium and a Firefox for the tests.

mod interpreter;
mod packages;
mod patch;
mod process;
mod setup;
mod site;
mod test;

use std::process::ExitCode;

use process::Outcome;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  play     build the site and serve it on loopback
  test     run every test there is
  build    build the static site into www/dist; with --single-file only the one file www/dist/loopscope.html
  bench    measure it beside Pyodide, in Chromium
  setup    only install what the others need
  packages only fetch the Python packages that programs may import
  patch    write crate/patches/*.patch from the working copies in crate/.patched";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.first().map(String::as_str) {
        Some("play") => play(&arguments[1..]),
        Some("test") => test::run_all(&arguments[1..]),
        Some("build") => build(&arguments[1..]),
        Some("bench") => bench(&arguments[1..]),
        Some("setup") => setup::for_build().and_then(|()| setup::for_browser_tests()).map(|_| ()),
        Some("packages") => packages::prepare(),
        Some("patch") => setup::toolchain().and_then(|()| interpreter::write_patches()),
        Some("help" | "--help" | "-h") => {
            println!("{}", USAGE);
            Ok(())
        }
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{}", message);
            ExitCode::FAILURE
        }
    }
}

fn build(arguments: &[String]) -> Outcome {
    let what = match arguments {
        [] => site::What::Site,
        [flag] if flag == "--single-file" => site::What::SingleFile,
        _ => return Err("usage: cargo xtask build [--single-file]".to_string()),
    };
    setup::for_build()?;
    site::build(what)
}

fn play(arguments: &[String]) -> Outcome {
    setup::for_build()?;
    site::build(site::What::Site)?;
    process::run(process::node().arg("build/serve.mjs").arg("dist").args(arguments))
}

fn bench(arguments: &[String]) -> Outcome {
    setup::for_build()?;
    let chromium = setup::for_bench()?;
    site::build(site::What::Site)?;
    // The native command is measured as it would be installed.
    process::run(process::cargo().args(["build", "--release", "--locked"]))?;
    let tests = process::root().join("tests");
    process::run(
        process::command("node")
            .current_dir(tests)
            .env("CHROME_PATH", chromium)
            .arg("bench/run.mjs")
            .args(arguments),
    )
}

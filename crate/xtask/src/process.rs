//! Starting other programs, with errors that say which one failed.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// What a step comes to: done, or what to tell the person.
pub type Outcome = Result<(), String>;

/// The toolchain that everything but this program is built with.
pub const TOOLCHAIN: &str = "1.97.0";

/// The repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Says what is being done.
pub fn step(what: &str) {
    println!("→ {}", what);
}

/// A command in the repository, without what cargo and rustup told this program about its own build.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_this_build = ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC", "OUT_DIR"].contains(&text.as_ref())
            || text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text.starts_with("CARGO_BIN_");
        if of_this_build {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo of the pinned toolchain. Flags for the WebAssembly modules stand in `.cargo/config.toml`, which a `RUSTFLAGS`
/// from outside would replace.
pub fn cargo() -> Command {
    let mut command = command("rustup");
    command.args(["run", TOOLCHAIN, "cargo"]);
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Node, in the front end's folder.
pub fn node() -> Command {
    let mut command = command("node");
    command.current_dir(root().join("www"));
    command
}

/// Runs a command to its end; what it prints is shown.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {}", describe(command), status))
    }
}

/// A command that runs beside others. What it prints is kept in a file, to be shown in one piece.
pub struct Background {
    child: Child,
    description: String,
    log: PathBuf,
}

impl Background {
    /// Starts a command, which writes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self, String> {
        let cannot_write = |error| format!("{}: {}", log.display(), error);
        let output = fs::File::create(log).map_err(cannot_write)?;
        let errors = output.try_clone().map_err(cannot_write)?;
        let child = command.stdin(Stdio::null()).stdout(output).stderr(errors).spawn();
        Ok(Background {
            child: child.map_err(|error| cannot_start(command, &error))?,
            description: describe(command),
            log: log.to_path_buf(),
        })
    }

    /// Waits for the command's end, and shows what it printed.
    pub fn wait(mut self) -> Outcome {
        let status = self.child.wait();
        let printed = fs::read(&self.log).map_err(|error| format!("{}: {}", self.log.display(), error))?;
        println!("{}", String::from_utf8_lossy(&printed));
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{} ended with {}", self.description, status)),
            Err(error) => Err(format!("{}: {}", self.description, error)),
        }
    }
}

/// Runs a command and returns what it printed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", describe(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{} printed something else than text", describe(command)))
}

/// Where a program is, going by `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {}", describe(command), error)
}

fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

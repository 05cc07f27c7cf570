//! The interpreter and its host: workspace and options in, trace out.
//!
//! Architecture invariant: the engine knows no rule and no view. Everything it has to say is an event.

pub(crate) mod asyncio;
mod blocking;
mod clock;
mod code;
mod cost;
mod describe;
mod entropy;
mod gil;
mod given;
mod host;
mod lanes;
mod library;
mod limits;
#[cfg(not(target_arch = "wasm32"))]
mod mathematics;
#[cfg(unix)]
pub mod native;
#[cfg(not(target_arch = "wasm32"))]
pub mod packages;
mod preload;
mod primitives;
mod profile;
mod program;
mod quick;
pub mod recorder;
mod schedule;
mod stacks;
mod syntax;

use std::cell::RefCell;

use rustpython_vm::{Interpreter, Settings, observe};

pub use preload::Preload;

use crate::{
    trace::event::Outcome,
    workspace::{Options, Workspace},
};

/// Native modules that wait for, or talk to, an operating system: `Lib/` has their stand-ins.
const REPLACED: &[&str] = &["_asyncio", "_queue", "_socket"];

/// An interpreter that has imported what asyncio programs need, and has run nothing yet. It serves one run: what
/// comes after starts from a copy, of the process or of the WebAssembly memory.
pub struct Engine {
    interpreter: Interpreter,
    preloaded: RefCell<Preload>,
}

impl Engine {
    /// Starts the interpreter. This takes most of a second, which is why it is done once, and copied.
    ///
    /// # Panics
    /// If the library does not start, which is a fault of the build.
    #[must_use]
    pub fn start() -> Self {
        cost::install();
        entropy::seed(0);
        observe::install(observe::Hooks {
            limit: limits::checkpoint,
            native_limit: limits::native_checkpoint,
            created: recorder::coroutine_created,
            dropped: recorder::coroutine_dropped,
            destroyed: recorder::object_destroyed,
            raised: recorder::raised,
            handling: recorder::exception_handling,
            is_host: |code| {
                let path = code.source_path().as_str();
                path == program::BOOTSTRAP_PATH || library::is_host_module(path)
            },
        });
        let mut settings = Settings::default();
        settings.hash_seed = Some(0);
        settings.install_signal_handlers = false;
        settings.ignore_environment = true;
        settings.isolated = true;
        let builder = Interpreter::builder(settings);
        let mut standard = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
        standard.retain(|module| !REPLACED.contains(&module.name.as_str()));
        let own = [
            host::module_def(&builder.ctx),
            lanes::module_def(&builder.ctx),
            asyncio::module_def(&builder.ctx),
        ];
        let interpreter = builder.add_native_modules(&standard).add_native_modules(&own).build();
        interpreter.enter(|vm| {
            if let Err(error) = program::bootstrap(vm) {
                let mut text = String::new();
                let _ = vm.write_exception(&mut text, &error);
                panic!("the library does not start: {text}");
            }
        });
        Self {
            interpreter,
            preloaded: RefCell::default(),
        }
    }

    /// Imports packages for the run to come, unless that has been done.
    pub fn preload(&self, wanted: Preload) {
        if wanted.is_empty() || *self.preloaded.borrow() == wanted {
            return;
        }
        let imported = self.interpreter.enter(|vm| wanted.import(vm));
        debug_assert!(imported.is_ok(), "what cannot be imported is passed over");
        self.preloaded.replace(wanted);
    }

    /// Runs one program and hands its trace to `sink`, batch by batch; the last event is the outcome.
    pub fn run(&self, workspace: &Workspace, options: &Options, sink: fn(&[u8])) {
        crate::memory::cap();
        self.preload(Preload::of(workspace));
        recorder::start(&workspace.files, options.record, sink);
        given::start(workspace, options);
        entropy::seed(options.seed);
        schedule::start(options);
        let outcome = self.interpreter.enter(|vm| {
            clock::start();
            program::prepare(vm, workspace);
            clock::start();
            gil::start();
            limits::start(&options.limits);
            let outcome = program::run(vm, workspace);
            limits::lift();
            outcome
        });
        recorder::ended(outcome);
        blocking::finish();
    }
}

/// What a panic of ours reports.
#[must_use]
pub fn internal_error(message: &str) -> Outcome {
    Outcome::Internal {
        message: message.to_owned(),
    }
}

/// Wall milliseconds, for deciding when a batch is handed on, and for nothing else.
#[cfg(target_arch = "wasm32")]
fn host_clock() -> f64 {
    crate::bindings::engine::now()
}

/// Wall milliseconds, for deciding when a batch is handed on. Natively batches are handed on by size alone.
#[cfg(not(target_arch = "wasm32"))]
fn host_clock() -> f64 {
    0.0
}

/// An allocation is about to be refused, which ends this process or instance, unless the interpreter can go on without it:
/// then the run ends at its next instruction.
pub(crate) fn out_of_memory() {
    #[cfg(target_arch = "wasm32")]
    limits::reach(crate::trace::event::Limit::Memory);
    #[cfg(all(unix, not(target_arch = "wasm32")))]
    native::leave_out_of_memory();
}

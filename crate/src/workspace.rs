//! What is run, and how: the two inputs of a run. Equal inputs give equal traces.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The files of one program and its entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Workspace {
    /// The path of the file that is run as `__main__`, as in `files`; ignored when `module` is given.
    pub entry: String,
    pub files: Vec<File>,
    /// Run this module as `python -m` would.
    pub module: Option<String>,
    /// `sys.argv[1:]`.
    pub arguments: Vec<String>,
    /// What `input()` and `sys.stdin` read.
    pub input: String,
    /// Packages of the user's own. A program imports them as it does the library: they are no part of the program.
    pub wheels: Vec<Wheel>,
}

/// The texts of a wheel, a package of pure Python. What it has goes before a package of the same name that is at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Wheel {
    /// Name and version, as the wheel gives them: `tidy 1.2`.
    pub name: String,
    /// By their paths below `sys.path`: `tidy/__init__.py`. Its description is `dist-info/tidy/METADATA`.
    pub files: Vec<File>,
}

/// One file of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Relative to the workspace, with `/` between folders.
    pub path: String,
    // Shared, since everyone who has the workspace holds its texts, and a folder may have many.
    #[cfg_attr(test, ts(type = "string"))]
    pub text: Arc<str>,
}

/// The options of a run. [`Options::default`] is what the playground starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, by name in JSON"
)]
pub struct Options {
    /// Seeds `random`, `uuid4` and `os.urandom`.
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// `asyncio.get_event_loop()` makes a loop where there is none, as Python up to 3.11 did.
    pub classic_policy: bool,
    /// `PYTHONASYNCIODEBUG`.
    pub debug: bool,
    /// Collect garbage after every step, not only when the loop goes idle.
    pub collect_every_step: bool,
    /// Collect garbage once, after the first step that ends at this time or later, in virtual nanoseconds; 0 for never.
    #[cfg_attr(test, ts(type = "number"))]
    pub collect_at: u64,
    /// A call that blocks for less than this is not worth a word, in virtual nanoseconds. Default 1 ms.
    #[cfg_attr(test, ts(type = "number"))]
    pub short_block: u64,
    /// Whether to record anything beyond output and outcome. Off only to measure what recording costs.
    pub record: bool,
    /// A step longer than this is reported as blocked, in virtual nanoseconds. Default 100 ms, as `CPython`'s debug mode.
    #[cfg_attr(test, ts(type = "number"))]
    pub slow_step: u64,
    /// A step longer than this never gave anything else a turn, in virtual nanoseconds. Default one second.
    #[cfg_attr(test, ts(type = "number"))]
    pub long_step: u64,
    /// So many tasks made at one place and alive at once are a crowd. Default 100.
    pub many_tasks: u32,
    /// So many turns in a row spent asking again are a busy wait. Default 50.
    pub busy_turns: u32,
    /// What the simulated network is like.
    pub network: Network,
    /// Signals that the program is sent.
    pub signals: Vec<Signal>,
    /// Varies what asyncio does not promise: how long that takes which stands for work outside of the loop (a sleep longer
    /// than 0, the network's latency, the sleeps of threads). Each number is another such order of things; 0 is as written.
    #[cfg_attr(test, ts(type = "number"))]
    pub schedule: u64,
    /// A cancellation that one of the program's tasks gets from outside.
    pub cancel: Option<Cancellation>,
    pub limits: Limits,
}

/// The lines between the simulated machines, one like the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Network {
    /// How long a packet travels, in virtual nanoseconds. Default 100 µs.
    #[cfg_attr(test, ts(type = "number"))]
    pub latency: u64,
    /// Bytes a second; 0 for no bound.
    #[cfg_attr(test, ts(type = "number"))]
    pub bandwidth: u64,
    /// Of a thousand packets, how many are lost. A stream sends them again, which takes time.
    pub loss: u32,
    /// The moment at which all connections break, in virtual nanoseconds; 0 for never.
    #[cfg_attr(test, ts(type = "number"))]
    pub disconnect: u64,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            latency: 100_000,
            bandwidth: 0,
            loss: 0,
            disconnect: 0,
        }
    }
}

/// A signal that arrives from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Signal {
    /// Its number: 2 for SIGINT, 15 for SIGTERM.
    pub number: u32,
    /// When it arrives, in virtual nanoseconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
}

/// A cancellation of one task at one `await`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Cancellation {
    /// The task, by its place in the order in which the run's tasks are made. Counts from 1.
    pub task: u32,
    /// Which time it gives control away, of all the times it does. Counts from 1.
    pub step: u32,
}

/// What tells a run from the one as written: the part of the options that exploration varies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Variation {
    #[cfg_attr(test, ts(type = "number"))]
    pub schedule: u64,
    pub cancel: Option<Cancellation>,
}

impl Options {
    /// The same options under another schedule.
    #[must_use]
    pub fn varied(&self, variation: Variation) -> Self {
        Self {
            schedule: variation.schedule,
            cancel: variation.cancel,
            ..self.clone()
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 0,
            classic_policy: false,
            debug: false,
            collect_every_step: false,
            collect_at: 0,
            short_block: 1_000_000,
            record: true,
            slow_step: 100_000_000,
            long_step: 1_000_000_000,
            many_tasks: 100,
            busy_turns: 50,
            network: Network::default(),
            signals: Vec::new(),
            schedule: 0,
            cancel: None,
            limits: Limits::default(),
        }
    }
}

/// What ends a run that would not end. Reaching one is an outcome, never an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Limits {
    /// Virtual nanoseconds, jumps included. Default one hour.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    /// Virtual nanoseconds of counted work. Default four seconds, which is some six of real time. Natively fifteen times as
    /// much of the processor's time ends a run as well, however little of it was counted.
    #[cfg_attr(test, ts(type = "number"))]
    pub work: u64,
    /// Default 1,000,000.
    pub events: u32,
    /// Bytes of output. Default 1 MiB.
    pub output: u32,
    /// Bytes of memory, natively; the WebAssembly module has its own maximum of the same size. Default 512 MiB.
    pub memory: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: 3_600_000_000_000,
            work: 4_000_000_000,
            events: 1_000_000,
            output: 1 << 20,
            memory: 512 << 20,
        }
    }
}

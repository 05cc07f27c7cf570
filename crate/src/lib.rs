//! loopscope runs async Python on a virtual clock and shows what the event loop did to it.
//!
//! Data flows one way; the modules stand in that order:
//! workspace → (compile, run) engine → events in a trace → state → rules → diagnostics → views.

pub mod workspace;
pub mod directives;
#[cfg(feature = "engine")]
pub mod engine;
pub mod trace;
#[cfg(feature = "analysis")]
pub mod analysis;
#[cfg(feature = "command")]
pub mod command;
#[cfg(target_arch = "wasm32")]
mod bindings;
#[cfg(all(test, feature = "analysis"))]
mod schema;

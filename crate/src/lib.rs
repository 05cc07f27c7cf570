//! loopscope runs async Python on a virtual clock and shows what the event loop did to it.
//!
//! Data flows one way; the modules stand in that order:
//! workspace → (compile, run) engine → events in a trace → state → rules → diagnostics → views.

#[cfg(feature = "analysis")]
pub mod analysis;
#[cfg(target_arch = "wasm32")]
mod bindings;
#[cfg(feature = "command")]
pub mod command;
pub mod directives;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "analysis")]
pub mod explore;
pub mod memory;
#[cfg(all(test, feature = "analysis"))]
mod schema;
pub mod trace;
pub mod workspace;

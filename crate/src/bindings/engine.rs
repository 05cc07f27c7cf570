//! The engine's side of its WebAssembly module: bytes in, batches out, and a few questions to the host.
//!
//! No JavaScript object is ever held here, so that the memory can be copied and put back as it is.

use std::{cell::RefCell, collections::BTreeMap};

use rustpython_common::encodings::cjk;
use rustpython_unicode::tables::{self, Table};
use serde::Deserialize;

use super::{answer, take};
use crate::{
    engine::{Engine, Preload, internal_error, recorder},
    workspace::{Options, Workspace},
};

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    fn emit(pointer: *const u8, length: u32);
    fn library(pointer: *const u8, length: u32) -> i64;
    #[link_name = "kept_code"]
    fn host_kept_code(path: *const u8, length: u32) -> i64;
    #[link_name = "keep_code"]
    fn host_keep_code(path: *const u8, path_length: u32, code: *const u8, length: u32);
    fn clock_ms() -> f64;
    fn panic(pointer: *const u8, length: u32);
    fn left_out() -> !;
}

thread_local! {
    static ENGINE: RefCell<Option<&'static Engine>> = const { RefCell::new(None) };
}

/// Wall milliseconds, which decide only when a batch is handed on.
pub(crate) fn now() -> f64 {
    // SAFETY: the host answers with a number.
    unsafe { clock_ms() }
}

/// A file of the standard library that is not in the started interpreter.
pub(crate) fn library_source(path: &str) -> Option<String> {
    // SAFETY: the host reads the path at once; what it answers is a buffer it allocated here, or a negative number.
    let found = unsafe { library(path.as_ptr(), length(path.as_bytes())) };
    // SAFETY: as above.
    String::from_utf8(unsafe { received(found) }?).ok()
}

/// The code that a run before this one has left for a module.
pub(crate) fn kept_code(path: &str) -> Option<Vec<u8>> {
    // SAFETY: as for `library_source`.
    unsafe { received(host_kept_code(path.as_ptr(), length(path.as_bytes()))) }
}

/// Leaves code for the runs to come.
pub(crate) fn keep_code(path: &str, code: &[u8]) {
    // SAFETY: the host copies both before it returns.
    unsafe { host_keep_code(path.as_ptr(), length(path.as_bytes()), code.as_ptr(), length(code)) }
}

/// What the host has answered with: a buffer's place and length in one number, or a negative one for nothing.
///
/// # Safety
/// The buffer was allocated with `allocate`, and belongs to the caller from now on.
unsafe fn received(found: i64) -> Option<Vec<u8>> {
    let found = u64::try_from(found).ok()?;
    let (pointer, length) = (
        u32::try_from(found >> 32).ok()?,
        u32::try_from(found & 0xFFFF_FFFF).ok()?,
    );
    // SAFETY: the caller's contract.
    Some(unsafe { take(pointer, length) })
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn sink(batch: &[u8]) {
    // SAFETY: the host copies the batch before it returns.
    unsafe { emit(batch.as_ptr(), length(batch)) }
}

/// Starts the interpreter. The build calls it once, and ships the memory it leaves.
#[unsafe(no_mangle)]
pub extern "C" fn initialise() {
    std::panic::set_hook(Box::new(|info| {
        // The parser asks for more stack and panics where memory has none: an end of memory like any other, which the
        // host knows by its silence.
        if info.payload_as_str() == Some("unable to allocate stack") {
            return;
        }
        let message = format!("{info}");
        // SAFETY: the host reads the message at once.
        unsafe { panic(message.as_ptr(), length(message.as_bytes())) }
    }));
    ENGINE.with(|slot| {
        slot.borrow_mut()
            .get_or_insert_with(|| Box::leak(Box::new(Engine::start())));
    });
}

/// Where the tables are that are shipped apart from the rest of the memory, as JSON: place and length of each, in bytes,
/// by the group that the interpreter asks for. For the build.
#[unsafe(no_mangle)]
pub extern "C" fn tables() -> u64 {
    let places = Table::ALL.map(|table| match table {
        Table::Names => (table.name(), tables::names().to_vec()),
        Table::Encodings => (table.name(), cjk::places().to_vec()),
    });
    answer(serde_json::to_vec(&BTreeMap::from(places)).unwrap_or_default())
}

/// What the build puts in the place of functions that few programs call: the host fetches all of them and begins again.
#[unsafe(no_mangle)]
pub extern "C" fn leave_out() {
    // SAFETY: the host leaves the module for good.
    unsafe { left_out() }
}

fn engine() -> Option<&'static Engine> {
    ENGINE.with(|slot| *slot.borrow())
}

/// What to run, as JSON.
#[derive(Deserialize)]
struct Request {
    workspace: Workspace,
    #[serde(default)]
    options: Options,
}

/// What [`preload`] is to import for a run, as JSON; empty for nothing. The bytes are answered as [`answer`] does.
///
/// # Safety
/// The bytes were allocated with `allocate`, and belong to this call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wanted(pointer: u32, length: u32) -> u64 {
    // SAFETY: the caller's contract.
    let bytes = unsafe { take(pointer, length) };
    // A request that cannot be read wants nothing; `run` says what is wrong with it.
    let wanted = serde_json::from_slice::<Request>(&bytes).map(|request| Preload::of(&request.workspace));
    let wanted = wanted.ok().filter(|wanted| !wanted.is_empty());
    answer(
        wanted
            .and_then(|wanted| serde_json::to_vec(&wanted).ok())
            .unwrap_or_default(),
    )
}

/// Imports what is wanted for a run. The host may keep a copy of the memory for the next run that wants the same.
///
/// # Safety
/// The bytes, an answer of [`wanted`], were allocated with `allocate`, and belong to this call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn preload(pointer: u32, length: u32) {
    // SAFETY: the caller's contract.
    let bytes = unsafe { take(pointer, length) };
    if let (Ok(wanted), Some(engine)) = (serde_json::from_slice(&bytes), engine()) {
        engine.preload(wanted);
    }
}

/// Runs one program; its trace goes to `emit`.
///
/// # Safety
/// The bytes were allocated with `allocate`, and belong to this call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(pointer: u32, length: u32) {
    crate::memory::keep_small_blocks();
    // SAFETY: the caller's contract.
    let bytes = unsafe { take(pointer, length) };
    match (serde_json::from_slice::<Request>(&bytes), engine()) {
        (Ok(request), Some(engine)) => engine.run(&request.workspace, &request.options, sink),
        (Err(error), _) => fail(&format!("the request cannot be read: {error}")),
        (Ok(_), None) => fail("the interpreter has not been started"),
    }
}

fn fail(message: &str) {
    recorder::start(&[], false, sink);
    recorder::ended(internal_error(message));
}

/// Hands on what is still held back. It may be called after a trap.
#[unsafe(no_mangle)]
pub extern "C" fn flush() {
    recorder::flush();
}

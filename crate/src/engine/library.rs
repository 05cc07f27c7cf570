//! The standard library as published: an archive of sources, made by `build.rs`.
//!
//! Natively it is part of the binary. In the browser it is an asset of its own beside the engine, which holds the
//! modules imported at start-up already; the host looks the others up.

#[cfg(not(target_arch = "wasm32"))]
use super::packages;

/// The source of a library file such as `asyncio/tasks.py`, if there is one.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn source(path: &str) -> Option<String> {
    use std::{collections::HashMap, sync::LazyLock};

    static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));
    static FILES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| entries(ARCHIVE).collect());
    FILES.get(path).map(|text| (*text).to_owned())
}

/// The source of a library file such as `asyncio/tasks.py`, if there is one.
#[cfg(target_arch = "wasm32")]
pub(super) fn source(path: &str) -> Option<String> {
    crate::bindings::engine::library_source(path)
}

/// What the host's names for files of packages begin with.
#[cfg(target_arch = "wasm32")]
const PACKAGES: &str = "site-packages/";

/// A file of a package, such as `aiohttp/web.py`, if the host has it.
#[cfg(target_arch = "wasm32")]
pub(super) fn package(path: &str) -> Option<String> {
    crate::bindings::engine::library_source(&format!("{PACKAGES}{path}"))
}

/// A file of a package, such as `aiohttp/web.py`, if this run has it.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn package(path: &str) -> Option<String> {
    packages::source(path)
}

/// Where a program finds the library.
const ROOT: &str = "/usr/lib/python3.14/";

/// Whether a path is that of a module which stands in for an operating system.
pub(super) fn is_host_module(path: &str) -> bool {
    const PLAIN: &[&str] = &["fcntl.py", "posix.py", "select.py", "termios.py", "time.py"];
    path.strip_prefix(ROOT)
        .is_some_and(|name| name.starts_with('_') || PLAIN.contains(&name))
}

/// Whether a path is that of a library module that has no part in loops and threads.
pub(super) fn is_elsewhere(path: &str) -> bool {
    path.strip_prefix(ROOT)
        .is_some_and(|name| !name.starts_with("asyncio/"))
}

/// The files of an archive: a count, then path and text of each, all preceded by their length.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn entries(archive: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    let count = archive.first_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let mut position = 4;
    (0..count).map_while(move |_| {
        let mut text = || {
            let length = archive.get(position..position + 4)?.first_chunk::<4>()?;
            let start = position + 4;
            position = start + u32::from_le_bytes(*length) as usize;
            std::str::from_utf8(archive.get(start..position)?).ok()
        };
        Some((text()?, text()?))
    })
}

//! The allocator: the system's, counted.
//!
//! In WebAssembly the memory grows by large steps, and small blocks pass through a [`shelf`]. Where programs run, one that
//! takes too much ends at the next checkpoint; a single allocation beyond the cap is refused, which ends the process or the
//! WebAssembly instance.

#![expect(
    clippy::inline_always,
    reason = "the shim that everything allocates through is worth no second call, and is too large to be inlined unasked"
)]

#[cfg(target_family = "wasm")]
mod shelf;

#[cfg(not(target_family = "wasm"))]
use std::alloc::System as Source;
use std::{
    alloc::{GlobalAlloc, Layout},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

#[cfg(target_family = "wasm")]
use shelf::Shelf as Source;

/// No allocation may bring the total above this: the maximum of the WebAssembly memory, and a little less natively.
#[cfg(feature = "engine")]
const CAP: usize = 500 << 20;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
#[cfg(feature = "engine")]
static CAPPED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

struct Counted;

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// Bytes allocated now, in this process.
#[cfg(feature = "engine")]
pub fn in_use() -> usize {
    IN_USE.load(Relaxed)
}

/// Refuses allocations beyond the cap from now on, in this process.
#[cfg(feature = "engine")]
pub(crate) fn cap() {
    CAPPED.store(true, Relaxed);
}

/// Lets small blocks that are given back wait for the next of their size from now on.
#[cfg(all(target_family = "wasm", feature = "engine"))]
pub(crate) fn keep_small_blocks() {
    shelf::open();
}

fn count(more: usize) {
    IN_USE.fetch_add(more, Relaxed);
}

#[cfg(feature = "engine")]
fn allowed(more: usize) -> bool {
    if CAPPED.load(Relaxed) && IN_USE.load(Relaxed).saturating_add(more) > CAP {
        crate::engine::out_of_memory();
        return false;
    }
    true
}

/// The analysis runs no program: only the memory itself has a maximum.
#[cfg(not(feature = "engine"))]
fn allowed(_: usize) -> bool {
    true
}

// SAFETY: every call is passed on to the source unchanged, or refused with a null pointer.
unsafe impl GlobalAlloc for Counted {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !allowed(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: the caller's contract is the source's.
        unsafe { Source.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !allowed(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: as above.
        unsafe { Source.alloc_zeroed(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { Source.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() && !allowed(size - layout.size()) {
            return std::ptr::null_mut();
        }
        count(size);
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { Source.realloc(pointer, layout, size) }
    }
}

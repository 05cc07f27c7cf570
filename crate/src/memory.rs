//! The allocator: the system's, counted.
//!
//! In WebAssembly the memory grows by large steps. Where programs run, one that takes too much ends at the next
//! checkpoint; a single allocation beyond the cap is refused, which ends the process or the WebAssembly instance.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

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

/// Makes WebAssembly's memory grow by large steps: it costs the browser much each time, however small the step.
#[cfg(target_family = "wasm")]
fn reserve() {
    const STEP: usize = 4 << 20;
    static RESERVED: AtomicUsize = AtomicUsize::new(0);

    let used = IN_USE.load(Relaxed);
    if used < RESERVED.load(Relaxed) {
        return;
    }
    let step = STEP.max(used / 8);
    RESERVED.store(used + step / 2, Relaxed);
    let Ok(layout) = Layout::from_size_align(step, 16) else {
        return;
    };
    // SAFETY: the size is not zero, and what was given is given back; it stays with the allocator from then on.
    unsafe {
        let pointer = System.alloc(layout);
        if !pointer.is_null() {
            System.dealloc(pointer, layout);
        }
    }
}

fn count(more: usize) {
    IN_USE.fetch_add(more, Relaxed);
    #[cfg(target_family = "wasm")]
    reserve();
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

// SAFETY: every call is passed on to the system's allocator unchanged, or refused with a null pointer.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !allowed(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: the caller's contract is the system allocator's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !allowed(layout.size()) {
            return std::ptr::null_mut();
        }
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() && !allowed(size - layout.size()) {
            return std::ptr::null_mut();
        }
        count(size);
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

//! WebAssembly's allocator: the system's, with a shelf in front of it on which small blocks wait for the next of their size.
//!
//! A program makes and drops the same few small objects again and again. To take the last block of a size from a list and
//! to put it back costs a few instructions, where the system's allocator searches and joins each time.
//!
//! A WebAssembly module has one thread, so that nothing is locked.

#![expect(
    clippy::cast_ptr_alignment,
    reason = "every block is aligned to `STEP`, which is more than a pointer needs"
)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    ptr::null_mut,
};

/// Sizes are told apart in steps of so many bytes. The system's allocator counts in the same steps, after the four bytes
/// that it puts before each block, so that to round a size up takes no memory.
const STEP: usize = 8;
const BEFORE: usize = 4;
/// How many sizes there are: larger blocks than of 500 bytes are not small.
const SIZES: usize = 64;
/// What waits on the shelf is at most so many bytes: the rest goes back to be joined into larger blocks.
const ROOM: usize = 1 << 20;

/// A block on the shelf, which begins with where the one below it is.
type Block = *mut u8;

struct State {
    /// The topmost block of each size.
    blocks: [Cell<Block>; SIZES],
    /// How many bytes may still be put on the shelf.
    room: Cell<usize>,
    /// The use of memory at which it is made to grow next.
    reserved: Cell<usize>,
}

// SAFETY: there is one thread.
unsafe impl Sync for State {}

/// The engine is started without a shelf, since the memory that it leaves is shipped: blocks on a shelf would be holes in
/// it that nobody could clear.
static STATE: State = State {
    blocks: [const { Cell::new(null_mut()) }; SIZES],
    room: Cell::new(if cfg!(feature = "engine") { 0 } else { ROOM }),
    reserved: Cell::new(0),
};

/// Blocks are put on the shelf from now on.
#[cfg(feature = "engine")]
pub(super) fn open() {
    STATE.room.set(ROOM);
}

/// Where the blocks of a layout wait, and how long they are, if they are small.
#[inline]
fn place(layout: Layout) -> Option<(&'static Cell<Block>, Layout)> {
    let steps = (layout.size() + BEFORE).div_ceil(STEP);
    if layout.align() > STEP {
        return None;
    }
    let blocks = STATE.blocks.get(steps)?;
    // SAFETY: a small size is far from overflowing, and the alignment is that of a layout.
    let rounded = unsafe { Layout::from_size_align_unchecked(steps * STEP - BEFORE, STEP) };
    Some((blocks, rounded))
}

/// Makes the memory grow by large steps: it costs the browser much each time, however small the step.
fn reserve() {
    const LEAST: usize = 4 << 20;

    let used = super::IN_USE.load(super::Relaxed);
    if used < STATE.reserved.get() {
        return;
    }
    let step = LEAST.max(used / 8);
    STATE.reserved.set(used + step / 2);
    let Ok(layout) = Layout::from_size_align(step, STEP) else {
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

pub(super) struct Shelf;

// SAFETY: a block on the shelf came from the system with at least the size and the alignment that are asked for, and is on
// it once. Everything else is passed on to the system.
unsafe impl GlobalAlloc for Shelf {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some((blocks, rounded)) = place(layout) else {
            reserve();
            // SAFETY: the caller's contract is the system's.
            return unsafe { System.alloc(layout) };
        };
        let block = blocks.get();
        if block.is_null() {
            reserve();
            // SAFETY: the size is not zero.
            return unsafe { System.alloc(rounded) };
        }
        // SAFETY: a block on the shelf begins with a pointer, and nobody else has it.
        blocks.set(unsafe { block.cast::<Block>().read() });
        STATE.room.set(STATE.room.get() + rounded.size());
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if place(layout).is_none() {
            reserve();
            // SAFETY: the caller's contract is the system's.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: as above; what was allocated has this size.
        unsafe {
            let pointer = self.alloc(layout);
            if !pointer.is_null() {
                pointer.write_bytes(0, layout.size());
            }
            pointer
        }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        match place(layout) {
            Some((blocks, rounded)) if rounded.size() <= STATE.room.get() => {
                STATE.room.set(STATE.room.get() - rounded.size());
                // SAFETY: the block is free, aligned to more than a pointer needs, and no shorter than one.
                unsafe { pointer.cast::<Block>().write(blocks.get()) };
                blocks.set(pointer);
            }
            // SAFETY: the system gave it, in this size.
            Some((_, rounded)) => unsafe { System.dealloc(pointer, rounded) },
            // SAFETY: the caller's contract is the system's.
            None => unsafe { System.dealloc(pointer, layout) },
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's contract: the size fits the alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (place(layout), place(wanted)) {
            (None, None) => {
                reserve();
                // SAFETY: the caller's contract is the system's.
                unsafe { System.realloc(pointer, layout, size) }
            }
            (Some((_, before)), Some((_, after))) if before == after => pointer,
            // SAFETY: both are as long as what is copied, and the old one is given up only for a new one.
            _ => unsafe {
                let moved = self.alloc(wanted);
                if !moved.is_null() {
                    moved.copy_from_nonoverlapping(pointer, size.min(layout.size()));
                    self.dealloc(pointer, layout);
                }
                moved
            },
        }
    }
}

//! Entropy from the run's seed, for everything that would ask the operating system.

use std::cell::Cell;

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// Starts the sequence of a run.
pub(super) fn seed(seed: u64) {
    STATE.set(seed);
}

/// The next number of a sequence that goes on in `state` (`SplitMix64`, by Steele, Lea and Flood).
pub(super) fn next(state: &Cell<u64>) -> u64 {
    state.set(state.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
    let mut mixed = state.get();
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// Fills `bytes` with the next numbers of the run's sequence.
pub(super) fn fill(bytes: &mut [u8]) {
    for chunk in bytes.chunks_mut(8) {
        let number = STATE.with(next);
        chunk.copy_from_slice(&number.to_le_bytes()[..chunk.len()]);
    }
}

/// The backend of the `getrandom` crate, chosen by a `cfg` in `.cargo/config.toml`.
#[expect(clippy::unnecessary_wraps, reason = "the signature is `getrandom`'s")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(destination: *mut u8, length: usize) -> Result<(), getrandom::Error> {
    // SAFETY: `getrandom` passes a buffer of `length` bytes that is valid for writes; it may be uninitialised.
    let bytes = unsafe {
        std::ptr::write_bytes(destination, 0, length);
        std::slice::from_raw_parts_mut(destination, length)
    };
    fill(bytes);
    Ok(())
}

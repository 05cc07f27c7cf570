//! The only file with exports: bytes go in and out of the WebAssembly modules by pointer and length.

#![expect(unreachable_pub, reason = "exports are reached by the host, which no compiler sees")]

#[cfg(feature = "analysis")]
pub(crate) mod analysis;
#[cfg(feature = "engine")]
pub(crate) mod engine;

/// Reserves `length` bytes for the host to fill.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: u32) -> u32 {
    let mut bytes = std::mem::ManuallyDrop::new(Vec::<u8>::with_capacity(length as usize));
    bytes.as_mut_ptr() as u32
}

/// Gives back what [`allocate`] reserved, or what an answer occupied.
///
/// # Safety
/// Pointer and length are those of one such buffer, given back once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(pointer: u32, length: u32) {
    // SAFETY: the caller's contract.
    drop(unsafe { Vec::from_raw_parts(pointer as *mut u8, 0, length as usize) });
}

/// Takes over a buffer that the host filled.
///
/// # Safety
/// The buffer was reserved with [`allocate`] in this length, is filled, and is taken once.
pub(crate) unsafe fn take(pointer: u32, length: u32) -> Vec<u8> {
    // SAFETY: the caller's contract.
    let bytes = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(pointer as *mut u8, length as usize)) };
    bytes.into_vec()
}

/// Hands bytes over to the host, which gives them back with [`release`]: `pointer << 32 | length`.
pub(crate) fn answer(bytes: Vec<u8>) -> u64 {
    // What is released is as long as what was handed over, so no capacity may be left over.
    let bytes = Box::leak(bytes.into_boxed_slice());
    ((bytes.as_ptr() as u64) << 32) | bytes.len() as u64
}

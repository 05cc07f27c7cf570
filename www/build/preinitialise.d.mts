/** Throws where starting the engine did what could not be put back. */
export declare function preinitialise(
  bytes: Uint8Array<ArrayBuffer>,
  archive: Uint8Array<ArrayBuffer>,
): { bytes: Uint8Array<ArrayBuffer>; memory: number; data: number; segments: number };

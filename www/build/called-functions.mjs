/** Runs programs in the started engine, and tells which of its functions they called. */

import { readArchive } from "./archive.mjs";
import * as wasm from "./wasm-binary.mjs";

const PAGE = 65_536;

/** 1 for each function of the module's own that was called, 0 for the others. The same requests give the same answer. */
export function calledFunctions(bytes, archive, requests) {
  const list = wasm.sections(bytes);
  const memory = wasm.readMemory(wasm.body(list, wasm.SECTION.memory));
  const code = wasm.readCode(wasm.body(list, wasm.SECTION.code));
  // The marks lie behind the memory that the engine knows of: it takes more only from the end.
  const marks = memory.minimum * PAGE;
  const pages = Math.ceil(code.length / PAGE);
  const module = new WebAssembly.Module(
    wasm.rewrite(list, {
      [wasm.SECTION.memory]: wasm.writeMemory({ ...memory, minimum: memory.minimum + pages }),
      [wasm.SECTION.code]: wasm.writeCode(code.map((body, index) => marked(body, marks + index))),
    }),
  );
  const files = readArchive(archive);
  const called = new Uint8Array(code.length);
  for (const request of requests) {
    const { buffer } = run(module, files, request);
    new Uint8Array(buffer, marks, code.length).forEach((mark, index) => {
      called[index] |= mark;
    });
  }
  return called;
}

/** A function that leaves a 1 at an address when it is called. */
function marked(body, address) {
  const reader = new wasm.Reader(body);
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    reader.unsigned();
    reader.byte();
  }
  const [I32_CONST, I32_STORE8, BYTE] = [0x41, 0x3a, 0];
  return wasm.concatenate([
    body.subarray(0, reader.offset),
    Uint8Array.of(I32_CONST, 0, I32_CONST, 1, I32_STORE8, BYTE),
    wasm.unsigned(address),
    body.subarray(reader.offset),
  ]);
}

/** Runs one program to its end, whatever that is, and answers with the engine's memory. */
function run(module, files, request) {
  const { exports } = new WebAssembly.Instance(module, { host: host(files, () => exports) });
  const lend = (bytes) => {
    const pointer = exports.allocate(bytes.length) >>> 0;
    new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
    return pointer;
  };
  const input = new TextEncoder().encode(JSON.stringify(request));
  try {
    const wanted = BigInt.asUintN(64, exports.wanted(lend(input), input.length));
    exports.release(Number(wanted >> 32n), Number(wanted & 0xffff_ffffn));
    exports.run(lend(input), input.length);
    exports.flush();
  } catch {
    // What ends here has called what it called.
  }
  return exports.memory;
}

/** What the engine asks of the page, answered at once. Its clock goes on a little whenever it is looked at. */
function host(files, exports) {
  let milliseconds = 0;
  const text = (pointer, length) =>
    new TextDecoder().decode(new Uint8Array(exports().memory.buffer, pointer >>> 0, length));
  const answer = (bytes) => {
    if (bytes === undefined) return -1n;
    const pointer = exports().allocate(bytes.length) >>> 0;
    new Uint8Array(exports().memory.buffer, pointer, bytes.length).set(bytes);
    return (BigInt(pointer) << 32n) | BigInt(bytes.length);
  };
  const leave = (what) => () => {
    throw new Error(`The program ${what}`);
  };
  return {
    emit: () => undefined,
    library: (pointer, length) => answer(files.get(text(pointer, length))),
    table: (pointer, length) => putTable(exports().memory, files.get(`tables/${text(pointer, length)}`)),
    kept_code: () => -1n,
    keep_code: () => undefined,
    clock_ms: () => (milliseconds += 0.01),
    panic: leave("has found a fault of the engine"),
    left_out: leave("missed a function"),
  };
}

/** Each part of a table: its place, its length, its bytes. */
function putTable(memory, table) {
  const numbers = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let at = 0; at < table.length;) {
    const [place, length] = [numbers.getUint32(at, true), numbers.getUint32(at + 4, true)];
    new Uint8Array(memory.buffer, place, length).set(table.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
}

/** Freezing a started module: what it remembers, what it refuses. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nonZeroRuns, preinitialise } from "../build/preinitialise.mjs";
import * as wasm from "../build/wasm-binary.mjs";

const [I32, I64] = [0x7f, 0x7e];
const NO_LIBRARY = new Uint8Array(4);

const leb = wasm.signed;
const func = (...code) => {
  const body = wasm.concatenate([
    wasm.unsigned(0),
    ...code.map((part) => (typeof part === "number" ? Uint8Array.of(part) : part)),
    Uint8Array.of(0x0b),
  ]);
  return wasm.concatenate([wasm.unsigned(body.length), body]);
};
const type = (parameters, results) =>
  wasm.concatenate([
    Uint8Array.of(0x60),
    wasm.vector(parameters.map((p) => Uint8Array.of(p))),
    wasm.vector(results.map((r) => Uint8Array.of(r))),
  ]);
const section = (id, ...items) => ({ id, body: wasm.vector(items) });
const global = (code, value) =>
  wasm.concatenate([Uint8Array.of(code, 1, code === I32 ? 0x41 : 0x42), leb(BigInt(value)), Uint8Array.of(0x0b)]);

/** `initialise` stores 7 at 40000, counts a global up and, if asked, does something that it should not. */
function tinyEngine({ mischief = [], start = false } = {}) {
  const exports = [
    { name: "memory", kind: wasm.KIND.memory, index: 0 },
    ...["initialise", "allocate", "release", "peek", "count"].map((name, index) => ({
      name,
      kind: wasm.KIND.function,
      index,
    })),
  ];
  const bump = [0x23, 2, 0x23, 2, 0x20, 0, 0x6a, 0x24, 2];
  return wasm.assemble([
    section(1, type([], []), type([I32], [I32]), type([I32, I32], []), type([], [I64])),
    { id: wasm.SECTION.import, body: wasm.unsigned(0) },
    section(3, ...[0, 1, 2, 1, 3].map((index) => wasm.unsigned(index))),
    { id: wasm.SECTION.table, body: Uint8Array.of(1, 0x70, 0, 2) },
    { id: wasm.SECTION.memory, body: Uint8Array.of(1, 1, 1, ...wasm.unsigned(8192)) },
    section(wasm.SECTION.global, global(I32, 32768), global(I64, 41n), global(I32, 50000)),
    { id: wasm.SECTION.export, body: wasm.writeExports(exports) },
    ...(start ? [{ id: wasm.SECTION.start, body: wasm.unsigned(0) }] : []),
    section(
      wasm.SECTION.code,
      func(
        0x41,
        leb(40000n),
        0x41,
        7,
        0x36,
        2,
        0,
        0x41,
        leb(100n),
        0x41,
        9,
        0x36,
        2,
        0,
        0x23,
        1,
        0x42,
        1,
        0x7c,
        0x24,
        1,
        ...mischief,
      ),
      allocator(bump),
      func(),
      func(0x20, 0, 0x28, 2, 0),
      func(0x23, 1),
    ),
    { id: wasm.SECTION.data, body: wasm.writeData([{ offset: 33000, bytes: Uint8Array.of(1, 2, 3) }]) },
  ]);
}

/** Hands out ever higher addresses, and grows the memory by as many pages as that takes. */
function allocator(bump) {
  return func(0x20, 0, 0x41, 16, 0x76, 0x41, 1, 0x6a, 0x40, 0, 0x1a, ...bump);
}

test("what initialise wrote is there when the module starts", () => {
  const started = preinitialise(tinyEngine(), NO_LIBRARY);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(started.bytes));
  assert.equal(exports.initialise, undefined);
  assert.equal(exports.peek(40000), 7, "memory");
  assert.equal(exports.peek(33000), 0x030201, "the module's own data");
  assert.equal(exports.count(), 42n, "a global");
  assert.equal(exports.memory.buffer.byteLength, started.memory);
});

test("the dead part of the stack is not shipped", () => {
  const started = preinitialise(tinyEngine(), NO_LIBRARY);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(started.bytes));
  assert.equal(exports.peek(100), 0);
});

test("a change to a table is refused", () => {
  const grow = [0xd0, 0x70, 0x41, 1, 0xfc, 15, 0, 0x1a];
  assert.throws(() => preinitialise(tinyEngine({ mischief: grow }), NO_LIBRARY), /table changed/);
});

test("a start function is refused", () => {
  assert.throws(() => preinitialise(tinyEngine({ start: true }), NO_LIBRARY), /start function/);
});

test("bytes that are no module are refused", () => {
  assert.throws(() => preinitialise(new Uint8Array(20), NO_LIBRARY), /Not a WebAssembly module/);
});

test("runs cover every byte that is not zero, and no long stretch that is", () => {
  const memory = new Uint8Array(10_000);
  const places = [0, 1, 50, 3000, 3001, 9999];
  for (const place of places) memory[place] = place % 255 || 1;
  const copy = new Uint8Array(memory.length);
  const runs = nonZeroRuns(memory);
  for (const { offset, bytes } of runs) copy.set(bytes, offset);
  assert.deepEqual(copy, memory);
  assert.deepEqual(
    runs.map(({ offset, bytes }) => [offset, bytes.length]),
    [
      [0, 51],
      [3000, 2],
      [9999, 1],
    ],
  );
});

test("numbers are written as they are read", () => {
  for (const value of [0, 1, 127, 128, 16_383, 16_384, 2 ** 32 - 1]) {
    assert.equal(new wasm.Reader(wasm.unsigned(value)).unsigned(), value);
  }
  for (const value of [0n, 1n, -1n, 63n, 64n, -64n, -65n, 2n ** 31n - 1n, -(2n ** 31n), 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.equal(new wasm.Reader(wasm.signed(value)).signed(), value);
  }
});

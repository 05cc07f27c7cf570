/**
 * Starts the engine once and writes its memory back as the module's initial data: the result wakes up with `asyncio`
 * imported. The build does so for the site; what must be small carries the engine as it was, and does so where it runs.
 *
 * Sound because the engine keeps nothing outside its memory: it holds no JavaScript value, its tables stay as they
 * were linked (verified here), and its mutable globals are written back as well.
 */

import { readArchive } from "./archive.mjs";
import * as wasm from "./wasm-binary.mjs";

/** A runaway program stops here, in bytes: the default of the limit of memory that native runs have. */
const MAXIMUM = 512 * 1024 * 1024;
const PAGE = 65_536;
/** Runs of zeros shorter than this are cheaper as data than as the start of another segment. */
const SHORTEST_GAP = 64;
/** Free memory for a run to use without growing the memory, which would cost a fresh instance afterwards. */
const SLACK = 10 << 20;
const PREFIX = "preinitialise:";

/** Returns the started module and what there is to say about it. `archive` is the standard library's. */
export function preinitialise(bytes, archive) {
  const list = wasm.sections(bytes);
  check(list);
  const globals = wasm.readGlobals(wasm.body(list, wasm.SECTION.global));
  const { exports } = start(withEverythingExported(list, globals), readArchive(archive));
  const memory = exports.memory;
  tidy(exports);
  const stackPointer = exports[`${PREFIX}global0`].value;
  // The stack grows down from where its pointer starts, and nothing is on it between calls.
  new Uint8Array(memory.buffer, 0, stackPointer).fill(0);

  const segments = nonZeroRuns(new Uint8Array(memory.buffer));
  const result = wasm.rewrite(list, {
    [wasm.SECTION.memory]: wasm.writeMemory({
      ...wasm.readMemory(wasm.body(list, wasm.SECTION.memory)),
      minimum: memory.buffer.byteLength / PAGE,
      maximum: MAXIMUM / PAGE,
    }),
    [wasm.SECTION.global]: wasm.writeGlobals(
      globals.map((global, index) =>
        global.mutable
          ? {
              ...global,
              initial: wasm.constant(global.type, exports[`${PREFIX}global${index}`].value),
            }
          : global,
      ),
    ),
    [wasm.SECTION.export]: wasm.writeExports(
      wasm.readExports(wasm.body(list, wasm.SECTION.export)).filter(({ name }) => name !== "initialise"),
    ),
    [wasm.SECTION.dataCount]: wasm.unsigned(segments.length),
    [wasm.SECTION.data]: wasm.writeData(segments),
  });
  return {
    bytes: result,
    memory: memory.buffer.byteLength,
    data: segments.reduce((sum, segment) => sum + segment.bytes.length, 0),
    segments: segments.length,
  };
}

function check(list) {
  if (list.some(({ id }) => id === wasm.SECTION.start)) {
    throw new Error("A start function would run again in the started module");
  }
  if (!wasm.allSegmentsActive(wasm.body(list, wasm.SECTION.data))) {
    throw new Error("A passive data segment would lose its number");
  }
  wasm.readImports(wasm.body(list, wasm.SECTION.import));
}

/** The module with its globals and tables in sight, so that what `initialise` does to them can be seen. */
function withEverythingExported(list, globals) {
  const tables = list.some(({ id }) => id === wasm.SECTION.table)
    ? new wasm.Reader(wasm.body(list, wasm.SECTION.table)).unsigned()
    : 0;
  const exports = [
    ...wasm.readExports(wasm.body(list, wasm.SECTION.export)),
    ...globals.map((_, index) => ({
      name: `${PREFIX}global${index}`,
      kind: wasm.KIND.global,
      index,
    })),
    ...Array.from({ length: tables }, (_, index) => ({
      name: `${PREFIX}table${index}`,
      kind: wasm.KIND.table,
      index,
    })),
  ];
  return wasm.rewrite(list, { [wasm.SECTION.export]: wasm.writeExports(exports) });
}

function start(bytes, library) {
  let panic;
  let memory;
  const text = (pointer, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, pointer, length));
  const refuse = (what) => () => {
    throw new Error(`The engine ${what} while it was initialised`);
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    host: {
      emit: refuse("emitted events"),
      library: (pointer, length) => {
        const source = library.get(text(pointer, length));
        if (source === undefined) return -1n;
        const copy = instance.exports.allocate(source.length) >>> 0;
        new Uint8Array(memory.buffer, copy, source.length).set(source);
        return (BigInt(copy) << 32n) | BigInt(source.length);
      },
      table: refuse("asked for a table"),
      // What is imported now is in the memory that is shipped.
      kept_code: () => -1n,
      keep_code: () => undefined,
      clock_ms: () => 0,
      left_out: refuse("missed a function"),
      panic: (pointer, length) => {
        panic = text(pointer, length);
      },
    },
  });
  memory = instance.exports.memory;
  const before = tables(instance.exports);
  try {
    instance.exports.initialise();
  } catch (error) {
    throw new Error(panic ?? String(error), { cause: error });
  }
  compareTables(before, tables(instance.exports));
  return instance;
}

function tables(exports) {
  return Object.keys(exports)
    .filter((name) => name.startsWith(`${PREFIX}table`))
    .map((name) => Array.from({ length: exports[name].length }, (_, index) => exports[name].get(index)));
}

function compareTables(before, after) {
  const same = before.every(
    (table, number) =>
      table.length === after[number].length && table.every((entry, index) => entry === after[number][index]),
  );
  if (!same) throw new Error("A table changed while the engine was initialised");
}

/**
 * Fills the holes that start-up left in the heap with zeros, through the allocator itself: what it hands out is free,
 * whatever it contains. Then gives it all back, with room for a run to grow into.
 */
function tidy({ memory, allocate, release }) {
  const taken = [];
  const take = (length) => {
    const pointer = allocate(length) >>> 0;
    new Uint8Array(memory.buffer, pointer, length).fill(0);
    taken.push([pointer, length]);
    return pointer;
  };
  const end = take(SLACK);
  for (let length = 1 << 20; length >= 16; length /= 2) {
    // Beyond the slack there is only new memory: the holes of this size are used up.
    while (take(length) < end);
  }
  for (const [pointer, length] of taken) release(pointer, length);
}

export function nonZeroRuns(memory) {
  const runs = [];
  let start = -1;
  let end = -1;
  for (let index = 0; index < memory.length; index += 1) {
    if (memory[index] === 0) continue;
    if (start !== -1 && index - end > SHORTEST_GAP) {
      runs.push({ offset: start, bytes: memory.slice(start, end) });
      start = -1;
    }
    if (start === -1) start = index;
    end = index + 1;
  }
  if (start !== -1) runs.push({ offset: start, bytes: memory.slice(start, end) });
  return runs;
}

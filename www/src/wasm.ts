/**
 * The two WebAssembly modules behind their raw interface: byte buffers in, byte buffers out, no JavaScript value held
 * inside. That is what allows the engine's memory to be put back as it was before every run.
 */

import type { Archive } from "./archive.ts";
import { PackageMissing, Shelf } from "./packages.ts";

/** How a run of the engine ended. Anything but `finished` is described by no event of the trace. */
export type RunEnd =
  /** The engine came to its end; the trace ends with `ended`. */
  | { kind: "finished" }
  /** The program wants the standard library, which has not arrived. Nothing is wrong: run it again when it has. */
  | { kind: "libraryMissing"; path: string }
  /** The program imports a package that has not arrived. The same holds. */
  | { kind: "packageMissing"; name: string }
  /** The program needs a function of the engine that few programs need, and that has not arrived. The same holds. */
  | { kind: "functionsMissing" }
  /** The memory's maximum was reached. */
  | { kind: "memory" }
  /** Calls within calls took the whole stack of the worker, uncounted by the interpreter. */
  | { kind: "stack" }
  /** A trap or a panic: our bug. */
  | { kind: "internal"; message: string };

/** Receives the trace as it grows. The bytes are the receiver's own. */
export type OnBatch = (bytes: Uint8Array<ArrayBuffer>) => void;

type Imports = WebAssembly.Imports;

/** What the engine's names for files of packages begin with. */
const PACKAGES = "site-packages/";
/** What the names of its tables begin with, which travel with the library. */
const TABLES = "tables/";

/** As many as a number of the analysis can say. */
export const ALL = 0xffff_ffff;

interface RawModule {
  memory: WebAssembly.Memory;
  allocate: (length: number) => number;
  release: (pointer: number, length: number) => void;
}

interface RawEngine extends RawModule {
  wanted: (pointer: number, length: number) => bigint;
  preload: (pointer: number, length: number) => void;
  run: (pointer: number, length: number) => void;
  flush: () => void;
}

interface RawAnalysis extends RawModule {
  open: (pointer: number, length: number) => bigint;
  push: (pointer: number, length: number, most: number) => bigint;
  overview: () => bigint;
  diagnostics: () => bigint;
  events: (from: number, to: number) => bigint;
  timeline: (from: number, since: number, slices: number, lanes: number) => bigint;
  moment: (count: number, time: bigint) => bigint;
  chrome: () => bigint;
  explore: () => bigint;
  explore_push: (pointer: number, length: number) => bigint;
  explore_next: () => bigint;
  explain: (pointer: number, length: number) => bigint;
  predict: (pointer: number, length: number) => bigint;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Views into a memory go stale whenever it grows, so none is ever kept. */
function view(raw: RawModule, pointer: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(raw.memory.buffer, pointer >>> 0, length);
}

/** Hands bytes to a module, which owns them from then on. */
function lend(raw: RawModule, bytes: Uint8Array): number {
  const pointer = raw.allocate(bytes.length);
  view(raw, pointer, bytes.length).set(bytes);
  return pointer;
}

/** Takes over bytes that a module has answered with: their place and length in one number. */
function receive(raw: RawModule, packed: bigint): Uint8Array<ArrayBuffer> {
  const bits = BigInt.asUintN(64, packed);
  const pointer = Number(bits >> 32n);
  const length = Number(bits & 0xffff_ffffn);
  const bytes = view(raw, pointer, length).slice();
  raw.release(pointer, length);
  return bytes;
}

/** Thrown through the engine's frames to leave a run at once. */
class LibraryMissing extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

/** The same, where a function of the engine was left out. */
class FunctionsMissing extends Error {}

const ABSENT = -1n;

/** In the words of Chromium and Node, of Firefox, and of Safari. */
const STACK_IS_FULL = /call stack size exceeded|too much recursion/i;

/** The interpreter as runs begin with it. */
interface Start {
  /** The packages that have been imported, in the engine's own words; empty for none. */
  preloaded: string;
  /** A copy of the memory. The first run of all needs none, so that it need not wait for one. */
  memory?: Uint8Array;
}

/** Of WebAssembly's memories, in bytes. */
const PAGE = 65_536;

/**
 * The interpreter. Each run starts from the same bytes: a copy of the memory is put back, or, after a run that grew
 * the memory or was left by a trap, the compiled module is instantiated again.
 */
export class EngineModule {
  readonly #module: WebAssembly.Module;
  #raw: RawEngine;
  readonly #pristine: Start = { preloaded: "" };
  /** With the packages of the last run that began with some: who works on a program runs it again. */
  #withPackages: Start | undefined;
  /** The one that the interpreter is at, or was at when the last run began. */
  #start = this.#pristine;
  #panic: string | undefined;
  #spoilt = false;
  #onBatch: OnBatch | undefined;
  #ready = true;

  /** Absent until it has arrived; may be given at any time between runs. */
  library: Archive | undefined;

  /**
   * All functions, without the data: absent until a program has missed one. May be given between runs, and takes the place
   * of the module from then on. Both agree in everything else, so that a memory of one is a memory of the other.
   */
  functions: WebAssembly.Module | undefined;

  /** What else programs may import. */
  packages = new Shelf([]);

  /** What modules of the library and of packages compile to, by their paths: the first run that imports one compiles it. */
  readonly #code = new Map<string, Uint8Array>();

  constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#raw = this.#instantiate();
  }

  /**
   * Runs the JSON of `{"workspace": …, "options": …}`. Returns when the program has ended, in whatever way. The
   * caller makes ready for the next run with {@link rest}, when nobody waits for anything.
   */
  run(input: string, onBatch: OnBatch): RunEnd {
    this.restore();
    this.#ready = false;
    this.#onBatch = onBatch;
    try {
      const bytes = encoder.encode(input);
      this.#preload(bytes);
      this.#raw.run(lend(this.#raw, bytes), bytes.length);
      return { kind: "finished" };
    } catch (error) {
      // A trap leaves the stack pointer anywhere: only a fresh instance is as it was.
      this.#spoilt = true;
      return this.#describe(error);
    } finally {
      this.#onBatch = undefined;
      this.#panic = undefined;
    }
  }

  /** Puts the interpreter back to how the last run began. Costs nothing when it is there already. */
  restore(): void {
    if (!this.#ready) {
      this.#putBack();
    }
    this.#ready = true;
  }

  /** The same for all runs to come, which have a copy of the memory to put back from then on: less work than an instance. */
  rest(): void {
    this.restore();
    this.#start.memory ??= this.#copy();
  }

  /**
   * Imports the packages that a run begins with. The engine is asked once more from where that has led, so that every
   * run that begins with them does so with the same bytes.
   */
  #preload(input: Uint8Array): void {
    for (;;) {
      const wanted = decoder.decode(receive(this.#raw, this.#raw.wanted(lend(this.#raw, input), input.length)));
      if (wanted === this.#start.preloaded) {
        return;
      }
      const known = [this.#pristine, this.#withPackages].find((start) => start?.preloaded === wanted);
      this.#start = known ?? this.#pristine;
      this.#putBack();
      if (!known) {
        const bytes = encoder.encode(wanted);
        this.#raw.preload(lend(this.#raw, bytes), bytes.length);
        this.#withPackages = this.#start = { preloaded: wanted, memory: this.#copy() };
      }
    }
  }

  #copy(): Uint8Array {
    return new Uint8Array(this.#raw.memory.buffer.slice(0));
  }

  #putBack(): void {
    const { memory } = this.#start;
    const size = (): number => this.#raw.memory.buffer.byteLength;
    const afresh = !memory || this.#spoilt || size() > memory.length;
    if (afresh) this.#raw = this.#instantiate();
    if (memory && (!afresh || this.#start !== this.#pristine)) {
      if (size() < memory.length) this.#raw.memory.grow((memory.length - size()) / PAGE);
      new Uint8Array(this.#raw.memory.buffer).set(memory);
    }
    this.#spoilt = false;
  }

  #describe(error: unknown): RunEnd {
    if (error instanceof LibraryMissing) {
      return { kind: "libraryMissing", path: error.path };
    }
    if (error instanceof PackageMissing) {
      return { kind: "packageMissing", name: error.packageName };
    }
    if (error instanceof FunctionsMissing || !this.#flushAfterTrap()) {
      return { kind: "functionsMissing" };
    }
    const panic = this.#panic;
    if (panic !== undefined) {
      return { kind: "internal", message: panic };
    }
    // Panics announce themselves; what aborts without a word is an allocation that the memory's maximum refused.
    if (error instanceof WebAssembly.RuntimeError && /unreachable/i.test(error.message)) {
      return { kind: "memory" };
    }
    if (error instanceof Error && STACK_IS_FULL.test(error.message)) {
      return { kind: "stack" };
    }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: "internal", message };
  }

  /** What the engine has recorded but not handed over. It may be beyond that. False if it lacks the functions for it. */
  #flushAfterTrap(): boolean {
    try {
      this.#raw.flush();
    } catch (error) {
      // The events before the last batch are safe, and the outcome says what happened.
      return !(error instanceof FunctionsMissing);
    }
    return true;
  }

  /** The build has started the interpreter already: its memory is the module's data. */
  #instantiate(): RawEngine {
    const instance = (module: WebAssembly.Module): RawEngine =>
      new WebAssembly.Instance(module, this.#imports()).exports as unknown as RawEngine;
    if (!this.functions) return instance(this.#module);
    this.#pristine.memory ??= new Uint8Array(instance(this.#module).memory.buffer);
    const whole = instance(this.functions);
    new Uint8Array(whole.memory.buffer).set(this.#pristine.memory);
    return whole;
  }

  #imports(): Imports {
    return {
      host: {
        emit: (pointer: number, length: number) => {
          this.#onBatch?.(view(this.#raw, pointer, length).slice());
        },
        library: (pointer: number, length: number) => this.#answer(this.#find(this.#text(pointer, length))),
        kept_code: (pointer: number, length: number) => this.#answer(this.#code.get(this.#text(pointer, length))),
        keep_code: (path: number, pathLength: number, code: number, length: number) => {
          this.#code.set(this.#text(path, pathLength), view(this.#raw, code, length).slice());
        },
        table: (pointer: number, length: number) => {
          this.#putTable(this.#text(pointer, length));
        },
        left_out: () => {
          throw new FunctionsMissing();
        },
        clock_ms: () => performance.now(),
        panic: (pointer: number, length: number) => {
          this.#panic = decoder.decode(view(this.#raw, pointer, length));
        },
      },
    };
  }

  #find(path: string): Uint8Array | undefined {
    if (path.startsWith(PACKAGES)) {
      return this.packages.get(path.slice(PACKAGES.length));
    }
    if (this.library === undefined) {
      throw new LibraryMissing(path);
    }
    return this.library.get(path);
  }

  /** Writes a table where the engine was linked to read it: for each part its place, its length and its bytes. */
  #putTable(name: string): void {
    const table = this.#find(`${TABLES}${name}`);
    if (table === undefined) throw new Error(`The library lacks the table ${name}`);
    const numbers = new DataView(table.buffer, table.byteOffset, table.byteLength);
    for (let at = 0; at < table.length;) {
      const [place, length] = [numbers.getUint32(at, true), numbers.getUint32(at + 4, true)];
      view(this.#raw, place, length).set(table.subarray(at + 8, at + 8 + length));
      at += 8 + length;
    }
  }

  #text(pointer: number, length: number): string {
    return decoder.decode(view(this.#raw, pointer, length));
  }

  /** A buffer's place and length in one number. */
  #answer(bytes: Uint8Array | undefined): bigint {
    if (bytes === undefined) {
      return ABSENT;
    }
    const pointer = BigInt(lend(this.#raw, bytes) >>> 0);
    return (pointer << 32n) | BigInt(bytes.length);
  }
}

/** Findings, in JSON and as what that says. */
export interface Told {
  text: string;
  list: unknown;
}

/** State, rules and diagnostics, on the page: fed the trace, it answers in JSON. */
export class AnalysisModule {
  readonly #raw: RawAnalysis;

  constructor(module: WebAssembly.Module) {
    const imports: Imports = {
      host: {
        panic: (pointer: number, length: number) => {
          throw new Error(decoder.decode(view(this.#raw, pointer, length)));
        },
      },
    };
    this.#raw = new WebAssembly.Instance(module, imports).exports as unknown as RawAnalysis;
  }

  /** Begins a new session, forgetting the one before. */
  open(input: string): unknown {
    return this.#withBytes(encoder.encode(input), this.#raw.open);
  }

  /** Adds a batch of the trace, or at most so many of its events. Returns how many bytes of it that were. */
  push(batch: Uint8Array, most = ALL): number {
    return this.#take(this.#raw.push(lend(this.#raw, batch), batch.length, most)) as number;
  }

  /** What the events so far amount to. */
  overview(): unknown {
    return this.#take(this.#raw.overview());
  }

  diagnostics(): unknown {
    return this.#take(this.#raw.diagnostics());
  }

  /** The same, or `before` if they are still what they were then. */
  diagnosticsSince(before: Told | undefined): Told {
    const text = decoder.decode(receive(this.#raw, this.#raw.diagnostics()));
    return text === before?.text ? before : { text, list: parsed(text) };
  }

  /** The events numbered `from` up to, and without, `to`; numbers count from 0. */
  events(from: number, to: number): unknown {
    return this.#take(this.#raw.events(from, to));
  }

  /**
   * What is new on the timeline: slices from `from` on, at most so many, and the lanes that have changed since a
   * version, of the first so many that were made.
   */
  timeline(from: number, since: number, slices: number, lanes: number): unknown {
    return this.#take(this.#raw.timeline(from, since, slices, lanes));
  }

  /** The run after so many of its events, at a virtual time in nanoseconds. */
  moment(count: number, time: number): unknown {
    return this.#take(this.#raw.moment(count, BigInt(Math.max(0, Math.round(time)))));
  }

  /** The trace in Chrome's trace format. */
  chrome(): unknown {
    return this.#take(this.#raw.chrome());
  }

  /** Begins to explore the session's program. Answers as {@link exploreNext} does. */
  explore(): unknown {
    return this.#take(this.#raw.explore());
  }

  /** Adds a batch of the trace of the run that exploration has asked for. */
  explorePush(batch: Uint8Array): unknown {
    return this.#withBytes(batch, this.#raw.explore_push);
  }

  /** What to run next, and what has been found so far. */
  exploreNext(): unknown {
    return this.#take(this.#raw.explore_next());
  }

  explain(rule: string): unknown {
    return this.#withBytes(encoder.encode(rule), this.#raw.explain);
  }

  /** What the source alone shows. */
  predict(input: string): unknown {
    return this.#withBytes(encoder.encode(input), this.#raw.predict);
  }

  #withBytes(bytes: Uint8Array, call: (pointer: number, length: number) => bigint): unknown {
    return this.#take(call(lend(this.#raw, bytes), bytes.length));
  }

  #take(packed: bigint): unknown {
    return parsed(decoder.decode(receive(this.#raw, packed)));
  }
}

function parsed(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && "error" in value) {
    throw new Error(String(value.error));
  }
  return value;
}

/**
 * The page's side of the engine: one per page, however many programs are shown there. Runs take their turn; stopping
 * one ends its worker, and another that is ready takes its place.
 */

import type { Options, Workspace } from "./generated/schema.ts";
import { gunzip, NO_PACKAGES, type PackageEntry, type PackageSource } from "./packages.ts";
import { type FinalEnd, type Request, type Response as Answer, REST } from "./protocol.ts";
import { request } from "./request.ts";

/** Options that are left out take the engine's defaults. */
export type RunOptions = Partial<Omit<Options, "limits">> & { limits?: Partial<Options["limits"]> };

/** How a run ended, seen from outside. */
export type RunEnd = FinalEnd | { kind: "stopped" };

/** What is known when a run is over. The trace itself has gone to the receiver of the batches. */
export interface RunReport {
  end: RunEnd;
  /** Milliseconds of real time that the run took, without waiting for its turn. */
  milliseconds: number;
}

/** A run that was asked for. */
export interface Run {
  /** Settles when the run is over; never rejects because of what the program did. */
  readonly done: Promise<RunReport>;
  /** Ends it at once, whatever it is doing. No batch arrives afterwards. */
  stop(): void;
}

/** One worker, as browsers and Node have it. */
export interface EngineWorker {
  post(request: Request): void;
  terminate(): void;
}

/** Makes a worker that hands its responses to `receive`, and its breakdown to `fail`. */
export type Spawn = (receive: (response: Answer) => void, fail: (message: string) => void) => EngineWorker;

/** Where the engine's parts come from. Promises may still be on their way. */
export interface EngineParts {
  module: Promise<WebAssembly.Module>;
  /** The first worker compiles the module by itself: it is not given it, and takes a run before it is there. */
  compiling?: boolean;
  /** All functions of a module from which some were left out. */
  functions?: () => Promise<WebAssembly.Module>;
  /** Asked for once, with low priority: most programs never need it. */
  library: () => Promise<ArrayBuffer>;
  /** Absent where there are none. */
  packages?: PackageSource;
  spawn: Spawn;
}

/** The same, as addresses. */
export interface EngineUrls {
  engine: string;
  functions: string;
  library: string;
  worker: string;
  packages: { index: PackageEntry[]; url: (name: string) => string | undefined };
}

/** Told of the packages that a run waits for, each time one of them has arrived; of none when it goes on. */
export type OnPackages = (waiting: readonly string[]) => void;

interface Job {
  input: string;
  onBatch: (batch: Uint8Array<ArrayBuffer>) => void;
  onPackages: OnPackages;
  settle: (report: RunReport) => void;
  reject: (error: Error) => void;
  started: number;
}

/** A worker and what can be asked of it. */
class Seat {
  readonly #worker: EngineWorker;
  /** A run may be posted. */
  ready = false;
  /** It has said that its interpreter is there. */
  started = false;
  /** The run that was posted before that is no longer wanted. */
  unwanted = false;
  job: Job | undefined;

  constructor(
    spawn: Spawn,
    onResponse: (seat: Seat, response: Answer) => void,
    onFailure: (seat: Seat, message: string) => void,
  ) {
    this.#worker = spawn(
      (response) => {
        onResponse(this, response);
      },
      (message) => {
        onFailure(this, message);
      },
    );
  }

  post(request: Request): void {
    this.#worker.post(request);
  }

  start(job: Job): void {
    this.job = job;
    this.ready = false;
    job.started = performance.now();
    this.post({ kind: "run", input: job.input });
  }

  terminate(): void {
    this.#worker.terminate();
  }
}

export class Engine {
  /** Settles when the first run can start at once; rejects if the engine cannot be started here. */
  readonly ready: Promise<void>;

  readonly #parts: EngineParts;
  #module: WebAssembly.Module | undefined;
  #library: ArrayBuffer | undefined;
  #libraryFailure: string | undefined;
  #libraryAsked = false;
  #functions: Promise<WebAssembly.Module> | undefined;
  readonly #packages: PackageSource;
  #index: PackageEntry[] = [];
  /** By name, those that have been asked for. */
  readonly #archives = new Map<string, Promise<ArrayBuffer>>();
  #broken: Error | undefined;
  #active: Seat;
  #spare: Seat | undefined;
  #queue: Job[] = [];
  #resting: ReturnType<typeof setTimeout> | undefined;
  #rested = false;
  #announceReady: () => void = () => undefined;
  #announceFailure: (error: Error) => void = () => undefined;

  /** Starts loading, and returns at once: runs may be asked for, and wait until the engine is there. */
  static load(urls: EngineUrls): Engine {
    return new Engine(browserParts(urls));
  }

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#packages = parts.packages ?? NO_PACKAGES;
    this.ready = new Promise((resolve, reject) => {
      this.#announceReady = resolve;
      this.#announceFailure = reject;
    });
    // Whoever runs something hears of it there.
    this.ready.catch(() => undefined);
    this.#active = this.#seat();
    const failed = (error: unknown): void => {
      this.#break(error instanceof Error ? error : new Error(String(error)));
    };
    parts.module.then((module) => (this.#module = module), failed);
    const given = parts.compiling === true ? undefined : parts.module;
    Promise.all([given, this.#packages.index]).then(([module, index]) => {
      this.#index = index;
      this.#active.post({ kind: "start", packages: index, ...(module && { module }) });
      this.#active.ready = true;
      this.#next();
    }, failed);
  }

  /**
   * Runs a workspace as soon as the runs before it have ended. Throws a `TypeError` for what cannot be handed over as
   * JSON.
   */
  run(
    workspace: Workspace,
    options: RunOptions,
    onBatch: (batch: Uint8Array<ArrayBuffer>) => void,
    onPackages: OnPackages = () => undefined,
  ): Run {
    const input = request({ workspace, options });
    let job!: Job;
    const done = new Promise<RunReport>((settle, reject) => {
      job = { input, onBatch, onPackages, settle, reject, started: 0 };
    });
    if (this.#broken !== undefined) {
      job.reject(this.#broken);
    } else {
      this.#queue.push(job);
      this.#next();
    }
    return {
      done,
      stop: () => {
        this.#stop(job);
      },
    };
  }

  /** Ends the workers. The engine is of no use afterwards; runs that have not ended are stopped. */
  close(): void {
    const jobs = [...this.#queue, ...(this.#active.job === undefined ? [] : [this.#active.job])];
    this.#queue = [];
    this.#broken = new Error("The engine has been closed");
    clearTimeout(this.#resting);
    this.#active.terminate();
    this.#spare?.terminate();
    for (const job of jobs) {
      settleStopped(job);
    }
  }

  #seat(): Seat {
    const seat = new Seat(
      this.#parts.spawn,
      (from, response) => {
        this.#receive(from, response);
      },
      (from, message) => {
        this.#workerFailed(from, message);
      },
    );
    if (this.#module !== undefined) {
      seat.post({ kind: "start", module: this.#module, packages: this.#index });
      this.#sendLibrary(seat);
    }
    return seat;
  }

  /** Comes after the first run, which most programs can do without it, or in the midst of one that cannot. */
  async #loadLibrary(): Promise<void> {
    if (this.#libraryAsked) {
      return;
    }
    this.#libraryAsked = true;
    try {
      this.#library = await this.#parts.library();
    } catch (error) {
      this.#libraryFailure = error instanceof Error ? error.message : String(error);
    }
    this.#sendLibrary(this.#active);
    if (this.#spare !== undefined) {
      this.#sendLibrary(this.#spare);
    }
  }

  #sendLibrary(seat: Seat): void {
    if (this.#library !== undefined) {
      seat.post({ kind: "library", archive: this.#library });
    } else if (this.#libraryFailure !== undefined) {
      seat.post({ kind: "libraryFailed", message: this.#libraryFailure });
    }
  }

  /** Fetched and compiled once for the page; what failed is tried again when the next run asks. */
  async #loadFunctions(seat: Seat): Promise<void> {
    try {
      this.#functions ??= this.#parts.functions?.();
      if (this.#functions === undefined) throw new Error("there is none");
      seat.post({ kind: "functions", module: await this.#functions });
    } catch (error) {
      this.#functions = undefined;
      seat.post({ kind: "functionsFailed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Each is fetched once for the page, however often it is asked for; one that failed is asked for again. */
  #archive(name: string): Promise<ArrayBuffer> {
    let archive = this.#archives.get(name);
    if (archive === undefined) {
      archive = this.#packages.load(name);
      this.#archives.set(name, archive);
      archive.catch(() => this.#archives.delete(name));
    }
    return archive;
  }

  async #loadPackages(seat: Seat, names: readonly string[]): Promise<void> {
    const { job } = seat;
    const waiting = new Set(names);
    const tell = (): void => {
      if (seat.job === job) job?.onPackages([...waiting]);
    };
    tell();
    await Promise.all(
      names.map(async (name) => {
        try {
          seat.post({ kind: "package", name, archive: await this.#archive(name) });
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          seat.post({ kind: "packageFailed", name, message });
        }
        waiting.delete(name);
        tell();
      }),
    );
  }

  #next(): void {
    if (!this.#active.ready) {
      return;
    }
    const job = this.#queue.shift();
    if (job !== undefined) {
      this.#active.start(job);
    }
  }

  #receive(seat: Seat, response: Answer): void {
    if (this.#broken !== undefined) {
      // What was under way when the engine was closed still arrives, and must not start a worker again.
      return;
    }
    switch (response.kind) {
      case "ready":
        this.#isReady(seat);
        break;
      case "libraryWanted":
        void this.#loadLibrary();
        break;
      case "functionsWanted":
        void this.#loadFunctions(seat);
        break;
      case "packagesWanted":
        void this.#loadPackages(seat, response.names);
        break;
      case "batch":
        seat.job?.onBatch(new Uint8Array(response.bytes));
        break;
      case "ended": {
        const job = seat.job;
        seat.job = undefined;
        this.#resting ??= setTimeout(() => this.#rest(), REST);
        job?.settle({ end: response.end, milliseconds: response.milliseconds });
        break;
      }
      case "failed":
        this.#workerFailed(seat, response.message);
        break;
      case "fetching":
      case "progress":
      case "compiled":
        // For those who had the engine compiled.
        break;
    }
  }

  #isReady(seat: Seat): void {
    // What it says first may come after a run has been posted.
    seat.ready = seat.job === undefined;
    seat.started = true;
    this.#announceReady();
    if (seat !== this.#active) {
      return;
    }
    if (seat.unwanted) {
      this.#replaceActive();
    } else {
      this.#prepareForStop();
    }
    this.#next();
  }

  /** A second worker costs memory and time, which the first output must not wait for. */
  #prepareForStop(): void {
    if (this.#rested && this.#spare === undefined) {
      this.#spare = this.#seat();
    }
  }

  #rest(): void {
    this.#rested = true;
    void this.#loadLibrary();
    this.#prepareForStop();
  }

  #stop(job: Job): void {
    if (this.#active.job === job) {
      if (this.#active.started) {
        this.#rested = true;
        this.#replaceActive();
      } else {
        // It compiles the engine for all, and is ended when it has.
        this.#active.unwanted = true;
        this.#active.job = undefined;
      }
      settleStopped(job);
      this.#next();
      return;
    }
    const waiting = this.#queue.indexOf(job);
    if (waiting !== -1) {
      this.#queue.splice(waiting, 1);
      settleStopped(job);
    }
  }

  #replaceActive(): void {
    this.#active.job = undefined;
    this.#active.terminate();
    this.#active = this.#spare ?? this.#seat();
    this.#spare = undefined;
  }

  /** A worker broke down: its run ends as an internal error, and another takes its place. */
  #workerFailed(seat: Seat, message: string): void {
    if (seat === this.#spare) {
      this.#spare.terminate();
      this.#spare = undefined;
      return;
    }
    if (seat !== this.#active) {
      return;
    }
    const job = seat.job;
    if (job === undefined || !seat.started) {
      // It never got as far as a run: another would fare no better.
      this.#break(new Error(message));
      return;
    }
    this.#replaceActive();
    const milliseconds = performance.now() - job.started;
    job.settle({ end: { kind: "internal", message }, milliseconds });
    this.#next();
  }

  #break(error: Error): void {
    this.#broken = error;
    clearTimeout(this.#resting);
    this.#active.terminate();
    this.#announceFailure(error);
    const { job } = this.#active;
    for (const lost of [...(job ? [job] : []), ...this.#queue.splice(0)]) {
      lost.reject(error);
    }
  }
}

function settleStopped(job: Job): void {
  const milliseconds = job.started === 0 ? 0 : performance.now() - job.started;
  job.settle({ end: { kind: "stopped" }, milliseconds });
}

/** Compiles while the bytes arrive, where the host says that they are WebAssembly; some say nothing, or something else. */
export async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  }
  if (response.headers.get("content-type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

/** An engine that is on its way, and the worker that compiles it, where it is not the page that does, until it is taken. */
export interface BegunEngine {
  module: Promise<WebAssembly.Module>;
  worker?: Worker | undefined;
}

/** The parts as a page fetches them. Loading starts here, unless the engine is already on its way. */
export function browserParts(
  urls: EngineUrls,
  begun: BegunEngine = { module: fetch(urls.engine).then(compileResponse) },
): EngineParts {
  let first = begun.worker;
  begun.worker = undefined;
  return {
    module: begun.module,
    compiling: first !== undefined,
    functions: () => fetch(urls.functions).then(compileResponse),
    library: async () => {
      const response = await fetch(urls.library, { priority: "low" });
      if (!response.ok) {
        throw new Error(`${urls.library}: ${response.status} ${response.statusText}`);
      }
      return response.arrayBuffer();
    },
    packages: {
      index: Promise.resolve(urls.packages.index),
      load: async (name) => {
        const url = urls.packages.url(name);
        if (url === undefined) {
          throw new Error("it is not beside the page");
        }
        const response = await fetch(url);
        if (!response.ok || response.body === null) {
          throw new Error(`${url}: ${response.status} ${response.statusText}`);
        }
        return gunzip(response.body);
      },
    },
    spawn: (receive, fail) => {
      const worker = first ?? new Worker(urls.worker, { name: "loopscope" });
      first = undefined;
      return connectWorker(worker, receive, fail);
    },
  };
}

/** The client's end of a browser's worker. */
export function connectWorker(
  worker: Worker,
  receive: (response: Answer) => void,
  fail: (message: string) => void,
): EngineWorker {
  worker.onmessage = (event: MessageEvent<Answer>) => {
    receive(event.data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  worker.onmessageerror = () => {
    fail("A message of the engine's worker could not be read");
  };
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    terminate: () => {
      worker.terminate();
    },
  };
}

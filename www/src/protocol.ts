/** What the page and the engine's worker say to each other. */

import type { PackageEntry } from "./packages.ts";
import type { RunEnd } from "./wasm.ts";

/**
 * Milliseconds after the first run in which the page has better use for the processor: it shows what the run has said. What
 * only later runs have a use for waits so long, on either side.
 */
export const REST = 200;

/** How the last words of a run begin that needs what has not arrived: nobody's fault, and worth another try. */
export const UNDELIVERED = "Could not be downloaded: ";

/** To the worker. */
export type Request =
  /**
   * Before `start`, to one worker of a page: fetch and compile the engine. `watched` asks for news of the bytes, of which
   * there are `size` when they are unpacked.
   */
  | { kind: "compile"; url: string; watched: boolean; size: number }
  /** Before any run, once. A worker that compiles the engine is given no module, and may be asked for a run right away. */
  | { kind: "start"; module?: WebAssembly.Module; packages: PackageEntry[] }
  /** The standard library's archive, as soon as it is there. */
  | { kind: "library"; archive: ArrayBuffer }
  /** It will never be there. */
  | { kind: "libraryFailed"; message: string }
  /** All functions of the engine, which were asked for. */
  | { kind: "functions"; module: WebAssembly.Module }
  /** They will not be there. */
  | { kind: "functionsFailed"; message: string }
  /** A package that was asked for. */
  | { kind: "package"; name: string; archive: ArrayBuffer }
  /** It will not be there. */
  | { kind: "packageFailed"; name: string; message: string }
  /** One run at a time. `input` is the JSON of `{"workspace": …, "options": …}`. */
  | { kind: "run"; input: string };

/** From the worker. */
export type Response =
  /** The engine has been asked for. */
  | { kind: "fetching" }
  /** So many bytes of the engine have arrived. */
  | { kind: "progress"; loaded: number; total: number }
  /** For the page's other workers. */
  | { kind: "compiled"; module: WebAssembly.Module }
  /** The interpreter is as it starts; a run may be asked for. Said at the start and after each run. */
  | { kind: "ready" }
  /** The next bytes of the trace. The buffer is transferred. */
  | { kind: "batch"; bytes: ArrayBuffer }
  /** The program imports what only the standard library's archive has; the run begins again when that is there. */
  | { kind: "libraryWanted" }
  /** The program calls what only all functions of the engine have; the run begins again when they are there. */
  | { kind: "functionsWanted" }
  /** The program imports one of these packages, which needs the others; the run begins again when they are there. */
  | { kind: "packagesWanted"; names: string[] }
  /** The run is over, and all its batches have been sent. */
  | { kind: "ended"; end: FinalEnd; milliseconds: number }
  /** The engine cannot be started here. */
  | { kind: "failed"; message: string };

/** What is said of an engine that is on its way. */
export type Report = (news: Extract<Response, { kind: "fetching" | "progress" }>) => void;

/** How a run ended, once what it needs is no longer in question. */
export type FinalEnd = Exclude<RunEnd, { kind: "libraryMissing" | "packageMissing" | "functionsMissing" }>;

/** One end of the connection, as browsers' workers and Node's both have it. */
export interface Port<Sent, Received> {
  post(message: Sent, transfer: ArrayBuffer[]): void;
  listen(receive: (message: Received) => void): void;
}

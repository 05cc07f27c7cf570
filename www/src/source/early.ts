/**
 * The site's engine, on its way before the page's own script has been read: that is most of what a first output waits
 * for. The worker that compiles it is the first to run programs.
 */
import engine from "../../../target/site/engine.wasm?url";
import type { BegunEngine } from "../client.ts";
import type { Request, Response } from "../protocol.ts";
import { load, save } from "../share/autosave.ts";
import engineWorker from "../worker.ts?worker&url";
import type { Progress } from "./source.ts";

/** Bytes of the engine, written in by the build. */
declare const ENGINE_BYTES: number;

const watching = new Set<Progress>();
let begun: EarlyEngine | null = null;

interface EarlyEngine extends BegunEngine {
  /** Settles when the engine has been asked for, or cannot be. */
  asked: Promise<void>;
}

/** Starts fetching and compiling, unless that is under way. A failure is forgotten, so that it can be tried again. */
export function beginEarly(progress?: Progress): EarlyEngine {
  if (progress) watching.add(progress);
  if (begun) return begun;
  const worker = new Worker(engineWorker, { name: "loopscope" });
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const module = compiled(worker, tell);
  module.then(
    () => save("engine", engine),
    () => (begun = null),
  );
  begun = { module, worker, asked };
  return begun;
}

/** A first visit watches the bytes arrive. Later ones take them from the browser's store, and there is nothing to watch. */
function compiled(worker: Worker, asked: () => void): Promise<WebAssembly.Module> {
  const known = load("engine", (value): value is string => typeof value === "string");
  return new Promise<WebAssembly.Module>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      asked();
      if (data.kind === "progress") for (const progress of watching) progress(data.loaded, data.total);
      else if (data.kind === "compiled") resolve(data.module);
      else if (data.kind === "failed") reject(new Error(data.message));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      asked();
      reject(new Error(event.message));
    });
    const request: Request = {
      kind: "compile",
      url: new URL(engine, document.baseURI).href,
      watched: known !== engine,
      size: ENGINE_BYTES,
    };
    worker.postMessage(request);
  }).finally(() => watching.clear());
}

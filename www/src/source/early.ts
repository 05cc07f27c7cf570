/**
 * The site's engine, on its way before the page's own script has been read: that is most of what a first output waits for.
 */
import engine from "../../../target/site/engine.wasm?url";
import { load, save } from "../share/autosave.ts";
import type { CompileAnswer, CompileRequest } from "./compile-worker.ts";
import compileWorker from "./compile-worker.ts?worker&url";
import type { Progress } from "./source.ts";

/** Bytes of the engine, written in by the build. */
declare const ENGINE_BYTES: number;

const watching = new Set<Progress>();
let started: Promise<WebAssembly.Module> | null = null;

/** Starts fetching and compiling, unless that is under way. A failure is forgotten, so that it can be tried again. */
export function compileEarly(progress?: Progress): Promise<WebAssembly.Module> {
  if (progress) watching.add(progress);
  started ??= compile()
    .then((module) => {
      save("engine", engine);
      return module;
    })
    .catch((error: unknown) => {
      started = null;
      throw error;
    })
    .finally(() => watching.clear());
  return started;
}

/** A first visit watches the bytes arrive. Later ones take them from the browser's store, and there is nothing to watch. */
function compile(): Promise<WebAssembly.Module> {
  const known = load("engine", (value): value is string => typeof value === "string");
  const worker = new Worker(compileWorker, { name: "loopscope compiler" });
  return new Promise<WebAssembly.Module>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<CompileAnswer>) => {
      if (data.kind === "progress") for (const progress of watching) progress(data.loaded, data.total);
      else if (data.kind === "compiled") resolve(data.module);
      else reject(new Error(data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    const request: CompileRequest = {
      url: new URL(engine, document.baseURI).href,
      watched: known !== engine,
      size: ENGINE_BYTES,
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

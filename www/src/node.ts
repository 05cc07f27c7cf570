/**
 * loopscope in Node:
 *
 *     import { createLoopscope } from "loopscope";
 *
 *     const loopscope = await createLoopscope();
 *     const files = [{ path: "main.py", text: "import asyncio\n…" }];
 *     const { outcome, diagnostics } = await loopscope.run({ files }).result;
 *     loopscope.close();
 */

import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

import { Loopscope } from "./api.ts";
import type { Spawn } from "./client.ts";
import type { PackageEntry } from "./packages.ts";
import type { Response } from "./protocol.ts";

export * from "./api.ts";

/** What the build writes beside this file: where the parts are. */
interface Parts {
  engine: string;
  functions: string;
  analysis: string;
  library: string;
  packages: (PackageEntry & { file: string })[];
}

/** Loads and compiles the engine. One is enough for a program, however many runs it makes. */
export async function createLoopscope(): Promise<Loopscope> {
  const here = import.meta.url;
  const parts = JSON.parse(await readFile(new URL("parts.json", here), "utf8")) as Parts;
  const compile = async (path: string): Promise<WebAssembly.Module> =>
    WebAssembly.compile(await readFile(new URL(path, here)));
  const library = async (): Promise<ArrayBuffer> => {
    return wholeBuffer(await readFile(new URL(parts.library, here)));
  };
  const packages = {
    index: Promise.resolve(parts.packages),
    load: async (name: string): Promise<ArrayBuffer> => {
      const file = parts.packages.find((entry) => entry.name === name)?.file ?? name;
      return wholeBuffer(gunzipSync(await readFile(new URL(file, here))));
    },
  };
  const [module, analysis] = await Promise.all([compile(parts.engine), compile(parts.analysis)]);
  const functions = (): Promise<WebAssembly.Module> => compile(parts.functions);
  return new Loopscope({ module: Promise.resolve(module), functions, library, packages, spawn }, analysis);
}

/** Node's buffers may be parts of larger ones. */
export function wholeBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export const spawn: Spawn = (receive, fail) => {
  const worker = new Worker(new URL("node-worker.js", import.meta.url));
  worker.on("message", (response: Response) => {
    receive(response);
  });
  worker.on("error", (error) => {
    fail(error.message);
  });
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    terminate: () => {
      void worker.terminate();
    },
  };
};

/**
 * Fetches and compiles the engine beside the page. The page's own thread has its script to read at that time, and what it
 * does not take from the network at once is not sent any further.
 */

import { compileResponse } from "../client.ts";

/** To the worker, once. `watched` asks for news of the bytes, of which there are so many when they are unpacked. */
export interface CompileRequest {
  url: string;
  watched: boolean;
  size: number;
}

/** From the worker: news, and then one of the others. */
export type CompileAnswer =
  | { kind: "progress"; loaded: number; total: number }
  | { kind: "compiled"; module: WebAssembly.Module }
  | { kind: "failed"; message: string };

interface Scope {
  postMessage(answer: CompileAnswer): void;
  onmessage: ((event: MessageEvent<CompileRequest>) => void) | null;
}

/** Milliseconds between two pieces of news. */
const PACE = 50;

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  compile(data).then(
    (module) => scope.postMessage({ kind: "compiled", module }),
    (error: unknown) => scope.postMessage({ kind: "failed", message: String(error) }),
  );
};

/** The compiler gets the response itself: browsers keep compiled code only for that. */
async function compile({ url, watched, size }: CompileRequest): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (watched && response.ok) void watch(response.clone(), size);
  return compileResponse(response);
}

/** Tells of the bytes as they travel: those of a compressed response are fewer than what is read here. */
async function watch(response: Response, size: number): Promise<void> {
  const total = Number(response.headers.get("content-length")) || size;
  const reader = response.body?.getReader();
  let loaded = 0;
  let told = 0;
  try {
    for (;;) {
      const part = await reader?.read();
      if (!part?.value) return;
      loaded += part.value.length;
      if (performance.now() - told < PACE) continue;
      told = performance.now();
      scope.postMessage({ kind: "progress", loaded: Math.round(Math.min(loaded / size, 1) * total), total });
    }
  } catch {
    // The download has failed; who compiles it hears of that.
  }
}

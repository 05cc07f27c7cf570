/**
 * Fetches and compiles the engine beside the page. The page's own thread has its script to read at that time, and what it
 * does not take from the network at once is not sent any further.
 */

import { compileResponse } from "../client.ts";

/** To the worker, once. `watched` asks for news of the bytes. */
export interface CompileRequest {
  url: string;
  watched: boolean;
}

/** From the worker: news, and then one of the others. */
export type CompileAnswer =
  | { kind: "progress"; loaded: number; total: number | null }
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
async function compile({ url, watched }: CompileRequest): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (watched && response.ok) void watch(response.clone());
  return compileResponse(response);
}

async function watch(response: Response): Promise<void> {
  // What a compressed response says of its length is not what arrives here.
  const total = response.headers.has("content-encoding")
    ? null
    : Number(response.headers.get("content-length")) || null;
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
      scope.postMessage({ kind: "progress", loaded, total });
    }
  } catch {
    // The download has failed; who compiles it hears of that.
  }
}

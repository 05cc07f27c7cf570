/**
 * The engine's worker fetches and compiles the engine by itself: the page's own thread has its script to read at that
 * time, and what it does not take from the network at once is not sent any further.
 */

import { compileResponse } from "../client.ts";
import type { Report, Request } from "../protocol.ts";

/** Milliseconds between two pieces of news. */
const PACE = 50;

/** The compiler gets the response itself: browsers keep compiled code only for that. */
export async function compile(
  { url, watched, size }: Extract<Request, { kind: "compile" }>,
  report: Report,
): Promise<WebAssembly.Module> {
  const asked = fetch(url);
  report({ kind: "fetching" });
  const response = await asked;
  if (watched && response.ok) void watch(response.clone(), size, report);
  return compileResponse(response);
}

/** Tells of the bytes as they travel: those of a compressed response are fewer than what is read here. */
async function watch(response: Response, size: number, report: Report): Promise<void> {
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
      report({ kind: "progress", loaded: Math.round(Math.min(loaded / size, 1) * total), total });
    }
  } catch {
    // The download has failed; who compiles it hears of that.
  }
}

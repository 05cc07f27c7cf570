/** The engine as a static host serves it: each part a file beside the page, named by its content. */
import { analysisUrl, engineUrls } from "../assets.ts";
import { browserParts, compileResponse } from "../client.ts";
import { load, save } from "../share/autosave.ts";
import type { Progress, Source } from "./source.ts";

export const fetchedSource: Source = (progress) => {
  const analysis = fetch(analysisUrl).then(compileResponse);
  return { engine: browserParts(engineUrls, compileEngine(progress)), analysis };
};

/**
 * A first visit watches the bytes arrive, beside the compiler, which gets the response itself: browsers keep compiled
 * code only for that. Later visits take the engine from the browser's store, and there is nothing to watch.
 */
async function compileEngine(progress: Progress): Promise<WebAssembly.Module> {
  const response = await fetch(engineUrls.engine);
  const known = load("engine", (value): value is string => typeof value === "string");
  if (response.ok && known !== engineUrls.engine) void watch(response.clone(), progress);
  const module = await compileResponse(response);
  save("engine", engineUrls.engine);
  return module;
}

async function watch(response: Response, progress: Progress): Promise<void> {
  // What a compressed response says of its length is not what arrives here.
  const length = response.headers.has("content-encoding")
    ? null
    : Number(response.headers.get("content-length")) || null;
  const reader = response.body?.getReader();
  let loaded = 0;
  try {
    for (;;) {
      const part = await reader?.read();
      if (!part?.value) return;
      loaded += part.value.length;
      progress(loaded, length);
    }
  } catch {
    // The download has failed; who compiles it hears of that.
  }
}

/** loopscope in a browser, without the page: the same API as in Node. */

import { Loopscope } from "./api.ts";
import { analysisUrl, engineUrls } from "./assets.ts";
import { browserParts, compileResponse } from "./client.ts";

export * from "./api.ts";

/** Loads and compiles the engine. One is enough for a page, however many programs it shows. */
export async function createLoopscope(): Promise<Loopscope> {
  const parts = browserParts(engineUrls);
  const analysis = await fetch(analysisUrl).then(compileResponse);
  return new Loopscope(parts, analysis);
}

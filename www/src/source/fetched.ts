/** The engine as a static host serves it: each part a file beside the page, named by its content. */
import { analysisUrl, engineUrls } from "../assets.ts";
import { browserParts, compileResponse } from "../client.ts";
import { beginEarly } from "./early.ts";
import type { Source } from "./source.ts";

export const fetchedSource: Source = (progress) => {
  const analysis = fetch(analysisUrl).then(compileResponse);
  return { engine: browserParts(engineUrls, beginEarly(progress)), analysis };
};

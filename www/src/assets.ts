/** Where the built parts are, relative to the page, whatever path it is served from. */

import analysis from "../../target/site/analysis.wasm?url";
import engine from "../../target/site/engine.wasm?url";
import functions from "../../target/site/functions.wasm?url";
import library from "../../target/site/library.bin?url";
import type { EngineUrls } from "./client.ts";
import type { PackageEntry } from "./packages.ts";
import worker from "./worker.ts?worker&url";

const bundles = import.meta.glob<string>("../../target/site/packages/*.bundle", {
  query: "?url",
  import: "default",
  eager: true,
});
const index = import.meta.glob<PackageEntry[]>("../../target/site/packages/index.json", {
  import: "default",
  eager: true,
});
const packages: EngineUrls["packages"] = {
  index: Object.values(index).flat(),
  url: (name) => bundles[`../../target/site/packages/${name}.bundle`],
};

export const engineUrls: EngineUrls = { engine, functions, library, worker, packages };
export const analysisUrl: string = analysis;

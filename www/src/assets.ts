/** Where the built parts are, relative to the page, whatever path it is served from. */

import analysis from "../../target/site/analysis.wasm?url";
import engine from "../../target/site/engine.wasm?url";
import library from "../../target/site/library.bin?url";
import type { EngineUrls } from "./client.ts";
import worker from "./worker.ts?worker&url";

export const engineUrls: EngineUrls = { engine, library, worker };
export const analysisUrl: string = analysis;

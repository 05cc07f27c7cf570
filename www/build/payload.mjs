/** Packs the engine and its parts into the text that a single file and the widget carry. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { compress } from "./compress.mjs";
import { allPackages, packageIndex } from "./packages.mjs";
import { textOfBytes } from "./text-bytes.mjs";

/**
 * The engine goes in as cargo built it: started, it would be twice the size. Where it runs it is started once, which
 * takes less than a second. Resolves to `{ parts, text }`, as `src/carried/payload.ts` describes them.
 */
export async function makePayload(site) {
  const cache = join(site, "compressed");
  const decoder = createRequire(import.meta.url).resolve("brotli-dec-wasm/web/bg.wasm");
  const brotli = async (path) => readFileSync(await compress(readFileSync(join(site, path)), cache));
  const packed = [
    { name: "decoder", packed: "gzip", bytes: gzipSync(readFileSync(decoder), { level: 9 }) },
    { name: "engine", packed: "brotli", bytes: await brotli("parts/engine.wasm") },
    { name: "library", packed: "brotli", bytes: await brotli("library.bin") },
    { name: "analysis", packed: "brotli", bytes: await brotli("analysis.wasm") },
    { name: "packages", packed: "gzip", bytes: gzipSync(allPackages(site), { level: 9 }), index: packageIndex(site) },
  ];
  return {
    parts: packed.map(({ bytes, ...part }) => ({ ...part, length: bytes.length })),
    text: textOfBytes(Buffer.concat(packed.map(({ bytes }) => bytes))),
  };
}

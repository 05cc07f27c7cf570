/** Packs the engine and its parts, and the packages, into the texts that a single file and the widget carry. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { compress } from "./compress.mjs";
import { allPackages, packageIndex } from "./packages.mjs";
import { textOfBytes } from "./text-bytes.mjs";

/**
 * The engine goes in unstarted: started, it would be twice the size. Where it runs it is started once, which
 * takes less than a second. Resolves to a `Payload`, as `src/carried/payload.ts` describes it.
 */
export async function makePayload(site) {
  const cache = join(site, "compressed");
  const decoder = createRequire(import.meta.url).resolve("brotli-dec-wasm/web/bg.wasm");
  const brotli = async (path) => readFileSync(await compress(readFileSync(join(site, path)), cache));
  const packed = [
    { name: "decoder", packed: "gzip", bytes: gzipSync(readFileSync(decoder), { level: 9 }) },
    { name: "engine", packed: "brotli", bytes: await brotli("unstarted.wasm") },
    { name: "library", packed: "brotli", bytes: await brotli("library.bin") },
    { name: "analysis", packed: "brotli", bytes: await brotli("analysis.wasm") },
  ];
  return {
    parts: packed.map(({ bytes, ...part }) => ({ ...part, length: bytes.length })),
    index: packageIndex(site),
    text: textOfBytes(Buffer.concat(packed.map(({ bytes }) => bytes))),
  };
}

/** The packages that programs may import, apart from the engine: most programs need none. A `PackagesPayload`. */
export function makePackagesPayload(site) {
  const bytes = gzipSync(allPackages(site), { level: 9 });
  return { length: bytes.length, text: textOfBytes(bytes) };
}

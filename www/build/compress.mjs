/** Writes `file.br` beside each file of a folder, as a static host would send it. Remembers what it has compressed. */

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const COMPRESSIBLE = new Set([".bin", ".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".wasm"]);
const brotli = promisify(brotliCompress);

function* files(folder, prefix = "") {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) yield* files(join(folder, entry.name), `${path}/`);
    else yield path;
  }
}

/** Compresses once; resolves to the file that holds the result. */
export async function compress(bytes, cache) {
  mkdirSync(cache, { recursive: true });
  const key = createHash("sha256").update(bytes).digest("hex");
  const target = join(cache, `${key}.br`);
  if (!existsSync(target)) {
    const result = await brotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(target, result);
  }
  return target;
}

/** Returns `{ path, size, compressed }` of every file, largest first; what does not compress counts as it is. */
export async function compressAll(folder, cache) {
  const list = [...files(folder)].filter((path) => !path.endsWith(".br"));
  const sizes = await Promise.all(
    list.map(async (path) => {
      const source = join(folder, path);
      const { size } = statSync(source);
      if (!COMPRESSIBLE.has(extname(path))) return { path, size, compressed: size };
      const target = await compress(readFileSync(source), cache);
      copyFileSync(target, `${source}.br`);
      return { path, size, compressed: statSync(target).size };
    }),
  );
  return sizes.sort((a, b) => b.compressed - a.compressed);
}

// Pyodide's files as a static host would serve them: compressed as well as ours are.

import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compressAll } from "../../www/build/compress.mjs";
import { TARGET } from "../site.mjs";

const FILES = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];

/** Returns the folder that has them. */
export async function stagePyodide() {
  const installed = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
  const folder = join(TARGET, "bench/pyodide");
  await mkdir(folder, { recursive: true });
  for (const name of FILES) await copyFile(join(installed, name), join(folder, name));
  await compressAll(folder, join(TARGET, "bench/compressed"));
  return folder;
}

/** `loopscope` in Node: the API, with the engine that the package carries. */
import { readFile } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { preinitialise } from "../../build/preinitialise.mjs";
import { Loopscope } from "../api.ts";
import type { PackagesPayload, PartName, Payload } from "../carried/payload.ts";
import { bytesOfText } from "../carried/text-bytes.ts";
import { spawn, wholeBuffer } from "../node.ts";
import { carriedPackages } from "../packages.ts";

export * from "../api.ts";

/** Loads and compiles the engine. One is enough for a program, however many runs it makes. */
export async function createLoopscope(): Promise<Loopscope> {
  const { parts, index, text } = (await carried("engine")) as Payload;
  const all = bytesOfText(
    text,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  const unpacked = new Map<PartName, Uint8Array<ArrayBuffer>>();
  let offset = 0;
  for (const { name, packed, length } of parts) {
    const bytes = all.subarray(offset, offset + length);
    offset += length;
    unpacked.set(name, packed === "brotli" ? new Uint8Array(brotliDecompressSync(bytes)) : bytes);
  }
  const part = (name: PartName): Uint8Array<ArrayBuffer> => {
    const bytes = unpacked.get(name);
    if (!bytes) throw new Error(`The carried engine lacks its ${name}`);
    return bytes;
  };
  const library = part("library");
  const started = preinitialise(part("engine"), library).bytes;
  const [module, analysis] = await Promise.all([WebAssembly.compile(started), WebAssembly.compile(part("analysis"))]);
  const packages = carriedPackages(Promise.resolve(index), async () => {
    const { length, text: packed } = (await carried("packages")) as PackagesPayload;
    return wholeBuffer(gunzipSync(bytesOfText(packed, length)));
  });
  return new Loopscope(
    { module: Promise.resolve(module), library: () => Promise.resolve(library.slice().buffer), packages, spawn },
    analysis,
  );
}

/** The one literal of a script. The text in it has no quotation marks, and nothing that is escaped. */
async function carried(name: "engine" | "packages"): Promise<unknown> {
  const script = await readFile(new URL(`./loopscope-${name}.js`, import.meta.url), "utf8");
  const [before = "", text = ""] = script.slice(0, script.lastIndexOf('"')).split(',"text":"');
  return { ...(JSON.parse(`${before.slice(before.indexOf(`.${name}=`) + name.length + 2)}}`) as object), text };
}

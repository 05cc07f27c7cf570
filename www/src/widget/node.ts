/** `loopscope` in Node: the API, with the engine that the package carries. */
import { readFile } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { preinitialise } from "../../build/preinitialise.mjs";
import { Loopscope } from "../api.ts";
import { indexOf, type PartName, type Payload } from "../carried/payload.ts";
import { bytesOfText } from "../carried/text-bytes.ts";
import { spawn, wholeBuffer } from "../node.ts";
import { carriedPackages } from "../packages.ts";

export * from "../api.ts";

/** Loads and compiles the engine. One is enough for a program, however many runs it makes. */
export async function createLoopscope(): Promise<Loopscope> {
  const script = await readFile(new URL("./loopscope-engine.js", import.meta.url), "utf8");
  const payload = payloadOf(script);
  const { parts, text } = payload;
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
  const packages = carriedPackages(Promise.resolve(indexOf(payload)), () =>
    Promise.resolve(wholeBuffer(gunzipSync(part("packages")))),
  );
  return new Loopscope(
    { module: Promise.resolve(module), library: () => Promise.resolve(library.slice().buffer), packages, spawn },
    analysis,
  );
}

/** Takes the one literal of the script apart. The text in it has no quotation marks, and nothing that is escaped. */
function payloadOf(script: string): Payload {
  const [before = "", text = ""] = script.slice(0, script.lastIndexOf('"')).split(',"text":"');
  const parts = JSON.parse(before.slice(before.indexOf('"parts":') + '"parts":'.length)) as Payload["parts"];
  return { parts, text };
}

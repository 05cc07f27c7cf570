/** Unpacks, starts and compiles the engine, away from the page, which goes on meanwhile. */

import { decompress, initSync } from "brotli-dec-wasm/web";

import { preinitialise } from "../../build/preinitialise.mjs";
import type { PartName, Payload, Unpacked } from "./payload.ts";
import { bytesOfText } from "./text-bytes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What of a worker's global scope is used. */
interface Scope {
  postMessage(message: Unpacked, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Payload>) => void) | null;
}

async function gunzip(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function unpack({ parts, text }: Payload): Promise<Extract<Unpacked, { kind: "unpacked" }>> {
  const all = bytesOfText(
    text,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  const packed = new Map<PartName, Bytes>();
  let offset = 0;
  for (const { name, length } of parts) {
    packed.set(name, all.subarray(offset, offset + length));
    offset += length;
  }
  const part = (name: PartName): Bytes => {
    const bytes = packed.get(name);
    if (!bytes) throw new Error(`The carried engine lacks its ${name}`);
    return bytes;
  };
  initSync({ module: await gunzip(part("decoder")) });
  const library = decompress(part("library")) as Bytes;
  const started = preinitialise(decompress(part("engine")) as Bytes, library);
  return {
    kind: "unpacked",
    engine: new WebAssembly.Module(started.bytes),
    analysis: new WebAssembly.Module(decompress(part("analysis")) as Bytes),
    library: library.buffer,
  };
}

const scope = globalThis as unknown as Scope;
scope.onmessage = ({ data }) => {
  unpack(data).then(
    (unpacked) => {
      scope.postMessage(unpacked, [unpacked.library]);
    },
    (error: unknown) => {
      scope.postMessage({ kind: "failed", message: error instanceof Error ? error.message : String(error) }, []);
    },
  );
};

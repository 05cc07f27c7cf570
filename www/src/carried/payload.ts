/** What a single file and the widget carry: the engine and its parts, compressed, as one text. */

import type { PackageEntry } from "../packages.ts";

export type PartName = "decoder" | "engine" | "library" | "analysis" | "packages";

/** The parts lie one after the other in the bytes that the text stands for. */
export interface Part {
  name: PartName;
  /** The decoder of the others is itself packed with what browsers unpack themselves. */
  packed: "gzip" | "brotli";
  /** Bytes, as packed. */
  length: number;
  /** Of the packages that programs may import: which there are. */
  index?: PackageEntry[];
}

export interface Payload {
  parts: Part[];
  text: string;
}

/** The packages that a payload carries. */
export function indexOf({ parts }: Payload): PackageEntry[] {
  return parts.find(({ name }) => name === "packages")?.index ?? [];
}

/** From the worker that unpacks. */
export type Unpacked =
  | {
      kind: "unpacked";
      engine: WebAssembly.Module;
      analysis: WebAssembly.Module;
      library: ArrayBuffer;
      packages: ArrayBuffer;
    }
  | { kind: "failed"; message: string };

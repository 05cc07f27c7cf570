/** What a single file and the widget carry: the engine and its parts, compressed, as one text, and packages as another. */

import type { PackageEntry } from "../packages.ts";

export type PartName = "decoder" | "engine" | "library" | "analysis";

/** The parts lie one after the other in the bytes that the text stands for. */
export interface Part {
  name: PartName;
  /** The decoder of the others is itself packed with what browsers unpack themselves. */
  packed: "gzip" | "brotli";
  /** Bytes, as packed. */
  length: number;
}

export interface Payload {
  parts: Part[];
  /** The packages that programs may import: which there are. */
  index: PackageEntry[];
  text: string;
}

/** The packages themselves: one archive, packed with gzip. */
export interface PackagesPayload {
  /** Bytes, as packed. */
  length: number;
  text: string;
}

/** From the worker that unpacks. */
export type Unpacked =
  | {
      kind: "unpacked";
      engine: WebAssembly.Module;
      analysis: WebAssembly.Module;
      library: ArrayBuffer;
    }
  | { kind: "failed"; message: string };

/** The packages that programs may import besides the standard library: which there are, and what of them has arrived. */

import { Archive } from "./archive.ts";

/** What the build says of a package. */
export interface PackageEntry {
  name: string;
  version: string;
  /** The top-level modules that are in it. */
  modules: string[];
  /** The packages that it imports in turn. */
  needs: string[];
}

/** Where packages come from. None is fetched before a program imports it. */
export interface PackageSource {
  index: Promise<PackageEntry[]>;
  /** The archive of a package, by its name. */
  load: (name: string) => Promise<ArrayBuffer>;
}

/** Thrown through the engine's frames to leave a run at once. */
export class PackageMissing extends Error {
  constructor(readonly packageName: string) {
    super(packageName);
  }
}

/** The files of packages, by paths such as `aiohttp/web.py` and `dist-info/aiohttp/METADATA`. */
export class Shelf {
  readonly #index: readonly PackageEntry[];
  readonly #archives = new Map<string, Archive>();

  constructor(index: readonly PackageEntry[]) {
    this.#index = index;
  }

  /** A package has arrived. Throws if its bytes are no archive. */
  put(name: string, archive: ArrayBuffer): void {
    this.#archives.set(name, new Archive(archive));
  }

  /** A file; nothing if no package has it. Throws {@link PackageMissing} if one may have it that is not here. */
  get(path: string): Uint8Array | undefined {
    const entry = this.#owner(path);
    if (entry === undefined) return undefined;
    const archive = this.#archives.get(entry.name);
    if (archive === undefined) throw new PackageMissing(entry.name);
    return archive.get(path);
  }

  /** The package itself and all that it needs, as far as they are not here. */
  missing(name: string): string[] {
    const wanted = [name];
    // The list grows while it is walked: what is needed may itself need more.
    for (const one of wanted) {
      const needs = this.#index.find((entry) => entry.name === one)?.needs ?? [];
      wanted.push(...needs.filter((need) => !wanted.includes(need)));
    }
    return wanted.filter((one) => !this.#archives.has(one));
  }

  #owner(path: string): PackageEntry | undefined {
    const [first = "", second] = path.split("/");
    if (first === "dist-info") return this.#index.find((entry) => entry.name === second);
    const module = first.replace(/\.py$/, "");
    return this.#index.find((entry) => entry.modules.includes(module));
  }
}

/** For an engine without any. */
export const NO_PACKAGES: PackageSource = {
  index: Promise.resolve([]),
  load: (name) => Promise.reject(new Error(`There is no package ${name}`)),
};

/** The packages that are carried together in one archive, which is unpacked when the first of them is wanted. */
export function carriedPackages(index: Promise<PackageEntry[]>, unpack: () => Promise<ArrayBuffer>): PackageSource {
  let all: Promise<Archive> | undefined;
  return {
    index,
    load: async (name) => {
      all ??= unpack().then((bytes) => new Archive(bytes));
      const archive = (await all).get(name);
      if (archive === undefined) throw new Error("it is not carried along");
      return archive.slice().buffer;
    },
  };
}

/** Unpacks what the build has packed with gzip. */
export function gunzip(packed: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<ArrayBuffer> {
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

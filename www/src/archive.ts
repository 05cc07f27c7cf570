/** Files in one piece, as the build packs them: path and contents, one after the other, all preceded by their length. */

const decoder = new TextDecoder();

/** An archive that has been taken apart: the standard library's sources, a package, all packages. */
export class Archive {
  readonly #entries = new Map<string, Uint8Array>();

  /** Throws on bytes that are not an archive. */
  constructor(archive: ArrayBuffer) {
    const data = new DataView(archive);
    const count = data.getUint32(0, true);
    let offset = 4;
    const take = (): Uint8Array => {
      const length = data.getUint32(offset, true);
      const bytes = new Uint8Array(archive, offset + 4, length);
      offset += 4 + length;
      return bytes;
    };
    for (let index = 0; index < count; index += 1) {
      const path = decoder.decode(take());
      this.#entries.set(path, take());
    }
    if (offset !== archive.byteLength) {
      throw new Error("An archive is damaged");
    }
  }

  /** The contents of a file such as `asyncio/tasks.py`. */
  get(path: string): Uint8Array | undefined {
    return this.#entries.get(path);
  }

  get size(): number {
    return this.#entries.size;
  }
}

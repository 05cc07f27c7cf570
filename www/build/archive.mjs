/** Archives as the engine and the page read them: how many files, then path and contents of each, preceded by their length. */

/** Packs `{ path, bytes }` each. */
export function archiveOf(files) {
  return Buffer.concat([word(files.length), ...files.flatMap(entry)]);
}

/** The archive with more files at its end. */
export function withFiles(archive, files) {
  const count = Buffer.from(archive).readUInt32LE();
  return Buffer.concat([word(count + files.length), archive.subarray(4), ...files.flatMap(entry)]);
}

/** What {@link archiveOf} has packed, by path. */
export function readArchive(archive) {
  const data = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const files = new Map();
  let offset = 4;
  const take = () => {
    const length = data.getUint32(offset, true);
    const bytes = archive.subarray(offset + 4, offset + 4 + length);
    offset += 4 + length;
    return bytes;
  };
  for (let left = data.getUint32(0, true); left > 0; left -= 1) {
    const path = new TextDecoder().decode(take());
    files.set(path, take());
  }
  return files;
}

/** Bytes, preceded by their length. */
export function counted(bytes) {
  return Buffer.concat([word(bytes.length), bytes]);
}

/** A number in four bytes, the lowest first. */
export function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function entry({ path, bytes }) {
  return [counted(Buffer.from(path)), counted(bytes)];
}

/**
 * Bytes as text that HTML and JavaScript both take as it is: seven bits a character, in UTF-8 eight bytes for seven.
 *
 * Six of the 128 characters cannot stand in a script: each of them makes, with the seven bits that follow, one character
 * of two bytes, so that nothing is lost on them. The build writes the text (`build/text-bytes.mjs`).
 */
export const UNSPEAKABLE: readonly number[] = [0x00, 0x0a, 0x0d, 0x22, 0x3c, 0x5c];

/** Reads `length` bytes. Throws on a text that is too short: it has been cut off. */
export function bytesOfText(text: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  let bits = 0;
  let count = 0;
  const add = (seven: number): void => {
    bits = (bits << 7) | seven;
    count += 7;
    if (count < 8) return;
    count -= 8;
    if (at < length) bytes[at] = bits >> count;
    at += 1;
    bits &= (1 << count) - 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      add(code);
    } else {
      const pair = code - 0x80;
      add(UNSPEAKABLE[pair >> 7] ?? 0);
      add(pair & 0x7f);
    }
  }
  if (at < length) throw new Error("The text that carries the engine is cut off");
  return bytes;
}

/** Writes bytes as text for scripts and pages to carry. `src/carried/text-bytes.ts` says how, and reads it. */

const UNSPEAKABLE = [0x00, 0x0a, 0x0d, 0x22, 0x3c, 0x5c];

function* sevens(bytes) {
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 7) {
      count -= 7;
      yield (bits >> count) & 0x7f;
    }
    bits &= (1 << count) - 1;
  }
  if (count > 0) yield (bits << (7 - count)) & 0x7f;
}

export function textOfBytes(bytes) {
  const codes = [];
  const pieces = [];
  let pending = -1;
  for (const seven of sevens(bytes)) {
    if (pending !== -1) {
      codes.push(0x80 + (pending << 7) + seven);
      pending = -1;
    } else {
      pending = UNSPEAKABLE.indexOf(seven);
      if (pending === -1) codes.push(seven);
    }
    // A call takes a limited number of arguments.
    if (codes.length > 8000) pieces.push(String.fromCharCode(...codes.splice(0)));
  }
  if (pending !== -1) codes.push(0x80 + (pending << 7));
  return pieces.join("") + String.fromCharCode(...codes);
}

import type { Text } from "@codemirror/state";
import type { Place } from "../findings/finding.ts";

/**
 * Where a place lies in a document. Columns count characters, documents count UTF-16 units. A place beyond the text, as
 * when it has been edited since the run, is brought back into it.
 */
export function rangeOf(doc: Text, place: Omit<Place, "file">): { from: number; to: number } {
  const from = offset(doc, place.line, place.column);
  const to = Math.max(from, offset(doc, place.endLine, place.endColumn));
  if (to > from) return { from, to };
  // An empty place would be invisible: take the rest of its word, or the character before it.
  const line = doc.lineAt(from);
  const word = /^[\p{L}\p{N}_]+|^\S/u.exec(line.text.slice(from - line.from));
  if (word) return { from, to: from + word[0].length };
  return { from: Math.max(line.from, from - 1), to: from };
}

function offset(doc: Text, lineNumber: number, column: number): number {
  const line = doc.line(Math.min(Math.max(lineNumber, 1), doc.lines));
  let units = 0;
  for (let character = 1; character < column && units < line.length; character += 1) {
    const point = line.text.codePointAt(units) ?? 0;
    units += point > 0xffff ? 2 : 1;
  }
  return line.from + Math.min(units, line.length);
}

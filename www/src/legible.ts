/** What turns the words around it round, or cannot be seen. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** What a program has written, as part of a sentence or a row: such characters are shown as Python writes them. */
export function legible(text: string): string {
  return text.replace(UNSEEN, (one) =>
    one === "\n" ? "\\n" : `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** A name that begins or ends with room, or is nothing else, is quoted as Python does, and the room is kept. */
export function legibleName(name: string): string {
  const shown = legible(name);
  return shown !== "" && shown.trim() === shown ? shown : `'${shown.replaceAll(/\s/g, "\u00a0")}'`;
}

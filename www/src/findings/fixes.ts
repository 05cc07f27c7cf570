import type { Diagnostic, File, Fix } from "../generated/schema.ts";

/** The units of UTF-16 before a place. Columns count characters; what lies beyond the text is brought back into it. */
function offset(lines: readonly string[], line: number, column: number): number {
  let at = 0;
  const last = Math.min(Math.max(line, 1), lines.length);
  for (let index = 0; index < last - 1; index += 1) at += (lines[index] ?? "").length + 1;
  const text = lines[last - 1] ?? "";
  const units = Array.from(text)
    .slice(0, Math.max(0, column - 1))
    .join("").length;
  // A line beyond the last, as an edit at the end of a file may name, begins where the text ends.
  return line > lines.length ? at + text.length : at + units;
}

/** The files after a fix. Edits of one file do not overlap, and name places of the text as it was. */
export function withFix(files: readonly File[], fix: Fix): File[] {
  return files.map((file) => {
    const lines = file.text.split("\n");
    const changes = fix.edits
      .filter((edit) => edit.file === file.path)
      .map(({ span, text }) => ({
        from: offset(lines, span.line, span.column),
        to: offset(lines, span.endLine, span.endColumn),
        text,
      }))
      .sort((one, two) => two.from - one.from || two.to - one.to);
    let { text } = file;
    for (const change of changes)
      text = text.slice(0, change.from) + change.text + text.slice(Math.max(change.from, change.to));
    return text === file.text ? file : { path: file.path, text };
  });
}

/** What a comparison says of the findings of two runs: by rule and place in the program's words, not by line. */
export function compared(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): { gone: Diagnostic[]; come: Diagnostic[] } {
  const count = (list: readonly Diagnostic[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { rule, file } of list) counts.set(`${rule} ${file}`, (counts.get(`${rule} ${file}`) ?? 0) + 1);
    return counts;
  };
  const beyond = (list: readonly Diagnostic[], others: readonly Diagnostic[]): Diagnostic[] => {
    const left = count(others);
    return list.filter(({ rule, file }) => {
      const key = `${rule} ${file}`;
      const known = left.get(key) ?? 0;
      left.set(key, known - 1);
      return known <= 0;
    });
  };
  return { gone: beyond(before, after), come: beyond(after, before) };
}

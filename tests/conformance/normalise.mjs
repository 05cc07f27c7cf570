// What may differ between two implementations of the same Python: addresses, where the standard library is kept, on
// which of its lines something stands (its comments are wrapped differently from release to release), and the time to
// the microsecond, which has in it how long the work took.

const ADDRESS = /\b0x[0-9a-f]+/gi;
const LIBRARY_FRAME =
  /^( +\|? *)?(\s*)File "(?:[^"\n]*\/)?((?:asyncio|concurrent|unittest|logging)\/[\w/]+\.py|contextlib\.py|threading\.py|warnings\.py)", line \d+/gm;
const LIBRARY_PLACE = /(?:[^\s"'(<[]*\/)?((?:asyncio|concurrent|unittest|logging)\/[\w/]+\.py|contextlib\.py):\d+/g;

const PROGRAM = /(?:[^\s"'(<[]*\/)?\bmain\.py\b/g;

export function normalise(text) {
  return text
    .replace(PROGRAM, "main.py")
    .replace(LIBRARY_FRAME, (_whole, bar = "", space, path) => `${bar}${space}File "${path}", line N`)
    .replace(LIBRARY_PLACE, "$1:N")
    .replace(/ took \d+\.\d+ seconds/g, " took N seconds")
    .replace(/\bwhen=\d+(\.\d+)?/g, "when=N")
    .replace(ADDRESS, "0xN");
}

/** The first line in which two texts differ, with a little of what is around it. */
export function difference(expected, actual) {
  const [left, right] = [expected.split("\n"), actual.split("\n")];
  const end = Math.max(left.length, right.length);
  for (let line = 0; line < end; line += 1) {
    if (left[line] === right[line]) continue;
    const before = left.slice(Math.max(0, line - 3), line).map((text) => `    ${text}`);
    const show = (lines, sign) => lines.slice(line, line + 4).map((text) => `  ${sign} ${text}`);
    return [`line ${line + 1}:`, ...before, ...show(left, "-"), ...show(right, "+")].join("\n");
  }
  return "";
}

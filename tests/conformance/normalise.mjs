// What may differ between two implementations of the same Python: addresses; where the standard library is kept, and on
// which of its lines something stands (its comments are wrapped differently from release to release); the frames of the
// event loop's own class, of which each host has a subclass; and times to the microsecond, which have in them how long
// the work took.
//
// Of a task that the collector takes with its coroutine, it depends on the collector which of the two goes first: a
// coroutine that is gone is "done", one that is still there is "running".

const PROGRAM = /(?:[^\s"'(<[]*\/)?\bmain\.py\b/g;
const MODULES = String.raw`(?:asyncio|concurrent|unittest|logging)\/[\w/]+\.py|(?:contextlib|threading|warnings)\.py`;
const LIBRARY_FRAME = new RegExp(String.raw`File "(?:[^"\n]*\/)?(${MODULES})", line \d+`, "g");
const LIBRARY_PLACE = new RegExp(String.raw`(?:[^\s"'(<[]*\/)?(${MODULES}):\d+`, "g");
const LOOP = String.raw`(?:[^"\n]*\/)?(?:asyncio\/(?:base_events|selector_events|unix_events)|_loop)\.py`;
/** With the source lines below it, which are indented further; in an exception group each begins with a bar. */
const LOOP_FRAME = new RegExp(String.raw`^((?: *\|)?) *File "${LOOP}", line \d+, in .*\n(?:\1    .*\n)*`, "gm");
/** The oracle's library is packed: where something was created is told before it has looked for the source. */
const HANDLE_SOURCE = /( in _run\n) +self\._context\.run\(self\._callback, \*self\._args\)\n/g;
const COLLECTED = /^(task: <Task pending .*?coro=<[^ ]+\(\)) (?:running at|done, defined at) [^ >]+>/gm;

export function normalise(text) {
  return text
    .replace(LOOP_FRAME, "")
    .replace(PROGRAM, "main.py")
    .replace(LIBRARY_FRAME, 'File "$1", line N')
    .replace(LIBRARY_PLACE, "$1:N")
    .replace(HANDLE_SOURCE, "$1")
    .replace(COLLECTED, "$1>")
    .replace(/ took \d+\.\d+ seconds/g, " took N seconds")
    .replace(/\bwhen=\d+(\.\d+)?/g, "when=N")
    .replace(/\b0x[0-9a-f]+/gi, "0xN");
}

const RECORD =
  /^(?:Task |Future |_GatheringFuture |Exception in callback|Exception ignored|\w+ exception in shielded|[Uu]nhandled |Executing |an error occurred |\S+:\d+: \w*Warning)/;
/** Lines after which a traceback still belongs to the same message. */
const OPEN = /^$|^(?:task|future|handle|asyncgen|source_traceback): |^Exception ignored|:$/;

/**
 * The messages of an error stream, sorted: those that the collector brings about come in the order in which it takes
 * things, which nobody promises.
 */
export function messages(text) {
  const made = [];
  let before = "";
  for (const line of text.split("\n")) {
    const begins = RECORD.test(line) || (line.startsWith("Traceback ") && !OPEN.test(before));
    if (begins || made.length === 0) made.push([]);
    made.at(-1).push(line);
    before = line;
  }
  return made
    .map((lines) => lines.join("\n").trimEnd())
    .sort()
    .join("\n");
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

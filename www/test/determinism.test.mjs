/** Equal inputs give equal traces: run after run, engine after engine, and natively. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PATIENT, program, TASKS, withLoopscope } from "./helpers.mjs";

const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));

test("twice in a row, and again in another engine", async () => {
  const traces = [];
  for (let engine = 0; engine < 2; engine += 1) {
    await withLoopscope(async (loopscope) => {
      for (let turn = 0; turn < 3; turn += 1) {
        traces.push((await loopscope.run(program(TASKS)).result).trace);
      }
    });
  }
  for (const trace of traces) assert.deepEqual(trace, traces[0]);
});

test("a run after one that grew the memory, and after a trap", () =>
  withLoopscope(async (loopscope) => {
    const once = async () => (await loopscope.run(program(TASKS)).result).trace;
    const first = await once();
    await loopscope.run(program("x = bytearray(100 << 20)\n")).result;
    assert.deepEqual(await once(), first);
    await loopscope.run(program("x = []\nwhile True: x.append(bytearray(1 << 24))\n")).result;
    assert.deepEqual(await once(), first);
  }));

test("a run that finds what it imports compiled already", () =>
  withLoopscope(async (loopscope) => {
    const text = `
import asyncio, inspect, json, traceback
import aiosignal
from email.message import Message

async def main():
    try:
        json.loads("{")
    except json.JSONDecodeError as error:
        traceback.print_exception(error)
    message = Message()
    message["Subject"] = "déjà vu"
    print(message, inspect.getsource(aiosignal.Signal.freeze))
    for code in inspect.getmodule(Message).__loader__.get_code("email.message").co_consts:
        print(list(code.co_positions())[:5] if hasattr(code, "co_positions") else code)

asyncio.run(main())
`;
    const results = [];
    for (let turn = 0; turn < 3; turn += 1) results.push(await loopscope.run(program(text)).result);
    const [{ outcome, stdout, stderr, trace }] = results;
    assert.equal(outcome, "completed", stderr);
    assert.match(stdout, /def freeze\(self\)/);
    for (const result of results) assert.deepEqual(result.trace, trace);
  }));

test("another seed gives another trace", () =>
  withLoopscope(async (loopscope) => {
    const text = "import random\nprint(random.random())\n";
    const outputs = [];
    for (const seed of [1, 2, 1]) {
      outputs.push((await loopscope.run(program(text), { seed }).result).stdout);
    }
    assert.equal(outputs[0], outputs[2]);
    assert.notEqual(outputs[0], outputs[1]);
  }));

const TIMES = /"(time|until|when|start|late)":\d+/g;

/** Printed addresses are the one thing that may differ between memories. */
const withoutAddresses = (text) => text.replace(/0x[0-9a-f]+/g, "0x…");

test("the same as the native command, event by event", { timeout: 300_000 }, () =>
  withLoopscope(async (loopscope) => {
    const names = readdirSync(EXAMPLES).filter((name) => name.endsWith(".py"));
    assert.ok(names.length > 10);
    for (const name of names) {
      const text = readFileSync(join(EXAMPLES, name), "utf8");
      const { events } = await loopscope.run({ files: [{ path: name, text }] }).result;
      const here = events.map((event) => withoutAddresses(JSON.stringify(event)));
      const native = nativeTrace(name, text);
      // An address is longer natively, and printing a longer text is more work: then all but the times are the same.
      const printsAddress = native.some((line) => line.includes("0x…"));
      const shown = (lines) => (printsAddress ? lines.map((line) => line.replaceAll(TIMES, "")) : lines);
      assert.deepEqual(shown(here), shown(native), name);
    }
  }),
);

test("numbers are as wide on every target, and what costs too much is not begun", () =>
  withLoopscope(async (loopscope) => {
    const text = `
import struct
print(hash((1, 2, "x")), hash(slice(1, 2)), hash(frozenset([1, 2])))
print(struct.calcsize("l"), struct.calcsize("n"), struct.calcsize("P"), struct.pack("L", 5))
10**10**10
`;
    const { stdout, outcome } = await loopscope.run(program(text)).result;
    assert.deepEqual(outcome, { limit: { limit: "work" } });
    assert.equal(stdout, printedNatively(text));
    const ended = nativeTrace("main.py", text).map((line) => JSON.parse(line).kind.ended);
    assert.deepEqual(ended.findLast(Boolean).outcome, outcome);
  }));

const ASKS_THE_MACHINE = `
import asyncio, datetime, random, tempfile
async def main():
    own = random.Random()
    print(own.random(), random.Random().getrandbits(64), random.SystemRandom().random())
    for _ in range(3):
        await asyncio.sleep(own.uniform(0, 1))
        print(datetime.datetime.now(), datetime.datetime.now(datetime.UTC), datetime.date.today())
    with tempfile.NamedTemporaryFile() as file:
        print(file.name, datetime.datetime.fromtimestamp(0))
asyncio.run(main())
`;

test("what programs ask the machine for, they get from the run, with a seed and without", () =>
  withLoopscope(async (loopscope) => {
    const { events, stdout } = await loopscope.run(program(ASKS_THE_MACHINE)).result;
    assert.deepEqual(
      events.map((event) => withoutAddresses(JSON.stringify(event))),
      nativeTrace("main.py", ASKS_THE_MACHINE),
    );
    const other = await loopscope.run(program(ASKS_THE_MACHINE), { seed: 5 }).result;
    assert.notEqual(other.stdout, stdout);
  }));

const COMPUTES = `
import cmath, math, random
POINTS = [point * 0.29 + 0.001 for point in range(-60, 60)] + [1e-300, 1e-9, 1e9, 1e300, 0.5, 1, 2, 10, 700]
def values(function):
    for point in POINTS:
        try:
            yield function(point)
        except (ValueError, OverflowError) as error:
            yield str(error)
for name in """acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 gamma lgamma log log10 log1p log2
sin sinh sqrt tan tanh""".split():
    print(name, *values(getattr(math, name)))
for name in "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh".split():
    print(name, *values(lambda point: getattr(cmath, name)(complex(point, 0.7))))
print(*values(lambda point: abs(point) ** 1.37), *values(lambda point: math.pow(1.01, point)))
print(*values(lambda point: math.atan2(point, 0.3)), *values(lambda point: math.hypot(point, 0.3)))
print([random.gauss(0, 1) for _ in range(50)], [random.betavariate(1, 3) for _ in range(50)])
`;

test("what is computed has the same digits", () =>
  withLoopscope(async (loopscope) => {
    const { stdout, stderr, outcome } = await loopscope.run(program(COMPUTES)).result;
    assert.equal(outcome, "completed", stderr);
    assert.deepEqual(stdout.split("\n"), printedNatively(COMPUTES).split("\n"));
  }));

/** Each says one thing of tables that travel apart from the engine, of all of them if it can. */
const OF_TABLES = {
  "a name in a literal": 'print("before", flush=True)\nprint("\\N{BULLET} \\N{LATIN SMALL LETTER E WITH ACUTE}")\n',
  "a name in bytes": 'print("before", flush=True)\nprint(rb"\\N{SNOWMAN}".decode("unicode_escape"))\n',
  "a name instead of a character": 'print("before", flush=True)\nprint("é☃".encode("ascii", "namereplace"))\n',
  "every name": `
import hashlib, unicodedata
names = [unicodedata.name(chr(point), "") for point in range(0x110000)]
found = [unicodedata.lookup(name) == chr(point) for point, name in enumerate(names) if name]
print(len(found), all(found), hashlib.sha256("\\n".join(names).encode()).hexdigest())
print(unicodedata.ucd_3_2_0.name("é"), unicodedata.lookup("LATIN SMALL LETTER R WITH TILDE"))
`,
  "every encoding of East Asia": `
import hashlib
NAMES = """big5 big5hkscs cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz iso2022_jp
iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab shift_jis shift_jis_2004
shift_jisx0213""".split()
text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x30000, 3)]))
for name in NAMES:
    there = text.encode(name, "ignore")
    back = there.decode(name, "replace")
    print(name, len(there), len(back), hashlib.sha256(there + back.encode()).hexdigest())
`,
};

for (const [what, text] of Object.entries(OF_TABLES)) {
  test(`the tables travel apart: ${what}`, { timeout: 120_000 }, () =>
    withLoopscope(async (loopscope) => {
      const { stdout, stderr, outcome } = await loopscope.run(program(text), PATIENT).result;
      assert.equal(outcome, "completed", stderr);
      assert.equal(stdout, printedNatively(text));
    }),
  );
}

/** Calls what hardly any program does, once it has said something. */
const OF_FUNCTIONS = `
import asyncio, cmath, math
async def main():
    print("before", flush=True)
    await asyncio.sleep(1)
    print(cmath.acosh(2 + 3j), cmath.atanh(0.5j), math.lgamma(0.3), math.nextafter(1.0, 2.0))
    print(bytearray(b"ab\tc").expandtabs(4).zfill(9).swapcase(), memoryview(b"abcd").cast("H").tolist())
asyncio.run(main())
`;

test("the functions of the engine travel in two parts", () =>
  withLoopscope(async (loopscope) => {
    const fresh = await loopscope.run(program(TASKS)).result;
    const results = [];
    for (let turn = 0; turn < 2; turn += 1) results.push(await loopscope.run(program(OF_FUNCTIONS)).result);
    for (const { stdout, events } of results) {
      assert.equal(stdout, printedNatively(OF_FUNCTIONS));
      assert.deepEqual(
        events.map((event) => JSON.stringify(event)),
        nativeTrace("main.py", OF_FUNCTIONS),
      );
    }
    assert.deepEqual((await loopscope.run(program(TASKS)).result).trace, fresh.trace, "what has all functions agrees");
  }));

function printedNatively(text) {
  const events = nativeTrace("main.py", text).map((line) => JSON.parse(line));
  return events.flatMap(({ kind }) => (kind.output?.stream === "stdout" ? [kind.output.text] : [])).join("");
}

function nativeTrace(name, text) {
  const folder = mkdtempSync(join(tmpdir(), "loopscope-"));
  try {
    writeFileSync(join(folder, name), text);
    const command = fileURLToPath(new URL("../../target/debug/loopscope", import.meta.url));
    const trace = join(folder, "trace.jsonl");
    try {
      execFileSync(command, ["run", "--trace", trace, name], { cwd: folder, stdio: "pipe" });
    } catch (error) {
      // Status 1 says that there are findings.
      if (error.status !== 1) throw error;
    }
    const lines = readFileSync(trace, "utf8").trimEnd().split("\n");
    return lines.map((line) => withoutAddresses(JSON.stringify(JSON.parse(line))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

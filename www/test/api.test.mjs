/** The API in Node: runs, what they report, and how they end. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ENDLESS, PATIENT, program, TASKS, withLoopscope } from "./helpers.mjs";

const OUT_OF_MEMORY = { limit: { limit: "memory" } };

test("a run gives its output, its events and its outcome", () =>
  withLoopscope(async (loopscope) => {
    const result = await loopscope.run(program("print('hello')\nimport sys\nprint('oh', file=sys.stderr)\n")).result;
    assert.equal(result.stdout, "hello\n");
    assert.equal(result.stderr, "oh\n");
    assert.equal(result.outcome, "completed");
    assert.equal(result.events.at(-1).kind.ended.outcome, "completed");
    assert.ok(result.trace.length > 0);
  }));

test("the listener hears of everything, once and in order", () =>
  withLoopscope(async (loopscope) => {
    const heard = [];
    const result = await loopscope.run(program(TASKS), {}, ({ events }) => heard.push(...events)).result;
    assert.equal(result.outcome, "completed");
    assert.deepEqual(heard, result.events);
    assert.equal(result.stdout.split("\n").length, 11);
  }));

test("a listener that throws ends its run, and is heard of there", () =>
  withLoopscope(async (loopscope) => {
    const { result } = loopscope.run(program(ENDLESS.replace(/^/, "print('begun')\n")), {}, () => {
      throw new Error("the listener fell ill");
    });
    await assert.rejects(result, /fell ill/);
    const next = await loopscope.run(program("print('well')")).result;
    assert.equal(next.stdout, "well\n");
  }));

test("virtual time costs nothing", () =>
  withLoopscope(async (loopscope) => {
    const text = "import asyncio\nasync def main():\n    await asyncio.sleep(600)\nasyncio.run(main())\n";
    const result = await loopscope.run(program(text)).result;
    assert.equal(result.outcome, "completed");
    assert.ok(result.elapsed >= 600 && result.elapsed < 601, `${result.elapsed} s`);
    assert.ok(result.milliseconds < 5000, `${result.milliseconds} ms`);
  }));

test("each run starts in a pristine interpreter", () =>
  withLoopscope(async (loopscope) => {
    const text = "import builtins\nprint(hasattr(builtins, 'left'))\nbuiltins.left = 1\n";
    for (let turn = 0; turn < 3; turn += 1) {
      assert.equal((await loopscope.run(program(text)).result).stdout, "False\n");
    }
  }));

test("a package is there with what it needs, and what was printed before it was imported is kept once", () =>
  withLoopscope(async (loopscope) => {
    const text =
      "print('before')\nimport aiosignal, importlib.metadata\nprint(importlib.metadata.version('frozenlist'))\n";
    const { outcome, stdout } = await loopscope.run(program(text)).result;
    assert.equal(outcome, "completed");
    assert.match(stdout, /^before\n\d+\.\d+\.\d+\n$/);
  }));

test("a package that nobody knows is missing in Python's words", () =>
  withLoopscope(async (loopscope) => {
    const { stderr } = await loopscope.run(program("import no_such_package\n")).result;
    assert.match(stderr, /ModuleNotFoundError: No module named 'no_such_package'/);
  }));

test("a module from the library's archive can be imported, and output before that is kept", () =>
  withLoopscope(async (loopscope) => {
    const text = "print('before', flush=True)\nimport colorsys\nprint(colorsys.rgb_to_hsv(1, 0, 0))\n";
    const result = await loopscope.run(program(text)).result;
    assert.equal(result.stdout, "before\n(0.0, 1.0, 1)\n");
    assert.deepEqual(result.outcome, "completed");
  }));

test("a run that never ends can be stopped, and the next one is clean", { timeout: 60_000 }, () =>
  withLoopscope(async (loopscope) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const started = Promise.withResolvers?.() ?? deferred();
      const run = loopscope.run(program(ENDLESS), PATIENT, () => started.resolve());
      await started.promise;
      run.stop();
      const stopped = await run.result;
      assert.equal(stopped.outcome, "stopped");
      assert.deepEqual(stopped.events.at(-1).kind, { ended: { outcome: "stopped", work: 0 } });
      assert.equal(stopped.stdout, "started\n");
      const next = await loopscope.run(program("print(1)\n")).result;
      assert.equal(next.stdout, "1\n");
    }
  }),
);

test("a run that waits for its turn can be stopped before it starts", () =>
  withLoopscope(async (loopscope) => {
    const first = loopscope.run(program(TASKS));
    const second = loopscope.run(program("print(2)\n"));
    second.stop();
    const result = await second.result;
    assert.equal(result.outcome, "stopped");
    assert.equal(result.stdout, "");
    assert.equal((await first.result).outcome, "completed");
  }));

test("what is no workspace, or no JSON, is refused at once, and the next run is clean", () =>
  withLoopscope(async (loopscope) => {
    for (const wrong of [
      undefined,
      null,
      {},
      { files: "main.py" },
      { files: [{ path: "main.py" }] },
      { files: [null] },
    ]) {
      assert.throws(() => loopscope.run(wrong), /A workspace is an object with `files`/);
      assert.throws(() => loopscope.predict(wrong), TypeError);
    }
    const circle = {};
    circle.limits = circle;
    for (const options of [{ seed: 1n }, circle]) {
      assert.throws(() => loopscope.run(program("print(1)"), options), TypeError);
    }
    assert.throws(() => loopscope.explain("no-such-rule"), /no-such-rule/);
    assert.equal(loopscope.explain("deadlock").name, "deadlock");
    const { stdout } = await loopscope.run(program("print(1)")).result;
    assert.equal(stdout, "1\n");
  }));

test("a source is read over the mark of its encoding, and other files keep theirs", () =>
  withLoopscope(async (loopscope) => {
    const mark = "\ufeff";
    const files = [
      {
        path: "start",
        text: `${mark}import asyncio, other; asyncio.sleep(1)\nprint(open("data.txt").read() == "\\ufeffx")\n`,
      },
      { path: "other.py", text: `${mark}print("other")\n` },
      { path: "data.txt", text: `${mark}x` },
    ];
    const { stdout, diagnostics } = await loopscope.run({ files }).result;
    assert.equal(stdout, "other\nTrue\n");
    const [{ rule, span }] = diagnostics;
    assert.deepEqual([rule, span.line, span.column], ["coroutine-never-awaited", 1, 24], "it takes no column");
  }));

test("findings have a rule, a place and a page", () =>
  withLoopscope(async (loopscope) => {
    const text = "import asyncio\nasync def f(): pass\nasync def main():\n    f()\nasyncio.run(main())\n";
    const { diagnostics } = await loopscope.run(program(text)).result;
    const [finding] = diagnostics;
    assert.equal(finding.rule, "coroutine-never-awaited");
    assert.equal(finding.evidence, "observed");
    assert.equal(finding.file, "main.py");
    assert.deepEqual(finding.span, { line: 4, column: 5, endLine: 4, endColumn: 8 });
    assert.equal(loopscope.explain(finding.rule).name, finding.rule);
    assert.throws(() => loopscope.explain("no-such-rule"), /no-such-rule/);
  }));

for (const [name, text, outcome] of [
  ["an uncaught exception", "1 / 0\n", { raised: { status: 1 } }],
  ["a syntax error", "def f(:\n", { raised: { status: 1 } }],
  ["an exit status", "import sys\nsys.exit(3)\n", { raised: { status: 3 } }],
  ["os._exit", "import os\nos._exit(4)\n", { raised: { status: 4 } }],
  ["an endless loop", "while True: pass\n", { limit: { limit: "work" } }],
  ["endless output", "while True: print('x' * 1000)\n", { limit: { limit: "output" } }],
  ["a memory bomb", "x = []\nwhile True: x.append(bytearray(1 << 24))\n", OUT_OF_MEMORY],
  ["unlimited recursion", "def f(): f()\nf()\n", { raised: { status: 1 } }],
]) {
  test(`${name} has a clear outcome, and the next run is clean`, { timeout: 120_000 }, () =>
    withLoopscope(async (loopscope) => {
      const result = await loopscope.run(program(text)).result;
      // A refused allocation is a MemoryError where the interpreter can raise one, and the end of the run elsewhere.
      const raised = outcome === OUT_OF_MEMORY && /MemoryError/.test(result.stderr);
      assert.deepEqual(result.outcome, raised ? { raised: { status: 1 } } : outcome);
      const next = await loopscope.run(program("print('clean')\n")).result;
      assert.equal(next.stdout, "clean\n");
    }),
  );
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

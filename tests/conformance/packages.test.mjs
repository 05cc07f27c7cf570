// Well-known packages pass their own tests here: what their authors take for granted of asyncio, threads and sockets holds.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { commandPath } from "./command.mjs";
import { layOut } from "./packages/suites.mjs";

/** Measures real time with a plugin of its own, which a virtual clock makes meaningless. */
const BENCHMARK = "measures real time";
/** The suite skips it itself on this Python, as it does on CPython. */
const OTHER_PYTHON = "is for an older Python";

const SUITES = [
  {
    package: "aiojobs",
    least: 0.95,
    // Upstream has this in a file that its source distribution lacks.
    options: ["-o", "asyncio_mode=auto"],
    exceptions: { "tests/test_scheduler.py::test_scheduler_must_be_created_within_running_loop": OTHER_PYTHON },
  },
  {
    package: "async_timeout",
    least: 1,
    options: [],
    exceptions: { "tests/test_timeout.py::test_timeout_suppress_exception_chain": OTHER_PYTHON },
  },
  {
    package: "janus",
    least: 0.8,
    options: [],
    exceptions: {
      "tests/test_benchmarks.py::test_bench_sync_put_async_get": BENCHMARK,
      "tests/test_benchmarks.py::test_bench_sync_put_async_join": BENCHMARK,
      "tests/test_benchmarks.py::test_bench_async_put_sync_get": BENCHMARK,
      "tests/test_benchmarks.py::test_sync_join_async_done": BENCHMARK,
      "tests/test_mixed.py::TestMixedMode::test_ctor_noloop": OTHER_PYTHON,
    },
  },
];

/** The verdicts of a run of pytest, by the test's name. */
function run(folder, options) {
  // Coverage, which the packages ask for, would have to be measured by a plugin.
  const pytest = ["-m", "pytest", "-p", "no:cacheprovider", "-o", "addopts=", "-v", ...options, "tests"];
  return new Promise((resolve) => {
    execFile(commandPath(), ["run", "--root", folder, ...pytest], { maxBuffer: 1 << 28 }, (_, stdout, stderr) => {
      const verdicts = new Map();
      for (const [, name, verdict] of stdout.matchAll(/^(tests\/\S+) (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b/gm)) {
        verdicts.set(name, verdict);
      }
      resolve({ verdicts, end: `${stdout.slice(-3000)}\n${stderr.slice(-1000)}` });
    });
  });
}

for (const suite of SUITES) {
  test(`${suite.package} passes its own tests`, async () => {
    const { verdicts, end } = await run(layOut(suite.package), suite.options);
    assert.ok(verdicts.size >= 20, `only ${verdicts.size} tests ran:\n${end}`);
    const others = [...verdicts].filter(([, verdict]) => verdict !== "PASSED").map(([name]) => name);
    assert.deepEqual(others.sort(), Object.keys(suite.exceptions).sort(), end);
    const wanted = [...verdicts.keys()].filter((name) => suite.exceptions[name] !== OTHER_PYTHON);
    const passed = wanted.filter((name) => verdicts.get(name) === "PASSED");
    assert.ok(passed.length >= suite.least * wanted.length, `${passed.length} of ${wanted.length} passed`);
  });
}

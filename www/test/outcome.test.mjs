/** The last event that the page writes for runs that cannot is read by the analysis as what it says. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const built = new URL("../dist/node/", import.meta.url);
const parts = JSON.parse(readFileSync(new URL("parts.json", built), "utf8"));
const { AnalysisModule, encodeEnded, isExhausted, outcomeOf } = await import(new URL("internals.js", built));
const module = new WebAssembly.Module(readFileSync(new URL(parts.analysis, built)));

for (const end of [
  { kind: "stopped" },
  { kind: "memory" },
  { kind: "stack" },
  { kind: "internal", message: "панически: 💥" },
]) {
  for (const time of [0, 127, 128, 3_600_000_000_000]) {
    test(`${end.kind} at ${time} ns`, () => {
      const analysis = new AnalysisModule(module);
      const workspace = { entry: "main.py", files: [{ path: "main.py", text: "" }] };
      analysis.open(JSON.stringify({ workspace, options: {} }));
      analysis.push(encodeEnded(time, end));
      assert.deepEqual(analysis.overview(), { time, outcome: outcomeOf(end), stdout: "", stderr: "" });
      assert.deepEqual(analysis.events(0, 10), [{ time, kind: { ended: { outcome: outcomeOf(end), work: 0 } } }]);
    });
  }
}

test("an engine that ended its trace itself needs no more", () => {
  assert.equal(encodeEnded(0, { kind: "finished" }), undefined);
  assert.equal(outcomeOf({ kind: "finished" }), undefined);
});

test("an allocation that was refused is told from a fault of ours", () => {
  // One function, which is `unreachable`: what an abort without a word comes down to.
  const trap = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
  ];
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(trap))).exports;
  const thrown = (act) => {
    try {
      return act();
    } catch (error) {
      return error;
    }
  };
  assert.equal(isExhausted(thrown(f)), true);
  assert.equal(isExhausted(thrown(() => new Uint8Array(Number.MAX_SAFE_INTEGER))), true);
  assert.equal(isExhausted(thrown(() => "x".repeat(2 ** 29).padEnd(2 ** 31))), true);
  const deep = () => deep();
  assert.equal(isExhausted(thrown(deep)), false);
  assert.equal(isExhausted(new Error("a panic")), false);
});

/** The last event that the page writes for runs that cannot is read by the analysis as what it says. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const built = new URL("../dist/node/", import.meta.url);
const parts = JSON.parse(readFileSync(new URL("parts.json", built), "utf8"));
const { AnalysisModule, encodeEnded, outcomeOf } = await import(new URL("internals.js", built));
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

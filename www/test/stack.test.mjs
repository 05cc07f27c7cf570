/** How much of a worker's stack the interpreter takes where it recurses. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** Kilobytes. Chromium gives a worker 500, of which some are the worker's own. */
const STACK = 470;

const RECURSES = `
import { readFileSync } from "node:fs";
import { Archive, EngineModule } from "./node/internals.js";

const parts = JSON.parse(readFileSync("node/parts.json", "utf8"));
const read = (part) => new Uint8Array(readFileSync("node/" + parts[part]));
const engine = new EngineModule(new WebAssembly.Module(read("engine")));
engine.library = new Archive(read("library").buffer);
engine.functions = new WebAssembly.Module(read("functions"));
const recursion = readFileSync("../../crate/tests/programs/limits/recursion.py", "utf8");
const brackets = "x = " + "(".repeat(199) + "1 2" + ")".repeat(199) + "\\n";
for (const text of [recursion, brackets]) {
  const workspace = { files: [{ path: "main.py", text }], entry: "main.py" };
  const run = () => engine.run(JSON.stringify({ workspace, options: {} }), () => undefined).kind;
  const end = run();
  // What misses a function begins again with all of them.
  console.log(end === "functionsMissing" ? run() : end);
}
`;

test("recursion and nested brackets fit into a worker's stack before any function has been optimised", () => {
  const flags = [`--stack-size=${STACK}`, "--liftoff-only", "--input-type=module"];
  const cwd = fileURLToPath(new URL("../dist/", import.meta.url));
  const end = execFileSync(process.execPath, [...flags, "--eval", RECURSES], { cwd, encoding: "utf8" });
  assert.deepEqual(end.trim().split("\n"), ["finished", "finished"]);
});

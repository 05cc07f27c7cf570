/** The engine as a first visit has it, from which functions were left out, and with all of them. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Archive, EngineModule } from "../dist/node/internals.js";

const NODE = new URL("../dist/node/", import.meta.url);
const parts = JSON.parse(readFileSync(new URL("parts.json", NODE), "utf8"));
const read = (part) => new Uint8Array(readFileSync(new URL(parts[part], NODE)));
const [module, functions] = ["engine", "functions"].map((part) => new WebAssembly.Module(read(part)));
const library = new Archive(read("library").buffer);

function run(engine, text) {
  const workspace = { files: [{ path: "main.py", text }], entry: "main.py" };
  const batches = [];
  const { kind } = engine.run(JSON.stringify({ workspace, options: {} }), (bytes) => batches.push(bytes));
  return { kind, trace: Buffer.concat(batches).toString("hex") };
}

function start() {
  const engine = new EngineModule(module);
  engine.library = library;
  return engine;
}

const COMMON = `
import asyncio
async def main():
    async with asyncio.TaskGroup() as group:
        for delay in 0.2, 0.1:
            group.create_task(asyncio.sleep(delay))
    print("done")
asyncio.run(main())
`;
const RARE = `import cmath\nprint("before", flush=True)\nprint(cmath.acosh(2 + 3j))\n`;
const BOMB = "x = []\nwhile True: x.append(bytearray(1 << 24))\n";

test("common programs do without them", () => {
  assert.equal(run(start(), COMMON).kind, "finished");
});

test("a run that misses one can be made again with all, and leaves the trace that it would have left at once", () => {
  const engine = start();
  const common = run(engine, COMMON);
  assert.equal(run(engine, RARE).kind, "functionsMissing");
  engine.functions = functions;
  const rare = run(engine, RARE);
  assert.equal(rare.kind, "finished");
  engine.rest();
  assert.deepEqual(run(engine, RARE), rare);
  assert.deepEqual(run(engine, COMMON), common);
});

test("a memory that is full is told as such, with all functions and without", () => {
  const engine = start();
  const first = run(engine, BOMB);
  if (first.kind === "functionsMissing") {
    engine.functions = functions;
    assert.equal(run(engine, BOMB).kind, "finished");
  } else {
    assert.equal(first.kind, "finished");
  }
});

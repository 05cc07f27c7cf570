// The engine's client, with workers that do only what they are told to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../dist/node/internals.js";

test("what arrives after the engine has been closed starts no worker again", async () => {
  const workers = [];
  const spawn = (receive) => {
    const worker = { receive, running: true };
    workers.push(worker);
    return { post: () => undefined, terminate: () => (worker.running = false) };
  };
  const library = () => Promise.resolve(new ArrayBuffer(4));
  const engine = new Engine({ module: new Promise(() => undefined), library, spawn });
  const run = engine.run({ files: [] }, {}, () => undefined);
  workers[0].receive({ kind: "ready" });
  workers[0].receive({ kind: "ended", end: { kind: "finished" }, milliseconds: 1 });
  await run.done;
  engine.close();
  workers[0].receive({ kind: "ready" });
  assert.deepEqual(
    workers.map(({ running }) => running),
    [false],
  );
});

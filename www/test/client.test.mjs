// The engine's client, with workers that do only what they are told to.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Engine } from "../dist/node/internals.js";

const nothing = () => undefined;
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** An engine, and its workers in the order in which they were started. */
function begin(parts = {}) {
  const workers = [];
  const spawn = (receive, fail) => {
    const worker = { receive, fail, running: true, asked: [] };
    workers.push(worker);
    return { post: (request) => worker.asked.push(request), terminate: () => (worker.running = false) };
  };
  const library = () => Promise.resolve(new ArrayBuffer(4));
  return { engine: new Engine({ module: new Promise(nothing), library, spawn, ...parts }), workers };
}

test("what arrives after the engine has been closed starts no worker again", async () => {
  const { engine, workers } = begin();
  const run = engine.run({ files: [] }, {}, nothing);
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

describe("a worker that compiles the engine by itself", () => {
  const compiling = () => {
    let compiled, failed;
    const module = new Promise((resolve, reject) => ([compiled, failed] = [resolve, reject]));
    return { ...begin({ module, compiling: true }), compiled, failed };
  };
  const kinds = ({ asked }) => asked.map(({ kind }) => kind).filter((kind) => kind !== "library");

  test("is asked for a run before it has", async () => {
    const { engine, workers, compiled } = compiling();
    const batches = [];
    const run = engine.run({ files: [] }, {}, (batch) => batches.push([...batch]));
    await settled();
    assert.deepEqual(kinds(workers[0]), ["start", "run"]);
    compiled("the module");
    await settled();
    const { receive } = workers[0];
    receive({ kind: "ready" });
    await engine.ready;
    receive({ kind: "batch", bytes: new Uint8Array([1, 2]).buffer });
    receive({ kind: "ended", end: { kind: "finished" }, milliseconds: 1 });
    assert.deepEqual((await run.done).end, { kind: "finished" });
    assert.deepEqual(batches, [[1, 2]]);
    // The next run waits until the interpreter is as it starts.
    void engine.run({ files: [] }, {}, nothing);
    assert.deepEqual(kinds(workers[0]), ["start", "run"]);
    receive({ kind: "ready" });
    assert.deepEqual(kinds(workers[0]), ["start", "run", "run"]);
  });

  test("goes on when that run is stopped, and makes way for another when it has compiled", async () => {
    const { engine, workers, compiled } = compiling();
    const first = engine.run({ files: [] }, {}, nothing);
    await settled();
    first.stop();
    assert.deepEqual((await first.done).end, { kind: "stopped" });
    assert.equal(workers[0].running, true);
    const second = engine.run({ files: ["another"] }, {}, nothing);
    assert.deepEqual(kinds(workers[0]), ["start", "run"]);
    compiled("the module");
    await settled();
    workers[0].receive({ kind: "ready" });
    workers[0].receive({ kind: "ended", end: { kind: "finished" }, milliseconds: 1 });
    assert.equal(workers[0].running, false);
    assert.deepEqual(workers[1].asked, [{ kind: "start", module: "the module", packages: [] }]);
    workers[1].receive({ kind: "ready" });
    assert.deepEqual(JSON.parse(workers[1].asked[1].input).workspace, { files: ["another"] });
    workers[1].receive({ kind: "ended", end: { kind: "finished" }, milliseconds: 1 });
    assert.deepEqual((await second.done).end, { kind: "finished" });
  });

  test("fails with every run that waits for it", async () => {
    const { engine, workers, failed } = compiling();
    const runs = [engine.run({ files: [] }, {}, nothing), engine.run({ files: [] }, {}, nothing)];
    await settled();
    workers[0].receive({ kind: "failed", message: "no such file" });
    failed(new Error("no such file"));
    for (const { done } of runs) await assert.rejects(done, /no such file/);
    await assert.rejects(engine.ready, /no such file/);
    assert.equal(workers[0].running, false);
  });
});

describe("the functions that were left out of the engine", () => {
  const wanting = async (functions) => {
    const { engine, workers } = begin({ module: Promise.resolve("the module"), functions });
    const run = engine.run({ files: [] }, {}, nothing);
    await settled();
    return { engine, run, workers, worker: workers[0], said: () => workers[0].asked.slice(2) };
  };

  test("are fetched once, when a run has missed one", async () => {
    let fetched = 0;
    const { worker, said } = await wanting(() => Promise.resolve(`all functions ${(fetched += 1)}`));
    assert.deepEqual(said(), []);
    worker.receive({ kind: "functionsWanted" });
    worker.receive({ kind: "functionsWanted" });
    await settled();
    const answer = { kind: "functions", module: "all functions 1" };
    assert.deepEqual(said(), [answer, answer]);
  });

  test("are fetched again by who asks after that has failed", async () => {
    const answers = [() => Promise.reject(new Error("no network")), () => Promise.resolve("all functions")];
    const { worker, said } = await wanting(() => answers.shift()());
    worker.receive({ kind: "functionsWanted" });
    await settled();
    worker.receive({ kind: "functionsWanted" });
    await settled();
    assert.deepEqual(said(), [
      { kind: "functionsFailed", message: "no network" },
      { kind: "functions", module: "all functions" },
    ]);
  });
});

// Messages that users search the web for are CPython's, to the letter.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { check } from "./command.mjs";
import { MESSAGES } from "./messages.mjs";
import { difference, normalise } from "./normalise.mjs";
import { startOracle } from "./oracle.mjs";

const FLAGS = { debug: "--debug", classicPolicy: "--classic-policy" };

/** What the interpreter beneath says otherwise, and cannot be mended from outside. Each is shown to differ still. */
const KNOWN = new Map([
  ["does not support the asynchronous context manager protocol", "`open` is a function of the host here"],
  ["async generator ignored GeneratorExit", "the error has no context"],
]);

const programs = MESSAGES.map((entry, index) => ({ ...entry, name: `m${String(index + 1).padStart(3, "0")}` }));
const expected = new Map();
const actual = new Map();

/** Programs with the same options run together. */
async function runAll() {
  const groups = Map.groupBy
    ? Map.groupBy(programs, ({ options }) => JSON.stringify(options ?? {}))
    : programs.reduce((made, program) => {
        const key = JSON.stringify(program.options ?? {});
        return made.set(key, [...(made.get(key) ?? []), program]);
      }, new Map());
  for (const [key, group] of groups) {
    const flags = Object.keys(JSON.parse(key)).map((option) => FLAGS[option]);
    const reports = await check(group, flags);
    group.forEach(({ name }, index) => actual.set(name, reports[index]));
  }
}

before(async () => {
  const oracle = await startOracle();
  for (const { name, source, options } of programs) expected.set(name, oracle.run(source, options));
  await runAll();
});

describe("messages", () => {
  for (const { name, says, source } of programs) {
    test(`${name}: ${says}`, () => {
      const [theirs, ours] = [expected.get(name), actual.get(name)];
      if (KNOWN.has(says)) {
        assert.notEqual(normalise(theirs.stderr), normalise(ours.stderr), "it is mended: take it off the list");
        assert.equal(ours.outcome.kind, theirs.outcome);
        return;
      }
      assert.ok(theirs.stderr.includes(says), `CPython says something else:\n${theirs.stderr}`);
      for (const part of ["stdout", "stderr"]) {
        const [left, right] = [normalise(theirs[part]), normalise(ours[part])];
        assert.ok(left === right, `${part}, ${difference(left, right)}\n\n${source}`);
      }
      assert.equal(ours.outcome.kind, theirs.outcome);
    });
  }
});

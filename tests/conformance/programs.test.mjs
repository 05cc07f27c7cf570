// Generated programs print the same on CPython, recorded and unrecorded: the recorder disturbs nothing.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { check } from "./command.mjs";
import { generate } from "./generator.mjs";
import { difference, messages, normalise } from "./normalise.mjs";
import { startOracle } from "./oracle.mjs";

const WANTED = 640;
const LEAST = 500;
const PARTS = ["stdout", "stderr", "outcome"];

/** Work between two waits takes longer; timers that lie close together fall due together; sets are walked backwards. */
const VARIATIONS = [
  { tick: 30_000, backwards: true },
  { resolution: 1e-9, backwards: true },
];

/**
 * The programs whose output follows from what asyncio promises. Those that print something else when only the machine
 * is another say nothing about either implementation.
 */
function stablePrograms(oracle) {
  const programs = [];
  for (let number = 1; number <= WANTED; number += 1) {
    const source = generate(number);
    const expected = oracle.run(source);
    // What is destroyed only as the interpreter goes, and whether that can still run or say anything, depends on what
    // has gone before it.
    if (/was destroyed|^Exception ignored/m.test(expected.leaving)) continue;
    const stable = VARIATIONS.every((options) => {
      const varied = oracle.run(source, options);
      return PARTS.every((part) => normalise(expected[part]) === normalise(varied[part]));
    });
    if (stable) programs.push({ name: `p${String(number).padStart(4, "0")}`, source, expected });
  }
  return programs;
}

/** Every difference of a kind, told once with its place; the rest are counted by name. */
function report(differences) {
  const told = differences.slice(0, 12).map(({ name, text }) => `${name} ${text}`);
  return `${differences.length} programs differ: ${differences.map(({ name }) => name).join(" ")}\n${told.join("\n\n")}`;
}

function compare(programs, actual, part) {
  const differences = [];
  programs.forEach(({ name, expected }, index) => {
    const show = part === "stderr" ? (text) => messages(normalise(text)) : normalise;
    const [left, right] = [show(expected[part]), show(actual[index][part])];
    if (left !== right) differences.push({ name, text: difference(left, right) });
  });
  assert.equal(differences.length, 0, report(differences));
}

let programs = [];
let recorded = [];
let unrecorded = [];

before(async () => {
  programs = stablePrograms(await startOracle());
  recorded = await check(programs);
  unrecorded = await check(programs, ["--no-record"]);
});

test("there are enough programs, and they end in different ways", () => {
  assert.ok(programs.length >= LEAST, `only ${programs.length} programs are stable`);
  for (const outcome of ["completed", "raised", "deadlocked"]) {
    assert.ok(
      programs.some(({ expected }) => expected.outcome === outcome),
      outcome,
    );
  }
  assert.ok(programs.filter(({ expected }) => expected.stderr !== "").length > 50);
});

test("a recorded program ends as it does on CPython", () => {
  const outcomes = recorded.map((report) => ({ ...report, outcome: report.outcome.kind }));
  compare(programs, outcomes, "outcome");
});

test("a recorded program prints what it prints on CPython, in the same order", () =>
  compare(programs, recorded, "stdout"));

test("a recorded program logs what it logs on CPython", () => compare(programs, recorded, "stderr"));

test("recording changes nothing", () => {
  const expected = programs.map((program, index) => {
    const { stdout, stderr, outcome } = unrecorded[index];
    return { name: program.name, expected: { stdout, stderr: normalise(stderr), outcome: outcome.kind } };
  });
  const outcomes = recorded.map((report) => ({ ...report, outcome: report.outcome.kind }));
  for (const part of PARTS) compare(expected, outcomes, part);
});

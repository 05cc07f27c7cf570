// The errors that people make have CPython's words, with its traceback: each program in `errors` fails, and the programs of
// a file stand between lines of three dashes.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { check } from "./command.mjs";
import { difference, normalise } from "./normalise.mjs";
import { startOracle } from "./oracle.mjs";

const folder = new URL("errors/", import.meta.url);
const topics = new Map();
for (const name of (await readdir(folder)).sort()) {
  const text = await readFile(new URL(name, folder), "utf8");
  topics.set(name.replace(".txt", ""), text.trimEnd().split("\n---\n"));
}

/** The modules of the standard library stand elsewhere, and what they say on other lines. */
const LIBRARY = /[^"(\n]*\/python3(?:\.14|14\.zip)\/([^"\n)]+)(?:", line \d+)?/g;

const told = ({ stdout, stderr }) => normalise(stdout + stderr).replace(LIBRARY, "$1");

let oracle;
before(async () => {
  oracle = await startOracle();
});

describe("errors", () => {
  for (const [topic, sources] of topics) {
    test(topic, async () => {
      const programs = sources.map((source, index) => ({ name: `${topic}${index}`, source: `${source}\n` }));
      const reports = await check(programs);
      const differences = [];
      programs.forEach(({ source }, index) => {
        const [theirs, ours] = [told(oracle.run(source)), told(reports[index])];
        assert.notEqual(theirs, "", `nothing is told of\n${source}`);
        if (theirs !== ours) differences.push(`${source}\n${difference(theirs, ours)}`);
      });
      assert.equal(differences.length, 0, `${differences.length} differ:\n\n${differences.join("\n\n")}`);
    });
  }
});

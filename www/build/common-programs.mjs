/**
 * The programs that tell what most programs call of the engine: the examples, and those that the rules are tested with. They
 * run as the page runs them, with every option said.
 */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));
const CASES = fileURLToPath(new URL("../../crate/tests/cases/", import.meta.url));
const DEFAULTS = new URL("../src/generated/defaults.ts", import.meta.url);

/** Nanoseconds of counted work after which a program calls nothing new. */
const LONG_ENOUGH = 1e9;

/** The requests of the runs, `{ workspace, options }` each, always in the same order. */
export function commonPrograms() {
  const defaults = literal(readFileSync(DEFAULTS, "utf8"));
  const read = (folder, path) => ({ path: basename(path), text: readFileSync(join(folder, path), "utf8") });
  const request = (files, options = {}) => ({
    workspace: { entry: files[0].path, files, module: null, arguments: [], input: "", wheels: [] },
    options: { ...defaults, ...options, limits: { ...defaults.limits, ...options.limits, work: LONG_ENOUGH } },
  });
  const manifest = JSON.parse(readFileSync(join(EXAMPLES, "manifest.json"), "utf8"));
  const examples = manifest.map(({ files, options }) => [files.map((path) => read(EXAMPLES, path)), options]);
  const [[welcome]] = examples;
  // What *Try other schedules* asks of the engine.
  const explored = [welcome, { schedule: 1, cancel: { task: 2, step: 1 } }];
  const names = readdirSync(CASES).filter((name) => name.endsWith(".py"));
  const cases = names.sort().map((name) => [[read(CASES, name)]]);
  return [...examples, explored, ...cases].map(([files, options]) => request(files, options));
}

/** The one object that a generated source assigns. */
function literal(source) {
  return JSON.parse(source.slice(source.indexOf("= {") + 2, source.lastIndexOf(";")));
}

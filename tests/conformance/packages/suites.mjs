// Fetches packages with their own tests, by hash, and lays each out as a folder that `loopscope run --root` takes.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const FOLDER = fileURLToPath(new URL("../../../target/suites", import.meta.url));
/** The one whose pip has fetched the packages of the site. */
const PYTHON = fileURLToPath(new URL("../../../target/python/bin/python", import.meta.url));
/** Pure Python for the Python that programs see, whatever runs pip. */
const PURE = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14"];

function pip(command, list, parameters) {
  const locked = ["--require-hashes", "--no-deps", "-r", join(HERE, list)];
  const quiet = ["--quiet", "--disable-pip-version-check"];
  execFileSync(PYTHON, ["-m", "pip", command, ...quiet, ...locked, ...parameters], { stdio: "inherit" });
}

/** Fetches everything, unless the lists have not changed since. */
function fetch() {
  const lists = ["runner.txt", "sources.txt", "suites.mjs"].map((name) => readFileSync(join(HERE, name)));
  const current = lists.reduce((hash, list) => hash.update(list), createHash("sha256")).digest("hex");
  const stamp = join(FOLDER, ".fingerprint");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "sources"), { recursive: true });
  pip("install", "runner.txt", ["--no-compile", ...PURE, "--target", join(FOLDER, "runner")]);
  // What starts the test runner from a shell is no part of a program.
  rmSync(join(FOLDER, "runner/bin"), { recursive: true, force: true });
  pip("download", "sources.txt", ["--no-binary=:all:", "--dest", join(FOLDER, "sources")]);
  for (const archive of readdirSync(join(FOLDER, "sources"))) {
    execFileSync("tar", ["-xzf", archive], { cwd: join(FOLDER, "sources") });
  }
  writeFileSync(stamp, current);
}

/** Returns a folder with the package, its tests and what runs them. */
export function layOut(name) {
  fetch();
  const sources = join(FOLDER, "sources");
  const source = readdirSync(sources).find((entry) => entry.startsWith(`${name}-`) && !entry.endsWith(".gz"));
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(FOLDER, "runner"), folder, { recursive: true });
  for (const part of [name, "tests", "setup.cfg"]) {
    cpSync(join(sources, source, part), join(folder, part), { recursive: true });
  }
  return folder;
}

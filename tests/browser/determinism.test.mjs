// The same program leaves the same trace, byte for byte: natively, in Node, in Chromium and in Firefox, twice in a row.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { API, buildApiPage } from "../api/build.mjs";
import { commandPath } from "../conformance/command.mjs";
import { generate } from "../conformance/generator.mjs";
import { launchFirefox, withoutFirefox } from "../firefox.mjs";
import { launch, serveSite } from "../site.mjs";

const EXAMPLES = new URL("../../www/examples/", import.meta.url);
const GENERATED = 60;

/** What tracebacks and reprs print of an address is the one thing that may differ. */
const PRINTS_ADDRESSES = / at 0x[0-9a-f]+/;

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Every example that ends by itself, and some of the generated programs. */
async function programs() {
  const manifest = JSON.parse(await readFile(new URL("manifest.json", EXAMPLES), "utf8"));
  const examples = await Promise.all(
    manifest.map(async ({ id, files, options }) => ({
      name: id,
      options,
      files: await Promise.all(
        files.map(async (path) => ({
          path: path.replace(/^.*\//, ""),
          text: await readFile(new URL(path, EXAMPLES), "utf8"),
        })),
      ),
    })),
  );
  const generated = Array.from({ length: GENERATED }, (_, index) => ({
    name: `program ${index + 1}`,
    options: {},
    files: [{ path: "main.py", text: generate(index + 1) }],
  }));
  return [...examples, ...generated];
}

const FLAGS = {
  classicPolicy: () => ["--classic-policy"],
  debug: () => ["--debug"],
  seed: (seed) => ["--seed", String(seed)],
  slowStep: (nanoseconds) => ["--slow-step", String(nanoseconds / 1e6)],
  limits: ({ time }) => ["--time-limit", String(time / 1e9)],
};

/** Natively a program is a file in a folder, and the trace another. */
async function native({ files, options }, folder) {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const flags = Object.entries(options).flatMap(([name, value]) => FLAGS[name](value));
  const parameters = ["run", "--trace", join(folder, "trace.bin"), ...flags, files[0].path];
  await new Promise((resolve, reject) => {
    execFile(commandPath(), parameters, { cwd: folder, maxBuffer: 1 << 28 }, (error) => {
      if (error && error.code !== 1) reject(error);
      else resolve();
    });
  });
  return digest(await readFile(join(folder, "trace.bin")));
}

let site;
const browsers = [];
const pages = {};
let loopscope;
let folder;
let all;

async function open(name, browser) {
  browsers.push(browser);
  const page = await browser.newPage();
  await page.goto(`${site.url}api/`);
  await page.waitForFunction(() => globalThis.ready === true);
  pages[name] = page;
}

before(async () => {
  all = await programs();
  folder = await mkdtemp(join(tmpdir(), "loopscope-"));
  await buildApiPage();
  site = await serveSite({ "/api/": API });
  await open("in Chromium", await launch());
  if (!withoutFirefox) await open("in Firefox", await launchFirefox());
  const { createLoopscope } = await import("../../www/dist/node/node.js");
  loopscope = await createLoopscope();
});

after(async () => {
  loopscope?.close();
  for (const browser of browsers) await browser.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true });
});

test("a trace is the same wherever and whenever it is made", async (t) => {
  if (withoutFirefox) t.diagnostic(`not compared in Firefox: ${withoutFirefox}`);
  const differences = [];
  let compared = 0;
  for (const { name, files, options } of all) {
    const workspace = { files, entry: files[0].path };
    const first = await loopscope.run(workspace, options).result;
    if (PRINTS_ADDRESSES.test(first.stdout + first.stderr)) continue;
    compared += 1;
    const expected = digest(first.trace);
    const again = digest((await loopscope.run(workspace, options).result).trace);
    const natively = await native({ files, options }, await mkdtemp(join(folder, "run-")));
    const others = { "in Node, again": again, natively };
    for (const [place, page] of Object.entries(pages)) {
      const { digest } = await page.evaluate(([one, two]) => globalThis.run(one, two), [workspace, options]);
      others[place] = digest;
    }
    for (const [place, actual] of Object.entries(others)) {
      if (actual !== expected) differences.push(`${name} differs ${place}`);
    }
  }
  assert.deepEqual(differences, []);
  assert.ok(compared > all.length / 2, `only ${compared} of ${all.length} programs print no addresses`);
});

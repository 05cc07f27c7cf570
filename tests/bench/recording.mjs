// What recording and analysis cost: the same program with and without them, in a browser and natively.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { API, buildApiPage } from "../api/build.mjs";
import { launch, serveSite, TARGET } from "../site.mjs";
import { median, milliseconds, row, summary } from "./statistics.mjs";

const PROGRAM = fileURLToPath(new URL("pages/steps.py", import.meta.url));
const MOST = 2;

const execute = promisify(execFile);

/** Alternating, so that what else the machine does falls on both. The first pair warms up and does not count. */
async function both(rounds, measure) {
  const times = { recorded: [], unrecorded: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { recorded: await measure(true), unrecorded: await measure(false) };
    if (round > 0) for (const [which, time] of Object.entries(pair)) times[which].push(time);
  }
  return times;
}

async function inBrowser(rounds) {
  await buildApiPage();
  const site = await serveSite({ "/api/": API });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}api/`);
    await page.waitForFunction(() => globalThis.ready === true, undefined, { timeout: 120_000 });
    const program = await readFile(PROGRAM, "utf8");
    return await both(rounds, async (record) => {
      const [time] = await page.evaluate(
        ([text, options]) => globalThis.rerun(text, 1, options),
        [program, { record }],
      );
      return time;
    });
  } finally {
    await browser.close();
    await site.close();
  }
}

/** In a folder of its own: what lies beside a program is part of its workspace. */
async function natively(rounds) {
  const folder = await mkdtemp(join(tmpdir(), "loopscope-bench-"));
  const path = join(folder, "steps.py");
  try {
    await writeFile(path, await readFile(PROGRAM));
    return await both(rounds, async (record) => {
      const begun = performance.now();
      await execute(join(TARGET, "release/loopscope"), ["run", ...(record ? [] : ["--no-record"]), path]);
      return performance.now() - begun;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function costs(where, { recorded, unrecorded }) {
  const [ours, plain] = [median(recorded), median(unrecorded)];
  return row(
    `1,000 tasks and 100,000 steps recorded and analysed, ${where}`,
    milliseconds(ours),
    `${milliseconds(plain)} unrecorded`,
    `× ${(ours / plain).toFixed(2)}`,
    `at most × ${MOST}`,
    ours / plain <= MOST,
  );
}

export async function measureRecording(rounds) {
  const times = { browser: await inBrowser(rounds), native: await natively(rounds) };
  const figures = Object.entries(times).map(([where, { recorded, unrecorded }]) => [
    where,
    { recorded: summary(recorded), unrecorded: summary(unrecorded) },
  ]);
  return {
    ...Object.fromEntries(figures),
    rows: [costs("in Chromium", times.browser), costs("natively, start included", times.native)],
  };
}

// The engine in a browser without its page: a run in a pristine interpreter, and many task switches.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { API, buildApiPage } from "../api/build.mjs";
import { launch, serveSite } from "../site.mjs";
import { stagePyodide } from "./pyodide.mjs";
import { median, milliseconds, row, summary } from "./statistics.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));
const RERUNS = 20;

async function open(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => globalThis.ready === true, undefined, { timeout: 120_000 });
  return page;
}

/** Ours are recorded, and taken from the request to the last finding; theirs are not recorded, and only the loop is timed. */
async function switches(ours, theirs, rounds) {
  const body = await readFile(join(PAGES, "switches.py"), "utf8");
  const plain = await readFile(join(PAGES, "plain_loop.py"), "utf8");
  const times = { loopscope: [], pyodide: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.loopscope.push(
      ...(await ours.evaluate((text) => globalThis.rerun(text, 1), `${body}\n\nasyncio.run(main())\n`)),
    );
    times.pyodide.push(
      await theirs.evaluate((text) => globalThis.python.runPython(text), `${body}\n\n${plain}\nmeasure()\n`),
    );
  }
  return times;
}

export async function measureEngine(rounds) {
  await buildApiPage();
  const site = await serveSite({ "/api/": API, "/pyodide/": await stagePyodide(), "/bench/": PAGES });
  const browser = await launch();
  try {
    const ours = await open(browser, `${site.url}api/`);
    const theirs = await open(browser, `${site.url}bench/pyodide.html`);
    const program = await readFile(join(PAGES, "program.py"), "utf8");
    const reruns = (await ours.evaluate(([text, times]) => globalThis.rerun(text, times), [program, RERUNS + 1])).slice(
      1,
    );
    const times = await switches(ours, theirs, rounds);
    const [recorded, unrecorded] = [median(times.loopscope), median(times.pyodide)];
    const rows = [
      row("a re-run in a pristine interpreter", milliseconds(median(reruns)), "", "", "25 ms", median(reruns) < 25),
      row(
        "20,000 task switches, recorded",
        milliseconds(recorded),
        milliseconds(unrecorded),
        `× ${(recorded / unrecorded).toFixed(2)}`,
        "at most × 2",
        recorded / unrecorded <= 2,
      ),
    ];
    return {
      rerun: summary(reruns),
      switches: { loopscope: summary(times.loopscope), pyodide: summary(times.pyodide) },
      rows,
    };
  } finally {
    await browser.close();
    await site.close();
  }
}

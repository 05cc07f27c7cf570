// From the moment a page is asked for to the first line its program prints, on a first and on a second visit.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { launchProfile, serveSite } from "../site.mjs";
import { stagePyodide } from "./pyodide.mjs";
import { median, megabytes, milliseconds, row, summary } from "./statistics.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));
const EXPECTED = "first output";

/** Runs in the page before anything of it: presses Run as soon as there is one, and notes when the output is there. */
function watch(expected) {
  const pressed = new WeakSet();
  const walk = (root, found) => {
    for (const element of root.querySelectorAll("*")) {
      found(element);
      if (element.shadowRoot) walk(element.shadowRoot, found);
    }
  };
  const look = () => {
    let seen = false;
    walk(document, (element) => {
      const label = element.getAttribute("aria-label") ?? element.textContent.trim();
      if (element.localName === "button" && label === "Run" && !element.disabled && !pressed.has(element)) {
        pressed.add(element);
        element.click();
      }
      // The program's text has the words as well, within quotation marks.
      seen ||= element.children.length === 0 && element.textContent.trim() === expected;
    });
    if (seen) globalThis.firstOutput = performance.now();
    else setTimeout(look, 4);
  };
  look();
}

/** What goes over the wire, for the page and its workers alike, with the moment at which each file was there. */
function countFiles(context) {
  const files = [];
  context.on("requestfinished", async (request) => {
    const { responseBodySize } = await request.sizes().catch(() => ({ responseBodySize: 0 }));
    const { startTime, responseEnd } = request.timing();
    files.push({ name: new URL(request.url()).pathname, bytes: responseBodySize, end: startTime + responseEnd });
  });
  return files;
}

async function visit(profile, url) {
  const context = await launchProfile(profile);
  try {
    const files = countFiles(context);
    const page = await context.newPage();
    await page.addInitScript(watch, EXPECTED);
    // A browser that has just been started still sets up pages of its own, which is nobody's page load.
    await page.waitForTimeout(2_000);
    await page.goto(url);
    await page.waitForFunction(() => globalThis.firstOutput !== undefined, undefined, { timeout: 120_000 });
    const [elapsed, origin] = await page.evaluate(() => [globalThis.firstOutput, performance.timeOrigin]);
    // Browsers keep compiled code only once it has been there for a while.
    await page.waitForTimeout(3_000);
    return { elapsed, files: files.filter(({ end }) => end <= origin + elapsed) };
  } finally {
    await context.close();
  }
}

async function twice(url) {
  const profile = await mkdtemp(join(tmpdir(), "loopscope-profile-"));
  try {
    const first = await visit(profile, url);
    const second = await visit(profile, url);
    return { first: first.elapsed, second: second.elapsed, files: first.files };
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

const total = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);

export async function measurePage(rounds) {
  const program = await readFile(join(PAGES, "program.py"), "utf8");
  const payload = deflateRawSync(JSON.stringify({ v: 1, f: [["main.py", program]] })).toString("base64url");
  const site = await serveSite({ "/pyodide/": await stagePyodide(), "/bench/": PAGES });
  const urls = { loopscope: `${site.url}#code/${payload}`, pyodide: `${site.url}bench/pyodide.html` };
  const visits = { loopscope: [], pyodide: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, url] of Object.entries(urls)) visits[name].push(await twice(url));
    }
  } finally {
    await site.close();
  }
  const times = (name, which) => visits[name].map((one) => one[which]);
  const rows = [
    ["page load → first output, first visit", "first", 4],
    ["page load → first output, second visit", "second", 8],
  ].map(([what, which, target]) => {
    const [ours, theirs] = [median(times("loopscope", which)), median(times("pyodide", which))];
    return row(
      what,
      milliseconds(ours),
      milliseconds(theirs),
      `${(theirs / ours).toFixed(1)} × faster`,
      `${target} ×`,
      theirs / ours >= target,
    );
  });
  const bytes = { loopscope: total(visits.loopscope[0].files), pyodide: total(visits.pyodide[0].files) };
  rows.push(
    row(
      "bytes for the first run, with brotli",
      megabytes(bytes.loopscope),
      megabytes(bytes.pyodide),
      "",
      "4.20 MB",
      bytes.loopscope <= 4.2e6,
    ),
  );
  const figures = Object.fromEntries(
    Object.keys(urls).map((name) => [
      name,
      { first: summary(times(name, "first")), second: summary(times(name, "second")), files: visits[name][0].files },
    ]),
  );
  return { ...figures, bytes, rows };
}

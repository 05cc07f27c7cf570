// One HTML file that is the whole playground: opened from `file://`, with the network cut and every request counted.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Playground } from "../browser/playground.mjs";
import { CLEAN, FAULTY } from "../browser/programs.mjs";
import { DIST, launch } from "../site.mjs";
import { plainHost, watchRequests } from "./hosts.mjs";

let browser;
let folder;
let file;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopscope-file-"));
  file = join(folder, "loopscope.html");
  await copyFile(join(DIST, "loopscope.html"), file);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Opens a file with the network cut. */
async function open(path) {
  const context = await browser.newContext({ acceptDownloads: true });
  await context.setOffline(true);
  const seen = await watchRequests(context);
  const playground = new Playground(await context.newPage());
  await playground.page.goto(pathToFileURL(path).href);
  await playground.source.waitFor();
  return { playground, seen };
}

/** What was asked for besides the file itself. What a page makes within itself is no request to anywhere. */
const requested = (seen) => seen.requests.filter((url) => !/^(blob|data):/.test(url)).slice(1);

/** Presses a button of the Share dialog that hands over a file, and keeps that. */
async function save({ page }, name, path) {
  await page.getByRole("button", { name: "Share" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  await download.saveAs(path);
  await page.keyboard.press("Escape");
}

describe("the single file", () => {
  test("has at most 8 MB", () => {
    const { size } = statSync(file);
    assert.ok(size <= 8_000_000, `${size} bytes`);
  });

  test("runs from file:// with the network cut, and asks for nothing", async () => {
    const { playground, seen } = await open(file);
    await playground.runs(FAULTY, /Completed/);
    await playground.finding("blocking-call").waitFor();
    await playground.timeline.getByText("lost").first().waitFor();
    await playground.runs("import csv, html.parser\nprint(list(csv.reader(['a,b'])))\n", /Completed/);
    await playground.output.getByText("[['a', 'b']]").waitFor();
    assert.equal(seen.requests.length > 0 && requested(seen).length, 0, `${requested(seen)}`);
    assert.deepEqual(seen.violations, []);
    await playground.close();
  });

  test("has the examples and the rules' pages in it", async () => {
    const { playground } = await open(file);
    await playground.openExample("queue");
    await playground.runs(FAULTY, /Completed/);
    await playground.finding("blocking-call").getByText("What is this?").click();
    await playground.findings.getByRole("heading").nth(1).waitFor();
    await playground.close();
  });

  test("stops a program that never ends", async () => {
    const { playground } = await open(file);
    await playground.write("while True:\n    pass\n");
    await playground.run.click();
    await playground.stop.and(playground.page.locator(":enabled")).waitFor();
    await playground.stop.click();
    await playground.ends(/Stopped/);
    await playground.runs(CLEAN, /Completed/);
    await playground.close();
  });

  test("is served as well as opened", async () => {
    const host = await plainHost({ "/": folder }, { "content-type": "text/html; charset=utf-8" });
    const context = await browser.newContext();
    const playground = new Playground(await context.newPage());
    await playground.page.goto(`${host.url}/loopscope.html`);
    await playground.source.waitFor();
    await playground.runs(CLEAN, /Completed/);
    await playground.close();
    await host.close();
  });
});

describe("Save as one file", () => {
  const mine = CLEAN.replace("all is well", "kept in the file");

  test("keeps the program, opens without running it, and can be saved again", async () => {
    const { playground } = await open(file);
    await playground.write(mine);
    const saved = join(folder, "saved.html");
    await save(playground, "Save as one file", saved);
    await playground.close();

    const again = await open(saved);
    assert.match(await again.playground.text(), /kept in the file/);
    assert.equal(await again.playground.output.getByText("kept in the file").count(), 0, "nothing runs by itself");
    await again.playground.runs(CLEAN.replace("all is well", "kept twice"), /Completed/);
    assert.deepEqual(requested(again.seen), []);
    const twice = join(folder, "twice.html");
    await save(again.playground, "Save as one file", twice);
    await again.playground.close();

    const third = await open(twice);
    assert.match(await third.playground.text(), /kept twice/);
    assert.ok(Math.abs(statSync(twice).size - statSync(file).size) < 4096, "it has not grown");
    await third.playground.close();
  });

  test("works on the hosted page, from the same host", async () => {
    const host = await plainHost({ "/play/": DIST });
    const context = await browser.newContext({ acceptDownloads: true });
    const playground = new Playground(await context.newPage());
    await playground.page.goto(`${host.url}/play/`);
    await playground.source.waitFor();
    await playground.write(mine);
    const saved = join(folder, "hosted.html");
    await save(playground, "Save as one file", saved);
    await playground.close();
    await host.close();
    const { playground: alone } = await open(saved);
    assert.match(await alone.text(), /kept in the file/);
    await alone.run.click();
    await alone.ends(/Completed/);
    await alone.output.getByText("kept in the file").waitFor();
    await alone.close();
  });
});

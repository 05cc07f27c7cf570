// The page as a frame of another page, and as the slides of a talk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Playground } from "../browser/playground.mjs";
import { CLEAN, FAULTY } from "../browser/programs.mjs";
import { DIST, launch } from "../site.mjs";
import { plainHost } from "./hosts.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));

let browser;
let host;

before(async () => {
  host = await plainHost({ "/play/": DIST, "/": PAGES });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
});

test("a frame shows the program of its address, does not run it, and tells its height", async () => {
  const { encodeLink, singleFile } = await import("../../www/dist/node/internals.js");
  const hash = await encodeLink({ workspace: singleFile(CLEAN), options: {} });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${host.url}/framed.html`);
  await page.evaluate(
    (src) => (document.querySelector("#loops").src = src),
    `play/?embed=true&theme=dark&mode=read${hash}`,
  );
  await page.waitForFunction(() => Number(document.querySelector("#loops").height) > 300);
  const frame = page.frameLocator("#loops");
  await frame.getByText("all is well").first().waitFor();
  assert.equal(await frame.getByRole("region", { name: "Output" }).getByText("all is well").count(), 0);
  assert.equal(await frame.locator("loop-scope").getAttribute("theme"), "dark");
  await frame.getByRole("button", { name: "Run", exact: true }).click();
  await frame.getByRole("region", { name: "Output" }).getByText("all is well").waitFor();
  await context.close();
});

test("a talk has large type, runs when told to, and steps through the findings", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const playground = new Playground(await context.newPage());
  const { page } = playground;
  await page.goto(`${host.url}/play/`);
  await playground.source.waitFor();
  await playground.write(FAULTY);
  await page.reload();
  await playground.source.waitFor();
  const size = () => playground.source.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const before = await size();
  await page.getByRole("heading", { name: "Output" }).click();
  await page.keyboard.press("Shift+P");
  await page.locator("loop-scope[talk]").waitFor();
  assert.ok((await size()) > before * 1.5, "the type is large");
  assert.equal(await page.locator("loop-scope").getAttribute("live"), null, "nothing runs by itself");
  assert.equal(await playground.output.getByText("finished").count(), 0);
  await page.keyboard.press("PageDown");
  await playground.output.getByText("finished").waitFor();
  await playground.run.and(page.locator(":enabled")).waitFor();
  await playground.finding("blocking-call").waitFor();
  const chosen = () => page.locator(".finding[data-chosen]").getAttribute("data-finding");
  await page.keyboard.press("PageDown");
  const first = await chosen();
  await page.keyboard.press("PageDown");
  const second = await chosen();
  assert.notEqual(second, first);
  await page.keyboard.press("PageUp");
  assert.equal(await chosen(), first);
  await page.keyboard.press("Shift+P");
  await page.locator("loop-scope:not([talk])").waitFor();
  assert.equal(await size(), before);
  await playground.close();
});

// A talk: on the page, in a widget of somebody's page, and in a frame.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { becomes, Playground } from "../browser/playground.mjs";
import { FAULTY } from "../browser/programs.mjs";
import { DIST, launch, TARGET } from "../site.mjs";
import { plainHost } from "./hosts.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));

let browser;
let host;

before(async () => {
  host = await plainHost({ "/widget/": `${TARGET}package/loopscope`, "/play/": DIST, "/": PAGES });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
});

/** The page with a program that was typed on another visit: it has not been run. */
async function typedBefore(program) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const playground = new Playground(await context.newPage());
  await playground.page.goto(`${host.url}/play/`);
  await playground.source.waitFor();
  await playground.write(program);
  await playground.page.reload();
  await playground.source.waitFor();
  return playground;
}

/** Pixels of the screen from one line of the program to the next, and from one lane to the next. */
async function sizes({ source, timeline }) {
  const apart = async (lines) => {
    const [one, two] = await Promise.all([lines.nth(0).boundingBox(), lines.nth(1).boundingBox()]);
    return two.y - one.y;
  };
  return {
    line: await apart(source.locator(".cm-line")),
    lane: await apart(timeline.getByRole("listbox").getByRole("option")),
  };
}

const isFull = (page) => page.evaluate(() => document.fullscreenElement !== null);

test("everything is larger, and the program runs when the speaker says so, and not before", async () => {
  const playground = await typedBefore(FAULTY);
  const { page, output, run } = playground;
  await page.keyboard.press("Shift+P");
  await page.locator("loop-scope[talk]").waitFor();
  await becomes(() => isFull(page), Boolean);
  assert.equal(await output.getByText("finished").count(), 0);
  await page.keyboard.press("PageDown");
  await output.getByText("finished").waitFor();
  await run.and(page.locator(":enabled")).waitFor();
  await playground.finding("blocking-call").waitFor();
  const large = await sizes(playground);
  await page.keyboard.press("Shift+P");
  await page.locator("loop-scope:not([talk])").waitFor();
  await becomes(
    () => isFull(page),
    (full) => !full,
  );
  await becomes(
    async () => (await sizes(playground)).line,
    (line) => large.line > line * 1.4,
  );
  assert.ok(large.lane > (await sizes(playground)).lane * 1.2, "names and pictures grow with the program");
  await playground.finding("blocking-call").waitFor();
  await playground.close();
});

test("a clicker goes from the first finding to the last and back, even with the caret in the program", async () => {
  const playground = await typedBefore(FAULTY);
  const { page, findings, source } = playground;
  await page.keyboard.press("Shift+P");
  await page.keyboard.press("PageDown");
  await playground.ends(/Completed/);
  await source.click();
  const all = await findings.locator("[data-finding]").evaluateAll((items) => items.map((one) => one.dataset.finding));
  const chosen = () =>
    page.locator(".finding[data-chosen]").evaluateAll((items) => items.map((one) => one.dataset.finding)[0]);
  for (const id of [...all, all.at(-1)]) {
    await page.keyboard.press("PageDown");
    await becomes(chosen, (at) => at === id, "forward, and no further than the last:");
  }
  for (const id of all.toReversed().slice(1)) {
    await page.keyboard.press("PageUp");
    await becomes(chosen, (at) => at === id);
  }
  await page.keyboard.press("PageUp");
  await becomes(chosen, (at) => at === undefined, "before the first is the beginning:");
  assert.equal(await playground.time(), 0);
  await playground.close();
});

test("the timeline's keys work without its focus, and the mouse meets what it points at", async () => {
  const playground = await typedBefore(FAULTY);
  const { page, timeline } = playground;
  await page.keyboard.press("Shift+P");
  await page.keyboard.press("PageDown");
  await playground.ends(/Completed/);
  const [last] = await playground.event();
  const at = (good, message) => becomes(async () => (await playground.event())[0], good, message);
  await page.keyboard.press(",");
  await at((event) => event < last, "back by an event:");
  await page.keyboard.press(".");
  await at((event) => event === last, "on by an event:");
  await page.keyboard.press("[");
  await at((event) => event < last - 1, "back by a turn:");
  const ruler = await timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
  const x = ruler.x + ruler.width * 0.4;
  await page.mouse.click(x, ruler.y + ruler.height / 2);
  await becomes(
    async () => {
      const box = await playground.playhead.boundingBox();
      return Math.abs(box.x + box.width / 2 - x);
    },
    (off) => off < 1.5,
    "the playhead is off by:",
  );
  await playground.close();
});

test("live mode keeps still for a talk, and goes on after it; the browser's own Escape ends it", async () => {
  const playground = await typedBefore('print("one")');
  const { page, output } = playground;
  await page.getByRole("switch", { name: "Live" }).click();
  await output.getByText("one").waitFor();
  await page.getByRole("button", { name: /^Talk mode/ }).click();
  await becomes(() => isFull(page), Boolean);
  await playground.write('print("two")');
  await page.waitForTimeout(900);
  assert.equal(await output.getByText("two").count(), 0);
  await page.evaluate(() => document.exitFullscreen());
  await page.locator("loop-scope:not([talk])").waitFor();
  await playground.write('print("three")');
  await output.getByText("three").waitFor();
  await playground.close();
});

test("a widget gives a talk as well, and has the keys while it has the screen", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${host.url}/five.html`);
  const first = page.locator("#first");
  await first.evaluate((element) => element.load());
  await first.getByRole("button", { name: /^Talk mode/ }).click();
  await becomes(() => isFull(page), Boolean);
  const inner = first.locator("loop-scope-playground");
  assert.deepEqual(await inner.evaluate((element) => [element.clientWidth, element.clientHeight]), [1280, 800]);
  await first.getByRole("heading", { name: "Output" }).click();
  await page.keyboard.press("PageDown");
  await first.getByRole("region", { name: "Output" }).getByText("the first says").waitFor();
  await first.getByRole("button", { name: "Leave the talk" }).click();
  await becomes(
    () => isFull(page),
    (full) => !full,
  );
  assert.ok((await inner.boundingBox()).height < 430);
  await context.close();
});

test("a frame that may not have the screen has the large type, and is left by Escape", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${host.url}/framed.html`);
  await page.evaluate(() => {
    const frame = document.querySelector("#loops");
    frame.allow = "fullscreen 'none'";
    frame.src = "play/?embed=true";
  });
  const frame = page.frameLocator("#loops");
  await frame.getByRole("button", { name: /^Talk mode/ }).click();
  await frame.locator("loop-scope[talk]").waitFor();
  assert.equal(await isFull(page), false);
  await page.keyboard.press("Escape");
  await frame.locator("loop-scope:not([talk])").waitFor();
  await context.close();
});

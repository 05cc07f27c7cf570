// What leaves the page, what comes back, and the ways to a program: links, downloads, examples, predictions, languages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { becomes, Playground } from "./playground.mjs";
import { CLEAN, FAULTY } from "./programs.mjs";

const world = journeys();
const { withPlayground } = world;

const shared = async ({ page }, name) => {
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("textbox", { name, exact: true });
  const text = await becomes(
    () => field.inputValue(),
    (value) => value !== "",
  );
  await page.keyboard.press("Escape");
  return text;
};

describe("a link", () => {
  test("restores the program, its options and the moment, and runs only when asked to", () =>
    withPlayground(async (playground) => {
      const { page, timeline } = playground;
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("spinbutton", { name: /^Seed/ }).fill("7");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Escape");
      await playground.runs(FAULTY, /Completed/);
      const box = await timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + 12);
      const moment = await becomes(
        () => playground.time(),
        (at) => at < 0.4,
      );
      const link = await shared(playground, "Link");
      const other = await Playground.open(world.browser, link);
      await other.page.getByText("Opened from a link").waitFor();
      assert.equal((await other.text()).trimEnd(), FAULTY.trimEnd());
      assert.equal(await other.page.getByText(/Completed/).count(), 0, "it has not run");
      await other.run.click();
      await other.ends(/Completed/);
      await becomes(
        () => other.time(),
        (at) => Math.abs(at - moment) < 1e-4,
      );
      await other.page.getByRole("button", { name: "Settings" }).click();
      assert.equal(await other.page.getByRole("spinbutton", { name: /^Seed/ }).inputValue(), "7");
      await other.close();
    }));

  test("comes as Markdown, with the code, and as a frame for a page", () =>
    withPlayground(async (playground) => {
      await playground.write(CLEAN);
      assert.match(await shared(playground, "Markdown link"), /^\[\S+\.py\]\(http\S+#code\/[\w-]+\)$/);
      assert.match(await shared(playground, "Markdown with the code"), /^```python\s*import asyncio/);
      assert.match(
        await shared(playground, "Frame for a page"),
        /^<iframe src="http\S+embed=true#code\/[\w-]+" title="/,
      );
    }));
});

describe("a run", () => {
  async function downloaded(playground, name) {
    await playground.page.getByRole("button", { name: "Share" }).click();
    const [file] = await Promise.all([
      playground.page.waitForEvent("download"),
      playground.page.getByRole("button", { name: `Download: ${name}`, exact: true }).click(),
    ]);
    await playground.page.keyboard.press("Escape");
    return readFile(await file.path());
  }

  test("is downloaded as data and as a picture", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const data = JSON.parse(await downloaded(playground, "JSON"));
      assert.equal(data.outcome, "completed");
      assert.ok(data.diagnostics.some(({ rule }) => rule === "blocking-call"));
      assert.ok(data.events.length > 50);
      assert.ok(JSON.parse(await downloaded(playground, "Chrome trace")).traceEvents.length > 5);
      const svg = String(await downloaded(playground, "SVG"));
      assert.match(svg, /^<svg[^>]*>[\s\S]*blocked the loop for 400 ms[\s\S]*<\/svg>\s*$/);
      const png = await downloaded(playground, "PNG");
      assert.deepEqual(
        [...png.subarray(1, 4)],
        [..."PNG"].map((letter) => letter.charCodeAt(0)),
      );
    }));
});

describe("the examples", () => {
  test("are found by what they are about, each with a sentence", () =>
    withPlayground(async ({ page, ...playground }) => {
      await page.getByRole("button", { name: /^Examples/ }).click();
      const gallery = page.getByRole("dialog", { name: "Examples" });
      const cards = gallery.getByRole("listitem");
      await cards.first().waitFor();
      const all = await cards.count();
      assert.ok(all > 20);
      await gallery.getByRole("searchbox").fill("queue");
      await becomes(
        () => cards.count(),
        (count) => count > 0 && count < all,
      );
      const title = cards.first().getByRole("button").first();
      const name = (await title.innerText()).trim();
      await title.click();
      await gallery.waitFor({ state: "detached" });
      await page.getByRole("button", { name: `Examples: ${name}` }).waitFor();
      assert.deepEqual(playground.problems, []);
    }));

  test("can be predicted before they are run", () =>
    withPlayground(async ({ page, output }) => {
      await page.getByRole("button", { name: /^Examples/ }).click();
      await page.getByRole("button", { name: "Predict the output: The reference kept" }).click();
      const dialog = page.getByRole("dialog", { name: "Predict the output" });
      const lines = dialog.getByRole("list").getByRole("listitem");
      await lines.first().waitFor();
      assert.match(await lines.first().innerText(), /warm/, "the lines are out of order");
      await dialog.getByRole("button", { name: "Check" }).click();
      await dialog.getByText("0 of 2 lines").waitFor();
      await lines
        .nth(1)
        .getByRole("button", { name: /^Move up/ })
        .click();
      await dialog.getByRole("button", { name: "Check" }).click();
      await dialog.getByText("All of it is right").waitFor();
      assert.doesNotMatch(await output.innerText(), /ready/, "nothing of the run is shown yet");
      await dialog.getByRole("button", { name: "Run and show" }).click();
      await output.getByText("ready").waitFor();
    }));
});

describe("the interface", () => {
  test("speaks the reader's language, and another when told to", async () => {
    const context = await world.browser.newContext({ locale: "ru-RU" });
    const page = await context.newPage();
    await page.goto(world.site.url);
    await page.getByRole("button", { name: "Запустить" }).waitFor();
    await page.getByRole("region", { name: "Шкала времени" }).waitFor();
    await page.getByRole("button", { name: "Настройки" }).click();
    await page.getByRole("combobox", { name: "Язык" }).selectOption("en");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
    await page.getByRole("region", { name: "Timeline" }).waitFor();
    await context.close();
  });

  test("tells its keys", () =>
    withPlayground(async ({ page, output }) => {
      await output.click();
      await page.keyboard.press("?");
      const sheet = page.getByRole("dialog", { name: "Help and keys" });
      await sheet.getByText("Timeline: play and pause").waitFor();
      await page.keyboard.press("Escape");
      await sheet.waitFor({ state: "detached" });
    }));
});

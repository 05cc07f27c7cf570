// What leaves the page, what comes back, and the ways to a program: links, downloads, examples, predictions, languages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { journeys, predictsTheOutput, speaksBothLanguages } from "./journeys.mjs";
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

  test("that is followed on the page itself does not run there either, whatever has run before", () =>
    withPlayground(async (playground) => {
      const { page } = playground;
      await playground.runs(CLEAN, /Completed/);
      const program = 'print("from afar")\n';
      const payload = deflateRawSync(JSON.stringify({ v: 1, f: [["main.py", program]] })).toString("base64url");
      await page.evaluate((hash) => (location.hash = hash), `#code/${payload}`);
      await page.getByText("Opened from a link").waitFor();
      assert.ok(await playground.stop.isDisabled(), "it is not running");
      await playground.timeline.getByText("Run the program to see its tasks here").waitFor({ timeout: 1_000 });
      await playground.run.click();
      await playground.output.getByText("from afar").waitFor();
      await page.goBack();
      await playground.source.getByText("all is well").waitFor();
      await page.goForward();
      await playground.source.getByText("from afar").waitFor();
    }));

  test("comes as Markdown, with the code, and as a frame for a page", () =>
    withPlayground(async (playground) => {
      await playground.write(CLEAN);
      assert.match(await shared(playground, "Markdown link"), /^\[\S+\.py\]\(http\S+#code\/[\w-]+\)$/);
      assert.match(await shared(playground, "Markdown with the code"), /^```python\nimport asyncio\n[^]*\n```\n\n\[/);
      assert.match(
        await shared(playground, "Frame for a page"),
        /^<iframe src="http\S+embed=true#code\/[\w-]+" title="/,
      );
    }));

  test("is not offered for what no link can hold; the downloaded run opens as the same program", () =>
    withPlayground(async (playground) => {
      const { page } = playground;
      const program = `print("all of it")\n# ${"much ".repeat(900_000)}\n`;
      await playground.runs(program, /Completed/);
      await page.getByRole("button", { name: "Share" }).click();
      const dialog = page.getByRole("dialog", { name: "Share" });
      await dialog.getByText("too large for a link").waitFor();
      assert.equal(await dialog.getByRole("textbox").count(), 0, "there is no link to copy");
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        dialog.getByRole("button", { name: "Download: JSON", exact: true }).click(),
      ]);
      const data = (await readFile(await file.path())).toString("base64");
      const other = await Playground.open(world.browser, world.site.url);
      await other.ends(/Completed/);
      await other.page.evaluate((base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], "run.json"));
        const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector("loop-scope").dispatchEvent(drop);
      }, data);
      await becomes(
        () => other.source.innerText(),
        (text) => text.includes("all of it"),
      );
      assert.equal(await other.output.getByText("all of it").count(), 0, "opening runs nothing");
      await other.run.click();
      await other.output.getByText("all of it").waitFor();
      await other.close();
    }));

  test("that was cut short, or is of a newer version, says so, and changes nothing", async () => {
    const newer = deflateRawSync(JSON.stringify({ v: 1000, f: [["main.py", "pass"]] })).toString("base64url");
    for (const [payload, words] of [
      ["fY5BCsIw", "This link is damaged"],
      [newer, "made by a newer version"],
    ]) {
      const playground = await Playground.open(world.browser, `${world.site.url}#code/${payload}`);
      await playground.page.getByText(words).waitFor();
      assert.match(await playground.text(), /heartbeat/, "what is there without a link");
      await playground.close();
    }
  });
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
      for (const pitfall of ["Tasks that nobody keeps", "Exceptions that nobody sees", "A loop that stands still"]) {
        assert.ok((await gallery.getByRole("region", { name: pitfall }).getByRole("listitem").count()) > 2, pitfall);
      }
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

  test("can be predicted before they are run", () => world.withPlayground(predictsTheOutput));
});

describe("a prediction on a phone", () => {
  const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

  const predict = async (page, title) => {
    await page.getByRole("button", { name: /^Examples/ }).click();
    await page.getByRole("button", { name: `Predict the output: ${title}` }).click();
    return page.getByRole("dialog", { name: "Predict the output" });
  };

  test("is put in order with a finger, and nothing lies beyond the edge", () =>
    withPlayground(async ({ page }) => {
      const dialog = await predict(page, "Four silent faults");
      const lines = dialog.getByRole("list").getByRole("listitem");
      await lines.first().waitFor();
      const texts = () => lines.locator("code").allInnerTexts();
      const before = await texts();
      await lines.nth(3).scrollIntoViewIfNeeded();
      const grip = async (at) => {
        const box = await lines.nth(at).locator(".grip").boundingBox();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      };
      const [from, to] = [await grip(1), await grip(3)];
      const session = await page.context().newCDPSession(page);
      const touch = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      await touch("touchStart", [from]);
      for (const part of [0.25, 0.5, 0.75, 1])
        await touch("touchMove", [{ x: to.x, y: from.y + (to.y - from.y) * part }]);
      await touch("touchEnd", []);
      const [zero, one, two, three, ...rest] = before;
      await becomes(
        texts,
        (now) => `${now}` === `${[zero, two, three, one, ...rest]}`,
        "the line is where it was left:",
      );
      const down = dialog.getByRole("button", { name: /^Move down/ }).first();
      const { x, width } = await down.boundingBox();
      assert.ok(x + width <= 360, "the buttons are in view");
    }, PHONE));

  test("is not asked for where all lines read the same", () =>
    withPlayground(async ({ page }) => {
      const dialog = await predict(page, "It runs for ever");
      await dialog.getByText("too little to put in order").waitFor();
    }, PHONE));
});

describe("the interface", () => {
  test("has its help on a phone as well, within the screen", () =>
    withPlayground(
      async ({ page }) => {
        await page.getByRole("button", { name: "Help and keys" }).click();
        const sheet = page.getByRole("dialog", { name: "Help and keys" });
        await sheet.getByText("Leave the editor by keyboard").waitFor();
        assert.ok(
          await sheet.locator(".content").evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
        );
      },
      { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    ));

  test("can be scrolled to all of it at a zoom of 400 %", () =>
    withPlayground(
      async (playground) => {
        const { page, timeline } = playground;
        await playground.ends(/Completed/);
        await page.getByRole("tab", { name: "Timeline" }).click();
        const lane = timeline.getByRole("listbox").getByRole("option").first();
        await lane.scrollIntoViewIfNeeded();
        const box = await lane.boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= 256, "a lane can be seen");
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, "and nothing lies aside");
      },
      { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
    ));

  test("speaks the reader's language, and another when told to", () => speaksBothLanguages(world));

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

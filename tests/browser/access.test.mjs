// The page by keyboard, for assistive technology, in dark and light, and on a small screen.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { audit, layoutShift } from "./audit.mjs";
import { journeys } from "./journeys.mjs";
import { CLEAN, DEADLOCK, FAULTY } from "./programs.mjs";

const world = journeys();
const { withPlayground } = world;

const violations = async (page) => (await audit(page)).violations;

describe("for everybody", () => {
  test("the keyboard alone is enough", () =>
    withPlayground(async ({ page, source, output, findings, ...rest }) => {
      // The editor can be reached and left by Tab alone.
      for (let presses = 0; presses < 40; presses += 1) {
        if (await source.evaluate((element) => element === element.getRootNode().activeElement)) break;
        await page.keyboard.press("Tab");
      }
      assert.ok(
        await source.evaluate((element) => element === element.getRootNode().activeElement),
        "Tab reaches the editor",
      );
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(FAULTY);
      await page.keyboard.press("ControlOrMeta+Enter");
      await page
        .getByText(/Completed/)
        .first()
        .waitFor();
      await output.getByText("finished").waitFor();
      // F8 goes to the first finding, and shows its line.
      await page.keyboard.press("F8");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      assert.ok(
        await source.evaluate((element) => element !== element.getRootNode().activeElement),
        "Escape and Tab leave the editor",
      );
      assert.ok((await findings.getByRole("listitem").count()) >= 3);
      assert.deepEqual(rest.problems, []);
    }));

  for (const colorScheme of ["light", "dark"]) {
    test(`axe-core finds nothing, however slight, in ${colorScheme} colours`, () =>
      withPlayground(
        async (playground) => {
          assert.deepEqual(await violations(playground.page), [], "before a run");
          await playground.runs(FAULTY, /Completed/);
          await playground.finding("blocking-call").waitFor();
          assert.deepEqual(await violations(playground.page), [], "after a run");
        },
        { colorScheme },
      ));
  }

  test("axe-core finds nothing in the dialogs, at a moment, or in words", () =>
    withPlayground(async (playground) => {
      const { page, timeline } = playground;
      await playground.runs(DEADLOCK, /Deadlocked/);
      await playground.tasks.getByRole("button", { name: /^one/ }).click();
      await timeline.getByRole("button", { name: "Previous event" }).click();
      assert.deepEqual(await violations(page), [], "at a moment");
      for (const view of ["Tree of tasks", "Table of stretches"]) {
        await timeline.getByRole("button", { name: view }).click();
        assert.deepEqual(await violations(page), [], view);
      }
      for (const name of ["Share", "Settings", "Help and keys", /^Examples/]) {
        await page.getByRole("button", { name }).click();
        await page.getByRole("dialog").waitFor();
        await page.waitForTimeout(300);
        assert.deepEqual(await violations(page), [], `${name}`);
        await page.keyboard.press("Escape");
      }
    }));

  test("every pane fits a screen of 360 pixels, and can be reached there", () =>
    withPlayground(
      async (playground) => {
        await playground.runs(FAULTY, /Completed/);
        for (const panel of ["Timeline", "Tasks", "Findings", "Output", "Code"]) {
          await playground.page.getByRole("tab", { name: panel }).click();
          const region = playground.page.getByRole("region", { name: panel });
          await region.waitFor();
          const box = await region.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= 360, panel);
          const inner = await region.evaluate((element) => element.querySelector(".head").scrollWidth);
          assert.ok(inner <= 360, `the controls of ${panel} take ${inner} pixels`);
        }
        assert.deepEqual(await violations(playground.page), []);
      },
      { viewport: { width: 360, height: 720 } },
    ));

  for (const width of [768, 1024])
    test(`no control stands beyond its pane on a screen of ${width} pixels, in either language`, () =>
      withPlayground(
        async (playground, page) => {
          await playground.runs(FAULTY, /Completed/);
          const beyond = (head) =>
            [...head.querySelectorAll("button, select")]
              .filter((control) => control.getBoundingClientRect().right > head.getBoundingClientRect().right)
              .map((control) => control.getAttribute("aria-label") ?? control.textContent);
          for (const lang of ["en", "ru"]) {
            await page.evaluate((lang) => (document.querySelector("loop-scope").lang = lang), lang);
            await page.getByRole("region", { name: lang === "en" ? "Timeline" : "Шкала времени" }).waitFor();
            for (const head of await page.locator("section > .head").all())
              assert.deepEqual(await head.evaluate(beyond), [], lang);
          }
        },
        { viewport: { width, height: 720 } },
      ));

  test("at a zoom of 400 % the settings have the screen to scroll in", () =>
    withPlayground(
      async (playground, page) => {
        await page.getByRole("button", { name: "Settings" }).click();
        const dialog = page.getByRole("dialog", { name: "Settings" });
        const [seen, all] = await dialog.evaluate((element) => [element.clientHeight, element.scrollHeight]);
        assert.ok(seen > 230 && all > 2_000, `${seen} of ${all} pixels are in view`);
        await dialog.getByRole("button").last().scrollIntoViewIfNeeded();
        await dialog.getByRole("button", { name: "Close" }).click();
        await dialog.waitFor({ state: "detached" });
      },
      { viewport: { width: 320, height: 256 } },
    ));

  for (const [locale, width] of [
    ["en", 320],
    ["en", 640],
    ["ru", 320],
    ["ru", 740],
  ])
    test(`the bar of ${width} pixels keeps Stop beside Run, and wastes no row (${locale})`, () =>
      withPlayground(
        async ({ page }) => {
          const bar = page.getByRole("banner");
          const tops = [];
          for (const name of [/^(Run|Запустить)$/, /^(Stop|Остановить)$/, /^(Help|Справка)/, /^(Settings|Настройки)/])
            tops.push(Math.round((await bar.getByRole("button", { name }).boundingBox()).y));
          const [run, stop, help, settings] = tops;
          assert.ok(Math.abs(run - stop) < 5, `${tops}`);
          assert.equal(help, settings);
          assert.ok((await bar.boundingBox()).height < (width < 600 ? 110 : 60));
        },
        { locale, viewport: { width, height: 600 } },
      ));

  test("the page fits a screen of 360 pixels", () =>
    withPlayground(
      async (playground) => {
        const width = () => playground.page.evaluate(() => document.scrollingElement.scrollWidth);
        assert.ok((await width()) <= 360, `the page is ${await width()} pixels wide`);
        await playground.write(CLEAN);
        await playground.run.click();
        await playground.page
          .getByText(/Completed/)
          .first()
          .waitFor({ state: "attached" });
        assert.ok((await width()) <= 360, `after a run the page is ${await width()} pixels wide`);
        const box = await playground.run.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= 360, "Run is on the screen");
        assert.deepEqual(await violations(playground.page), []);
      },
      { viewport: { width: 360, height: 720 } },
    ));

  for (const [width, height] of [
    [1440, 900],
    [1000, 700],
    [360, 720],
  ]) {
    test(`nothing jumps while the page is opened, on a screen of ${width} by ${height}`, async () => {
      // Where the machine is so busy that a small run takes long, its news are shown as they come.
      let shift = Infinity;
      for (let attempt = 0; attempt < 5 && shift > 0; attempt += 1) {
        shift = Math.min(shift, await layoutShift(world.browser, world.site.url, { width, height }));
      }
      assert.equal(shift, 0);
    });
  }
});

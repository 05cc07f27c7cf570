// The main journeys, in a real Firefox.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launchFirefox, withoutFirefox } from "../firefox.mjs";
import { journeys, predictsTheOutput, speaksBothLanguages } from "./journeys.mjs";
import { becomes, Playground } from "./playground.mjs";
import { CLEAN, ENDLESS, FAULTY } from "./programs.mjs";

describe("in Firefox", { skip: withoutFirefox }, () => {
  const world = journeys(launchFirefox);
  const { withPlayground } = world;

  test("the welcome example runs by itself, with its findings, marks and lanes", () =>
    withPlayground(async (playground) => {
      await playground.ends(/Completed/);
      for (const rule of ["blocking-call", "exception-never-retrieved", "task-garbage-collected"]) {
        await playground.finding(rule).waitFor();
      }
      await playground.output.getByText("done", { exact: true }).waitFor();
      await playground.timeline.getByRole("option", { name: /heartbeat/ }).waitFor();
      await becomes(
        () => playground.source.locator(".cm-observed").count(),
        (marks) => marks > 0,
        "marks in sight:",
      );
    }));

  test("a typed program runs, and runs twice the same", () =>
    withPlayground(async (playground) => {
      const shown = async () => [await playground.output.innerText(), await playground.findings.innerText()];
      await playground.runs(FAULTY, /Completed/);
      const first = await shown();
      assert.match(first[0], /finished/);
      const marks = () => playground.source.locator(".cm-observed").count();
      await becomes(marks, (count) => count >= 3, "each finding is marked in the source:");
      await playground.runs(CLEAN, /Completed/);
      assert.equal(await playground.findings.getByRole("listitem").count(), 0);
      await playground.runs(FAULTY, /Completed/);
      assert.deepEqual(await shown(), first);
      assert.equal((await playground.text()).trimEnd(), FAULTY.trimEnd());
    }));

  test("Stop ends an endless loop, and the next run is clean", () =>
    withPlayground(async (playground) => {
      await playground.write(ENDLESS);
      await playground.run.click();
      await playground.stop.and(playground.page.locator(":enabled")).waitFor();
      await playground.stop.click();
      await playground.ends(/Stopped/);
      await playground.runs(CLEAN, /Completed/);
      await playground.output.getByText("all is well").waitFor();
    }));

  test("keys step through the run, on and back, and zoom the picture", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { page, playhead, timeline } = playground;
      const [last, all] = await playground.event();
      assert.equal(last, all, "a run is shown at its end");
      const stands = (good) => becomes(async () => (await playground.event())[0], good);
      await playhead.press("ArrowLeft");
      const before = await stands((at) => at < last);
      await playhead.press("ArrowRight");
      await stands((at) => at > before);
      await playhead.press("Home");
      await stands((at) => at === 0);
      await playhead.press("End");
      await stands((at) => at === all);
      const place = () =>
        page.locator("loop-scope").evaluate(({ shadowRoot }) => {
          const over = shadowRoot.querySelector(".over");
          return parseFloat(getComputedStyle(over).getPropertyValue("--at"));
        });
      const drawn = await place();
      await timeline.getByRole("option").first().focus();
      await page.keyboard.press("w");
      await becomes(place, (at) => Math.abs(at - drawn) > 10, "the playhead is drawn elsewhere:");
    }));

  test("findings are walked by F8, and a fix is applied and run again", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.page.keyboard.press("F8");
      await playground.page.locator(".finding[data-chosen]").waitFor();
      await playground.finding("blocking-call").getByRole("button", { name: "use asyncio.sleep" }).click();
      await playground.finding("blocking-call").waitFor({ state: "detached" });
      await playground.ends(/Completed/);
      assert.match(await playground.text(), /await asyncio\.sleep\(0\.4\)/);
    }));

  test("in live mode a pause in typing runs the program", () =>
    withPlayground(async (playground) => {
      await playground.page.getByRole("switch", { name: "Live" }).click();
      await playground.write(CLEAN.replace("all is well", "still well"));
      await playground.output.getByText("still well").waitFor();
      await playground.source.press("ControlOrMeta+End");
      await playground.page.keyboard.type("print('typed')");
      await playground.output.getByText("typed").waitFor();
    }));

  test("a link is opened again, and what was typed is there after a reload", () =>
    withPlayground(async (playground) => {
      const { page } = playground;
      await playground.runs(FAULTY, /Completed/);
      await page.getByRole("button", { name: "Share" }).click();
      const link = await becomes(
        () => page.getByRole("textbox", { name: "Link", exact: true }).inputValue(),
        (value) => value !== "",
      );
      const other = await Playground.open(world.browser, link);
      await other.page.getByText("Opened from a link").waitFor();
      assert.equal((await other.text()).trimEnd(), FAULTY.trimEnd());
      assert.equal(await other.page.getByText(/Completed/).count(), 0, "it has not run");
      await other.run.click();
      await other.ends(/Completed/);
      await other.close();
      await page.reload();
      await playground.source.waitFor();
      assert.match(await playground.text(), /async def lost/);
    }));

  test("the output of an example is predicted before it is run", () => world.withPlayground(predictsTheOutput));

  test("the interface speaks the reader's language, and another when told to", () => speaksBothLanguages(world));

  test("every pane fits a screen of 360 pixels", () =>
    withPlayground(
      async (playground) => {
        const { page } = playground;
        await playground.runs(FAULTY, /Completed/);
        for (const panel of ["Timeline", "Tasks", "Findings", "Output", "Code"]) {
          await page.getByRole("tab", { name: panel }).click();
          const region = page.getByRole("region", { name: panel });
          await region.waitFor();
          const box = await region.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= 360, panel);
        }
        assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth)) <= 360, "the page itself fits");
      },
      { viewport: { width: 360, height: 720 } },
    ));
});

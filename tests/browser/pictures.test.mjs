// How the page looks in its main states, at the sizes and in the colours that people have.

import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { looksAs } from "./pictures.mjs";
import { becomes } from "./playground.mjs";
import { DEADLOCK, FAULTY } from "./programs.mjs";

const world = journeys();

/** A picture is taken of what is there when the first run is over. */
const withPlayground = (journey, options) =>
  world.withPlayground(async (playground) => {
    await playground.ends(/Completed/);
    await journey(playground);
  }, options);

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 360, height: 720 } };

describe("the page looks as it did", () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test(`${size}, ${colorScheme}: the welcome example after its run`, () =>
        withPlayground(({ page }) => looksAs(page, `welcome-${size}-${colorScheme}`), { viewport, colorScheme }));
    }
  }

  test("a blocked loop, at the moment of its finding", () =>
    withPlayground(async (playground) => {
      await playground.findings.getByRole("button", { name: "blocking-call" }).click();
      await becomes(
        () => playground.time(),
        (at) => at > 0.5 && at < 0.6,
      );
      await looksAs(playground.page, "blocked-loop");
    }));

  test("a deadlock, with the reason why a task waits", () =>
    withPlayground(
      async (playground) => {
        await playground.runs(DEADLOCK, /Deadlocked/);
        await playground.tasks.getByRole("button", { name: /^one/ }).click();
        await looksAs(playground.page, "deadlock");
      },
      { colorScheme: "dark" },
    ));

  test("two runs compared", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.timeline.getByRole("button", { name: "Compare with the next run" }).click();
      await playground.runs(FAULTY.replace("time.sleep(0.4)", "await asyncio.sleep(0.1)"), /Completed/);
      await looksAs(playground.page, "comparison");
    }));

  test("the timeline on a phone, at a moment", () =>
    withPlayground(
      async (playground) => {
        await playground.page.getByRole("tab", { name: "Timeline" }).click();
        await playground.timeline.getByRole("button", { name: "To the next finding" }).click();
        await looksAs(playground.page, "timeline-phone");
      },
      { viewport: SIZES.phone },
    ));

  test("a talk, at a finding", () =>
    withPlayground(
      async ({ page, findings }) => {
        await page.keyboard.press("Shift+P");
        await page.keyboard.press("PageDown");
        await findings.locator("[data-chosen]").waitFor();
        await looksAs(page, "talk");
      },
      { colorScheme: "dark" },
    ));

  test("a prediction on a phone", () =>
    withPlayground(
      async ({ page }) => {
        await page.getByRole("button", { name: /^Examples/ }).click();
        await page.getByRole("button", { name: "Predict the output: The reference kept" }).click();
        await page.getByRole("dialog").getByRole("list").getByRole("listitem").first().waitFor();
        await looksAs(page, "prediction-phone");
      },
      { viewport: SIZES.phone },
    ));

  test("the examples", () =>
    withPlayground(async ({ page }) => {
      await page.getByRole("button", { name: /^Examples/ }).click();
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
      await looksAs(page, "examples");
    }));
});

// Other schedules, from the page: what they show, how to see it, and the way back.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { becomes } from "./playground.mjs";
import { CLEAN, FAULTY } from "./programs.mjs";

const { withPlayground } = journeys();

/** Right as long as the connection is there in time. */
const HURRIED = `import asyncio

state = {}

async def connect():
    await asyncio.sleep(0.1)
    state["connection"] = "open"

async def read():
    await asyncio.sleep(0.2)
    return state["connection"]

async def main():
    first, second = asyncio.create_task(connect()), asyncio.create_task(read())
    await first
    print(await second)

asyncio.run(main())
`;

/** Long enough to be stopped, and worth trying again and again. */
const SLEEPY = `import asyncio

async def main():
    for _ in range(150):
        await asyncio.sleep(0.1)
    print("awake")

asyncio.run(main())
`;

describe("other schedules", () => {
  test("a finding of another run is shown with its place, and leads to that run and back", () =>
    withPlayground(async (playground) => {
      await playground.runs(HURRIED, /Completed/);
      assert.equal(await playground.findings.getByRole("listitem").count(), 0);
      await playground.findings.getByRole("button", { name: "Try other schedules" }).click();
      const finding = playground.finding("assumed-order");
      await finding.waitFor();
      await finding.getByText(/^Schedule \d+$/).waitFor();
      await playground.findings.getByText("Some findings are of other runs than this one.").waitFor();
      await becomes(
        () => playground.source.locator(".cm-observed").count(),
        (marks) => marks > 0,
        "marks in the source",
      );

      await finding.getByRole("button", { name: "Show this run" }).click();
      await playground.ends(/Ended with status 1/);
      await playground.finding("assumed-order").waitFor();
      await playground.output.getByText("KeyError").first().waitFor();
      await playground.findings.getByText(/^As written → Schedule \d+/).waitFor();
      const lanes = await playground.timeline.getByRole("listbox").innerText();
      assert.match(lanes, /As written[^]*Schedule \d+/, "one run is beside the other, each with its name");
      await playground.timeline.getByRole("button", { name: "Tree of tasks" }).click();
      const words = playground.timeline.getByRole("group", { name: "Tree of tasks" });
      await words.getByRole("heading", { name: "As written" }).waitFor();
      await words.getByRole("heading", { name: /^Schedule/ }).waitFor();
      await playground.timeline.getByRole("button", { name: "Picture" }).click();

      await playground.findings.getByRole("button", { name: "Run as written" }).click();
      await playground.ends(/Completed/);
      await playground.output.getByText("open").waitFor();
      await becomes(
        () => playground.findings.getByRole("listitem").count(),
        (count) => count === 0,
        "no finding",
      );
    }));

  test("a program that stands every schedule is said to", () =>
    withPlayground(async (playground) => {
      await playground.runs(CLEAN, /Completed/);
      await playground.findings.getByRole("button", { name: "Try other schedules" }).click();
      await playground.findings.getByText("Other schedules show nothing more.").waitFor();
    }));

  for (const [name, program] of [
    ["cannot be read", "async def main()\n    pass\n"],
    ["imports what is not there", "import asyncio, nowhere\nasyncio.run(asyncio.sleep(1))\n"],
  ]) {
    test(`a program that ${name} came to no schedule, and is not tried under others`, () =>
      withPlayground(async (playground) => {
        await playground.runs(program, /Ended with status 1/);
        const others = playground.findings.getByRole("button", { name: "Try other schedules" });
        assert.ok(await others.isDisabled());
        await playground.runs(CLEAN, /Completed/);
        assert.ok(await others.isEnabled());
      }));
  }

  for (const width of [360, 768]) {
    test(`the words of the button are whole or not there, on a screen of ${width} pixels`, () =>
      withPlayground(
        async (playground) => {
          const button = playground.findings.getByRole("button", { name: "Try other schedules" });
          const whole = () =>
            button.evaluate((element) =>
              [element, ...element.children].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
            );
          for (const program of [CLEAN, FAULTY]) {
            await playground.runs(program, /Completed/);
            const tab = playground.page.getByRole("tab", { name: /^Findings/ });
            if (await tab.isVisible()) await tab.click();
            await button.waitFor();
            assert.ok(await whole());
            const code = playground.page.getByRole("tab", { name: "Code" });
            if (await code.isVisible()) await code.click();
          }
        },
        { viewport: { width, height: 720 } },
      ));
  }

  test("Stop ends it, and the program can be run again", () =>
    withPlayground(async (playground) => {
      await playground.runs(SLEEPY, /Completed/);
      await playground.findings.getByRole("button", { name: "Try other schedules" }).click();
      await playground.stop.click();
      await playground.findings.getByRole("progressbar").waitFor({ state: "detached" });
      await playground.findings.getByRole("button", { name: "Try other schedules" }).waitFor();
      await playground.run.click();
      await playground.output.getByText("awake").waitFor();
    }));

  test("in Russian it speaks Russian", () =>
    withPlayground(async (playground) => {
      await playground.runs(HURRIED, /Completed/);
      await playground.page.evaluate(() => {
        document.querySelector("loop-scope").lang = "ru";
      });
      await playground.page.getByRole("button", { name: "Другие расписания" }).click();
      await playground.page.getByRole("button", { name: "Показать этот запуск" }).waitFor();
    }));
});

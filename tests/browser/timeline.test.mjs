// The timeline, the playhead and the inspector: by mouse, by keys and in words.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { becomes } from "./playground.mjs";
import { CLEAN, CONTENDED, DEADLOCK, FAULTY } from "./programs.mjs";

const { withPlayground } = journeys();

/** Runs in the page: counts how often the timeline is drawn from now on, and how often the document is told of itself. */
function countWork() {
  const work = { drawn: 0, said: 0 };
  const { prototype } = CanvasRenderingContext2D;
  const { clearRect } = prototype;
  prototype.clearRect = function (...box) {
    if (this.canvas.dataset.canvas) work.drawn += 1;
    clearRect.apply(this, box);
  };
  new MutationObserver((changes) => (work.said += changes.length)).observe(document.documentElement, {
    attributes: true,
  });
  return work;
}

describe("the playhead", () => {
  test("steps on and back by event, by turn of the loop and to the next finding", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline } = playground;
      const press = (name) => timeline.getByRole("button", { name, exact: true }).click();
      const [last, all] = await playground.event();
      assert.equal(last, all, "a run is shown at its end");
      const count = (good, message) => becomes(async () => (await playground.event())[0], good, message);
      await press("Previous event");
      await count((at) => at < last, "back by an event:");
      await press("Next event");
      await count((at) => at === last, "and on again:");
      await press("Previous turn of the loop");
      const turn = await count((at) => at < last);
      await press("Previous turn of the loop");
      await count((at) => at < turn, "back by two turns:");
      await press("Next turn of the loop");
      await count((at) => at === turn);
      await playground.playhead.press("Home");
      await count((at) => at === 0);
      await press("To the next finding");
      const first = await becomes(
        () => playground.time(),
        (at) => at > 0,
      );
      await press("To the next finding");
      await becomes(
        () => playground.time(),
        (at) => at > first,
        "each press goes to a later finding:",
      );
    }));

  test("plays, pauses, and keeps what it was told of its speed", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline, page } = playground;
      await timeline.getByRole("combobox", { name: "Speed" }).selectOption({ label: "¼×" });
      await playground.playhead.press("Home");
      await timeline.getByRole("button", { name: "Play", exact: true }).click();
      const pause = timeline.getByRole("button", { name: "Pause", exact: true });
      await pause.waitFor();
      await page.waitForFunction((head) => Number(head.ariaValueNow) > 0, await playground.playhead.elementHandle());
      await pause.click();
      const stands = await playground.time();
      await timeline.getByRole("combobox", { name: "Speed" }).selectOption({ label: "8×" });
      await timeline.getByRole("button", { name: "Play", exact: true }).click();
      await timeline.getByRole("button", { name: "Play", exact: true }).waitFor();
      await becomes(
        () => playground.time(),
        (at) => at > stands,
        "it has gone on to the end:",
      );
    }));

  test("goes where the ruler is pressed, and is dragged from there", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const box = await playground.timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
      await playground.page.mouse.move(box.x + box.width / 4, box.y + 12);
      await playground.page.mouse.down();
      const time = () => playground.time();
      await becomes(time, (at) => at > 0.05 && at < 0.3);
      await playground.page.mouse.move(box.x + box.width / 2, box.y + 12, { steps: 4 });
      await playground.page.mouse.up();
      await becomes(time, (at) => at > 0.2 && at < 0.4);
    }));

  test("moves over a picture that is drawn already, on a page that keeps its style", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline, page } = playground;
      const work = await page.evaluateHandle(countWork);
      for (const name of ["Previous event", "Previous turn of the loop"]) {
        const time = await playground.time();
        await timeline.getByRole("button", { name, exact: true }).click();
        await becomes(
          () => playground.time(),
          (at) => at < time,
        );
      }
      assert.deepEqual(await work.jsonValue(), { drawn: 0, said: 0 });
      await timeline.getByRole("button", { name: "Zoom in" }).click();
      await becomes(
        async () => (await work.jsonValue()).drawn,
        (drawn) => drawn > 0,
        "another picture is drawn:",
      );
    }));

  test("with less motion wanted, playing goes in steps", () =>
    withPlayground(
      async (playground) => {
        await playground.runs(CLEAN, /Completed/);
        await playground.playhead.press("Home");
        await playground.timeline.getByRole("button", { name: "Play", exact: true }).click();
        await playground.page.waitForTimeout(200);
        assert.equal(await playground.time(), 0, "nothing moves between two steps");
      },
      { reducedMotion: "reduce" },
    ));
});

describe("the picture", () => {
  /** Where the playhead is drawn, in pixels: it moves when the picture does. */
  const place = (playground) =>
    playground.page.evaluate(() => {
      const { shadowRoot } = document.querySelector("loop-scope");
      return parseFloat(getComputedStyle(shadowRoot.querySelector(".over")).getPropertyValue("--at"));
    });

  async function zoomedBy(playground, act) {
    const before = await place(playground);
    await act();
    await playground.page.waitForFunction(
      (was) => {
        const over = document.querySelector("loop-scope").shadowRoot.querySelector(".over");
        return Math.abs(parseFloat(getComputedStyle(over).getPropertyValue("--at")) - was) > 10;
      },
      before,
      { timeout: 5_000 },
    );
  }

  test("zooms and moves by wheel, by keys and by buttons", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline, page } = playground;
      const box = await timeline.locator('canvas[data-canvas="rows"]').boundingBox();
      await page.mouse.click(box.x + box.width * 0.6, box.y + 45);
      await page.mouse.move(box.x + box.width * 0.3, box.y + 45);
      await page.keyboard.down("Control");
      await zoomedBy(playground, () => page.mouse.wheel(0, -120));
      await page.keyboard.up("Control");
      await zoomedBy(playground, () => page.mouse.wheel(60, 0));
      await timeline.getByRole("listbox").getByRole("option").first().focus();
      await zoomedBy(playground, () => page.keyboard.press("a"));
      await zoomedBy(playground, () => page.keyboard.press("w"));
      await zoomedBy(playground, () => timeline.getByRole("button", { name: "Show all" }).click());
    }));

  test("two fingers zoom", () =>
    withPlayground(
      async (playground) => {
        await playground.runs(FAULTY, /Completed/);
        const box = await playground.timeline.locator('canvas[data-canvas="rows"]').boundingBox();
        await playground.page.touchscreen.tap(box.x + box.width * 0.7, box.y + 45);
        const session = await playground.page.context().newCDPSession(playground.page);
        const touch = (type, ...xs) =>
          session.send("Input.dispatchTouchEvent", {
            type,
            touchPoints: xs.map((x, id) => ({ x: box.x + box.width * x, y: box.y + 45, id })),
          });
        await zoomedBy(playground, async () => {
          await touch("touchStart", 0.4, 0.5);
          await touch("touchMove", 0.35, 0.55);
          await touch("touchMove", 0.25, 0.65);
          await touch("touchEnd");
        });
      },
      { hasTouch: true },
    ));

  test("shows names of tasks that are nothing but room, or longer than any row", () =>
    withPlayground(async (playground) => {
      const long = "x".repeat(300);
      const named = (name) => `    asyncio.create_task(asyncio.Event().wait(), name="${name}")\n`;
      const made = ["", "  ", " edge", long].map(named).join("");
      await playground.runs(
        `import asyncio\n\n\nasync def main():\n${made}    await asyncio.sleep(1)\n\n\nasyncio.run(main())\n`,
        /Completed/,
      );
      for (const shown of ["''", "'\u00a0\u00a0'", "'\u00a0edge'", long]) {
        const row = playground.timeline.getByRole("option", { name: shown, exact: false }).first();
        await row.waitFor();
        const label = row.locator("b");
        assert.equal(await label.textContent(), shown);
        const box = await label.boundingBox();
        assert.ok(box.width > 4 && box.width < 260, `${shown} is ${box.width} pixels wide`);
        const listed = playground.tasks.getByRole("listitem").filter({ hasText: shown }).first();
        assert.ok((await listed.boundingBox()).height < 60, "a row of the list stays a row");
      }
    }));

  test("nests tasks below the one that made them, and folds", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const main = playground.timeline.getByRole("option", { name: /^Task-1/ });
      const child = playground.timeline.getByRole("option", { name: /^Task-2 lost/ });
      await child.waitFor();
      await main.focus();
      await playground.page.keyboard.press("ArrowLeft");
      await child.waitFor({ state: "detached" });
      await main.focus();
      await playground.page.keyboard.press("ArrowRight");
      await child.waitFor();
    }));

  test("has the same content in words, as a tree and as a table", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline } = playground;
      await timeline.getByRole("button", { name: "Tree of tasks" }).click();
      const inner = timeline.getByRole("listitem").getByRole("listitem").filter({ hasText: "lost" });
      assert.match(await inner.innerText(), /collected/);
      await timeline.getByRole("button", { name: "Table of stretches" }).click();
      const blocked = timeline.getByRole("row").filter({ hasText: "blocking" });
      assert.match(await blocked.innerText(), /0\.100\s+400 ms\s+Task-1\s+blocking\s+time\.sleep\s+line 17/);
      await timeline.getByRole("button", { name: "Picture" }).click();
      await timeline.getByRole("listbox").getByRole("option").first().waitFor();
    }));

  test("shows two runs on one axis, and what became of the findings", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { timeline, findings } = playground;
      await timeline.getByRole("button", { name: "Compare with the next run" }).click();
      await playground.runs(FAULTY.replace("time.sleep(0.4)", "await asyncio.sleep(0.4)"), /Completed/);
      await timeline.getByText("Before", { exact: true }).waitFor();
      await timeline.getByText("After", { exact: true }).waitFor();
      const comparison = findings.getByRole("group", { name: "Before and after" });
      assert.match(await comparison.innerText(), /Gone: blocking-call/);
      await comparison.getByRole("button", { name: "End the comparison" }).click();
      await timeline.getByText("Before", { exact: true }).waitFor({ state: "detached" });
    }));
});

describe("the inspector", () => {
  test("says who is next, which timers are set, and how late they are", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { tasks, timeline } = playground;
      const box = await timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
      await playground.page.mouse.click(box.x + box.width * 0.1, box.y + 12);
      await tasks.getByText("Timers").waitFor();
      assert.match(await tasks.innerText(), /in \d+(\.\d+)? ms/);
      assert.match(await tasks.innerText(), /1 live task|2 live tasks/);
    }));

  test("says why a task waits, and the source shows where all of them stand", () =>
    withPlayground(async (playground) => {
      await playground.runs(DEADLOCK, /Deadlocked/);
      const { tasks, source } = playground;
      await tasks.getByText("Locks and queues").waitFor();
      await tasks.getByRole("button", { name: /^one/ }).click();
      const chain = tasks.getByRole("list", { name: "Why is it waiting?" });
      assert.match(await chain.innerText(), /worker\s+line 7[\s\S]*waits on Lock\.acquire[\s\S]*Nothing in this run/);
      const stands = source.locator('.cm-stands:has([data-name="one"]):has([data-name="two"])');
      await stands.waitFor();
    }));

  test("says who holds each lock and who waits for it, and leads to them by keyboard", () =>
    withPlayground(async (playground) => {
      await playground.runs(CONTENDED, /Completed/);
      const { page, tasks, timeline } = playground;
      const box = await timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
      await page.mouse.click(box.x + box.width * 0.15, box.y + 12);
      await tasks.getByText("Locks and queues").waitFor();
      const row = (holder) =>
        tasks.getByRole("listitem").filter({ has: page.getByRole("button", { name: `task ${holder}`, exact: true }) });
      const lock = row("ann").filter({ hasText: /^\s*Lock/ });
      assert.match(await lock.innerText(), /held by ann for [\s\S]*line 5\s+waited for by ben, cid until/);
      const gate = row("dan").filter({ hasText: /^\s*Semaphore/ });
      assert.match(await gate.innerText(), /held by dan for [\s\S]*, eve for [\s\S]*waited for by fay until/);
      // A name leads to its task, and the focus goes along.
      await lock.getByRole("button", { name: "task ben" }).focus();
      await page.keyboard.press("Enter");
      const chain = tasks.getByRole("list", { name: "Why is it waiting?" });
      assert.match(await chain.innerText(), /waits on Lock\.acquire held by ann for/);
      const ben = tasks.getByRole("button", { name: /^ben/ });
      await becomes(
        () => ben.evaluate((element) => element === element.getRootNode().activeElement),
        (focused) => focused,
        "the focus is with the task:",
      );
      assert.equal(await ben.getAttribute("aria-expanded"), "true");
      // From the other side: the one that holds says what, and for whom the others wait.
      await chain.getByRole("button", { name: "task ann" }).first().click();

      assert.match(await tasks.getByText(/It holds Lock/).innerText(), /line 5 waited for by ben, cid/);
    }));

  test("follows tasks that wait for each other through the locks that they hold", () =>
    withPlayground(async (playground) => {
      await playground.runs(DEADLOCK, /Deadlocked/);
      const { tasks } = playground;
      await tasks.getByRole("button", { name: /^one/ }).click();
      const chain = tasks.getByRole("list", { name: "Why is it waiting?" });
      assert.match(await chain.innerText(), /held by two [\s\S]*two: waiting[\s\S]*held by one [\s\S]*one again/);
    }));
});

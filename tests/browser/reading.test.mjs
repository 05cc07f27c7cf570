// What a reader learns at a glance, at the sizes and in the states that people meet: how a run ended, and where.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { becomes, Playground } from "./playground.mjs";
import { CLEAN, DEADLOCK, FAULTY } from "./programs.mjs";

const world = journeys();
const { withPlayground } = world;

const FAILING = `import asyncio


async def main():
    await asyncio.sleep(1)
    raise ValueError("no such order")


asyncio.run(main())
`;

const UNFINISHED = `import asyncio

async def main(:
    pass
`;

/** The same fault on ten lines. */
const AGAIN = `import asyncio


async def nap():
    await asyncio.sleep(0.5)


async def main():
${"    nap()\n".repeat(10)}    await asyncio.sleep(0.1)


asyncio.run(main())
`;

const CHATTY = `import asyncio


async def main():
    for number in range(60):
        print("line", number)
        await asyncio.sleep(0.1)


asyncio.run(main())
`;

const BLOCKED = `import asyncio
import time


async def ticker():
    for _ in range(4):
        await asyncio.sleep(0.5)


async def main():
    tickers = [asyncio.create_task(ticker(), name=f"ticker-{n}") for n in range(2)]
    await asyncio.sleep(0.7)
    time.sleep(3)
    await asyncio.gather(*tickers)


asyncio.run(main())
`;

/** Whether all of an element is within what its pane shows. */
const isInView = (element) => {
  const frame = element.closest(".body").getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return top >= frame.top - 1 && bottom <= frame.bottom + 1;
};

describe("how a run ended", () => {
  test("an exception that ends the program is told first, and its line is marked", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAILING, /Ended with status 1/);
      const told = playground.findings.getByRole("group", { name: "Uncaught exception" });
      assert.match(await told.innerText(), /An exception ended the program\s+line 6[^]*ValueError: no such order/);
      assert.match(await playground.source.locator(".cm-observed").innerText(), /raise ValueError/);
      await playground.findings.getByText("Nothing else was found.").waitFor();
      await playground.page.getByRole("banner").getByText("ValueError: no such order").waitFor();
      const announced = playground.page.getByRole("status").filter({ hasText: "Ended with status 1" });
      assert.match(await announced.innerText(), /ValueError: no such order\. No findings\.$/);
      await told.getByRole("button", { name: "line 6" }).click();
      assert.match(await playground.source.locator(".cm-activeLine").innerText(), /raise ValueError/);
    }));

  test("a text that cannot be compiled says so, and where", () =>
    withPlayground(async (playground) => {
      await playground.runs(UNFINISHED, /Ended with status 1/);
      const told = playground.findings.getByRole("group", { name: "Uncaught exception" });
      assert.match(await told.innerText(), /The program could not begin[^]*line 3[^]*SyntaxError/);
      await playground.source.locator(".cm-observed").waitFor();
      await playground.runs(CLEAN, /Completed/);
      await told.waitFor({ state: "detached" });
      assert.equal(await playground.source.locator(".cm-observed").count(), 0);
    }));

  for (const [width, locale, outcome] of [
    [360, "en", "Completed after 1 s"],
    [360, "ru", "Завершена через 1 с"],
    [768, "ru", "Завершена через 1 с"],
    [1000, "ru", "Завершена через 1 с"],
    [390, "en", "Completed after 1 s"],
  ]) {
    test(`the outcome and its time fit a screen of ${width} pixels in ${locale}, above the views`, () =>
      withPlayground(
        async (playground) => {
          await playground.runs(CLEAN, /Completed/);
          await playground.page.evaluate((lang) => (document.querySelector("loop-scope").lang = lang), locale);
          const said = playground.page.getByRole("banner").getByText(outcome, { exact: true });
          await said.waitFor();
          const cut = await said.evaluate(
            (element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
          );
          assert.equal(cut, false, "all of it can be read");
          const { height } = await playground.page.getByRole("banner").boundingBox();
          assert.ok(height < 110, `the bar takes ${height} pixels`);
        },
        { viewport: { width, height: 720 } },
      ));
  }

  test("the bar leads to the findings", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.page
        .getByRole("banner")
        .getByRole("button", { name: /^\d findings$/ })
        .click();
      const focused = playground.findings.getByRole("listitem").first().getByRole("button").first();
      await becomes(
        () => focused.evaluate((element) => element === element.getRootNode().activeElement),
        (has) => has,
        "the first finding has the focus",
      );
    }));
});

describe("without the engine", () => {
  test("says that Python could not be loaded, and runs the program when it can be", async () => {
    const context = await world.browser.newContext();
    const page = await context.newPage();
    await page.route(/engine.*\.wasm/, (route) => route.abort());
    await page.goto(world.site.url);
    const findings = page.getByRole("region", { name: "Findings" });
    await findings.getByRole("alert").getByText("The program is safe").waitFor();
    await page.unroute(/engine.*\.wasm/);
    await page.getByRole("banner").getByRole("button", { name: "Try again" }).click();
    await page
      .getByText(/^Completed/)
      .first()
      .waitFor();
    await findings.getByRole("alert").waitFor({ state: "detached" });
    await context.close();
  });
});

describe("what a program lacks", () => {
  test("a package that does not arrive is no fault of ours, and the program can be run again", async () => {
    const context = await world.browser.newContext({ serviceWorkers: "block" });
    const playground = new Playground(await context.newPage());
    const { page, findings } = playground;
    await page.route(/aiohttp-/, (route) => route.abort());
    await page.goto(world.site.url);
    await playground.ends(/Completed/);
    await playground.runs("import aiohttp\nprint('there')\n", /Not run/);
    await findings.getByText("There may be no network").waitFor();
    assert.equal(await page.getByText(/our fault/).count(), 0);
    await page.unroute(/aiohttp-/);
    await findings.getByRole("button", { name: "Run again" }).click();
    await playground.output.getByText("there").waitFor();
    await context.close();
  });

  test("a rare function of the engine is fetched when a program calls it, once", async () => {
    const context = await world.browser.newContext({ serviceWorkers: "block" });
    const playground = new Playground(await context.newPage());
    const { page, output, findings } = playground;
    const fetched = [];
    page.on("request", (request) => fetched.push(...(/functions-.*\.wasm/.test(request.url()) ? [request.url()] : [])));
    await page.route(/functions-/, (route) => route.abort());
    await page.goto(world.site.url);
    await playground.ends(/Completed/);
    assert.deepEqual(fetched, [], "common programs do without");
    const rare = "import cmath\nprint('before', flush=True)\nprint(cmath.acosh(2))\n";
    await playground.runs(rare, /Not run/);
    await findings.getByText("There may be no network").waitFor();
    await page.unroute(/functions-/);
    await findings.getByRole("button", { name: "Run again" }).click();
    await output.getByText("(1.3169578969248166+0j)").waitFor();
    assert.equal(await output.getByText("before").count(), 1);
    const asked = fetched.length;
    await playground.runs(`${rare}print("again")\n`, /Completed/);
    await output.getByText("again").waitFor();
    assert.equal(fetched.length, asked);
    await context.close();
  });

  test("a program that asks for input, and is given none, is told where to give it", () =>
    withPlayground(async (playground, page) => {
      await playground.runs("print(input())\n", /Ended with status 1/);
      await playground.findings.getByText("The text for input() is given in the settings").waitFor();
      await playground.findings.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("textbox", { name: "Text for input()" }).fill("a line of it");
      await page.keyboard.press("Escape");
      await playground.run.click();
      await playground.output.getByText("a line of it").waitFor();
    }));
});

describe("the findings", () => {
  test("the same fault at the next place is said once, and whole where it is chosen", () =>
    withPlayground(async (playground) => {
      await playground.runs(AGAIN, /Completed/);
      const list = playground.finding("coroutine-never-awaited");
      assert.equal(await list.count(), 10);
      const heights = await list.evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height));
      assert.ok(heights[0] > 2 * heights[1], `${heights}`);
      await list.nth(4).getByRole("button", { name: "coroutine-never-awaited" }).click();
      await list.nth(4).getByText("What is this?").waitFor();
      await list
        .nth(6)
        .getByRole("button", { name: /await it/ })
        .click();
      await playground.source.getByText("await nap()").waitFor();
    }));

  test("are counted by how much they matter, and walked by buttons too", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const { findings } = playground;
      await findings.getByText(/^\d errors?$/).waitFor({ state: "attached" });
      await findings.getByText(/^\d warnings?$/).waitFor({ state: "attached" });
      await findings.getByRole("button", { name: "Next finding" }).click();
      const chosen = () => findings.locator("[data-chosen]").getAttribute("data-finding");
      const first = await chosen();
      await findings.getByRole("button", { name: "Next finding" }).click();
      await becomes(chosen, (id) => id !== first, "the next one is chosen:");
      await findings.getByRole("button", { name: "Previous finding" }).click();
      await becomes(chosen, (id) => id === first, "and the one before it:");
    }));

  test("a press on the words of one turns to it", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.finding("blocking-call").locator(".message").click();
      await becomes(
        () => playground.finding("blocking-call").getAttribute("data-chosen"),
        (chosen) => chosen !== null,
        "it is chosen:",
      );
      await becomes(
        () => playground.time(),
        (at) => at > 0 && at < 0.2,
        "the playhead is at its moment:",
      );
    }));
});

describe("the output", () => {
  test("follows the playhead, and a run to its end", () =>
    withPlayground(async (playground) => {
      await playground.runs(CHATTY, /Completed/);
      const line = (number) => playground.output.getByText(`line ${number}`, { exact: true });
      assert.ok(await line(59).evaluate(isInView), "the last line is in view");
      const ruler = await playground.timeline.locator('canvas[data-canvas="ruler"]').boundingBox();
      await playground.page.mouse.click(ruler.x + ruler.width * 0.5, ruler.y + 12);
      await becomes(
        () => line(28).evaluate(isInView),
        (seen) => seen,
        "what has been printed at half time:",
      );
      assert.equal(await line(59).evaluate(isInView), false);
      await playground.timeline.getByRole("button", { name: "To the end of the run" }).click();
      await becomes(
        () => line(59).evaluate(isInView),
        (seen) => seen,
        "the last line:",
      );
      await playground.page.setViewportSize({ width: 1280, height: 560 });
      await becomes(
        () => line(59).evaluate(isInView),
        (seen) => seen,
        "the last line, in a lower window:",
      );
    }));
});

describe("the timeline", () => {
  test("what the pointer is on says whom it kept waiting, or by whom it was kept", () =>
    withPlayground(async (playground) => {
      const { page, timeline } = playground;
      await playground.runs(BLOCKED, /Completed/);
      const box = await timeline.locator('canvas[data-canvas="rows"]').boundingBox();
      const over = (name) => timeline.getByRole("option", { name }).boundingBox();
      const blocker = await over(/^Task-1 main/);
      await page.mouse.move(box.x + box.width * 0.4, blocker.y + 15);
      await timeline.getByText("Kept waiting: ticker-0, ticker-1").waitFor();
      const victim = await over(/^ticker-1/);
      await page.mouse.move(box.x + box.width * 0.4, victim.y + 15);
      await timeline.getByText("Kept waiting by Task-1").waitFor();
      await timeline.getByText("ticker-1: late by 2.7 s").waitFor();
    }));

  test("two runs that are compared are both in view", () =>
    withPlayground(
      async (playground) => {
        const { timeline, findings } = playground;
        await playground.ends(/Completed/);
        await findings.getByRole("button", { name: "use asyncio.sleep" }).click();
        await timeline.getByText("After", { exact: true }).waitFor();
        const frame = await timeline.boundingBox();
        const heading = await timeline.getByText("After", { exact: true }).boundingBox();
        assert.ok(heading.y + 3 * 22 < frame.y + frame.height, "the second run begins well above the end of the pane");
      },
      { viewport: { width: 1440, height: 900 } },
    ));
});

describe("a dialog", () => {
  test("keeps its title in view, and its keys can be scrolled without a mouse", () =>
    withPlayground(
      async (playground) => {
        const { page } = playground;
        await playground.runs(DEADLOCK, /Deadlocked/);
        await page.getByRole("button", { name: "Help and keys" }).click();
        const dialog = page.getByRole("dialog", { name: "Help and keys" });
        await page.keyboard.press("Tab");
        await page.keyboard.press("End");
        const last = dialog.getByText("This sheet");
        await becomes(
          () => last.evaluate((element) => element.getBoundingClientRect().bottom < innerHeight),
          (seen) => seen,
          "the end of the sheet:",
        );
        assert.ok(await dialog.getByRole("heading", { name: "Help and keys" }).isVisible());
        const { y } = await dialog.getByRole("heading", { name: "Help and keys" }).boundingBox();
        assert.ok(y > 0 && y < 300, "the title stays where it was");
      },
      { viewport: { width: 1280, height: 720 } },
    ));
});

// Journeys through the page, by mouse, in a real Chromium.

import assert from "node:assert/strict";
import { createServer, get } from "node:http";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { journeys } from "./journeys.mjs";
import { becomes, Playground } from "./playground.mjs";
import { CLEAN, ENDLESS, FAULTY, FAULTY_THEN_BUSY, FLOODS, HOSTILE } from "./programs.mjs";

const world = journeys();
const { withPlayground } = world;

/** The same site, from which the engine comes in pieces. */
async function slowSite(site) {
  const server = createServer((request, response) => {
    get(new URL(request.url, site), { headers: request.headers }, async (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      for await (const piece of answer) {
        response.write(piece);
        if (request.url.includes("/engine-")) await pause(20);
      }
      response.end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Presses Stop and takes the time until the page says that the run is over, all within the page. */
const stopAndMeasure = () =>
  new Promise((resolve) => {
    const walk = (root, found) => {
      for (const element of root.querySelectorAll("*")) {
        found(element);
        if (element.shadowRoot) walk(element.shadowRoot, found);
      }
    };
    let stop;
    walk(document, (element) => {
      if (
        element.localName === "button" &&
        /^Stop/.test(element.getAttribute("aria-label") ?? element.textContent.trim())
      ) {
        stop = element;
      }
    });
    const begun = performance.now();
    const observer = new MutationObserver(() => {
      let over = false;
      walk(document, (element) => {
        over ||= element.children.length === 0 && /^Stopped/.test(element.textContent.trim());
      });
      if (!over) return;
      observer.disconnect();
      resolve(performance.now() - begun);
    });
    observer.observe(stop.getRootNode(), { subtree: true, childList: true, characterData: true });
    stop.click();
    setTimeout(resolve, 5_000, Infinity);
  });

describe("the page", () => {
  test("a typed program runs, and shows output, findings, marks and lanes", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.output.getByText("finished").waitFor();
      for (const rule of ["coroutine-never-awaited", "task-garbage-collected", "blocking-call"]) {
        await playground.finding(rule).waitFor();
        assert.equal(await playground.finding(rule).count(), 1, rule);
      }
      assert.ok((await playground.source.locator(".cm-observed").count()) >= 3, "each finding is marked in the source");
      await playground.timeline.getByText("lost").first().waitFor();
      await playground.output.getByText("0.500").first().waitFor();
    }));

  test("a program pasted over a longer one is shown from its beginning", () =>
    withPlayground(async (playground, page) => {
      const lines = (name, count) => Array.from({ length: count }, (_, at) => `${name}_${at} = ${at}\n`).join("");
      await playground.write(lines("long", 80));
      await playground.source.press("ControlOrMeta+a");
      await playground.source.evaluate(
        (element, data) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", data);
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        },
        lines("short", 30),
      );
      const first = playground.source.getByText("short_0 = 0", { exact: true });
      await first.waitFor();
      const [line, editor] = [await first.boundingBox(), await playground.source.locator("..").boundingBox()];
      assert.ok(line.y >= editor.y && line.y < editor.y + 40, "its first line is the first that is seen");
      await page.keyboard.type("after = 1");
      await playground.source.getByText("after = 1").waitFor();
    }));

  test("the first download says how many bytes have come, of how many", async () => {
    const context = await world.browser.newContext();
    const page = await context.newPage();
    const slow = await slowSite(world.site.url);
    await page.goto(slow.url, { waitUntil: "commit" });
    const news = page.getByText(/^Loading Python: [\d.]+ [kM]B of [\d.]+ MB$/);
    await news.waitFor({ timeout: 60_000 });
    const total = async () => Number(/of ([\d.]+) MB/.exec(await news.innerText())[1]);
    assert.ok((await total()) < 8, "those that travel, and not what they unpack to");
    await page
      .getByText(/^Completed/)
      .first()
      .waitFor({ timeout: 60_000 });
    await context.close();
    slow.close();
  });

  for (const [how, hinder] of Object.entries({
    "may not be started": (page) =>
      page.addInitScript(() => {
        globalThis.Worker = class {
          constructor() {
            throw new DOMException("Not here", "SecurityError");
          }
        };
      }),
    "is never heard of": (page) => page.route(/worker-.*\.js$/, () => undefined),
  })) {
    test(`the page is there, and says what is amiss, where the engine's worker ${how}`, async () => {
      const context = await world.browser.newContext({ serviceWorkers: "block" });
      const page = await context.newPage();
      await hinder(page);
      await page.goto(world.site.url, { waitUntil: "commit" });
      await page.getByRole("textbox", { name: "Source" }).getByText("async def heartbeat").waitFor();
      await page
        .getByText(/^(Loading Python…|Python could not be loaded)$/)
        .first()
        .waitFor();
      await context.close();
    });
  }

  test("marks appear while the program still runs", () =>
    withPlayground(async (playground) => {
      await playground.write(FAULTY_THEN_BUSY);
      await playground.run.click();
      await playground.source.locator(".cm-observed").first().waitFor();
      await playground.finding("coroutine-never-awaited").waitFor();
      await playground.output.getByText("begun").waitFor();
      assert.ok(await playground.stop.isEnabled(), "the program still runs");
      await playground.stop.click();
      await playground.ends(/Stopped/);
      assert.equal(await playground.finding("coroutine-never-awaited").count(), 1, "what was found is kept");
    }));

  test("Stop ends an endless loop within 100 ms, and the next run is clean", () =>
    withPlayground(async (playground) => {
      await playground.runs(CLEAN, /Completed/);
      await playground.write(ENDLESS);
      await playground.run.click();
      await playground.stop.and(playground.page.locator(":enabled")).waitFor();
      await playground.page.waitForTimeout(300);
      const milliseconds = await playground.page.evaluate(stopAndMeasure);
      assert.ok(milliseconds <= 100, `it took ${milliseconds} ms`);
      await playground.runs(CLEAN, /Completed/);
      await playground.output.getByText("all is well").waitFor();
      assert.equal(await playground.findings.getByRole("listitem").count(), 0);
    }));

  for (const [what, program] of Object.entries(FLOODS)) {
    test(`Stop is seen within 100 ms while the page is behind with ${what}, before anything is drawn that follows`, () =>
      withPlayground(async (playground, page) => {
        await playground.runs(CLEAN, /Completed/);
        await playground.write(program);
        for (const after of [300, 900, 1500]) {
          await playground.run.click();
          await playground.stop.and(page.locator(":enabled")).waitFor();
          await page.waitForTimeout(after);
          assert.ok(await playground.stop.isEnabled(), "the program still runs");
          const milliseconds = await page.evaluate(stopAndMeasure);
          assert.ok(milliseconds <= 100, `it took ${milliseconds} ms`);
          await playground.run.and(page.locator(":enabled")).waitFor();
        }
      }));
  }

  test("a run that came to a limit says so, and goes on when told to", () =>
    withPlayground(async (playground) => {
      const patient = "import asyncio\nasyncio.run(asyncio.sleep(30_000))\nprint('after all')\n";
      await playground.runs(patient, /limit of virtual time/);
      await playground.findings.getByText("The program was still going on").waitFor();
      await playground.findings.getByRole("button", { name: "Continue: ten times as long" }).click();
      await playground.output.getByText("after all").waitFor();
    }));

  test("of a text that is too long the beginning is shown, and that it was cut", () =>
    withPlayground(async (playground) => {
      await playground.runs('print("first")\nprint("x" * 50_000_000)\nprint("never")\n', /limit of output/);
      await playground.output.getByText("first", { exact: true }).waitFor();
      await playground.output.getByText(/^x{10000}… and 1,038,570 more characters/).waitFor();
      await playground.output.getByText("The rest of the output was not kept").waitFor();
      assert.equal(await playground.output.getByText("never").count(), 0);
    }));

  test("running twice shows the same", () =>
    withPlayground(async (playground) => {
      await playground.runs(FAULTY, /Completed/);
      const first = [await playground.output.innerText(), await playground.findings.innerText()];
      await playground.runs(CLEAN, /Completed/);
      await playground.runs(FAULTY, /Completed/);
      assert.deepEqual([await playground.output.innerText(), await playground.findings.innerText()], first);
    }));

  test("in live mode a pause in typing runs the program", () =>
    withPlayground(async (playground) => {
      await playground.page
        .getByRole("checkbox", { name: "Live" })
        .or(playground.page.getByRole("switch", { name: "Live" }))
        .or(playground.page.getByRole("button", { name: "Live" }))
        .first()
        .click();
      await playground.write(CLEAN);
      await playground.output.getByText("all is well").waitFor();
      await playground.write(CLEAN.replace("all is well", "still well"));
      await playground.output.getByText("still well").waitFor();
      assert.equal(await playground.output.getByText("all is well").count(), 0);
    }));

  test("the panes have the sizes they were given after a reload", () =>
    withPlayground(async ({ page }) => {
      const handles = ["Width of the editor", "Height of the timeline"].map((name) =>
        page.getByRole("separator", { name }),
      );
      const sizes = () => Promise.all(handles.map((handle) => handle.getAttribute("aria-valuenow")));
      assert.deepEqual(await sizes(), ["54", "40"]);
      for (const handle of handles) await handle.press(handle === handles[0] ? "ArrowLeft" : "ArrowUp");
      assert.deepEqual(await sizes(), ["52", "42"]);
      await page.reload();
      await handles[0].waitFor();
      assert.deepEqual(await becomes(sizes, ([columns]) => columns === "52"), ["52", "42"]);
    }));

  test("what was typed is there after a reload", () =>
    withPlayground(async (playground) => {
      await playground.write(CLEAN);
      await playground.page.waitForTimeout(1_000);
      await playground.page.reload();
      await playground.source.waitFor();
      assert.match(await playground.text(), /all is well/);
      await playground.page.getByRole("button", { name: "Examples", exact: true }).waitFor();
    }));

  test("a link wins over what was typed, which is not lost for that", () =>
    withPlayground(async (playground) => {
      const { page } = playground;
      await playground.write(CLEAN);
      await page.waitForTimeout(1_000);
      await page.goto("about:blank");
      const { encodeLink, singleFile } = await import("../../www/dist/node/internals.js");
      const hash = await encodeLink({ workspace: singleFile('print("from afar")'), options: {} });
      await page.goto(world.site.url + hash);
      await page.getByText("Opened from a link").waitFor();
      assert.match(await playground.text(), /from afar/);
      await page.goto("about:blank");
      await page.goto(world.site.url);
      await playground.source.getByText("all is well").waitFor();
      await page.evaluate((next) => (location.hash = next), hash);
      await playground.source.getByText("from afar").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await playground.source.getByText("all is well").waitFor();
      assert.equal(new URL(page.url()).hash, "", "the address is that of what is there");
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Reset" }).click();
      await page.keyboard.press("Escape");
      await playground.source.getByText("heartbeat").first().waitFor();
    }));
});

describe("the focus", () => {
  test("stays with the files, whose names Escape leaves as they are, and goes on from what disappears", () =>
    withPlayground(async (playground, page) => {
      const isFocused = (locator) =>
        becomes(
          () => locator.evaluate((element) => element.getRootNode().activeElement === element),
          (yes) => yes,
        );
      await page.getByRole("button", { name: "New file" }).click();
      await page.getByRole("textbox", { name: "Rename file" }).fill("other.py");
      await page.keyboard.press("Escape");
      await isFocused(page.getByRole("button", { name: "module_1.py", exact: true }));
      await page.keyboard.press("Enter");
      await page.getByRole("textbox", { name: "Rename file" }).fill("other.py");
      await page.keyboard.press("Enter");
      await isFocused(page.getByRole("button", { name: "other.py", exact: true }));
      await page.getByRole("button", { name: "Remove other.py" }).click();
      await isFocused(page.getByRole("button", { name: "welcome.py", exact: true }));
      await page.getByRole("button", { name: "Dismiss" }).click();
      await isFocused(playground.source);
      await playground.write(ENDLESS);
      await playground.run.click();
      await playground.stop.click();
      await isFocused(playground.run);
    }));
});

describe("the reader's own program", () => {
  test("is offered among the examples after a link was opened in another tab and typed over", () =>
    withPlayground(async (playground) => {
      await playground.write(CLEAN);
      await playground.page.waitForTimeout(500);
      const { encodeLink, singleFile } = await import("../../www/dist/node/internals.js");
      const hash = await encodeLink({ workspace: singleFile('print("from afar")'), options: {} });
      const other = new Playground(await playground.page.context().newPage());
      await other.page.goto(world.site.url + hash);
      await other.source.click();
      await other.page.keyboard.type("#");
      await other.page.waitForTimeout(500);
      await other.page.reload();
      await other.source.getByText("from afar").waitFor();
      await other.page.getByRole("button", { name: "Examples" }).click();
      const earlier = other.page.getByRole("region", { name: "Your earlier programs" });
      await earlier.getByRole("button", { name: "welcome.py" }).click();
      await other.source.getByText("all is well").waitFor();
      await other.page.reload();
      await other.source.getByText("all is well").waitFor();
    }));
});

describe("bad input", () => {
  for (const { name, program, outcome, shows } of HOSTILE) {
    test(`${name} ends with an outcome, and the next run is clean`, () =>
      withPlayground(async (playground) => {
        await playground.runs(program, outcome, 60_000);
        if (shows) await playground.output.getByText(shows).first().waitFor();
        assert.equal((await playground.text()).trimEnd(), program.trimEnd(), "nothing that was typed is lost");
        await playground.runs(CLEAN, /Completed/);
        await playground.output.getByText("all is well").waitFor();
        assert.equal(await playground.findings.getByRole("listitem").count(), 0);
      }));
  }
});

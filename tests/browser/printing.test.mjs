// What comes out when the page is printed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";

const { withPlayground } = journeys();

const LONG = `import time

import asyncio


async def main():
    time.sleep(0.4)
${Array.from({ length: 200 }, (_, number) => `    print("line", ${number})\n`).join("")}

asyncio.run(main())
`;

/** Looks at the sheet at the very moment the page turns into it, which is when a browser takes it. */
function lookAtSheet() {
  const root = document.querySelector("loop-scope").shadowRoot;
  matchMedia("print").addEventListener("change", () => {
    const isSeen = (element) => element.checkVisibility();
    const style = (selector) => getComputedStyle(root.querySelector(selector));
    globalThis.sheet = {
      source: [...root.querySelectorAll(".cm-line")].map((line) => line.textContent),
      output: [...root.querySelectorAll("#output .line")].filter(isSeen).length,
      findings: [...root.querySelectorAll("[data-rule]")].filter(isSeen).map((finding) => finding.dataset.rule),
      hidden: [...root.querySelectorAll("#code .editor, .body, .panes")]
        .filter(isSeen)
        .filter((element) => element.scrollHeight > element.clientHeight + 1)
        .map((element) => element.className),
      buttons: [...root.querySelectorAll("button")].filter(isSeen).map((button) => button.textContent.trim()),
      timeline: style(".pane.time").display,
      paper: style(".pane.code").backgroundColor,
    };
  });
}

describe("on paper", () => {
  for (const [screen, options] of Object.entries({
    "a dark screen": { colorScheme: "dark" },
    "a phone": { viewport: { width: 360, height: 640 } },
  })) {
    test(`the page of ${screen} is whole, light and has nothing to press`, () =>
      withPlayground(async (playground, page) => {
        await playground.runs(LONG, /Completed/);
        await page.evaluate(lookAtSheet);
        await page.emulateMedia({ media: "print", colorScheme: options.colorScheme ?? "light" });
        await page.waitForFunction(() => globalThis.sheet);
        const sheet = await page.evaluate(() => globalThis.sheet);
        assert.equal(`${sheet.source.join("\n")}`, LONG, "the program, to its last line");
        assert.equal(sheet.output, 200);
        assert.deepEqual(sheet.findings, ["blocking-call"]);
        assert.deepEqual(sheet.hidden, [], "nothing is scrolled out of sight");
        assert.deepEqual(sheet.buttons, ["welcome.py", "blocking-call", "line 7"], "only what names a place");
        assert.notEqual(sheet.timeline, "none");
        assert.equal(sheet.paper, "rgb(255, 255, 255)");
      }, options));
  }
});

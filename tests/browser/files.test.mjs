// The files of a program: their names, what is brought along, and a program that is only to be read.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { becomes, Playground } from "./playground.mjs";
import { CLEAN, FAULTY } from "./programs.mjs";

const world = journeys();
const { withPlayground } = world;

const isFocused = (locator) =>
  becomes(
    () => locator.evaluate((element) => element.getRootNode().activeElement === element),
    (yes) => yes,
  );

/** What of all shadow roots has the focus: its tag and its name. */
const focused = (page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return `${at?.localName} ${at?.getAttribute("aria-label") ?? at?.textContent?.trim()}`;
  });

/** An address that opens these files. */
async function linkTo(files, options = {}) {
  const { encodeLink } = await import("../../www/dist/node/internals.js");
  const workspace = { entry: files[0].path, files, module: null, arguments: [], input: "", wheels: [] };
  return encodeLink({ workspace, options });
}

describe("a name that cannot be had", () => {
  test("stays in its field, with what is wrong and what to do, until it is put right", () =>
    withPlayground(async (playground, page) => {
      await page.getByRole("button", { name: "New file" }).click();
      const field = page.getByRole("textbox", { name: "Rename file" });
      for (const [name, words] of [
        ["welcome.py", "Another file has this name already"],
        ["../up.py", "On either side of a / there must be a name"],
        ["what?.py", "take that out"],
        ["x".repeat(201), "200 characters at most"],
        ["  ", "A file needs a name"],
        ["welcome.py/in.py", "A file and a folder"],
      ]) {
        await field.fill(name);
        await field.press("Enter");
        const alert = page.getByRole("alert").filter({ hasText: words });
        await alert.waitFor();
        assert.match(await alert.innerText(), /is called module_1\.py; Esc/);
        assert.equal(await field.inputValue(), name, "nothing that was typed is lost");
        await isFocused(field);
        assert.equal(await field.getAttribute("aria-invalid"), "true");
        assert.ok(
          await field.evaluate((input) => input.getRootNode().getElementById(input.getAttribute("aria-describedby"))),
        );
      }
      await field.fill("pack/inner.py");
      await page.getByRole("alert").waitFor({ state: "detached" });
      await field.press("Enter");
      await isFocused(page.getByRole("button", { name: "pack/inner.py", exact: true }));
    }));

  test("is said to be one when the field is left, and holds nobody there", () =>
    withPlayground(async (playground, page) => {
      await page.getByRole("button", { name: "New file" }).click();
      const field = page.getByRole("textbox", { name: "Rename file" });
      await field.fill("welcome.py");
      await playground.source.click();
      await page.getByRole("alert").filter({ hasText: "Another file has this name already" }).waitFor();
      await page.keyboard.type("here = 1");
      await playground.source.getByText("here = 1").waitFor();
      await page.getByRole("button", { name: "welcome.py", exact: true }).click();
      await playground.source.getByText("heartbeat").first().waitFor();
      assert.equal(await field.inputValue(), "welcome.py");
      await field.click();
      await playground.source.getByText("here = 1").waitFor();
      await field.press("Escape");
      await page.getByRole("alert").waitFor({ state: "detached" });
      await isFocused(page.getByRole("button", { name: "module_1.py", exact: true }));
    }));

  test("is explained in Russian as well", () =>
    withPlayground(
      async (playground, page) => {
        await page.getByRole("button", { name: "Новый файл" }).click();
        await page.getByRole("textbox", { name: "Переименовать файл" }).fill("a\\b.py");
        await page.keyboard.press("Enter");
        await page.getByRole("alert").filter({ hasText: "невидимых знаков" }).waitFor();
        await page.getByRole("alert").filter({ hasText: "Пока файл называется module_1.py" }).waitFor();
      },
      { locale: "ru-RU" },
    ));
});

describe("what is dropped", () => {
  test("and not taken is named with the reason, beside what is taken", () =>
    withPlayground(async (playground, page) => {
      await playground.write(CLEAN);
      await playground.drop({
        "photo.png": [0x89, 0x50, 0, 1],
        "kept.py": "kept = 1",
        "big.csv": "x".repeat((1 << 20) + 1),
        "main:1.py": "",
        "run.trace.json": '{"traceEvents": []}',
        "newer.json": '{"format": 2, "workspace": {}, "events": []}',
      });
      const notice = page.locator(".notice");
      await notice.getByText("photo.png: it is no text in UTF-8").waitFor();
      const items = await notice.getByRole("listitem").allInnerTexts();
      assert.deepEqual(
        items.map((text) => /^\S+/.exec(text)[0]),
        ["photo.png:", "big.csv:", "run.trace.json:", "newer.json:", "main:1.py"],
      );
      assert.match(items[2], /Chrome trace/);
      assert.match(items[3], /another version/);
      assert.match(items[4], /main_1\.py/);
      assert.equal(await notice.getByRole("button", { name: "Undo" }).count(), 0);
      await page.getByRole("button", { name: "kept.py", exact: true }).waitFor();
      await notice.getByRole("button", { name: "Dismiss" }).click();
      await notice.waitFor({ state: "detached" });
    }));

  test("as a run while another goes on is shown without what the other still says", () =>
    withPlayground(async (playground, page) => {
      await playground.write(
        "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\n        print('late')\nasyncio.run(main())",
      );
      await playground.run.click();
      await playground.output.getByText("late").first().waitFor();
      const { DEFAULT_OPTIONS, singleFile } = await import("../../www/dist/node/internals.js");
      const run = { format: 1, workspace: singleFile("print('dropped')"), options: DEFAULT_OPTIONS, events: [] };
      await playground.drop({ "run.json": JSON.stringify(run) });
      await playground.source.getByText("dropped").waitFor();
      await page.waitForTimeout(500);
      assert.equal(await playground.output.getByText("late").count(), 0);
      assert.ok(await playground.stop.isDisabled());
      await page.reload();
      await playground.source.getByText("dropped").waitFor();
    }));
});

describe("a link", () => {
  test("with names that cannot be opens with all its files, and says what they are called", async () => {
    const hash = await linkTo([
      { path: "/home/me/main.py", text: "import helper\nprint(helper.__file__)" },
      { path: "helper.py", text: "one = 1" },
      { path: "helper.py", text: "two = 2" },
    ]);
    for (const address of [world.site.url + hash, `${world.site.url}?embed=true${hash}`]) {
      const playground = await Playground.open(world.browser, address);
      const notice = playground.page.locator(".notice");
      await notice.getByText("/home/me/main.py → home/me/main.py").waitFor();
      await notice.getByText("helper.py → helper_2.py").waitFor();
      await playground.page.getByRole("button", { name: "helper_2.py", exact: true }).click();
      await playground.source.getByText("two = 2").waitFor();
      await playground.close();
    }
  });

  test("is no longer the address of a program whose files were changed", () =>
    withPlayground(async (playground, page) => {
      await page.goto(world.site.url + (await linkTo([{ path: "main.py", text: CLEAN }])));
      await page.reload();
      await page.getByText("Opened from a link").waitFor();
      await playground.drop({ "more.py": "more = 1" });
      await page.waitForTimeout(500);
      assert.doesNotMatch(page.url(), /#code/);
      await page.reload();
      await page.getByRole("button", { name: "more.py", exact: true }).waitFor();
    }));
});

describe("a file with the line breaks of Windows", () => {
  test("is changed by a fix where the fix says, and nowhere else", async () => {
    const lines = (call, end) =>
      ["import asyncio, time", "async def main():", `    ${call}(1)`, "asyncio.run(main())", ""].join(end);
    const hash = await linkTo([{ path: "main.py", text: lines("time.sleep", "\r\n") }]);
    const playground = await Playground.open(world.browser, world.site.url + hash);
    await playground.run.click();
    await playground.ends(/Completed/);
    await playground.finding("blocking-call").getByRole("button", { name: "use asyncio.sleep" }).click();
    await playground.findings.getByText("Before and after").waitFor();
    assert.equal(await playground.text(), lines("await asyncio.sleep", "\n"));
    await playground.close();
  });
});

describe("a program that is only to be read", () => {
  test("cannot be changed by anything on the page, and runs", async () => {
    const hash = await linkTo([
      { path: "main.py", text: FAULTY },
      { path: "helper.py", text: "" },
    ]);
    const playground = await Playground.open(world.browser, `${world.site.url}?embed=true&mode=read${hash}`);
    const { page } = playground;
    const program = () => page.evaluate(() => JSON.stringify(document.querySelector("loop-scope").workspace));
    const before = await program();
    await playground.run.click();
    await playground.ends(/Completed/);
    await playground.finding("blocking-call").waitFor();
    for (const name of [/^New file/, /^Remove/, /^Start with this file/])
      assert.equal(await page.getByRole("button", { name }).count(), 0, `${name}`);
    assert.equal(await page.getByRole("group", { name: "Fixes" }).count(), 0);
    await page.getByRole("button", { name: "helper.py", exact: true }).click();
    await page.getByRole("button", { name: "helper.py", exact: true }).click();
    assert.equal(await page.getByRole("button", { name: /^(New file|Remove|Start with this file)/ }).count(), 0);
    assert.equal(await page.getByRole("textbox", { name: "Rename file" }).count(), 0);
    await page.getByRole("button", { name: "main.py", exact: true }).click();
    await page.keyboard.press("ControlOrMeta+.");
    await playground.source.locator(".cm-observed").first().hover();
    await page.locator(".cm-tooltip").waitFor();
    assert.equal(await page.locator(".cm-diagnosticAction").count(), 0);
    await playground.drop({ "more.py": "more = 1", "notes.whl": "" });
    await page.getByRole("button", { name: "Settings" }).click();
    const dialog = page.getByRole("dialog", { name: "Settings" });
    for (const name of [/^Text for input/, /^Arguments/])
      assert.equal(await dialog.getByRole("textbox", { name }).isEditable(), false);
    assert.ok(await dialog.locator("input[type=file]").isDisabled());
    await page.keyboard.press("Escape");
    assert.equal(await program(), before);
    assert.equal(await page.locator(".notice").count(), 0);
    await playground.close();
  });
});

describe("the focus", () => {
  test("stays with the findings when a fix takes its finding away", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(FAULTY, /Completed/);
      const group = playground.finding("coroutine-never-awaited").getByRole("group", { name: "Fixes" });
      await group.getByRole("button").first().focus();
      await page.keyboard.press("Enter");
      await playground.findings.getByText("Before and after").waitFor();
      assert.match(await focused(page), /^section Findings/);
      await page.keyboard.press("Tab");
      assert.doesNotMatch(await focused(page), /^body/);
      await playground.findings.getByRole("button", { name: "End the comparison" }).focus();
      await page.keyboard.press("Enter");
      await playground.findings.getByText("Before and after").waitFor({ state: "detached" });
      assert.match(await focused(page), /^section Findings/);
    }));
});

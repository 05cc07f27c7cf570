// What can be set about a run, and what a reader brings along.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";

const { strToU8, zipSync } = createRequire(new URL("../../www/package.json", import.meta.url))("fflate");

const { withPlayground } = journeys();

/** Sets a lever of the settings by its name. */
async function set(page, name, value) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("dialog").getByLabel(name).fill(value);
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Close" }).click();
}

const DOWNLOAD = `import asyncio

async def main():
    reader, writer = await asyncio.open_connection("echo.test", 7)
    loop = asyncio.get_running_loop()
    began = loop.time()
    writer.write(b"hello\\n")
    await reader.readline()
    print(f"there and back in {loop.time() - began:.1f} s")
    writer.close()
    await writer.wait_closed()

asyncio.run(main())
`;

const PATIENT = `import asyncio

async def main():
    try:
        await asyncio.sleep(60)
    finally:
        print("cleaned up")

asyncio.run(main())
`;

/** A task that only the collector ends, and only when it runs. */
const LOST = `import asyncio

async def wait():
    await asyncio.get_running_loop().create_future()

async def main():
    asyncio.create_task(wait())
    for _ in range(5000):
        await asyncio.sleep(0)
    print("over")

asyncio.run(main())
`;

const TIDY = `import asyncio
import tidy

print(asyncio.run(tidy.up()))
`;

const METADATA = "Metadata-Version: 2.4\nName: tidy-up\nVersion: 1.2\n";

/** A wheel as packing tools make them. */
function wheel(others = {}) {
  const files = {
    "tidy/__init__.py": 'async def up():\n    return "tidied"\n',
    "tidy_up-1.2.dist-info/METADATA": METADATA,
    ...others,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}

describe("levers", () => {
  test("a number beyond its bounds is said to be, and becomes the bound", () =>
    withPlayground(async ({ page }) => {
      await page.getByRole("button", { name: "Settings" }).click();
      const field = page.getByRole("spinbutton", { name: /^Virtual time at most/ });
      await field.fill("999999");
      await page.getByText("From 1 to 100,000").first().waitFor();
      await field.press("Tab");
      assert.equal(await field.inputValue(), "100000");
      assert.equal(await page.getByRole("alert").count(), 0);
      await field.fill("-3");
      await field.press("Tab");
      assert.equal(await field.inputValue(), "1");
    }));

  test("the latency of the network", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(DOWNLOAD, /Completed/);
      await playground.output.getByText("there and back in 0.0 s").waitFor();
      await set(page, "Latency (ms)", "500");
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await playground.output.getByText("there and back in 0.5 s").waitFor();
    }));

  test("Ctrl-C at a moment", () =>
    withPlayground(async (playground, page) => {
      await playground.write(PATIENT);
      await set(page, "Ctrl-C, at (s)", "1.5");
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await playground.output.getByText("cleaned up").waitFor();
      await playground.output.getByText("KeyboardInterrupt").first().waitFor();
    }));

  test("garbage is collected at the playhead, and the way back", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(LOST, /Completed/);
      await page.getByRole("button", { name: "Previous event" }).click();
      for (let turn = 0; turn < 3; turn += 1) await page.getByRole("button", { name: "Previous turn" }).click();
      await page.getByRole("button", { name: "Collect garbage here" }).click();
      await playground.findings.getByText("Garbage collected at").first().waitFor();
      await playground.finding("task-garbage-collected").first().waitFor();
      await page.getByRole("button", { name: "Run as written" }).click();
      await playground.findings.getByText("Garbage collected at").first().waitFor({ state: "detached" });
    }));
});

describe("the settings", () => {
  for (const width of [1280, 360]) {
    test(`are in groups, each a key press away, on a screen of ${width} pixels`, () =>
      withPlayground(
        async (playground, page) => {
          await page.getByRole("button", { name: "Settings" }).click();
          const dialog = page.getByRole("dialog", { name: "Settings" });
          const group = (name) => dialog.getByRole("region", { name, exact: true });
          for (const [name, lever] of [
            ["The run", "Seed"],
            ["Input and packages", "Arguments"],
            ["What is observed", "asyncio debug mode"],
            ["Simulated network", "Latency (ms)"],
            ["The page", "Language"],
          ]) {
            const way = dialog.getByRole("navigation").getByRole("button", { name, exact: true });
            await way.focus();
            await page.keyboard.press("Enter");
            await group(name).getByRole("heading", { name }).and(page.locator(":focus")).waitFor();
            await page.keyboard.press("Tab");
            const first = group(name).locator(":focus");
            await first.waitFor();
            const [field, shown] = [await first.boundingBox(), await way.boundingBox()];
            assert.ok(field.x >= 0 && field.x + field.width <= width, `the first field of ${name} is on the screen`);
            assert.ok(width > 600 || field.y >= shown.y + shown.height, `${name} is not beneath the ways`);
            assert.ok(await group(name).getByLabel(lever).count(), `${lever} is in ${name}`);
          }
          const over = await dialog.evaluate((element) =>
            [...element.querySelectorAll("*")].some((one) => one.getBoundingClientRect().right > innerWidth),
          );
          assert.ok(!over, "nothing is wider than the screen");
        },
        { viewport: { width, height: 700 } },
      ));
  }
});

describe("what a reader brings along", () => {
  test("a wheel is dropped, imported, kept over a reload, and removed", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(TIDY, /Ended with status 1/);
      await playground.drop({ "tidy_up-1.2-py3-none-any.whl": wheel() });
      await page.getByText("The package was added").waitFor();
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await playground.output.getByText("tidied").waitFor();
      await page.waitForTimeout(500);
      await page.reload();
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Remove tidy-up 1.2" }).click();
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await playground.output.getByText("No module named 'tidy'").first().waitFor();
    }));

  test("a wheel with compiled code, and what is no wheel, are refused with a reason", () =>
    withPlayground(async (playground, page) => {
      await playground.write(TIDY);
      await playground.drop({ "fast-1.0-cp314-cp314-linux_x86_64.whl": wheel({ "tidy/fast.so": "" }) });
      await page.getByText("only wheels of pure Python").waitFor();
      await playground.drop({ "notes.whl": Buffer.from("no archive") });
      await page.getByText("it is no wheel").waitFor();
      assert.equal((await playground.text()).trimEnd(), TIDY.trimEnd());
    }));

  test("a text becomes a file of the program, and overwrites none", () =>
    withPlayground(async (playground, page) => {
      await playground.write("print(open('notes.txt').read(), open('notes_2.txt').read())");
      await playground.drop({ "notes.txt": Buffer.from("first") });
      await playground.drop({ "notes.txt": Buffer.from("second") });
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await playground.output.getByText("first second").waitFor();
    }));
});

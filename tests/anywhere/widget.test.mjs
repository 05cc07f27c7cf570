// `<loop-scope>` in other people's pages, from the npm package as it is packed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { becomes } from "../browser/playground.mjs";
import { launch, TARGET } from "../site.mjs";
import { beyond, plainHost, storageOf, watchRequests, WIDGET_POLICY } from "./hosts.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));

let browser;
let folder;
let installed;
let host;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopscope-widget-"));
  const { version } = JSON.parse(readFileSync(join(TARGET, "package/loopscope/package.json"), "utf8"));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const packed = join(TARGET, `package/loopscope-${version}.tgz`);
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", packed], { cwd: folder });
  installed = join(folder, "node_modules/loopscope");
  host = await plainHost({ "/widget/": installed, "/": PAGES }, { "content-security-policy": WIDGET_POLICY });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function visit(path, options = {}) {
  const context = await browser.newContext(options);
  const seen = await watchRequests(context);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${host.url}/${path}`);
  return { page, seen, problems, close: () => context.close() };
}

const output = (scope) => scope.getByRole("region", { name: "Output" });
const loads = (seen, name) => seen.requests.filter((url) => url.endsWith(`/${name}`)).length;

/** Resident bytes of all processes that Chromium runs for pages. */
async function memory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer");
  return pages.reduce((sum, { id }) => sum + Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * 4096, 0);
}

describe("a page with five widgets", () => {
  test("is readable without any script", async () => {
    const { page, close } = await visit("five.html", { javaScriptEnabled: false });
    await page.getByText('print("the first says", 1)').waitFor();
    assert.equal(await page.getByRole("button").count(), 0);
    await close();
  });

  test("loads nothing but the first small script until it is asked to, and says what will be loaded", async () => {
    const { page, seen, close } = await visit("five.html");
    const first = page.locator("#first");
    await first.getByText(/\d MB/).waitFor();
    assert.equal(await page.getByRole("button", { name: "Run it here" }).count(), 5);
    assert.equal(loads(seen, "loopscope-engine.js") + loads(seen, "loopscope-playground.js"), 0);
    const announced = Number(/([\d.]+) MB/.exec(await first.locator("small").textContent())[1]);
    const scripts = await Promise.all(
      ["loopscope-engine.js", "loopscope-playground.js"].map((name) => readFile(join(installed, name))),
    );
    const size = scripts.reduce((sum, { length }) => sum + length, 0) / 1e6;
    assert.ok(Math.abs(size - announced) < 0.06, `${announced} MB announced, ${size} loaded`);
    await close();
  });

  test("runs all five on one engine, under the host's policy", async (t) => {
    const { page, seen, problems, close } = await visit("five.html");
    const before = await memory();
    for (const name of ["first", "second", "third", "fifth"]) {
      const widget = page.locator(`#${name}`);
      await widget.getByRole("button", { name: "Run it here" }).click();
      await output(widget).getByText(`the ${name} says`).waitFor();
    }
    await page.locator("#fourth").getByRole("button", { name: "Run it here" }).click();
    await output(page.locator("#fourth")).getByText("the fourth says").waitFor();
    assert.equal(loads(seen, "loopscope-engine.js"), 1);
    assert.equal(loads(seen, "loopscope-playground.js"), 1);
    assert.ok(page.workers().length <= 2, "one worker runs, and one stands by for Stop");
    const mebibytes = Math.round(((await memory()) - before) / (1 << 20));
    t.diagnostic(`five widgets and one engine take ${mebibytes} MiB`);
    assert.ok(mebibytes < 900, `${mebibytes} MiB`);
    assert.deepEqual(beyond(seen.requests, host.url), []);
    assert.deepEqual(seen.violations, []);
    assert.deepEqual(problems, []);
    await close();
  });

  test("lets the page move under the wheel, and keeps a program in view that fits", async () => {
    const { page, close } = await visit("five.html", { viewport: { width: 700, height: 600 } });
    const first = page.locator("#first");
    await first.getByRole("button", { name: "Run it here" }).click();
    await first.getByText(/^Completed after [^.]*$/).waitFor();
    const source = first.getByRole("textbox", { name: "Source" });
    await source.getByText("import").hover();
    await page.mouse.wheel(0, 200);
    await becomes(
      () => page.evaluate(() => scrollY),
      (top) => top > 100,
      "where the page is scrolled to,",
    );
    assert.equal(await source.locator("..").evaluate(({ scrollTop }) => scrollTop), 0, "the program itself");
    await close();
  });

  test("does as the attributes say", async () => {
    const { page, close } = await visit("five.html");
    const second = page.locator("#second");
    await second.getByRole("button", { name: "Run it here" }).click();
    await output(second).getByText("the second says 20").waitFor();
    assert.equal(await second.getByRole("region", { name: "Timeline" }).count(), 0, "panels that are not named");
    const source = await second.getByRole("textbox", { name: "Source" }).innerText();
    assert.match(source, /async def main/);
    assert.doesNotMatch(source, /async def fetch/, "set-up is not shown");
    await second.getByRole("textbox", { name: "Source" }).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText('print("it is still there:", fetch)');
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await output(second).getByText("it is still there: <function fetch").waitFor();

    const third = page.locator("#third");
    await third.getByRole("button", { name: "Run it here" }).click();
    await output(third).getByText("the third says").waitFor();
    const said = await output(third).getByText("the third says").textContent();
    await third.getByRole("textbox", { name: "Source" }).click();
    await page.keyboard.insertText("x");
    assert.doesNotMatch(await third.getByRole("textbox", { name: "Source" }).innerText(), /^x/, "it is for reading");
    assert.equal(await third.evaluate((element) => element.workspace.files[0].text.includes("random.random()")), true);
    assert.equal(await third.getAttribute("data-shown-theme"), "dark");
    await third.evaluate((element) => element.setAttribute("seed", "8"));
    await third.evaluate((element) => element.run());
    await page.waitForFunction(
      ([id, before]) => {
        const text = document
          .querySelector(id)
          .shadowRoot.firstElementChild.shadowRoot.querySelector("#output").innerText;
        return text.includes("the third says") && !text.includes(before.trim().split(" ").at(-1));
      },
      ["#third", said],
    );
    const height = (name) =>
      page.locator(name).evaluate((element) => element.shadowRoot.firstElementChild.offsetHeight);
    assert.equal(await height("#third"), 480);
    await page.locator("#first").evaluate((element) => element.load());
    assert.equal(await height("#first"), 420);
    await close();
  });

  test("gives the panels that are named all the room, and none to those that are not", async () => {
    const { page, close } = await visit("five.html");
    const first = page.locator("#first");
    await first.evaluate((element) => element.load());
    const inner = first.locator("loop-scope-playground");
    for (const [panels, names] of [
      ["code output", ["Code", "Output"]],
      ["timeline", ["Timeline"]],
      ["tasks", ["Tasks"]],
      ["findings", ["Findings"]],
      ["code tasks", ["Code", "Tasks"]],
      ["no-such-panel", ["Code", "Findings", "Output", "Timeline", "Tasks"]],
    ]) {
      await first.evaluate((element, value) => element.setAttribute("panels", value), panels);
      const regions = inner.locator("section.pane:visible");
      await becomes(
        () => regions.count(),
        (count) => count === names.length,
        `${panels}:`,
      );
      const boxes = [];
      for (const name of names) boxes.push(await inner.getByRole("region", { name, exact: true }).boundingBox());
      const whole = await inner.locator("main").boundingBox();
      const right = Math.max(...boxes.map(({ x, width }) => x + width));
      const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
      assert.ok(whole.x + whole.width - right < 12 && whole.y + whole.height - bottom < 12, `${panels} fill the room`);
      assert.ok(Math.min(...boxes.map(({ y }) => y)) - whole.y < 12, `${panels} begin at the top`);
    }
    await close();
  });

  test("reads the same in a page from right to left with typography of its own", async () => {
    const { page, close } = await visit("five.html");
    const first = page.locator("#first");
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
      const around = {
        "text-transform": "uppercase",
        "letter-spacing": "3px",
        "text-indent": "3em",
        "white-space": "nowrap",
      };
      for (const [name, value] of Object.entries(around)) document.body.style.setProperty(name, value);
    });
    await first.getByRole("button", { name: "Run it here" }).click();
    await output(first).getByText("the first says 1").waitFor();
    const line = first.getByRole("textbox", { name: "Source" }).getByText("async def main");
    const found = await line.evaluate((element) => {
      const { direction, textTransform, letterSpacing, textIndent } = getComputedStyle(element);
      return { direction, textTransform, letterSpacing, textIndent };
    });
    assert.deepEqual(found, { direction: "ltr", textTransform: "none", letterSpacing: "normal", textIndent: "0px" });
    const [code, side] = [first.getByRole("region", { name: "Code" }), output(first)];
    assert.ok((await code.boundingBox()).x < (await side.boundingBox()).x, "the program is on the left");
    await page.evaluate(() => document.body.style.setProperty("visibility", "hidden"));
    assert.equal(await code.isVisible(), false, "what its page hides stays hidden");
    await close();
  });

  test("shows some of the findings and of the output in a low place, and the rest further down", async () => {
    const { page, close } = await visit("five.html");
    const first = page.locator("#first");
    await first.evaluate((element) => element.setAttribute("height", "300"));
    await first.getByRole("button", { name: "Run it here" }).click();
    await output(first).getByText("the first says 1").waitFor();
    for (const name of ["Findings", "Output", "Timeline"]) {
      const pane = first.getByRole("region", { name });
      assert.ok((await pane.boundingBox()).height >= 96, `${name} has room`);
      await pane.scrollIntoViewIfNeeded();
    }
    await close();
  });

  test("opens an example without the program's set-up, and goes back to the program", async () => {
    const { page, close } = await visit("five.html");
    const second = page.locator("#second");
    await second.evaluate((element) => element.load());
    await second.getByRole("button", { name: /^Examples/ }).click();
    await second.getByRole("searchbox").fill("reference kept");
    await second.getByRole("button", { name: "The reference kept", exact: true }).click();
    await output(second).getByText("warm").first().waitFor();
    const source = second.getByRole("textbox", { name: "Source" });
    assert.match(await source.innerText(), /^import asyncio/, "all of the example is shown");
    await second.getByText("Your program was replaced").waitFor();
    await second.getByRole("button", { name: "Settings" }).click();
    await second.getByRole("button", { name: "Reset" }).click();
    await page.keyboard.press("Escape");
    await source.getByText("async def main").waitFor();
    assert.doesNotMatch(await source.innerText(), /async def fetch/, "and the set-up is out of sight again");
    await close();
  });

  test("makes no links, which would lead to the host's page", async () => {
    const { page, close } = await visit("five.html");
    const first = page.locator("#first");
    await first.evaluate((element) => element.load());
    await first.getByRole("button", { name: "Share" }).click();
    const dialog = first.getByRole("dialog", { name: "Share" });
    await dialog.getByText("lies in a page that has no links to it").waitFor();
    assert.equal(await dialog.getByRole("textbox").count(), 0);
    await close();
  });

  test("tells its host what happens, and does what it is told", async () => {
    const { page, close } = await visit("five.html");
    const fifth = page.locator("#fifth");
    await fifth.evaluate((element) => element.run());
    await output(fifth).getByText("the fifth says").waitFor();
    await page.waitForFunction(() => globalThis.heard.some(({ type }) => type === "loopscope-end"));
    const heard = await page.evaluate(() => globalThis.heard);
    assert.deepEqual(
      heard.map(({ type }) => type),
      ["loopscope-run", "loopscope-end"],
    );
    assert.equal(heard[1].outcome, "completed");
    assert.deepEqual(heard[1].rules, ["blocking-call"]);
    await fifth.evaluate((element) => {
      element.workspace = { ...element.workspace, files: [{ path: "main.py", text: "while True: pass" }] };
    });
    await fifth.evaluate((element) => element.run());
    await fifth
      .getByText(/^Running/)
      .first()
      .waitFor();
    await fifth.evaluate((element) => element.stop());
    assert.equal(await fifth.evaluate((element) => element.outcome), "stopped");
    await close();
  });

  test("goes on when it is moved within its page, and stops when it is taken away", async () => {
    const { page, problems, close } = await visit("five.html");
    const first = page.locator("#first");
    await first.evaluate((element) => element.load());
    await first.getByRole("textbox", { name: "Source" }).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(
      [
        "import asyncio, itertools",
        "async def main():",
        "    for number in itertools.count():",
        "        await asyncio.sleep(0.001)",
        "        sum(range(100_000))",
        "        print('round', number)",
        "asyncio.run(main())",
      ].join("\n"),
    );
    await first.getByRole("button", { name: "Run", exact: true }).click();
    const rounds = async () => {
      const all = [...(await output(first).innerText()).matchAll(/round (\d+)/g)];
      return Number(all.at(-1)?.[1] ?? -1);
    };
    const reached = await becomes(rounds, (number) => number >= 0);
    await first.evaluate((element) => element.parentElement.prepend(element));
    await becomes(rounds, (number) => number > reached);
    const heard = await page.evaluate(() => globalThis.heard.map(({ type }) => type));
    assert.deepEqual(
      heard.filter((type) => type !== "loopscope-change"),
      ["loopscope-run"],
      "it is the same run",
    );
    await first.getByRole("textbox", { name: "Source" }).getByText("itertools.count()").waitFor();
    await first.getByRole("button", { name: "Stop", exact: true }).click();
    await first
      .getByText(/^Stopped after/)
      .first()
      .waitFor();
    await first.evaluate((element) => document.body.append(element));
    await first
      .getByText(/^Stopped after/)
      .first()
      .waitFor();
    await first.getByRole("button", { name: "Run", exact: true }).click();
    await becomes(rounds, (number) => number >= 0);
    const outcome = await first.evaluate(async (element) => {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return element.outcome;
    });
    assert.equal(outcome, "stopped");
    assert.deepEqual(problems, []);
    await close();
  });

  test("follows the theme of its host, however that is made", async () => {
    const { page, close } = await visit("five.html");
    const first = page.locator("#first");
    assert.equal(await first.getAttribute("data-shown-theme"), "light");
    await page.evaluate(() => {
      document.body.style.backgroundColor = "rgb(20, 22, 26)";
    });
    await page.locator('#first[data-shown-theme="dark"]').waitFor();
    await page.evaluate(() => {
      document.body.style.backgroundColor = "white";
    });
    await page.locator('#first[data-shown-theme="light"]').waitFor();
    await close();
  });

  test("keeps the text when the engine does not come", async () => {
    const { page, close } = await visit("five.html");
    await page.route("**/loopscope-playground.js", (route) => route.abort());
    const first = page.locator("#first");
    await first.getByRole("button", { name: "Run it here" }).click();
    await first.getByText("could not be loaded").waitFor();
    await first.getByText('print("the first says", 1)').waitFor();
    await page.unroute("**/loopscope-playground.js");
    await first.getByRole("button", { name: "Run it here" }).click();
    await output(first).getByText("the first says 1").waitFor();
    await close();
  });
});

test("a sandboxed frame without an origin and without storage runs it", async () => {
  const { page, seen, problems, close } = await visit("sandbox.html");
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.equal(await storageOf(frame), "null SecurityError");
  await frame.getByRole("button", { name: "Run it here" }).click();
  await output(frame).getByText("said without an origin").waitFor();
  assert.deepEqual(beyond(seen.requests, host.url), []);
  assert.deepEqual(problems, []);
  await close();
});

describe("the package", () => {
  test("runs programs in Node", async () => {
    const program = `
      import { createLoopscope } from "loopscope";
      const loopscope = await createLoopscope();
      const text = "import asyncio, time\\nasync def main():\\n    time.sleep(1)\\n    print('from Node')\\nasyncio.run(main())";
      const { outcome, stdout, diagnostics } = await loopscope.run({ files: [{ path: "main.py", text }] }).result;
      loopscope.close();
      console.log(JSON.stringify({ outcome, stdout, rules: diagnostics.map(({ rule }) => rule) }));`;
    await writeFile(join(folder, "program.mjs"), program);
    const said = execFileSync("node", ["program.mjs"], { cwd: folder, encoding: "utf8" });
    assert.deepEqual(JSON.parse(said), { outcome: "completed", stdout: "from Node\n", rules: ["blocking-call"] });
  });

  test("runs programs in a page without the element", async () => {
    const { page, close } = await visit("headless.html");
    await page.waitForFunction(() => globalThis.result !== undefined);
    assert.deepEqual(await page.evaluate(() => globalThis.result), {
      outcome: "completed",
      stdout: "without a face\n",
    });
    await close();
  });

  test("describes its element as it is", async () => {
    const manifest = JSON.parse(await readFile(join(installed, "custom-elements.json"), "utf8"));
    const [declaration] = manifest.modules[0].declarations;
    const { page, close } = await visit("five.html");
    const real = await page.evaluate(() => {
      const definition = customElements.get("loop-scope");
      const own = Object.getOwnPropertyNames(definition.prototype);
      return {
        attributes: [...definition.observedAttributes, "load"].sort(),
        members: own.filter((name) => !/^constructor$|Callback$/.test(name)).sort(),
      };
    });
    assert.deepEqual(declaration.attributes.map(({ name }) => name).sort(), real.attributes);
    assert.deepEqual(declaration.members.map(({ name }) => name).sort(), real.members);
    await close();
  });
});

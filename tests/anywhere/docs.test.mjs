// The documentation tools: a real Sphinx site and a real MkDocs site, built and visited.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { commandPath } from "../conformance/command.mjs";
import { launch, TARGET } from "../site.mjs";
import { beyond, plainHost, watchRequests } from "./hosts.mjs";

const DOCS = fileURLToPath(new URL("docs/", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../www/python/", import.meta.url));
const PYTHON = process.env.LOOPSCOPE_PYTHON ?? join(TARGET, "python/bin/python");

let browser;
let folder;

before(async () => {
  if (!existsSync(PYTHON))
    throw new Error("there is no Python with Sphinx and MkDocs: run `cargo xtask test anywhere`");
  folder = await mkdtemp(join(tmpdir(), "loopscope-docs-"));
  // Installing leaves things beside the sources.
  await cp(PACKAGE, join(folder, "package"), { recursive: true });
  const install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
  execFileSync(PYTHON, [...install, "--force-reinstall", "--disable-pip-version-check", join(folder, "package")]);
  await cp(DOCS, join(folder, "docs"), { recursive: true });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Runs a module of the Python, and gives back its status and all that it said. */
function python(module, ...parameters) {
  const env = { ...process.env, LOOPSCOPE: commandPath(), LOOPSCOPE_ASSETS: join(TARGET, "package/loopscope") };
  return new Promise((resolve) => {
    execFile(PYTHON, ["-m", module, ...parameters], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? 0, said: stdout + stderr });
    });
  });
}

const sphinx = () => python("sphinx", "-b", "html", "docs/sphinx", "built/sphinx");
const mkdocs = () =>
  python("mkdocs", "build", "--config-file", "docs/mkdocs/mkdocs.yml", "--site-dir", join(folder, "built/mkdocs"));

/** Changes a text of a page for the time of a journey. */
async function withChange(path, from, to, journey) {
  const file = join(folder, "docs", path);
  const text = await readFile(file, "utf8");
  assert.ok(text.includes(from));
  await writeFile(file, text.replace(from, to));
  try {
    await journey();
  } finally {
    await writeFile(file, text);
  }
}

async function visit(site, journey) {
  // Such sites are served below a path, as often as not.
  const host = await plainHost({ "/en/latest/": join(folder, "built", site) });
  const context = await browser.newContext({ viewport: { width: 700, height: 900 } });
  const seen = await watchRequests(context);
  const page = await context.newPage();
  await page.goto(`${host.url}/en/latest/index.html`);
  await journey(page, seen);
  assert.deepEqual(beyond(seen.requests, host.url), []);
  await context.close();
  await host.close();
}

/** A panel of a widget: in the narrow column of such a page they are seen one at a time. */
async function panel(widget, name) {
  await widget.getByRole("tab", { name }).click();
  return widget.getByRole("region", { name });
}

/** Runs the snippet with a text in it, and waits for what it prints. */
async function runs(page, text, prints) {
  const widget = page.locator("loop-scope").filter({ hasText: text });
  await widget.getByRole("button", { name: "Run it here" }).click();
  await (await panel(widget, "Output")).getByText(prints).waitFor();
  return widget;
}

test("the Python package's own tests pass", () => {
  const tests = join(folder, "package/tests");
  execFileSync(PYTHON, ["-m", "unittest", "discover", "--start-directory", tests], { stdio: "pipe" });
});

describe("Sphinx", () => {
  test("builds a site whose snippets run", async () => {
    const { status, said } = await sphinx();
    assert.equal(status, 0, said);
    await visit("sphinx", async (page) => {
      assert.equal(await page.locator("loop-scope").count(), 2, "the directive and the block that runs something");
      await page.getByText("tasks = set()").waitFor();
      const directive = await runs(page, "the directive ran", "the directive ran");
      await (await panel(directive, "Findings")).getByText("blocking-call").first().waitFor();
      await runs(page, "the code block ran", "the code block ran");
      await page.getByRole("link", { name: "A page without a snippet" }).first().click();
      assert.equal(await page.locator('script[src*="loopscope"]').count(), 0);
    });
  });

  test("fails on a finding that was not expected, and names its line", async () => {
    await withChange("sphinx/index.rst", "   :expect: blocking-call\n", "", async () => {
      const { status, said } = await sphinx();
      assert.notEqual(status, 0);
      assert.match(said, /index(\.rst)?:1\d:.*blocking-call/);
    });
  });

  test("fails on an expected finding that does not come", async () => {
    await withChange("sphinx/index.rst", "time.sleep(1)", "await asyncio.sleep(1)", async () => {
      const { status, said } = await sphinx();
      assert.notEqual(status, 0);
      assert.match(said, /blocking-call was expected and not found/);
    });
  });

  test("makes code blocks where nothing can run", async () => {
    const { status, said } = await python("sphinx", "-b", "text", "docs/sphinx", "built/text");
    assert.equal(status, 0, said);
    assert.match(await readFile(join(folder, "built/text/index.txt"), "utf8"), /print\("the directive ran"\)/);
  });
});

describe("MkDocs", () => {
  test("builds a site whose snippets run", async () => {
    const { status, said } = await mkdocs();
    assert.equal(status, 0, said);
    await visit("mkdocs", async (page) => {
      assert.equal(await page.locator("loop-scope").count(), 1);
      const fence = await runs(page, "the fence ran", "the fence ran");
      await (await panel(fence, "Findings")).getByText("coroutine-never-awaited").first().waitFor();
      const source = await (await panel(fence, "Code")).getByRole("textbox", { name: "Source" }).innerText();
      assert.match(source, /async def main/);
      assert.doesNotMatch(source, /async def lost/);
    });
  });

  test("fails on a finding that was not expected, and names its line", async () => {
    await withChange("mkdocs/docs/index.md", "expect=coroutine-never-awaited ", "", async () => {
      const { status, said } = await mkdocs();
      assert.notEqual(status, 0);
      assert.match(said, /index\.md:14: coroutine-never-awaited/);
    });
  });
});

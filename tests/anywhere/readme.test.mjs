// The README's five minutes for each use, followed to the letter: its own blocks are what is served, built and opened.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Playground } from "../browser/playground.mjs";
import { CLEAN } from "../browser/programs.mjs";
import { commandPath } from "../conformance/command.mjs";
import { DIST, launch, TARGET } from "../site.mjs";
import { plainHost } from "./hosts.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PYTHON = process.env.LOOPSCOPE_PYTHON ?? join(TARGET, "python/bin/python");

let readme;
let browser;
let folder;

before(async () => {
  readme = await readFile(join(ROOT, "README.md"), "utf8");
  folder = await mkdtemp(join(tmpdir(), "loopscope-readme-"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** The first block after a use's name, without its fence. */
function block(use) {
  const from = readme.indexOf(`**${use}`);
  assert.notEqual(from, -1, `the README has no use ${use}`);
  const [, , text] = /\n(`{3,})[^\n]*\n([^]*?)\n\1/.exec(readme.slice(from));
  return text;
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function withPage(url, journey) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await journey(page);
  await context.close();
}

test("a playground on your own host", async () => {
  const lines = block("A playground on your own host").split("\n");
  const port = await freePort();
  const [program, ...words] = lines[1].replace("8000", String(port)).split(" ");
  const server = spawn(program, words, { cwd: join(ROOT, lines[0].replace(/^cd /, "")), stdio: "ignore" });
  try {
    const url = `http://127.0.0.1:${port}/`;
    for (let tries = 0; tries < 100; tries += 1) {
      if (
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await withPage(url, async (page) => {
      const playground = new Playground(page);
      await playground.source.waitFor();
      await playground.runs(CLEAN, /Completed/);
    });
  } finally {
    server.kill();
  }
});

test("one file, no network", async () => {
  const { size } = (await readdir(DIST)).includes("loopscope.html")
    ? { size: (await readFile(join(DIST, "loopscope.html"))).length }
    : assert.fail("the build made no single file");
  const [, stated] = /loopscope\.html` \(([\d.]+) MB\)/.exec(readme);
  assert.ok(Math.abs(Number(stated) - size / 1e6) < 0.3, `${stated} MB stated, ${size} bytes made`);
  await withPage(`file://${join(DIST, "loopscope.html")}`, async (page) => {
    const playground = new Playground(page);
    await playground.source.waitFor();
    await playground.runs(CLEAN, /Completed/);
  });
});

test("a widget in your page", async () => {
  const site = join(folder, "widget");
  await mkdir(site);
  for (const name of await readdir(join(TARGET, "package/loopscope"))) {
    if (/^loopscope.*\.js$/.test(name)) await cp(join(TARGET, "package/loopscope", name), join(site, name));
  }
  await writeFile(join(site, "index.html"), `<!doctype html><title>Mine</title>${block("A widget in your page")}`);
  const host = await plainHost({ "/": site });
  await withPage(`${host.url}/`, async (page) => {
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.getByText("the widget ran", { exact: true }).waitFor();
  });
  await host.close();
});

test("a frame in your page", async () => {
  const page = `<!doctype html><title>Mine</title>${block("A frame in your page")}`;
  await writeFile(join(folder, "index.html"), page);
  const host = await plainHost({ "/play/": DIST, "/": folder });
  await withPage(`${host.url}/`, async (page) => {
    await page.frameLocator("#loops").getByRole("button", { name: "Run", exact: true }).waitFor();
    await page.waitForFunction(() => document.querySelector("#loops").height !== "480");
  });
  await host.close();
});

test("Sphinx and MkDocs", async () => {
  const project = join(folder, "project");
  await cp(join(ROOT, "www/python"), join(folder, "package"), { recursive: true });
  const install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
  execFileSync(PYTHON, [...install, "--force-reinstall", "--disable-pip-version-check", join(folder, "package")]);
  await mkdir(join(project, "docs"), { recursive: true });
  const [configuration] = /extensions = \[[^\]]*\]/.exec(readme);
  await writeFile(join(project, "conf.py"), `${configuration}\nexclude_patterns = ["docs"]\n`);
  await writeFile(join(project, "index.rst"), `Mine\n====\n\n${block("Sphinx and MkDocs")}\n`);
  await writeFile(join(project, "mkdocs.yml"), "site_name: Mine\nplugins: [loopscope]\n");
  await writeFile(join(project, "docs/index.md"), `# Mine\n\n${block("For MkDocs")}\n`);
  const env = { ...process.env, LOOPSCOPE: commandPath(), LOOPSCOPE_ASSETS: join(TARGET, "package/loopscope") };
  const build = (...words) => execFileSync(PYTHON, ["-m", ...words], { cwd: project, env, stdio: "pipe" });
  build("sphinx", "-q", "-b", "html", ".", "out");
  build("mkdocs", "-q", "build");
  assert.match(await readFile(join(project, "out/index.html"), "utf8"), /<loop-scope>/);
  assert.match(await readFile(join(project, "site/index.html"), "utf8"), /<loop-scope>/);
});

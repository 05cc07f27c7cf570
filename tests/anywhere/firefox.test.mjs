// The ways in which the project is used, in a real Firefox.

import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CONTENT_SECURITY_POLICY } from "../../www/build/policy.mjs";
import { becomes, Playground } from "../browser/playground.mjs";
import { CLEAN, ENDLESS, FAULTY } from "../browser/programs.mjs";
import { launchFirefox, withoutFirefox } from "../firefox.mjs";
import { DIST, TARGET } from "../site.mjs";
import { beyond, cutNetwork, kept, plainHost, storageOf, watchRequests, WIDGET_POLICY } from "./hosts.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));
const PACKAGE = join(TARGET, "package/loopscope");

describe("in Firefox", { skip: withoutFirefox }, () => {
  let browser;
  let downloads;

  before(async () => {
    downloads = await mkdtemp(join(tmpdir(), "loopscope-firefox-"));
    browser = await launchFirefox({
      firefoxUserPrefs: {
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
        // What is on the same machine is network as well.
        "network.proxy.allow_hijacking_localhost": true,
      },
    });
  });

  after(async () => {
    await browser?.close();
    if (downloads) await rm(downloads, { recursive: true });
  });

  /** Opens a page in a context of its own, and notes what it asks for and what it is refused. */
  async function visit(url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const seen = await watchRequests(context);
    const playground = new Playground(await context.newPage());
    await playground.page.goto(url);
    return { playground, page: playground.page, seen };
  }

  describe("the single file", () => {
    let network;

    before(async () => {
      network = await cutNetwork();
    });

    after(() => network?.close());

    const open = async (path) => {
      const { playground } = await visit(pathToFileURL(path).href, { proxy: { server: network.server } });
      await playground.source.waitFor();
      return playground;
    };

    test("would be seen to ask for anything", async () => {
      const context = await browser.newContext({ proxy: { server: network.server } });
      const page = await context.newPage();
      for (const url of ["http://elsewhere.test/", "http://127.0.0.1:8080/"]) {
        await page.evaluate((address) => fetch(address, { mode: "no-cors" }).catch(String), url);
        assert.ok(network.requests.includes(url), `${network.requests}`);
      }
      await context.close();
      network.requests.length = 0;
    });

    test("runs from file:// with the network cut, and asks for nothing", async () => {
      const playground = await open(join(DIST, "loopscope.html"));
      await playground.runs(FAULTY, /Completed/);
      await playground.timeline.getByText("lost").first().waitFor();
      await playground.finding("blocking-call").getByText("What is this?").click();
      await playground.findings.getByRole("heading").nth(1).waitFor();
      await playground.openExample("queue");
      await playground.runs("import csv, aiohttp\nprint(list(csv.reader([aiohttp.__name__])))\n", /Completed/);
      await playground.output.getByText("[['aiohttp']]").waitFor();
      await playground.write(ENDLESS);
      await playground.run.click();
      await playground.stop.and(playground.page.locator(":enabled")).waitFor();
      await playground.stop.click();
      await playground.ends(/Stopped/);
      assert.deepEqual(network.requests, []);
      await playground.close();
    });

    test("is saved with the program in it, and opened again", async () => {
      const playground = await open(join(DIST, "loopscope.html"));
      await playground.write(CLEAN.replace("all is well", "kept in the file"));
      await playground.page.getByRole("button", { name: "Share" }).click();
      await playground.page.getByRole("button", { name: "Save as one file" }).click();
      const saved = join(downloads, "welcome.loopscope.html");
      const { size } = await stat(join(DIST, "loopscope.html"));
      const written = () =>
        stat(saved).then(
          (file) => file.size,
          () => 0,
        );
      await becomes(written, (bytes) => Math.abs(bytes - size) < 4096, "the size of the saved file:");
      await playground.close();
      const again = await open(saved);
      assert.match(await again.text(), /kept in the file/);
      await again.run.click();
      await again.ends(/Completed/);
      await again.output.getByText("kept in the file").waitFor();
      assert.deepEqual(network.requests, []);
      await again.close();
    });
  });

  describe("a static host", () => {
    test("serves the site below a path, under the policy, and needs no network for the second visit", async () => {
      const host = await plainHost({ "/docs/loops/": DIST }, { "content-security-policy": CONTENT_SECURITY_POLICY });
      const { playground, page, seen } = await visit(`${host.url}/docs/loops/`);
      await playground.runs(FAULTY, /Completed/);
      await playground.finding("blocking-call").waitFor();
      await playground.timeline.getByText("lost").first().waitFor();
      for (const name of ["Settings", "Share"]) {
        await page.getByRole("button", { name }).click();
        await page.getByRole("dialog").waitFor();
        await page.keyboard.press("Escape");
      }
      await kept(page);
      assert.ok(seen.requests.length > 5);
      assert.deepEqual(beyond(seen.requests, host.url), []);
      await host.close();

      const second = new Playground(await page.context().newPage());
      await second.page.goto(`${host.url}/docs/loops/`);
      await second.runs(CLEAN, /Completed/);
      await second.output.getByText("all is well").waitFor();
      assert.deepEqual(seen.violations, []);
      assert.deepEqual(second.problems, []);
      await playground.close();
    });
  });

  describe("the widget", () => {
    let host;

    before(async () => {
      host = await plainHost({ "/widget/": PACKAGE, "/": PAGES }, { "content-security-policy": WIDGET_POLICY });
    });

    after(() => host?.close());

    const output = (scope) => scope.getByRole("region", { name: "Output" });

    test("runs five times in a page on one engine, under the host's policy", async () => {
      const { playground, page, seen } = await visit(`${host.url}/five.html`);
      for (const name of ["first", "second", "third", "fourth", "fifth"]) {
        const widget = page.locator(`#${name}`);
        await widget.getByRole("button", { name: "Run it here" }).click();
        await output(widget).getByText(`the ${name} says`).waitFor();
      }
      const engines = seen.requests.filter((url) => url.endsWith("/loopscope-engine.js"));
      assert.equal(engines.length, 1);
      assert.deepEqual(beyond(seen.requests, host.url), []);
      assert.deepEqual(seen.violations, []);
      await playground.close();
    });

    test("follows the theme of its host", async () => {
      const { playground, page } = await visit(`${host.url}/five.html`);
      await page.locator('#first[data-shown-theme="light"]').waitFor();
      await page.evaluate(() => (document.body.style.backgroundColor = "rgb(20, 22, 26)"));
      await page.locator('#first[data-shown-theme="dark"]').waitFor();
      await playground.close();
    });

    test("runs in a sandboxed frame without an origin and without storage", async () => {
      const { playground, page, seen } = await visit(`${host.url}/sandbox.html`);
      const frame = page.frames().find((one) => one !== page.mainFrame());
      assert.equal(await storageOf(frame), "null SecurityError");
      await frame.getByRole("button", { name: "Run it here" }).click();
      await output(frame).getByText("said without an origin").waitFor();
      assert.deepEqual(beyond(seen.requests, host.url), []);
      await playground.close();
    });
  });
});

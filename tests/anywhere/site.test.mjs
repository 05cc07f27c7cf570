// The built site on somebody's host: below any path, without a header, under the policy, without a network.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CONTENT_SECURITY_POLICY } from "../../www/build/policy.mjs";
import { Playground } from "../browser/playground.mjs";
import { CLEAN, FAULTY } from "../browser/programs.mjs";
import { DIST, launch, launchProfile } from "../site.mjs";
import { beyond, kept, plainHost, watchRequests } from "./hosts.mjs";

let browser;
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopscope-site-"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Opens the page of a host in a context, and looks for its parts. */
async function visit(context, url) {
  const playground = new Playground(await context.newPage());
  await playground.page.goto(url);
  await playground.source.waitFor();
  return playground;
}

describe("a static host", () => {
  test("serves the site below any path, with no header, and nothing is asked of another origin", async () => {
    const host = await plainHost({ "/any/where/at all/": DIST });
    const context = await browser.newContext();
    const seen = await watchRequests(context);
    const playground = await visit(context, `${host.url}/any/where/at%20all/`);
    await playground.runs(FAULTY, /Completed/);
    await playground.finding("blocking-call").waitFor();
    await playground.openExample("queue");
    assert.ok(seen.requests.length > 5);
    assert.deepEqual(beyond(seen.requests, host.url), []);
    assert.deepEqual(seen.violations, []);
    await playground.close();
    await host.close();
  });

  test("may send the policy that the README gives", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    assert.ok(readme.includes(CONTENT_SECURITY_POLICY), "the README gives the policy as it is");
    for (const word of ["unsafe-inline", "'unsafe-eval'", "*", "http"]) {
      assert.ok(!CONTENT_SECURITY_POLICY.includes(word), `the policy allows ${word}`);
    }
    const host = await plainHost({ "/docs/loops/": DIST }, { "content-security-policy": CONTENT_SECURITY_POLICY });
    const context = await browser.newContext();
    const seen = await watchRequests(context);
    const playground = await visit(context, `${host.url}/docs/loops/`);
    await playground.runs(FAULTY, /Completed/);
    await playground.finding("blocking-call").waitFor();
    await playground.timeline.getByText("lost").first().waitFor();
    await playground.page.getByRole("button", { name: "Settings" }).click();
    await playground.page.keyboard.press("Escape");
    await playground.page.getByRole("button", { name: "Share" }).click();
    await playground.page.keyboard.press("Escape");
    await kept(playground.page);
    assert.deepEqual(seen.violations, []);
    assert.deepEqual(beyond(seen.requests, host.url), []);
    await playground.close();
    await host.close();
  });
});

describe("the second visit", () => {
  test("needs no network", async () => {
    const host = await plainHost({ "/play/": DIST });
    const context = await launchProfile(join(folder, "profile"));
    try {
      const first = await visit(context, `${host.url}/play/`);
      await first.runs(CLEAN, /Completed/);
      await kept(first.page);
      await first.page.close();
      await host.close();
      await context.setOffline(true);
      const second = await visit(context, `${host.url}/play/`);
      await second.runs(FAULTY, /Completed/);
      await second.finding("blocking-call").waitFor();
      assert.deepEqual(second.problems, []);
    } finally {
      await context.close();
    }
  });

  test("tells of a new version, and turns to it when asked", async () => {
    const site = join(folder, "site");
    await cp(DIST, site, { recursive: true });
    const host = await plainHost({ "/play/": site });
    const context = await browser.newContext();
    const seen = await watchRequests(context);
    const first = await visit(context, `${host.url}/play/`);
    await kept(first.page);
    await first.page.close();

    const page = join(site, "index.html");
    await writeFile(page, (await readFile(page, "utf8")).replace("<title>loopscope", "<title>newer loopscope"));
    const worker = join(site, "sw.js");
    await writeFile(worker, (await readFile(worker, "utf8")).replaceAll(/version:\s*`\w+`/g, "version:`newer`"));

    seen.requests.length = 0;
    const second = await visit(context, `${host.url}/play/`);
    assert.equal(await second.page.title(), "loopscope", "nothing changes under the reader's hands");
    await second.page.getByText("A new version is ready.").waitFor();
    const engine = seen.requests.filter((url) => url.endsWith(".wasm") && !url.startsWith("blob:"));
    await second.page.getByRole("button", { name: "Reload" }).click();
    await second.page.waitForFunction(() => document.title === "newer loopscope");
    await second.runs(CLEAN, /Completed/);
    assert.ok(engine.length <= 2, `what has not changed is not downloaded again: ${engine}`);
    await second.close();
    await host.close();
  });
});

// Packages arrive when a program imports them, and never otherwise: on a host, without a network, from one file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Playground } from "../browser/playground.mjs";
import { CLEAN } from "../browser/programs.mjs";
import { DIST, launch } from "../site.mjs";
import { kept, plainHost, watchRequests } from "./hosts.mjs";

const AIOJOBS = `import asyncio
import aiojobs

async def main():
    async with aiojobs.Scheduler() as scheduler:
        job = await scheduler.spawn(asyncio.sleep(1, "the job is done"))
        print(await job.wait())

asyncio.run(main())
`;
const REQUESTS = fileURLToPath(new URL("../../crate/tests/programs/packages/requests.py", import.meta.url));

let browser;
let host;

before(async () => {
  browser = await launch();
  host = await plainHost({ "/": DIST });
});

after(async () => {
  await browser?.close();
  await host?.close();
});

/** The names of the packages among what was asked for, in order. */
const packages = ({ requests }) =>
  requests.map((url) => /\/assets\/(.+)-.{8}\.bundle$/.exec(url)?.[1]).filter((name) => name !== undefined);

async function visit(context, url = `${host.url}/`) {
  const seen = await watchRequests(context);
  const playground = new Playground(await context.newPage());
  await playground.page.goto(url);
  await playground.source.waitFor();
  return { playground, seen };
}

describe("packages", () => {
  test("are fetched by the program that imports them, with what they need, and once", async () => {
    const { playground, seen } = await visit(await browser.newContext({ serviceWorkers: "block" }));
    await playground.runs(CLEAN, /Completed/);
    assert.deepEqual(packages(seen), []);

    await playground.runs(AIOJOBS, /Completed/);
    await playground.output.getByText("the job is done").waitFor();
    assert.deepEqual(packages(seen), ["aiojobs"]);

    await playground.runs(await readFile(REQUESTS, "utf8"), /Completed/, 90_000);
    await playground.output.getByText("999000").waitFor();
    const needed = ["aiohappyeyeballs", "aiohttp", "aiosignal", "attrs", "frozenlist", "idna", "multidict"];
    assert.deepEqual(packages(seen).sort(), [...needed, "aiojobs", "propcache", "yarl"].sort());

    await playground.runs(AIOJOBS, /Completed/);
    assert.equal(packages(seen).filter((name) => name === "aiojobs").length, 1);
    await playground.close();
  });

  test("are named in the status while they are on their way", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await context.route(/aiojobs-.{8}\.bundle$/, async (route) => {
      await held;
      await route.continue();
    });
    const { playground } = await visit(context);
    await playground.write(AIOJOBS);
    await playground.run.click();
    await playground.page.getByText("Loading aiojobs").waitFor();
    release();
    await playground.ends(/Completed/);
    await playground.close();
  });

  test("that were used once are there without a network", async () => {
    const context = await browser.newContext();
    const { playground } = await visit(context);
    await kept(playground.page);
    await playground.page.reload();
    await playground.runs(AIOJOBS, /Completed/);
    await context.setOffline(true);
    await playground.page.reload();
    await playground.source.waitFor();
    await playground.runs(AIOJOBS, /Completed/);
    await playground.output.getByText("the job is done").waitFor();
    await playground.close();
  });

  test("are carried by the single file", async () => {
    const context = await browser.newContext();
    await context.setOffline(true);
    const { playground } = await visit(context, pathToFileURL(join(DIST, "loopscope.html")).href);
    await playground.runs(AIOJOBS, /Completed/, 60_000);
    await playground.output.getByText("the job is done").waitFor();
    await playground.close();
  });
});

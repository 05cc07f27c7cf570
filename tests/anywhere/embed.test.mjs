// The page as a frame of another page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CLEAN } from "../browser/programs.mjs";
import { DIST, launch } from "../site.mjs";
import { plainHost } from "./hosts.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));

let browser;
let host;

before(async () => {
  host = await plainHost({ "/play/": DIST, "/": PAGES });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await host?.close();
});

test("a frame shows the program of its address, does not run it, and tells its height", async () => {
  const { encodeLink, singleFile } = await import("../../www/dist/node/internals.js");
  const hash = await encodeLink({ workspace: singleFile(CLEAN), options: {} });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${host.url}/framed.html`);
  await page.evaluate(
    (src) => (document.querySelector("#loops").src = src),
    `play/?embed=true&theme=dark&mode=read${hash}`,
  );
  await page.waitForFunction(() => Number(document.querySelector("#loops").height) > 300);
  const frame = page.frameLocator("#loops");
  await frame.getByText("all is well").first().waitFor();
  assert.equal(await frame.getByRole("region", { name: "Output" }).getByText("all is well").count(), 0);
  assert.equal(await frame.locator("loop-scope").getAttribute("theme"), "dark");
  await frame.getByRole("button", { name: "Run", exact: true }).click();
  await frame.getByRole("region", { name: "Output" }).getByText("all is well").waitFor();
  await context.close();
});

test("a frame whose address was cut short says so, and links lead to the page and not to the frame", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${host.url}/play/?embed=true#code/abc`);
  await page.getByText("This link is damaged").waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("textbox", { name: "Link", exact: true });
  await page.waitForFunction((input) => input.value !== "", await field.elementHandle());
  assert.ok((await field.inputValue()).startsWith(`${host.url}/play/#code/`));
  await context.close();
});

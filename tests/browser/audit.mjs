// What can be measured of a page's accessibility and calm, by the reckoning of Lighthouse: its accessibility audits are
// axe-core's rules, and it gives 100 where none of them finds anything.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Every rule that is on by default, and the one besides that Lighthouse asks for. */
const RULES = { "label-content-name-mismatch": { enabled: true } };

/** What axe-core finds in a page as it stands, however slight, and how many of its rules had something to look at. */
export async function audit(page) {
  await page.evaluate(await readFile(axePath, "utf8"));
  const { violations, passes } = await page.evaluate((rules) => globalThis.axe.run(document, { rules }), RULES);
  return {
    violations: violations.map(
      ({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ target }) => target.flat().join(" ")).join(", ")}`,
    ),
    passed: passes.length,
  };
}

/** How far things jump while the page is opened and its first program runs, as browsers count it. */
export async function layoutShift(browser, url, viewport) {
  const page = await browser.newPage({ viewport });
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shift += value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url);
  await page
    .getByText(/Completed/)
    .first()
    .waitFor();
  // The last of the views follow the end of the run.
  await page.waitForTimeout(300);
  const value = await page.evaluate(() => globalThis.shift);
  await page.close();
  return value;
}

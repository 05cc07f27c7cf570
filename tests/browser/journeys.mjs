// What every set of journeys begins with: the site, a browser, and a playground of its own for each journey.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, serveSite } from "../site.mjs";
import { Playground } from "./playground.mjs";
import "../time-limit.mjs";

/** To be called once, around all journeys in a browser. What it returns has the site and the browser once the tests run. */
export function journeys(launchBrowser = launch) {
  const world = {
    site: undefined,
    browser: undefined,
    /** Opens the site, and leaves it when the journey is over. A journey is also given the page itself. */
    async withPlayground(journey, options) {
      const playground = await Playground.open(world.browser, world.site.url, options);
      await journey(playground, playground.page);
      await playground.close();
    },
  };
  before(async () => {
    world.site = await serveSite();
    world.browser = await launchBrowser();
  });
  after(async () => {
    await world.browser?.close();
    await world.site?.close();
  });
  return world;
}

/** A journey of a reader whose browser asks for Russian, and who then asks for English. */
export async function speaksBothLanguages(world) {
  const context = await world.browser.newContext({ locale: "ru-RU" });
  const page = await context.newPage();
  await page.goto(world.site.url);
  await page.getByRole("button", { name: "Запустить" }).waitFor();
  await page.getByRole("region", { name: "Шкала времени" }).waitFor();
  await page.getByRole("button", { name: "Настройки" }).click();
  await page.getByRole("combobox", { name: "Язык" }).selectOption("en");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await page.getByRole("region", { name: "Timeline" }).waitFor();
  await context.close();
}

/** A journey of a reader who puts the lines of an example's output in order before it runs. */
export async function predictsTheOutput({ page, output }) {
  await page.getByRole("button", { name: /^Examples/ }).click();
  await page.getByRole("button", { name: "Predict the output: The reference kept" }).click();
  const dialog = page.getByRole("dialog", { name: "Predict the output" });
  const lines = dialog.getByRole("list").getByRole("listitem");
  await lines.first().waitFor();
  assert.match(await lines.first().innerText(), /warm/, "the lines are out of order");
  await dialog.getByRole("button", { name: "Check" }).click();
  await dialog.getByText("0 of 2 lines").waitFor();
  await lines
    .nth(1)
    .getByRole("button", { name: /^Move up/ })
    .click();
  await dialog.getByRole("button", { name: "Check" }).click();
  await dialog.getByText("All of it is right").waitFor();
  assert.doesNotMatch(await output.innerText(), /ready/, "nothing of the run is shown yet");
  await dialog.getByRole("button", { name: "Run and show" }).click();
  await output.getByText("ready").waitFor();
}

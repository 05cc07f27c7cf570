// The page in Russian: what it says about a program, and not only what stands on its buttons.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { journeys } from "./journeys.mjs";
import { FAULTY } from "./programs.mjs";

const { withPlayground } = journeys();

/** Asks for Russian as a reader does. Returned is where the findings are then. */
async function speakRussian(page) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("combobox", { name: "Language" }).selectOption("ru");
  await page.keyboard.press("Escape");
  return page.getByRole("region", { name: "Находки" });
}

const BLOCKED = "Вызов time.sleep() остановил цикл событий на 400 мс.";
const COLLECTED =
  "Сборщик мусора уничтожил задачу lost (Task-2), пока она ждала Event.wait(): больше на неё ничто не ссылалось.";

describe("in Russian", () => {
  test("a run that was told of in English is told of in Russian", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(FAULTY, /Completed/);
      await playground.finding("blocking-call").getByText("stopped the event loop for 400 ms").waitFor();
      const findings = await speakRussian(page);
      await findings.getByText(BLOCKED).waitFor();
      await findings.getByText(COLLECTED).waitFor();
      await findings.getByText("Она оборвалась на этом await.").waitFor();
      assert.doesNotMatch(await findings.innerText(), /event loop|garbage collector|await\b.*\bhere/);
    }));

  test("the notes and the hover in the source are Russian, in that run and in the next", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(FAULTY, /Completed/);
      await speakRussian(page);
      const source = page.getByRole("textbox", { name: "Исходный код" });
      const note = source.locator(`.cm-note[data-note="${BLOCKED}"]`);
      await note.waitFor();
      await page.getByRole("button", { name: "Запустить", exact: true }).click();
      await page
        .getByText(/^Завершена/)
        .first()
        .waitFor();
      await note.waitFor();
      await source.locator(".cm-observed", { hasText: "sleep(0.4)" }).hover();
      await page.locator(".cm-tooltip .cm-message").getByText(BLOCKED).waitFor();
    }));

  test("what is announced of a finding is its Russian sentence", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(FAULTY, /Completed/);
      await speakRussian(page);
      await page.getByRole("textbox", { name: "Исходный код" }).press("F8");
      const status = page.getByRole("status").filter({ hasText: /Находка 1 из 4: .*nap\(\) лишь создаёт сопрограмму/ });
      await status.waitFor({ state: "attached" });
    }));

  test("the table of stretches has Russian words for what the loop and its tasks did", () =>
    withPlayground(async (playground, page) => {
      await playground.runs(FAULTY, /Completed/);
      await speakRussian(page);
      const timeline = page.getByRole("region", { name: "Шкала времени" });
      await timeline.getByRole("button", { name: "Таблица отрезков" }).click();
      await timeline.getByRole("cell", { name: "простой", exact: true }).first().waitFor();
      await timeline.getByRole("cell", { name: "создана", exact: true }).first().waitFor();
    }));
});

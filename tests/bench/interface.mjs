// What the page costs those who use it: live mode's answer, a long run's picture, the longest pause, its own weight.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { audit, layoutShift } from "../browser/audit.mjs";
import { Playground } from "../browser/playground.mjs";
import { launch, serveSite, TARGET } from "../site.mjs";
import { median, milliseconds, row, summary } from "./statistics.mjs";

const PAGES = fileURLToPath(new URL("pages/", import.meta.url));
/** Typing has paused after so many milliseconds, as the page has it. */
const PAUSE = 300;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 720 };
/** So many of zooming, and as many of scrubbing. */
const FRAMES = 150;
/** An example that computes for its whole limit answers when it has. */
const PATIENCE = 30_000;

/**
 * Runs in the page: types a line before all others, so that findings are told by new numbers, and says when the last of
 * them changed, and when the run was over. Where there are none, it takes the end of the run to know.
 */
async function answer(patience) {
  const { shadowRoot } = document.querySelector("loop-scope");
  const view =
    shadowRoot.querySelector(".cm-content").cmTile?.view ?? shadowRoot.querySelector(".cm-content").cmView?.view;
  const stale = () => /The text has changed/.test(shadowRoot.querySelector(".status")?.textContent ?? "");
  const idle = () => !shadowRoot.querySelector(".status .pulse") && !stale();
  const findings = () => shadowRoot.querySelector(".findings")?.textContent ?? "";
  const begun = performance.now();
  let shown = findings();
  view.dispatch({ changes: { from: 0, insert: "\n" } });
  let seen = false;
  let changed = 0;
  for (;;) {
    await new Promise((done) => setTimeout(done, 2));
    const now = performance.now() - begun;
    seen ||= !idle();
    if (findings() !== shown) {
      shown = findings();
      changed = now;
    }
    if ((seen && idle()) || now > patience) return { findings: changed || now, over: now };
  }
}

async function liveMode(browser, url) {
  const playground = await Playground.open(browser, url, { viewport: DESK });
  const { page } = playground;
  await playground.ends(/Completed/);
  await page.getByRole("switch", { name: "Live" }).click();
  const times = [];
  for (const title of await titlesOf(page)) {
    await openExample(page, title);
    await page.waitForTimeout(700);
    await page.evaluate(answer, PATIENCE);
    const { findings, over } = await page.evaluate(answer, PATIENCE);
    times.push({ title, time: findings - PAUSE, over: over - PAUSE });
  }
  await page.context().close();
  return times;
}

/** How long other schedules take, from the button to the last of the runs, for each example. */
async function otherSchedules(browser, url) {
  const playground = await Playground.open(browser, url, { viewport: DESK });
  const { page } = playground;
  await playground.ends(/Completed/);
  const times = [];
  for (const title of await titlesOf(page)) {
    await openExample(page, title);
    const others = playground.findings.getByRole("button", { name: "Try other schedules" });
    await others.and(page.locator(":enabled")).waitFor({ timeout: PATIENCE });
    times.push({ title, time: await others.evaluate(exploring, PATIENCE) });
  }
  await page.context().close();
  return times;
}

/** Runs in the page: presses the button, and waits until nothing is being tried any more. */
async function exploring(button, patience) {
  const root = button.getRootNode();
  const begun = performance.now();
  button.click();
  for (;;) {
    await new Promise((done) => setTimeout(done, 2));
    const over = !root.querySelector(".exploration progress");
    if (over || performance.now() - begun > patience) return performance.now() - begun;
  }
}

const gallery = (page) => page.getByRole("dialog", { name: "Examples" });

async function titlesOf(page) {
  await page.getByRole("button", { name: /^Examples/ }).click();
  await gallery(page).getByRole("listitem").first().waitFor();
  const titles = await gallery(page).locator(".card .open").allInnerTexts();
  await page.keyboard.press("Escape");
  return titles.map((title) => title.trim());
}

async function openExample(page, title) {
  await page.getByRole("button", { name: /^Examples/ }).click();
  await gallery(page).getByRole("button", { name: title, exact: true }).click();
}

/** Runs in the page: the frames of an act repeated with each of them. */
function frames(count) {
  const { shadowRoot } = document.querySelector("loop-scope");
  const canvas = (name) => shadowRoot.querySelector(`canvas[data-canvas="${name}"]`);
  const rows = canvas("rows").getBoundingClientRect();
  const ruler = canvas("ruler").getBoundingClientRect();
  canvas("ruler").setPointerCapture = () => undefined;
  const common = { bubbles: true, composed: true, cancelable: true };
  const zoom = (index) =>
    canvas("rows").dispatchEvent(
      new WheelEvent("wheel", {
        ...common,
        deltaY: index < count / 2 ? -40 : 40,
        ctrlKey: true,
        clientX: rows.left + rows.width * 0.4,
        clientY: rows.top + 40,
      }),
    );
  const scrub = (index) =>
    canvas("ruler").dispatchEvent(
      new PointerEvent(index === 0 ? "pointerdown" : "pointermove", {
        ...common,
        pointerId: 1,
        button: 0,
        clientX: ruler.left + 5 + (ruler.width - 20) * Math.abs(Math.sin(index / 20)),
        clientY: ruler.top + 10,
      }),
    );
  const measure = async (act) => {
    await new Promise(requestAnimationFrame);
    const begun = performance.now();
    for (let index = 0; index < count; index += 1) {
      act(index);
      await new Promise(requestAnimationFrame);
    }
    return (1_000 * count) / (performance.now() - begun);
  };
  return measure(zoom).then(async (zoomed) => ({ zoomed, scrubbed: await measure(scrub) }));
}

/**
 * The tasks of the page's main thread while something is done, each with the milliseconds that passed and those that the
 * processor spent on it: on a machine with other work to do, only the latter are the page's own.
 */
async function tasksDuring(browser, page, act) {
  await browser.startTracing(page, { categories: ["toplevel"] });
  const result = await act();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const named = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const mains = new Set(named.map(threadOf));
  const tasks = traceEvents
    .filter((event) => event.name === "ThreadControllerImpl::RunTask" && mains.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ passed: dur / 1_000, spent: tdur / 1_000 }));
  if (tasks.length === 0) throw new Error("Chromium traced no tasks of the page");
  return { result, tasks };
}

const longest = (tasks, name) => Math.max(...tasks.map((task) => task[name]));

async function longRun(browser, url) {
  const playground = await Playground.open(browser, url, { viewport: DESK });
  const { page } = playground;
  await playground.ends(/Completed/);
  await playground.write(await readFile(join(PAGES, "many_events.py"), "utf8"));
  const { tasks } = await tasksDuring(browser, page, async () => {
    await playground.run.click();
    await page.waitForTimeout(100);
    await playground.ends(/Completed after/, 60_000);
  });
  const [, events] = await playground.event();
  const moving = await tasksDuring(browser, page, () => page.evaluate(frames, FRAMES));
  await page.context().close();
  const each = moving.tasks.reduce((sum, { spent }) => sum + spent, 0) / (2 * FRAMES);
  return { events, pause: longest(tasks, "spent"), passed: longest(tasks, "passed"), each, ...moving.result };
}

/** The part of axe-core's rules, in hundredths, that find nothing on the page with a run in it. */
async function accessibility(browser, url) {
  const playground = await Playground.open(browser, url, { viewport: DESK });
  await playground.ends(/Completed/);
  const { violations, passed } = await audit(playground.page);
  await playground.page.context().close();
  return { violations, score: (100 * passed) / (passed + violations.length) };
}

/** Everything that is fetched for the interface, apart from Python and the analysis of its traces. */
async function weight() {
  const { files } = JSON.parse(await readFile(join(TARGET, "site/sizes.json"), "utf8"));
  const own = files.filter(({ path }) => /^(index\.html|assets\/.*\.(js|css))$/.test(path));
  return own.reduce((sum, { compressed }) => sum + compressed, 0);
}

export async function measureInterface(rounds) {
  const site = await serveSite();
  const browser = await launch();
  try {
    const live = await liveMode(browser, site.url);
    const runs = [];
    for (let round = 0; round < Math.min(rounds, 3); round += 1) runs.push(await longRun(browser, site.url));
    const of = (name) => median(runs.map((run) => run[name]));
    const explored = await otherSchedules(browser, site.url);
    const slow = explored.filter(({ time }) => time > 1_000);
    const access = await accessibility(browser, site.url);
    const moved = Math.max(await layoutShift(browser, site.url, DESK), await layoutShift(browser, site.url, PHONE));
    const bytes = await weight();
    const late = live.filter(({ time }) => time > 150);
    const times = live.map(({ time }) => time);
    const events = of("events").toLocaleString("en");
    const rows = [
      row(
        "live mode: findings after the pause, median",
        milliseconds(median(times)),
        "",
        "",
        "150 ms",
        median(times) <= 150,
      ),
      row(
        "live mode: findings after the pause, all examples",
        `${live.length - late.length} of ${live.length} in time`,
        "",
        late.map(({ title, time }) => `${title}: ${milliseconds(time)}`).join("; "),
        "150 ms each",
        late.length === 0,
      ),
      row(
        "other schedules, all examples",
        `${explored.length - slow.length} of ${explored.length} in time`,
        "",
        slow.map(({ title, time }) => `${title}: ${milliseconds(time)}`).join("; "),
        "1 s each",
        slow.length === 0,
      ),
      row(`zooming ${events} events`, `${of("zoomed").toFixed(0)} frames/s`, "", "", "55", of("zoomed") >= 55),
      row(
        `scrubbing ${events} events`,
        `${of("scrubbed").toFixed(0)} frames/s`,
        "",
        `${milliseconds(of("each"))} of the processor's time for a frame of either`,
        "55",
        of("scrubbed") >= 55,
      ),
      row(
        "longest task of the page during that run",
        milliseconds(of("pause")),
        "",
        `of the processor's time; ${milliseconds(of("passed"))} passed`,
        "50 ms",
        of("pause") <= 50,
      ),
      row(
        "accessibility, by axe-core's rules",
        access.score.toFixed(0),
        "",
        access.violations.join("; "),
        "100",
        access.violations.length === 0,
      ),
      row("layout shift while opening", moved.toFixed(3), "", "", "0", moved === 0),
      row("the interface itself, with brotli", `${(bytes / 1000).toFixed(0)} kB`, "", "", "250 kB", bytes <= 250_000),
    ];
    return { live, explored, times: summary(times), runs, access, shift: moved, bytes, rows };
  } finally {
    await browser.close();
    await site.close();
  }
}

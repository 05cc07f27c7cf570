// The page, as a person meets it: through roles and accessible names.

import assert from "node:assert/strict";

/** Reads until what is read is as it should be: the page shows what was done to it with its next frame. */
export async function becomes(read, good, message = "") {
  const until = Date.now() + 5_000;
  for (;;) {
    const value = await read();
    if (good(value)) return value;
    assert.ok(Date.now() < until, `${message} it stays ${value}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

export const isFirefox = (page) => page.context().browser().browserType().name() === "_bidiFirefox";

/**
 * Runs in Firefox. Over BiDi a text can only be typed key by key, to which an editor adds indentation of its own; and
 * Firefox takes what is pasted in words of its own.
 */
function paste(element, data) {
  element.dispatchEvent(new ClipboardEvent("paste", { dataType: "text/plain", data, bubbles: true, cancelable: true }));
}

export class Playground {
  constructor(page) {
    this.page = page;
    this.source = page.getByRole("textbox", { name: /^(Source|Исходный код)$/ });
    this.output = page.getByRole("region", { name: "Output" });
    this.findings = page.getByRole("region", { name: "Findings" });
    this.timeline = page.getByRole("region", { name: "Timeline" });
    this.tasks = page.getByRole("region", { name: "Tasks" });
    this.playhead = page.getByRole("slider", { name: "Playhead" });
    this.run = page.getByRole("button", { name: "Run", exact: true });
    this.stop = page.getByRole("button", { name: "Stop", exact: true });
    this.problems = [];
    page.on("pageerror", (error) => this.problems.push(`${error}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
  }

  /** Opens the site in a window of its own, with storage of its own. */
  static async open(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const playground = new Playground(await context.newPage());
    await playground.page.goto(url);
    await playground.source.waitFor();
    return playground;
  }

  /** Puts a program in the place of what is there, as pasting does. */
  async write(program) {
    await this.source.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    if (isFirefox(this.page)) await this.source.evaluate(paste, program);
    else await this.page.keyboard.insertText(program);
  }

  /** Writes and runs, and waits for the outcome in the page's words. */
  async runs(program, outcome, timeout = 30_000) {
    await this.write(program);
    await this.run.click();
    await this.ends(outcome, timeout);
  }

  /** Waits until the page says how the run ended. */
  async ends(outcome, timeout = 30_000) {
    await this.page.getByText(outcome).first().waitFor({ timeout });
    await this.run.and(this.page.locator(":enabled")).waitFor();
  }

  /** Where the playhead stands among the events, and how many there are. */
  async event() {
    const text = await this.tasks.getByText(/^event /).innerText();
    return [...text.matchAll(/[\d,]+/g)].map(([number]) => Number(number.replaceAll(",", "")));
  }

  /** Where it stands in virtual time, in seconds. */
  async time() {
    return Number(await this.playhead.getAttribute("aria-valuenow")) / 1e6;
  }

  /** Takes the first of the examples that are about something. */
  async openExample(about) {
    await this.page.getByRole("button", { name: /^Examples/ }).click();
    const gallery = this.page.getByRole("dialog", { name: "Examples" });
    await gallery.getByRole("searchbox").fill(about);
    await gallery.getByRole("listitem").first().getByRole("button").first().click();
    await gallery.waitFor({ state: "detached" });
  }

  /** Lets go of files over the page, as from a folder: their contents by their names. */
  async drop(files) {
    const contents = Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")]);
    const dataTransfer = await this.page.evaluateHandle((given) => {
      const data = new DataTransfer();
      for (const [name, content] of given)
        data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
      return data;
    }, contents);
    await this.page.locator("loop-scope").dispatchEvent("drop", { dataTransfer });
  }

  finding(rule) {
    return this.findings.getByRole("listitem").filter({ hasText: rule });
  }

  /** The text in the editor, of which only what is in sight is on the page: what somebody gets who copies all of it. */
  async text() {
    await this.source.press("ControlOrMeta+a");
    return this.page.evaluate(() => {
      let text = "";
      const taken = (event) => (text = event.clipboardData.getData("text/plain"));
      addEventListener("copy", taken, { once: true });
      document.execCommand("copy");
      return text;
    });
  }

  async close() {
    await this.page.context().close();
    assert.deepEqual(this.problems, [], "the page reported errors of its own");
  }
}

// A stock Firefox to visit pages with, where the system has one. It is driven over WebDriver BiDi, not by a protocol of its own.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import playwright from "playwright-core";
import { TARGET } from "./site.mjs";

const NAMES = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** `cargo xtask test` has looked for one: an empty name says that there is none. */
const path = process.env.FIREFOX_PATH ?? NAMES.find(existsSync);

/** Why its tests cannot be run, in the form in which `node:test` takes that. */
export const withoutFirefox = path ? false : "there is no Firefox: FIREFOX_PATH names one";

export async function launchFirefox(options = {}) {
  // Firefox refuses a home that is another user's, as it is in many containers, and leaves traces in one that is not.
  const home = join(TARGET, "tests/firefox");
  await mkdir(home, { recursive: true });
  const env = { ...process.env, HOME: home };
  return playwright._bidiFirefox.launch({ executablePath: path, channel: "moz-firefox", env, ...options });
}

// The built site on a loopback server, and a Chromium to visit it with: for the browser tests and the bench.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../www/build/serve.mjs";

export const DIST = fileURLToPath(new URL("../www/dist/", import.meta.url));
export const TARGET = fileURLToPath(new URL("../target/", import.meta.url));

const NAMES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that the environment names, or the system's. */
export function chromiumPath() {
  const path = process.env.CHROME_PATH ?? NAMES.find(existsSync);
  if (path === undefined) throw new Error("no Chromium: name one in CHROME_PATH, or let `cargo xtask test` install it");
  return path;
}

/** Serves the site, and further folders below paths of their own. */
export async function serveSite(folders = {}) {
  if (!existsSync(`${DIST}index.html`)) throw new Error("the site is not built: run `cargo xtask build` first");
  return serve({ "/": DIST, ...folders }, 0);
}

/** Containers and continuous integration run as root, which Chromium's own sandbox refuses. */
const FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"];

export function launch() {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
}

/** A browser whose profile, with its caches, is kept in a folder. */
export function launchProfile(folder) {
  return chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args: FLAGS });
}

/** Bundles the service worker with the list of the files that make up this version of the site. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** Paths as the page asks for them: the page itself is its folder. */
function siteFiles(dist) {
  return readdirSync(dist, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => statSync(join(dist, path)).isFile())
    .filter((path) => path === "index.html" || path.startsWith("assets/"))
    .filter((path) => !path.endsWith(".br"))
    .sort();
}

/** Files named by their content say by their names that they are the same; the others are read. */
function version(dist, files) {
  const hash = createHash("sha256");
  for (const path of files) {
    hash.update(`${path}\n`);
    if (!path.startsWith("assets/")) hash.update(readFileSync(join(dist, path)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Writes `sw.js` into the built site, beside its page. */
export async function buildServiceWorker(root, dist) {
  const files = siteFiles(dist);
  const isPackage = (path) => path.endsWith(".bundle");
  const site = {
    version: version(dist, files),
    paths: files.filter((path) => !isPackage(path)).map((path) => (path === "index.html" ? "./" : path)),
    packages: files.filter(isPackage),
  };
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: { SITE: JSON.stringify(site) },
    build: {
      target: "es2022",
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: join(root, "src/host/service-worker.ts"),
        formats: ["iife"],
        name: "loopscopeServiceWorker",
        fileName: () => "sw.js",
      },
    },
  });
}

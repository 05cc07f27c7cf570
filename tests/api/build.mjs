// Bundles the API page from the site's own sources and parts, as a user's bundler would.

import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const WWW = new URL("../../www/", import.meta.url);
const vite = createRequire(new URL("package.json", WWW)).resolve("vite");

export const API = fileURLToPath(new URL("../../target/tests/api/", import.meta.url));

export async function buildApiPage() {
  const { build } = await import(pathToFileURL(vite));
  await build({
    root: fileURLToPath(new URL(".", import.meta.url)),
    configFile: false,
    base: "./",
    logLevel: "warn",
    worker: { format: "iife" },
    build: {
      target: "es2022",
      outDir: API,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
}

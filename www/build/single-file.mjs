/**
 * Makes the one HTML file that is the whole playground, for `file://` and no network at all. It carries everything as text: the page's scripts, the engine, the standard library. Its policy allows no request.
 */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { bundleClassic } from "./classic.mjs";
import { makePackagesPayload, makePayload } from "./payload.mjs";
import { textOfBytes } from "./text-bytes.mjs";

const WWW = fileURLToPath(new URL("..", import.meta.url));
/** Bytes. Larger than this, and a file is no longer sent around. */
const LARGEST = 8_000_000;

const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;");

function page(bootstrap, scripts, { engine, packages }, head) {
  const style = readFileSync(join(WWW, "src/page.css"), "utf8");
  const policy = [
    "default-src 'none'",
    `script-src ${sha256(bootstrap)} blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src ${sha256(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${head}
<style>${style}</style>
<script type="application/json" id="loopscope-program">null</script>
<script type="text/plain" id="loopscope-scripts" data-length="${scripts.length}">${textOfBytes(scripts)}</script>
<script type="text/plain" id="loopscope-engine" data-parts='${attribute(JSON.stringify(engine.parts))}' data-index='${attribute(JSON.stringify(engine.index))}'>${engine.text}</script>
<script type="text/plain" id="loopscope-packages" data-length="${packages.length}">${packages.text}</script>
</head>
<body>
<loop-scope page></loop-scope>
<noscript>This page runs Python in your browser, which takes JavaScript.</noscript>
<script id="loopscope-bootstrap">${bootstrap}</script>
</body>
</html>
`;
}

/** What the site's own page says of itself, without its scripts and its policy. */
function headOfSite() {
  const index = readFileSync(join(WWW, "index.html"), "utf8");
  const head = index.slice(index.indexOf("<head>") + 6, index.indexOf("</head>"));
  return head
    .replace(/<script[^]*?<\/script>/g, "")
    .replace(/<meta charset[^>]*>/, "")
    .trim();
}

/** Writes the file. Returns its size in bytes; throws if it is too large to be sent around. */
export async function buildSingleFile(site, target) {
  const bootstrap = (await bundleClassic(WWW, join(WWW, "src/carried/bootstrap.ts"))).trim();
  const scripts = await bundleClassic(WWW, join(WWW, "src/carried/single-file.ts"));
  const packed = gzipSync(Buffer.from(scripts), { level: 9 });
  const carried = { engine: await makePayload(site), packages: makePackagesPayload(site) };
  const html = Buffer.from(page(bootstrap, packed, carried, headOfSite()));
  if (html.length > LARGEST) throw new Error(`The single file has ${html.length} bytes, and may have ${LARGEST}`);
  writeFileSync(target, html);
  return html.length;
}

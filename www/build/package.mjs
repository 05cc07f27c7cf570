/**
 * Makes the npm package in `target/package/loopscope` and packs it beside that. Nothing is published.
 *
 * The widget and the API carry the engine in one script, `loopscope-engine.js`, and the packages that programs may import
 * in another: the same bytes for a page, a sandboxed frame and Node.
 */

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

import { bundleClassic, bundleModule } from "./classic.mjs";
import { makePackagesPayload, makePayload } from "./payload.mjs";

const WWW = fileURLToPath(new URL("..", import.meta.url));

/** The text stands in the literal as it is: it holds no quotation mark, backslash or line break. */
function script(name, { text, ...rest }) {
  const literal = `${JSON.stringify(rest).slice(0, -1)},"text":"${text}"}`;
  return `(globalThis.loopscopeShared??={loading:new Map()}).${name}=${literal};\n`;
}

function manifest() {
  const { version, description, license, engines } = JSON.parse(readFileSync(join(WWW, "package.json"), "utf8"));
  return {
    name: "loopscope",
    version,
    description,
    license,
    type: "module",
    engines,
    sideEffects: ["./element.js", "./*.script.js", "./loopscope*.js"],
    customElements: "custom-elements.json",
    types: "./types/node.d.ts",
    exports: {
      ".": {
        types: "./types/node.d.ts",
        node: "./node.js",
        default: "./browser.js",
      },
      "./element": { types: "./types/widget/module.d.ts", default: "./element.js" },
      "./loopscope.js": "./loopscope.js",
      "./loopscope-playground.js": "./loopscope-playground.js",
      "./loopscope-engine.js": "./loopscope-engine.js",
      "./loopscope-packages.js": "./loopscope-packages.js",
      "./custom-elements.json": "./custom-elements.json",
      "./package.json": "./package.json",
    },
  };
}

async function bundleNode(out) {
  await build({
    root: WWW,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      ssr: true,
      target: "node20",
      outDir: out,
      emptyOutDir: false,
      rollupOptions: {
        input: { node: join(WWW, "src/widget/node.ts"), "node-worker": join(WWW, "src/node-worker.ts") },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
}

/** Returns the path of the packed package, and the bytes that a widget loads on demand. */
export async function buildPackage(site, folder) {
  const out = join(folder, "loopscope");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const write = (name, text) => writeFileSync(join(out, name), text);
  const source = (name) => join(WWW, "src/widget", name);

  write("loopscope-engine.js", script("engine", await makePayload(site)));
  write("loopscope-packages.js", script("packages", makePackagesPayload(site)));
  write("loopscope-playground.js", await bundleClassic(WWW, source("playground-script.ts")));
  const size = ["loopscope-engine.js", "loopscope-playground.js"]
    .map((name) => statSync(join(out, name)).size)
    .reduce((sum, one) => sum + one, 0);
  const define = { DOWNLOAD_BYTES: String(size) };
  write("loopscope.js", await bundleClassic(WWW, source("classic.ts"), define));
  write("element.js", await bundleModule(WWW, source("module.ts"), define));
  write("browser.js", await bundleModule(WWW, source("headless.ts")));
  await bundleNode(out);

  write("package.json", `${JSON.stringify(manifest(), null, 2)}\n`);
  copyFileSync(source("custom-elements.json"), join(out, "custom-elements.json"));
  copyFileSync(join(WWW, "public/NOTICES.txt"), join(out, "NOTICES.txt"));
  copyFileSync(join(WWW, "../LICENSE"), join(out, "LICENSE"));
  copyFileSync(join(WWW, "widget.md"), join(out, "README.md"));
  cpSync(join(WWW, "dist/node/types"), join(out, "types"), { recursive: true });
  const tsc = join(WWW, "node_modules/typescript/bin/tsc");
  execFileSync("node", [tsc, "-p", "tsconfig.widget.json", "--outDir", join(out, "types")], {
    cwd: WWW,
    stdio: "inherit",
  });
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: out, encoding: "utf8" });
  return { path: join(folder, JSON.parse(packed)[0].filename), size };
}

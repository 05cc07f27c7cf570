/**
 * Makes `www/dist` (or with `--single-file` only the one file of it) from what cargo has built: starts the engine and freezes it, bundles the page and the Node API,
 * compresses, and says how many bytes a first visit takes. What has not changed is not made again.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

import { buildServiceWorker } from "./service-worker.mjs";
import { commonPrograms } from "./common-programs.mjs";
import { compressAll } from "./compress.mjs";
import { buildPackage } from "./package.mjs";
import { leaveOut } from "./leave-out.mjs";
import { packageIndex, preparePackages } from "./packages.mjs";
import { preinitialise } from "./preinitialise.mjs";
import { takeTablesOut } from "./tables.mjs";
import { withExports, withoutNames } from "./wasm-binary.mjs";
import { buildSingleFile } from "./single-file.mjs";

const WWW = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(WWW, "dist");
const SITE = join(WWW, "../target/site");
const PARTS = join(SITE, "parts");
/** Where `cargo xtask packages` leaves what programs may import. */
const PACKAGES = join(process.env.CARGO_TARGET_DIR ?? join(WWW, "../target"), "packages");

const digest = (...contents) =>
  contents.reduce((hash, content) => hash.update(content), createHash("sha256")).digest("hex");
const source = (name) => readFileSync(new URL(name, import.meta.url));
const mebibytes = (bytes) => `${(bytes / (1 << 20)).toFixed(2)} MiB`;

/** Makes `target` unless it was made from the same inputs before. */
function cached(target, inputs, make) {
  const stamp = `${target}.stamp`;
  const current = digest(...inputs);
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  make();
  writeFileSync(stamp, current);
}

/** What the build and the worker call. */
const ENGINE_EXPORTS = [
  "memory",
  "allocate",
  "release",
  "wanted",
  "preload",
  "run",
  "flush",
  "initialise",
  "tables",
  "leave_out",
];

/** Also writes the library as it travels, with the engine's tables, and all functions, which most visits do without. */
function makeEngine() {
  const [optimised, unstarted, started, engine] = [
    "optimised.wasm",
    "unstarted.wasm",
    "started.wasm",
    "engine.wasm",
  ].map((name) => join(SITE, name));
  const raw = withExports(withoutNames(readFileSync(join(PARTS, "engine.wasm"))), ENGINE_EXPORTS);
  cached(optimised, [raw, source("site.mjs")], () => {
    writeFileSync(optimised, raw);
    optimise("engine.wasm", optimised, optimised, KEEP_FUNCTIONS_APART);
  });
  const apart = takeTablesOut(readFileSync(optimised), readFileSync(join(PARTS, "library.bin")));
  writeFileSync(unstarted, apart.bytes);
  writeFileSync(join(SITE, "library.bin"), apart.library);
  cached(started, [apart.bytes, apart.library, source("preinitialise.mjs"), source("wasm-binary.mjs")], () => {
    console.log("→ starting the engine once, to ship it started");
    const { bytes, memory, data, segments } = preinitialise(apart.bytes, apart.library);
    writeFileSync(started, bytes);
    console.log(`  memory ${mebibytes(memory)}, of which ${mebibytes(data)} are data in ${segments} segments`);
  });
  const requests = commonPrograms();
  const tools = ["leave-out.mjs", "called-functions.mjs", "archive.mjs", "wasm-binary.mjs"].map(source);
  cached(engine, [readFileSync(started), apart.library, JSON.stringify(requests), ...tools], () => {
    console.log("→ leaving out what few programs call");
    const parts = leaveOut(readFileSync(started), apart.library, requests);
    writeFileSync(engine, parts.engine);
    writeFileSync(join(SITE, "functions.wasm"), parts.functions);
    console.log(`  ${parts.kept} of ${parts.of} functions stay, which ${requests.length} runs call`);
  });
}

/** What rustc's WebAssembly takes for granted. More than that, and the optimiser writes what browsers cannot read. */
const BASELINE = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

/**
 * Browsers compile a function when it is first called, and all of it: one that has swallowed its callers' other ways is
 * waited for longer than it is worth. What is worth inlining, rustc has inlined.
 */
const KEEP_FUNCTIONS_APART = ["-aimfs", "-fimfs", "-ocimfs"].flatMap((option) => [option, "0"]);

function makeAnalysis() {
  const target = join(SITE, "analysis.wasm");
  const raw = readFileSync(join(PARTS, "analysis.wasm"));
  cached(target, [raw, source("site.mjs")], () => {
    optimise("analysis.wasm", join(PARTS, "analysis.wasm"), target);
  });
}

function optimise(name, from, to, options = []) {
  console.log(`→ optimising ${name} for size`);
  run("node", ["node_modules/binaryen/bin/wasm-opt", "-Os", ...options, ...BASELINE, from, "-o", to]);
}

function run(program, parameters) {
  const result = spawnSync(program, parameters, { cwd: WWW, stdio: "inherit" });
  if (result.status !== 0) {
    throw new Error(`${program} ${parameters.join(" ")} failed: ${result.error ?? result.status}`);
  }
}

/** The API for Node, beside the site whose engine it uses. */
async function buildNode(assets) {
  console.log("→ bundling the Node API");
  const out = join(DIST, "node");
  await build({
    root: WWW,
    configFile: false,
    logLevel: "warn",
    build: {
      ssr: true,
      target: "node20",
      outDir: out,
      emptyOutDir: false,
      rollupOptions: {
        input: {
          node: join(WWW, "src/node.ts"),
          "node-worker": join(WWW, "src/node-worker.ts"),
          internals: join(WWW, "src/internals.ts"),
        },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
  writeFileSync(join(out, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(out, "parts.json"), `${JSON.stringify(assets, null, 2)}\n`);
  run("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.node.json", "--outDir", join(out, "types")]);
}

/** The names that the content gave to the parts, relative to the Node API. */
function locateParts() {
  const folder = join(DIST, "assets");
  const names = readdirSync(folder).filter((name) => !name.endsWith(".br"));
  const find = (pattern) => {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name === undefined) throw new Error(`The page does not refer to ${pattern}`);
    return `../assets/${name}`;
  };
  return {
    engine: find(/^engine-.*\.wasm$/),
    functions: find(/^functions-.*\.wasm$/),
    analysis: find(/^analysis-.*\.wasm$/),
    library: find(/^library-.*\.bin$/),
    packages: packageIndex(SITE).map((entry) => ({
      ...entry,
      file: find(new RegExp(`^${entry.name}-.{8}\\.bundle$`)),
    })),
  };
}

function report(sizes) {
  const later = (path) =>
    path.startsWith("node/") ||
    path === "loopscope.html" ||
    /assets\/(library-.*\.bin|functions-.*\.wasm|.*\.bundle)$/.test(path);
  const sum = (list) => list.reduce((total, { compressed }) => total + compressed, 0);
  const first = sizes.filter(({ path }) => !later(path));
  console.log("→ bytes with brotli, quality 11");
  for (const { path, size, compressed } of sizes.filter(({ path }) => !path.startsWith("node/"))) {
    console.log(`  ${mebibytes(compressed).padStart(10)} of ${mebibytes(size).padStart(10)}  ${path}`);
  }
  console.log(`  ${mebibytes(sum(first)).padStart(10)} for the page and a first run`);
  writeFileSync(join(SITE, "sizes.json"), `${JSON.stringify({ firstRun: sum(first), files: sizes }, null, 2)}\n`);
}

async function makeSingleFile() {
  console.log("→ making the single file");
  mkdirSync(DIST, { recursive: true });
  const size = await buildSingleFile(SITE, join(DIST, "loopscope.html"));
  console.log(`  ${(size / 1e6).toFixed(2)} MB  loopscope.html`);
}

async function makeSite() {
  console.log("→ bundling the page");
  await build({ root: WWW, configFile: join(WWW, "vite.config.ts"), logLevel: "warn" });
  console.log("→ bundling the service worker");
  await buildServiceWorker(WWW, DIST);
  await buildNode(locateParts());
  await makeSingleFile();
  console.log("→ making and packing the npm package");
  const packed = await buildPackage(SITE, join(WWW, "../target/package"));
  console.log(`  ${(packed.size / 1e6).toFixed(2)} MB on demand, in ${relative(process.cwd(), packed.path)}`);
  console.log("→ compressing");
  report(await compressAll(DIST, join(SITE, "compressed")));
}

mkdirSync(SITE, { recursive: true });
makeAnalysis();
preparePackages(PACKAGES, SITE);
makeEngine();
await (process.argv.includes("--single-file") ? makeSingleFile() : makeSite());
console.log(`→ the result is in ${relative(process.cwd(), DIST) || "."}`);

// Every figure that the README claims, measured now and side by side.
//
//     node bench/run.mjs [--rounds NUMBER] [--only calibration|page|interface|engine|recording] [--json FILE]

import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { TARGET } from "../site.mjs";
import { calibrate } from "./calibration.mjs";
import { measureEngine } from "./engine.mjs";
import { measureInterface } from "./interface.mjs";
import { measurePage } from "./page.mjs";
import { measureRecording } from "./recording.mjs";
import { table } from "./statistics.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    only: { type: "string" },
    json: { type: "string", default: join(TARGET, "bench/results.json") },
  },
});
const rounds = Number(values.rounds);
const parts = {
  calibration: calibrate,
  page: measurePage,
  interface: measureInterface,
  engine: measureEngine,
  recording: measureRecording,
};
const wanted = values.only === undefined ? Object.keys(parts) : [values.only];
for (const name of wanted) {
  if (!(name in parts))
    throw new Error(`there is no part ${name} of the bench; there are ${Object.keys(parts).join(", ")}`);
}

const results = { date: new Date().toISOString(), cores: cpus().length, processor: cpus()[0]?.model, rounds };
for (const name of wanted) {
  console.log(`\n→ ${name}`);
  results[name] = await parts[name](rounds);
  console.log(table(results[name].rows));
}
await mkdir(dirname(values.json), { recursive: true });
await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nThe figures are in ${values.json}`);

// Runs programs with the native command and gives back what it says of each.

import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TARGET = fileURLToPath(new URL("../../target/", import.meta.url));

/** The command most recently built, unless the environment names another. */
export function commandPath() {
  if (process.env.LOOPSCOPE_COMMAND) return process.env.LOOPSCOPE_COMMAND;
  const built = ["debug", "release"].map((profile) => join(TARGET, profile, "loopscope")).filter(existsSync);
  if (built.length === 0) throw new Error("loopscope is not built: run `cargo build` first");
  return built.sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs)[0];
}

/** Exit status 1 says that there are findings, which here is no failure. */
function execute(path, parameters) {
  return new Promise((resolve, reject) => {
    execFile(path, parameters, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`loopscope ended with ${error.code}: ${stderr.slice(-2000)}`));
      else resolve(stdout);
    });
  });
}

/**
 * Runs each program, and gives the reports in the same order.
 * @param {{name: string, source: string}[]} programs
 * @param {string[]} options
 */
export async function check(programs, options = []) {
  const folder = await mkdtemp(join(tmpdir(), "loopscope-"));
  try {
    const reports = [];
    for (let start = 0; start < programs.length; start += 100) {
      const batch = programs.slice(start, start + 100);
      // Each in a folder of its own, or the others would be modules it can import.
      const paths = batch.map(({ name }) => join(folder, name, "main.py"));
      await Promise.all(
        batch.map(async ({ name, source }, index) => {
          await mkdir(join(folder, name));
          await writeFile(paths[index], source);
        }),
      );
      const output = JSON.parse(await execute(commandPath(), ["check", "--format", "json", ...options, ...paths]));
      const byPath = new Map(output.files.map((report) => [report.file, report]));
      for (const path of paths) {
        if (!byPath.has(path)) throw new Error(`no report for ${path}`);
        reports.push(byPath.get(path));
      }
    }
    return reports;
  } finally {
    await rm(folder, { recursive: true });
  }
}

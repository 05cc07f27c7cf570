// Is a computation as long on the virtual clock as on an ordinary CPython?

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { check } from "../conformance/command.mjs";
import { median, row } from "./statistics.mjs";

const WORKLOADS = new URL("workloads/", import.meta.url);
const LEAST = 0.5;
const MOST = 2;
/** How much longer these workloads take on Pyodide in Node than on a CPython of the same machine. */
const PYODIDE_FACTOR = 2.5;

const execute = promisify(execFile);

/** The interpreter on the path, if it is recent enough to be an ordinary one. */
async function installedPython() {
  try {
    const { stdout } = await execute("python3", [
      "-c",
      "import sys; print(sys.version_info >= (3, 11), *sys.version_info[:3])",
    ]);
    const [recent, ...version] = stdout.trim().split(" ");
    if (recent === "True") return { name: `CPython ${version.join(".")}`, run: runInstalled };
  } catch {
    // There is none, which is no fault: Pyodide is.
  }
  return undefined;
}

async function runInstalled(path) {
  const { stdout } = await execute("python3", [path]);
  return Number(stdout);
}

async function pyodide() {
  const { loadPyodide } = await import("pyodide");
  const python = await loadPyodide();
  const run = async (path) => {
    const program = (await readFile(path, "utf8")).replace("asyncio.run(main())", "await main()");
    const printed = [];
    python.setStdout({ batched: (text) => printed.push(text) });
    await python.runPythonAsync(program, { globals: python.toPy({ __name__: "__main__" }) });
    return Number(printed.at(-1)) / PYODIDE_FACTOR;
  };
  return { name: "Pyodide, scaled", run };
}

export async function calibrate(rounds) {
  const names = (await readdir(WORKLOADS)).filter((name) => name.endsWith(".py")).sort();
  const reference = (await installedPython()) ?? (await pyodide());
  const programs = await Promise.all(
    names.map(async (name) => ({ name, source: await readFile(new URL(name, WORKLOADS), "utf8") })),
  );
  const reports = await check(programs);
  const workloads = [];
  for (const [index, name] of names.entries()) {
    const real = [];
    for (let round = 0; round < rounds; round += 1)
      real.push(await reference.run(fileURLToPath(new URL(name, WORKLOADS))));
    const virtual = Number(reports[index].stdout);
    workloads.push({ name: name.replace(".py", ""), virtual, real: median(real), ratio: virtual / median(real) });
  }
  const rows = workloads.map(({ name, virtual, real, ratio }) =>
    row(
      name,
      `${virtual.toFixed(3)} s`,
      `${real.toFixed(3)} s`,
      `× ${ratio.toFixed(2)}`,
      `${LEAST} to ${MOST}`,
      ratio >= LEAST && ratio <= MOST,
    ),
  );
  return { reference: reference.name, workloads, rows };
}

// CPython 3.14 without an installation: Pyodide in Node, running each program on the loop of `oracle.py`.

import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

/** Starts the interpreter. The result runs one program at a time, each as if it were the first. */
export async function startOracle() {
  const python = await loadPyodide({ stdout: () => {}, stderr: () => {} });
  const path = "/oracle.py";
  python.FS.writeFile(path, await readFile(new URL("oracle.py", import.meta.url)));
  const runJson = python.runPython("import sys; sys.path.insert(0, '/'); import oracle; oracle.run_json");
  return {
    /** `leaving` is the part of both streams that came while the interpreter went.
     * @returns {{stdout: string, stderr: string, outcome: string, leaving: string}} */
    run(source, options = {}) {
      try {
        return JSON.parse(runJson(JSON.stringify({ source, options })));
      } catch (error) {
        // Node prints the source line of an uncaught error, which here is the whole interpreter.
        throw new Error(error.message);
      }
    },
  };
}

// The JavaScript API in a browser, within reach of the tests and the bench.

import { createLoopscope } from "../../www/src/browser.ts";

const loopscope = await createLoopscope();

const program = (text) => ({ files: [{ path: "main.py", text }] });

/** The whole result, with the trace in a form that travels to the tests. */
globalThis.run = async (workspace, options = {}) => {
  const result = await loopscope.run(workspace, options).result;
  const digest = await crypto.subtle.digest("SHA-256", result.trace);
  return {
    outcome: result.outcome,
    stdout: result.stdout,
    stderr: result.stderr,
    milliseconds: result.milliseconds,
    bytes: result.trace.length,
    digest: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
};

/** Real milliseconds from asking for a run to its end, findings included, in a pristine interpreter each. */
globalThis.rerun = async (text, times, options = {}) => {
  const durations = [];
  for (let turn = 0; turn < times; turn += 1) {
    const begun = performance.now();
    const { outcome } = await loopscope.run(program(text), options).result;
    durations.push(performance.now() - begun);
    if (outcome !== "completed") throw new Error(JSON.stringify(outcome));
    // The next interpreter is made ready when nobody waits for it, as between two runs of a person.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return durations;
};

globalThis.ready = true;

/**
 * Takes out of the started engine what few programs call: two thirds of its code, which a first visit would have to fetch
 * and every visit to read. Where such a function was, the engine asks its host for all of them, and the run begins again.
 */

import { calledFunctions } from "./called-functions.mjs";
import * as wasm from "./wasm-binary.mjs";

/** What the engine calls where a function is left out, and the export that keeps the linker from dropping that import. */
const LEFT_OUT = "left_out";
const KEEPER = "leave_out";

const CALL = 0x10;
const UNREACHABLE = 0x00;
const END = 0x0b;

/**
 * Returns `engine`, with the functions alone that some of the runs called, and `functions`: all of them, without the data.
 * Everything else has the same place and number in both, so that the memory of one is the memory of the other. `archive`
 * is the standard library's, `requests` are what the programs are run with.
 */
export function leaveOut(bytes, archive, requests) {
  const list = wasm.sections(bytes);
  const exported = wasm.readExports(wasm.body(list, wasm.SECTION.export)).filter(({ name }) => name !== KEEPER);
  const shared = wasm.sections(wasm.rewrite(list, { [wasm.SECTION.export]: wasm.writeExports(exported) }));
  const absent = wasm.readImports(wasm.body(list, wasm.SECTION.import)).findIndex(({ name }) => name === LEFT_OUT);
  if (absent === -1) throw new Error(`The engine does not import ${LEFT_OUT}`);
  const called = calledFunctions(bytes, archive, requests);
  const code = wasm.readCode(wasm.body(list, wasm.SECTION.code));
  const stub = wasm.concatenate([Uint8Array.of(0, CALL), wasm.unsigned(absent), Uint8Array.of(UNREACHABLE, END)]);
  const { data, dataCount } = wasm.SECTION;
  return {
    engine: wasm.rewrite(shared, {
      [wasm.SECTION.code]: wasm.writeCode(code.map((body, index) => (called[index] ? body : stub))),
    }),
    functions: wasm.assemble(shared.filter(({ id }) => id !== data && id !== dataCount)),
    kept: called.reduce((sum, one) => sum + one, 0),
    of: code.length,
  };
}

/**
 * Takes tables out of the engine that few programs touch: the names of characters, and what the encodings of East Asia map
 * to what. They travel with the library. The engine says where they are, and asks for them before it reads them.
 */

import { counted, withFiles, word } from "./archive.mjs";
import { nonZeroRuns } from "./preinitialise.mjs";
import * as wasm from "./wasm-binary.mjs";

/** Returns the module without the tables, and the library's archive with them. */
export function takeTablesOut(bytes, library) {
  const list = wasm.sections(bytes);
  const { memory, places } = linked(bytes, list);
  const files = Object.entries(places).map(([table, parts]) => ({
    path: `tables/${table}`,
    bytes: wasm.concatenate(
      parts.flatMap(([place, length]) => [word(place), counted(memory.slice(place, place + length))]),
    ),
  }));
  for (const [place, length] of Object.values(places).flat()) memory.fill(0, place, place + length);
  const segments = nonZeroRuns(memory);
  return {
    bytes: wasm.rewrite(list, {
      [wasm.SECTION.export]: wasm.writeExports(
        wasm.readExports(wasm.body(list, wasm.SECTION.export)).filter(({ name }) => name !== "tables"),
      ),
      [wasm.SECTION.dataCount]: wasm.unsigned(segments.length),
      [wasm.SECTION.data]: wasm.writeData(segments),
    }),
    library: withFiles(library, files),
  };
}

/** The memory as the module was linked, and what it says of its tables: place and length of each part, by table. */
function linked(bytes, list) {
  const refuse = ({ module, name }) => {
    throw new Error(`The engine called ${module}.${name} to tell its tables`);
  };
  const imports = {};
  for (const entry of wasm.readImports(wasm.body(list, wasm.SECTION.import))) {
    (imports[entry.module] ??= {})[entry.name] = () => refuse(entry);
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const memory = new Uint8Array(exports.memory.buffer.slice(0));
  const answer = BigInt.asUintN(64, exports.tables());
  const text = new Uint8Array(exports.memory.buffer, Number(answer >> 32n), Number(answer & 0xffff_ffffn));
  return { memory, places: JSON.parse(new TextDecoder().decode(text)) };
}

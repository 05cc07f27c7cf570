/** Just enough of WebAssembly's binary format to take a module apart into its sections and put it together again. */

export const SECTION = {
  custom: 0,
  import: 2,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  code: 10,
  data: 11,
  dataCount: 12,
};

export const KIND = { function: 0, table: 1, memory: 2, global: 3 };

const HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const VALUE_TYPES = { 0x7f: "i32", 0x7e: "i64", 0x7d: "f32", 0x7c: "f64" };

/** Reads the format's primitive encodings, one after the other. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.offset = 0;
  }

  get done() {
    return this.offset >= this.bytes.length;
  }

  byte() {
    if (this.done) throw new Error("The module ends in the middle of something");
    return this.bytes[this.offset++];
  }

  unsigned() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  }

  signed() {
    let value = 0n;
    for (let shift = 0n; ;) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) return byte & 0x40 ? value - (1n << shift) : value;
    }
  }

  take(length) {
    const bytes = this.bytes.subarray(this.offset, this.offset + length);
    if (bytes.length !== length) throw new Error("The module ends in the middle of something");
    this.offset += length;
    return bytes;
  }

  name() {
    return new TextDecoder().decode(this.take(this.unsigned()));
  }
}

export function unsigned(value) {
  const bytes = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return Uint8Array.from(bytes);
}

export function signed(value) {
  const bytes = [];
  for (;;) {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    if ((value === 0n && !(low & 0x40)) || (value === -1n && low & 0x40)) {
      return Uint8Array.from([...bytes, low]);
    }
    bytes.push(low | 0x80);
  }
}

/** A length and what it counts; `items` may come in more than one part each. */
export function vector(items, length = items.length) {
  return concatenate([unsigned(length), ...items]);
}

export function name(text) {
  const bytes = new TextEncoder().encode(text);
  return concatenate([unsigned(bytes.length), bytes]);
}

export function concatenate(parts) {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** The sections in order, as `{ id, body }`. */
export function sections(bytes) {
  const reader = new Reader(bytes);
  if (reader.take(HEADER.length).some((byte, index) => byte !== HEADER[index])) {
    throw new Error("Not a WebAssembly module of version 1");
  }
  const list = [];
  while (!reader.done) {
    const id = reader.byte();
    list.push({ id, body: reader.take(reader.unsigned()) });
  }
  return list;
}

/** What a section holds. */
export function body(list, id) {
  const section = list.find((candidate) => candidate.id === id);
  if (section === undefined) throw new Error(`The module has no section ${id}`);
  return section.body;
}

/** The module with other sections in the place of some. A data count is only kept where there was one. */
export function rewrite(list, replacements) {
  return assemble(list.map(({ id, body: old }) => ({ id, body: replacements[id] ?? old })));
}

export function assemble(list) {
  return concatenate([HEADER, ...list.flatMap(({ id, body }) => [Uint8Array.of(id), unsigned(body.length), body])]);
}

/** Without the sections that only people read: the names of functions alone are as long as half of the code. */
export function withoutNames(bytes) {
  return assemble(sections(bytes).filter(({ id }) => id !== SECTION.custom));
}

/** With no other exports than these: what a library offers to programs in C keeps code alive that nobody calls. */
export function withExports(bytes, names) {
  const list = sections(bytes);
  const exports = readExports(body(list, SECTION.export)).filter(({ name }) => names.includes(name));
  return rewrite(list, { [SECTION.export]: writeExports(exports) });
}

/** The module's own globals. Initial values other than constants are refused: this linker writes none. */
export function readGlobals(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.unsigned() }, () => {
    const type = VALUE_TYPES[reader.byte()];
    const mutable = reader.byte() === 1;
    const start = reader.offset;
    const opcode = reader.byte();
    if (opcode === 0x41 || opcode === 0x42) reader.signed();
    else if (opcode === 0x43) reader.take(4);
    else if (opcode === 0x44) reader.take(8);
    else throw new Error(`A global starts from an expression (opcode ${opcode}), not from a constant`);
    if (reader.byte() !== 0x0b) throw new Error("A global starts from more than a constant");
    return { type, mutable, initial: reader.bytes.subarray(start, reader.offset) };
  });
}

export function writeGlobals(globals) {
  const code = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
  return vector(
    globals.map(({ type, mutable, initial }) => concatenate([Uint8Array.of(code[type], mutable ? 1 : 0), initial])),
  );
}

/** The constant expression of an integer. */
export function constant(type, value) {
  if (type !== "i32" && type !== "i64") {
    throw new Error(`A mutable global is of type ${type}: only integers are expected`);
  }
  return concatenate([Uint8Array.of(type === "i32" ? 0x41 : 0x42), signed(BigInt(value)), Uint8Array.of(0x0b)]);
}

/** `{ name, kind, index }` of each export. */
export function readExports(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.unsigned() }, () => ({
    name: reader.name(),
    kind: reader.byte(),
    index: reader.unsigned(),
  }));
}

export function writeExports(list) {
  return vector(
    list.map(({ name: text, kind, index }) => concatenate([name(text), Uint8Array.of(kind), unsigned(index)])),
  );
}

/** The code of each function, without its length: first what it declares, then its instructions. */
export function readCode(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.unsigned() }, () => reader.take(reader.unsigned()));
}

export function writeCode(functions) {
  return vector(
    functions.flatMap((code) => [unsigned(code.length), code]),
    functions.length,
  );
}

/** How many imports there are of a kind, and their names. */
export function readImports(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.unsigned() }, () => {
    const entry = { module: reader.name(), name: reader.name(), kind: reader.byte() };
    if (entry.kind !== KIND.function) {
      throw new Error(`Only functions are imported, but ${entry.module}.${entry.name} is something else`);
    }
    reader.unsigned();
    return entry;
  });
}

/** The limits of the module's one memory, in pages. */
export function readMemory(body) {
  const reader = new Reader(body);
  if (reader.unsigned() !== 1) throw new Error("The module should have exactly one memory of its own");
  const flags = reader.byte();
  if (flags > 1) throw new Error("The memory should be a plain one: 32 bits, not shared");
  return { minimum: reader.unsigned(), maximum: flags === 1 ? reader.unsigned() : undefined };
}

export function writeMemory({ minimum, maximum }) {
  return maximum === undefined
    ? concatenate([Uint8Array.of(1, 0), unsigned(minimum)])
    : concatenate([Uint8Array.of(1, 1), unsigned(minimum), unsigned(maximum)]);
}

/** Whether every data segment is placed in memory when the module starts, as the linker writes them. */
export function allSegmentsActive(body) {
  const reader = new Reader(body);
  const count = reader.unsigned();
  for (let index = 0; index < count; index += 1) {
    if (reader.unsigned() !== 0) return false;
    if (reader.byte() !== 0x41) return false;
    reader.signed();
    if (reader.byte() !== 0x0b) return false;
    reader.take(reader.unsigned());
  }
  return true;
}

/** A data section of active segments, `{ offset, bytes }` each. */
export function writeData(segments) {
  return vector(
    segments.map(({ offset, bytes }) =>
      concatenate([Uint8Array.of(0), constant("i32", offset | 0), unsigned(bytes.length), bytes]),
    ),
  );
}

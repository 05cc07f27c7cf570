import type { File, Options, Signal, Wheel, Workspace } from "../generated/schema.ts";
import { DEFAULT_OPTIONS } from "../generated/defaults.ts";
import { placed, type Renamed } from "../paths.ts";

/** What a link restores. */
export interface Shared {
  workspace: Workspace;
  options: Partial<Options>;
  /** The moment that was looked at, in virtual nanoseconds. */
  time?: number;
  /** Files that could not have the paths that the link gives them. */
  renamed?: readonly Renamed[];
}

/**
 * The payload's own version, first in the payload. A reader that meets a higher one refuses the link as a whole:
 * guessing at half of a program would be worse than saying so.
 */
const VERSION = 1;
const PREFIX = "#code/";
/** A decompressed payload beyond this is not a program that a person shared. */
const LARGEST = 4 << 20;
/** Characters. Browsers take no longer addresses, or cut them. */
const LONGEST = 1_000_000;

/** Said of a program that no link can hold. */
export class TooLargeForLink extends Error {}

/** Said of a link that a newer version of the playground has made. */
export class NewerLink extends Error {}

/** Everything is optional, so that a link holds only what differs from the defaults. */
interface Payload {
  v: number;
  f: [path: string, text: string][];
  e?: string;
  m?: string;
  a?: string[];
  i?: string;
  w?: [name: string, files: [path: string, text: string][]][];
  o?: Partial<Options>;
  t?: number;
}

/** Whether the part of an address after its page is a link of ours. */
export const isLink = (hash: string): boolean => hash.startsWith(PREFIX);

/** Throws {@link TooLargeForLink}: a link that is given away must be one that can be opened. */
export async function encodeLink(shared: Shared): Promise<string> {
  const { workspace, options } = shared;
  const payload: Payload = { v: VERSION, f: workspace.files.map((file) => [file.path, file.text]) };
  if (workspace.entry !== workspace.files[0]?.path) payload.e = workspace.entry;
  if (workspace.module) payload.m = workspace.module;
  if (workspace.arguments.length > 0) payload.a = workspace.arguments;
  if (workspace.input) payload.i = workspace.input;
  if (workspace.wheels.length > 0)
    payload.w = workspace.wheels.map((wheel) => [wheel.name, wheel.files.map((file) => [file.path, file.text])]);
  if (Object.keys(options).length > 0) payload.o = options;
  if (shared.time !== undefined) payload.t = shared.time;
  const plain = new TextEncoder().encode(JSON.stringify(payload));
  if (plain.length > LARGEST) throw new TooLargeForLink(`${plain.length} bytes`);
  const packed = await pipe(plain, new CompressionStream("deflate-raw"), Infinity);
  if (packed.length * (4 / 3) > LONGEST) throw new TooLargeForLink(`${packed.length} bytes packed`);
  return PREFIX + toBase64Url(packed);
}

/** `null` when the hash is not a link of ours; throws when it is one that cannot be read. */
export async function decodeLink(hash: string): Promise<Shared | null> {
  if (!isLink(hash)) return null;
  // Whoever found the address in a text may have taken the full stop or the bracket after it for a part of it.
  const packed = fromBase64Url(hash.slice(PREFIX.length).replace(/[^\w-].*$/s, ""));
  const plain = await pipe(packed, new DecompressionStream("deflate-raw"), LARGEST);
  return fromPayload(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain)));
}

function fromPayload(value: unknown): Shared {
  const payload = value as Partial<Payload> | null;
  if (isNumber(payload?.v) && payload.v > VERSION) throw new NewerLink(`version ${payload.v}`);
  if (payload?.v !== VERSION) throw new Error("unknown version");
  const given = payload.f;
  if (!Array.isArray(given) || !given.every(isFile)) throw new Error("no files");
  const { files, renamed } = placed(given.map(toFile));
  const entry = files[given.findIndex(([path]) => path === payload.e)] ?? files[0];
  if (entry === undefined) throw new Error("no files");
  const text = (part: unknown): string => (typeof part === "string" ? part : "");
  return {
    workspace: {
      entry: entry.path,
      files,
      module: text(payload.m) || null,
      arguments: Array.isArray(payload.a) ? payload.a.map(text) : [],
      input: text(payload.i),
      wheels: Array.isArray(payload.w) ? payload.w.filter(isWheel).map(toWheel) : [],
    },
    options: safeOptions(payload.o),
    ...(isNumber(payload.t) ? { time: payload.t } : {}),
    ...(renamed.length > 0 ? { renamed } : {}),
  };
}

const NUMBERS = ["seed", "collectAt", "shortBlock", "slowStep", "longStep", "schedule"] as const;

/** Such as times and counts are. */
function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isSignal(value: unknown): value is Signal {
  return typeof value === "object" && value !== null && "number" in value && "time" in value
    ? isCount(value.number) && value.number <= 64 && isNumber(value.time)
    : false;
}

function isFile(file: unknown): file is [string, string] {
  return Array.isArray(file) && typeof file[0] === "string" && typeof file[1] === "string";
}

/** A mark of the encoding is none of the text. */
const toFile = ([path, text]: [string, string]): File => ({ path, text: text.replace(/^\ufeff/, "") });

function isWheel(wheel: unknown): wheel is [string, [string, string][]] {
  return Array.isArray(wheel) && typeof wheel[0] === "string" && Array.isArray(wheel[1]) && wheel[1].every(isFile);
}

const toWheel = ([name, files]: [string, [string, string][]]): Wheel => ({ name, files: files.map(toFile) });

/** Only options that a stranger may set, each of its own type; the limits stay the reader's. */
function safeOptions(value: unknown): Partial<Options> {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const options: Partial<Options> = {};
  for (const name of ["classicPolicy", "debug", "collectEveryStep"] as const) {
    if (typeof given[name] === "boolean") options[name] = given[name];
  }
  for (const name of NUMBERS) if (isNumber(given[name])) options[name] = given[name];
  for (const name of ["manyTasks", "busyTurns"] as const) if (isCount(given[name])) options[name] = given[name];
  const network = given["network"];
  if (typeof network === "object" && network !== null) {
    const lines: Record<string, unknown> = { ...DEFAULT_OPTIONS.network, ...network };
    const { latency, bandwidth, loss, disconnect } = lines;
    if (isNumber(latency) && isNumber(bandwidth) && isNumber(loss) && loss <= 1000 && isNumber(disconnect))
      options.network = { latency, bandwidth, loss, disconnect };
  }
  const signals: unknown = given["signals"];
  if (Array.isArray(signals) && signals.every(isSignal)) options.signals = signals;
  const cancel = given["cancel"];
  if (typeof cancel === "object" && cancel !== null && "task" in cancel && "step" in cancel) {
    const { task, step } = cancel;
    if (isCount(task) && isCount(step)) options.cancel = { task, step };
  }
  return options;
}

/** Whether a number is one that the engine counts with. */
function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 0xffff_ffff;
}

async function pipe(
  input: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
  largest: number,
): Promise<Uint8Array> {
  const reader = new Blob([input]).stream().pipeThrough(transform).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > largest) {
      await reader.cancel();
      throw new Error("too large");
    }
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(data: Uint8Array): string {
  let text = "";
  // In pieces, since a call takes a limited number of arguments.
  for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

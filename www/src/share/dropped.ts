/**
 * Files that a reader gives to the page: wheels to import from, downloaded runs, whose program is opened, and texts, which
 * become files of the program.
 */
import type { Wheel } from "../generated/schema.ts";
import { composed, Paths, type Renamed } from "../paths.ts";
import {
  DEFAULT_OPTIONS,
  type FilesNotice,
  noticeOf,
  type Program,
  type Refusal,
  type Said,
  saidOf,
  type Store,
} from "../store.ts";
import { programFrom } from "./memory.ts";

/** Bytes. What is larger is no file of a program that somebody reads. */
const LARGEST = 1 << 20;
/** Bytes, for a run holds all its events. */
const LARGEST_RUN = 256 << 20;
/** What runs are downloaded as. */
const FORMAT = 1;

/** What a file turned out to be. */
type Content = { wheel: Wheel } | { program: Program } | { text: string } | { why: Refusal };

/** Takes what can be taken, and says of the rest by name why it was not. Of several runs the first is opened. */
export async function takeFiles(given: readonly File[], store: Store, open: (program: Program) => void): Promise<void> {
  const contents: { name: string; content: Content }[] = [];
  for (const file of given) contents.push({ name: file.name, content: await contentOf(file) });
  let said: Said | null = null;
  const renamed: Renamed[] = [];
  const refused: FilesNotice["refused"][number][] = [];
  // What comes beside a run is for its program.
  const runs = contents.flatMap(({ name, content }) => ("program" in content ? [{ name, ...content }] : []));
  const [run, ...others] = runs;
  if (run) {
    open(run.program);
    said = saidOf(store.state.notice);
    renamed.push(...(run.program.renamed ?? []));
  }
  for (const { name } of others) refused.push({ name, why: "secondRun" });
  const paths = new Paths(store.state.workspace.files);
  for (const { name, content } of contents) {
    if ("why" in content) refused.push({ name, why: content.why });
    else if ("wheel" in content) {
      store.dispatch({ type: "wheelAdded", wheel: content.wheel });
      said ??= "wheelAdded";
    } else if ("text" in content) {
      const path = paths.take(name);
      if (path !== composed(name)) renamed.push({ from: name, to: path });
      store.dispatch({ type: "fileAdded", path, text: content.text });
    }
  }
  const notice = noticeOf(said, renamed, refused);
  if (notice) store.dispatch({ type: "noticed", notice });
}

/** The files that something dragged onto the page carries; `null` for text and the like, which goes where it always goes. */
export function acceptFiles(event: DragEvent): File[] | null {
  const { dataTransfer } = event;
  if (!dataTransfer?.types.includes("Files")) return null;
  event.preventDefault();
  return [...dataTransfer.files];
}

async function contentOf(file: File): Promise<Content> {
  try {
    if (file.name.endsWith(".whl")) return await wheelFrom(file);
    const read = file.name.endsWith(".json") && file.size <= LARGEST_RUN ? readRun(await file.text()) : null;
    return read ?? (await textOf(file));
  } catch {
    // Such is a folder, and a file that has gone since.
    return { why: "unreadable" };
  }
}

/**
 * What a run was of, if this is one that was downloaded here; `null` for what makes no claim to be one. How far a run may
 * go stays the reader's own.
 */
function readRun(text: string): Content | null {
  const value = parsed(text);
  if (Array.isArray(value["traceEvents"])) return { why: "chromeTrace" };
  if (!("format" in value) || typeof value["workspace"] !== "object") return null;
  const program = value["format"] === FORMAT ? programFrom(value) : null;
  if (!program) return { why: "otherRun" };
  return { program: { ...program, options: { ...program.options, limits: DEFAULT_OPTIONS.limits }, example: null } };
}

/** The object that a text in JSON is; an empty one for anything else. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function wheelFrom(file: File): Promise<Content> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Nobody who brings no wheel needs what unpacks them.
  const { readWheel, WheelError } = await import("./wheel.ts");
  try {
    return { wheel: readWheel(bytes) };
  } catch (error) {
    return { why: error instanceof WheelError ? error.why : "notAWheel" };
  }
}

async function textOf(file: File): Promise<Content> {
  if (file.size > LARGEST) return { why: "textTooLarge" };
  const bytes = await file.arrayBuffer();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? { why: "notText" } : { text };
  } catch {
    return { why: "notText" };
  }
}

/**
 * Files that a reader gives to the page: wheels to import from, downloaded runs, whose program is opened, and texts, which
 * become files of the program.
 */
import type { Workspace } from "../generated/schema.ts";
import { type Action, DEFAULT_OPTIONS, freePath, type Notice, type Program } from "../store.ts";
import { programFrom } from "./memory.ts";

/** Characters. What is larger is no file of a program that somebody reads. */
const LARGEST = 1 << 20;
/** Bytes, for a run holds all its events. */
const LARGEST_RUN = 256 << 20;

export async function takeFiles(
  files: readonly File[],
  dispatch: (action: Action) => void,
  { files: existing }: Workspace,
): Promise<void> {
  const taken = [...existing];
  for (const file of files) {
    if (file.name.endsWith(".whl")) {
      dispatch(await wheelFrom(file));
      continue;
    }
    const program = file.name.endsWith(".json") ? await downloadedProgram(file) : null;
    if (program) {
      dispatch({ type: "opened", program });
      return;
    }
    const text = await textOf(file);
    if (text === null) dispatch({ type: "noticed", notice: "notText" });
    else {
      const path = freePath(file.name, taken);
      taken.push({ path, text });
      dispatch({ type: "fileAdded", path, text });
    }
  }
}

/** The files that something dragged onto the page carries; `null` for text and the like, which goes where it always goes. */
export function acceptFiles(event: DragEvent): File[] | null {
  const { dataTransfer } = event;
  if (!dataTransfer?.types.includes("Files")) return null;
  event.preventDefault();
  return [...dataTransfer.files];
}

/** What a run was of, if the file is one that was downloaded here. How far a run may go stays the reader's own. */
async function downloadedProgram(file: File): Promise<Program | null> {
  if (file.size > LARGEST_RUN) return null;
  try {
    const value: unknown = JSON.parse(await file.text());
    const program = programFrom(value);
    return program && { ...program, options: { ...program.options, limits: DEFAULT_OPTIONS.limits }, example: null };
  } catch {
    return null;
  }
}

async function wheelFrom(file: File): Promise<Action> {
  // Nobody who brings no wheel needs what unpacks them.
  const { readWheel, WheelError } = await import("./wheel.ts");
  try {
    return { type: "wheelAdded", wheel: readWheel(new Uint8Array(await file.arrayBuffer())) };
  } catch (error) {
    const notice: Notice = error instanceof WheelError ? error.notice : "notAWheel";
    return { type: "noticed", notice };
  }
}

async function textOf(file: File): Promise<string | null> {
  if (file.size > LARGEST) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

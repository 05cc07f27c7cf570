/** The playground as one HTML file, with the reader's program inside. */
import { html, nothing, type TemplateResult } from "lit";
import { type Program, programOf } from "../store.ts";
import type { Ui } from "../ui.ts";

/** Gives the text of a single file: the site fetches the one beside it, and a single file is one itself. */
export type SingleFile = () => Promise<string>;

/** What a saved file holds besides the playground. */
interface Saved {
  program: Program;
  /** What is typed in one file must not turn up in another: browsers keep the storage of all files together. */
  id: string;
}

const BEFORE = '<script type="application/json" id="loopscope-program">';
const AFTER = "</script>";

let provided: SingleFile | null = null;

export function provideSingleFile(singleFile: SingleFile): void {
  provided = singleFile;
}

/** What this page was saved with; `null` if it was not saved with anything. */
export function savedProgram(): Partial<Saved> | null {
  const text = document.querySelector("#loopscope-program")?.textContent;
  try {
    return JSON.parse(text ?? "null") as Partial<Saved> | null;
  } catch {
    return null;
  }
}

/** Puts a program in the place of the one that the file has. */
export function withProgram(file: string, saved: Saved): string {
  const from = file.indexOf(BEFORE) + BEFORE.length;
  const to = file.indexOf(AFTER, from);
  if (from < BEFORE.length || to === -1) throw new Error("There is no place for a program in this file");
  // No text of the program can end the script it lies in.
  return file.slice(0, from) + JSON.stringify(saved).replaceAll("<", "\\u003c") + file.slice(to);
}

async function save(singleFile: SingleFile, program: Program): Promise<void> {
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = withProgram(await singleFile(), { program, id });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  link.download = `${program.workspace.entry.replace(/\.py$/, "")}.loopscope.html`;
  link.click();
  // The download has the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The button, where there is a file to be had. */
export function saveFileView({ t, state, dispatch }: Ui): TemplateResult | typeof nothing {
  const singleFile = provided;
  if (!singleFile) return nothing;
  const click = (): void => {
    save(singleFile, programOf(state)).catch(() => dispatch({ type: "noticed", notice: "fileNotSaved" }));
  };
  return html`<div class="field">
    <span>${t.saveFile}<small>${t.saveFileHint}</small></span>
    <button type="button" class="button" aria-label=${t.saveFile} @click=${click}>${t.save}</button>
  </div>`;
}

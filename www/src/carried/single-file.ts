/** The scripts of a single file: the page's element, with the engine that the file carries. */

import { provideEngine } from "../source/source.ts";
import { useArea } from "../share/autosave.ts";
import { provideSingleFile, savedProgram } from "../share/single-file.ts";
import { carriedSource } from "./carried.ts";
import { ownText } from "./own-text.ts";
import type { PackagesPayload, Part, Payload } from "./payload.ts";
import type { PackageEntry } from "../packages.ts";

function block(name: string): HTMLScriptElement {
  const found = document.querySelector<HTMLScriptElement>(`#loopscope-${name}`);
  if (!found) throw new Error(`This file does not carry the ${name}`);
  return found;
}

function engine(): Payload {
  const { dataset, text } = block("engine");
  const list = (name: "parts" | "index"): unknown => JSON.parse(dataset[name] ?? "[]");
  return { parts: list("parts") as Part[], index: list("index") as PackageEntry[], text };
}

function packages(): PackagesPayload {
  const { dataset, text } = block("packages");
  return { length: Number(dataset["length"]), text };
}

const id = savedProgram()?.id;
if (typeof id === "string") useArea(id);
provideSingleFile(() => Promise.resolve(ownText()));
provideEngine(
  carriedSource(
    () => Promise.resolve(engine()),
    () => Promise.resolve(packages()),
  ),
);
// Registering the element begins to load the engine, which must be provided by then.
void import("../loop-scope-define.ts");

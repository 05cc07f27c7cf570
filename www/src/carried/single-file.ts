/** The scripts of a single file: the page's element, with the engine that the file carries. */

import { provideEngine } from "../source/source.ts";
import { useArea } from "../share/autosave.ts";
import { provideSingleFile, savedProgram } from "../share/single-file.ts";
import { carriedSource } from "./carried.ts";
import { ownText } from "./own-text.ts";
import type { Part, Payload } from "./payload.ts";

function payload(): Payload {
  const block = document.querySelector<HTMLScriptElement>("#loopscope-engine");
  if (!block) throw new Error("This file does not carry the engine");
  return { parts: JSON.parse(block.dataset["parts"] ?? "[]") as Part[], text: block.text };
}

const id = savedProgram()?.id;
if (typeof id === "string") useArea(id);
provideSingleFile(() => Promise.resolve(ownText()));
provideEngine(carriedSource(() => Promise.resolve(payload())));
// Registering the element begins to load the engine, which must be provided by then.
void import("../loop-scope-define.ts");

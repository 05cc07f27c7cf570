/**
 * Where the engine's bytes come from. The site fetches them; a single file and the widget carry them. Which it is, the
 * entry point of each says once, before anything is run.
 */
import type { EngineParts } from "../client.ts";

/** Bytes that have arrived, and how many there will be, if that is known. */
export type Progress = (loaded: number, total: number | null) => void;

export interface OpenedSource {
  engine: EngineParts;
  analysis: Promise<WebAssembly.Module>;
}

/** Starts loading, and returns at once. */
export type Source = (progress: Progress) => OpenedSource;

let chosen: Source | null = null;

export function provideEngine(source: Source): void {
  chosen = source;
}

export function engineSource(): Source {
  if (!chosen) throw new Error("No source of the engine has been provided");
  return chosen;
}

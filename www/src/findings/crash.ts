/** The exception that ended the program: no fault in its use of asyncio, and still what its reader asks about first. */
import type { Diagnostic, Event } from "../generated/schema.ts";
import type { Results } from "../store.ts";
import { ownPlace, type Places } from "../timeline/places.ts";
import type { Place } from "./finding.ts";

export interface Crash {
  /** Its class, as tracebacks print it. */
  name: string;
  message: string;
  /** Whether the text could not be compiled, so that nothing of it ran. */
  syntax: boolean;
  /** The innermost line of the workspace that it passed through. */
  place: Place | null;
  /** In virtual nanoseconds. */
  time: number;
}

/** What some more events tell of it. `Places` must have learnt of them before. */
export function crashOf(before: Crash | null, events: readonly Event[], places: Places): Crash | null {
  for (const { time, kind } of events) {
    if (!("uncaught" in kind)) continue;
    const { class: name, message, syntax, traceback } = kind.uncaught.exception;
    return { name, message, syntax, place: ownPlace(places, traceback), time };
  }
  return before;
}

/** As the last line of its traceback. */
export const lastWords = ({ name, message }: Crash): string => (message === "" ? name : `${name}: ${message}`);

/** What the editor marks: the findings, and the exception that no finding of its line explains. */
export function marked(results: Results | null, label: string): readonly Diagnostic[] {
  if (!results) return [];
  const { crash, diagnostics } = results;
  const place = crash?.place;
  if (!crash || !place) return diagnostics;
  if (diagnostics.some(({ file, span }) => file === place.file && span.line === place.line)) return diagnostics;
  const { file, ...span } = place;
  return [
    ...diagnostics,
    {
      id: "uncaught",
      rule: label,
      severity: "error",
      evidence: "observed",
      message: lastWords(crash),
      messageRu: lastWords(crash),
      cpython: null,
      file,
      span,
      time: crash.time,
      count: 1,
      related: [],
      task: null,
      fixes: [],
      reproduce: null,
    },
  ];
}

import type { LaneKind, SliceState } from "../generated/schema.ts";
import type { Messages } from "../i18n/index.ts";
import { legibleName } from "../legible.ts";
import type { Row } from "./model.ts";

/** A lane's name: the program's own, except for the event loop's. */
export function nameOf({ lane }: Row, t: Messages): string {
  return lane.kind === "loop" ? t.loop : legibleName(lane.name);
}

/** Whether a lane is a task that the library makes for itself, as at the end of `asyncio.run`. */
export function isLibrary({ lane }: Row): boolean {
  return lane.function.startsWith("BaseEventLoop.");
}

/** Names that the library has for itself, and what the program calls the same. */
const PUBLIC: ReadonlyMap<string, string> = new Map([
  ["_GatheringFuture", "gather"],
  ["TaskGroup._aexit", "TaskGroup"],
]);

/** What the program calls it that the library has a name of its own for. */
export function publicName(label: string): string {
  return PUBLIC.get(label) ?? label;
}

/** What a stretch is called: by a name of the program or of the library, or by one of the timeline's own few words. */
export function labelOf(kind: LaneKind, { state, label }: { state: SliceState; label: string }, t: Messages): string {
  // A task may be called "idle" too, and one that waits for it says so.
  const own = state === "ready" || state === "blocked" || (state === "waiting" && kind === "loop");
  const known: Record<string, string> = t.stretches;
  return (own ? known[label] : undefined) ?? publicName(label);
}

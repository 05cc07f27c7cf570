import type { Place } from "../findings/finding.ts";
import type { Event, Frame } from "../generated/schema.ts";

/**
 * Which line of the reader's own a stack points at, and where each task was made. The maps only grow, and what they hold
 * for an id never changes, so every value of a run may share them.
 */
export interface Places {
  files: Map<number, { path: string; workspace: boolean }>;
  stacks: Map<number, Place>;
  created: Map<number, Place>;
}

export function noPlaces(): Places {
  return { files: new Map(), stacks: new Map(), created: new Map() };
}

export function learnPlaces(places: Places, events: readonly Event[]): void {
  for (const { kind } of events) {
    if ("source" in kind) {
      places.files.set(kind.source.id, kind.source);
    } else if ("stack" in kind) {
      const place = ownPlace(places, kind.stack.frames);
      if (place) places.stacks.set(kind.stack.id, place);
    } else if ("taskCreated" in kind) {
      const place = places.stacks.get(kind.taskCreated.at);
      if (place) places.created.set(kind.taskCreated.id, place);
    }
  }
}

/** The innermost frame in a file of the workspace. */
export function ownPlace(places: Places, frames: readonly Frame[]): Place | null {
  for (const { span } of frames) {
    const file = places.files.get(span.file);
    if (!file?.workspace) continue;
    const { line, column, endLine, endColumn } = span;
    return { file: file.path, line, column, endLine, endColumn };
  }
  return null;
}

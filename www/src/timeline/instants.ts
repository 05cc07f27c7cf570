/**
 * The events of a run as places to step to. An instant is a number of events: what has happened once the first so many
 * have. The columns only grow, and are shared between values.
 */
import type { Event } from "../generated/schema.ts";

export interface Instants {
  columns: { time: number[]; seen: number[]; turns: number[] };
  /** The number of events. */
  length: number;
  /** How many of them show something: introductions of files and stacks do not. */
  seen: number;
  /** How many turns of the loop have begun. */
  turns: number;
}

/** The place of the playhead. */
export interface Instant {
  /** The number of events that have happened. */
  count: number;
  time: number;
}

export type Stride = "event" | "turn";

export function noInstants(): Instants {
  return { columns: { time: [], seen: [], turns: [] }, length: 0, seen: 0, turns: 0 };
}

export function withEvents(before: Instants, events: readonly Event[]): Instants {
  const { columns } = before;
  let { length, seen, turns } = before;
  for (const { time, kind } of events) {
    columns.time[length] = time;
    length += 1;
    if ("source" in kind || "stack" in kind) continue;
    columns.seen[seen++] = length;
    if ("iteration" in kind) columns.turns[turns++] = length;
  }
  return { columns, length, seen, turns };
}

/** The first place of a rising column whose value is above the limit. */
function firstAbove(column: readonly number[], length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] ?? Infinity) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Everything that has happened until a moment, that moment included. */
export function instantAt(all: Instants, time: number): Instant {
  return { count: firstAbove(all.columns.time, all.length, time), time };
}

export function lastInstant(all: Instants): Instant {
  return { count: all.length, time: all.columns.time[all.length - 1] ?? 0 };
}

const at = (all: Instants, count: number): Instant => ({ count, time: all.columns.time[count - 1] ?? 0 });

/** The event, or turn of the loop, after or before an instant; the ends are their own neighbours. */
export function stepped(all: Instants, from: Instant, stride: Stride, by: 1 | -1): Instant {
  const column = stride === "event" ? all.columns.seen : all.columns.turns;
  const length = stride === "event" ? all.seen : all.turns;
  const above = firstAbove(column, length, from.count);
  if (by > 0) return above < length ? at(all, column[above] ?? 0) : lastInstant(all);
  // What lies at the instant itself is not before it.
  const below = column[above - 1] === from.count ? above - 2 : above - 1;
  return below >= 0 ? at(all, column[below] ?? 0) : { count: 0, time: 0 };
}

/**
 * Who made whom ready. The columns only grow and are shared between values, as those of rows are; each stretch of them
 * knows the times it covers, so that looking at a part of a long run passes over the rest.
 */
import type { Arrow, ArrowKind } from "../generated/schema.ts";

const KINDS: readonly ArrowKind[] = ["created", "woken", "cancelled"];
const STRETCH = 256;

export interface Arrows {
  columns: { from: number[]; to: number[]; time: number[]; kind: number[]; earliest: number[]; latest: number[] };
  length: number;
}

export function noArrows(): Arrows {
  return { columns: { from: [], to: [], time: [], kind: [], earliest: [], latest: [] }, length: 0 };
}

export function withArrows({ columns, length }: Arrows, more: readonly Arrow[]): Arrows {
  more.forEach(({ from, to, time, kind }, offset) => {
    const at = length + offset;
    columns.from[at] = from;
    columns.to[at] = to;
    columns.time[at] = time;
    columns.kind[at] = KINDS.indexOf(kind);
    const stretch = Math.floor(at / STRETCH);
    columns.earliest[stretch] = Math.min(columns.earliest[stretch] ?? Infinity, time);
    columns.latest[stretch] = Math.max(columns.latest[stretch] ?? -Infinity, time);
  });
  return { columns, length: length + more.length };
}

/** Visits the arrows of a stretch of time, until `visit` has had enough and says false. */
export function visitArrows(
  { columns, length }: Arrows,
  from: number,
  to: number,
  visit: (from: number, to: number, time: number, kind: ArrowKind) => boolean,
): void {
  for (let first = 0; first < length; first += STRETCH) {
    const stretch = first / STRETCH;
    if ((columns.latest[stretch] ?? 0) < from || (columns.earliest[stretch] ?? 0) > to) continue;
    for (let at = first; at < Math.min(first + STRETCH, length); at += 1) {
      const time = columns.time[at] ?? 0;
      if (time < from || time > to) continue;
      const kind = KINDS[columns.kind[at] ?? 0] ?? "woken";
      if (!visit(columns.from[at] ?? 0, columns.to[at] ?? 0, time, kind)) return;
    }
  }
}

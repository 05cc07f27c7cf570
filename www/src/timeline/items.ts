import type { Results } from "../store.ts";
import type { Arrows } from "./arrows.ts";
import { type Row, shownRows } from "./model.ts";
import { isLibrary } from "./names.ts";

/** One row of the picture: a lane, or the heading of a run where two are compared. */
export interface Item {
  row: Row | null;
  heading: "before" | "after" | null;
  depth: number;
  parent: boolean;
  /** Whether it belongs to the run that this one is compared with. */
  past: boolean;
  /** The latest moment of its run. */
  now: number;
  arrows: Arrows | null;
}

/** The rows of a run, below those of the run that it is compared with. */
export function itemsOf(results: Results | null, baseline: Results | null, folded: ReadonlySet<number>): Item[] {
  const own = results ? rowsOf(results, folded, false) : [];
  if (!baseline) return own;
  // The library's own tasks and the loop say nothing of a change, and room is scarce where there are two runs.
  const programs = (items: Item[]): Item[] =>
    items.filter(({ row }) => row && !isLibrary(row) && row.lane.kind !== "loop");
  return [
    heading("before", baseline),
    ...programs(rowsOf(baseline, new Set(), true)),
    heading("after", results),
    ...programs(own),
  ];
}

function rowsOf({ rows, now }: Results, folded: ReadonlySet<number>, past: boolean): Item[] {
  const { arrows } = rows;
  return shownRows(rows, folded).map((shown) => ({ ...shown, heading: null, past, now, arrows }));
}

function heading(which: "before" | "after", results: Results | null): Item {
  const past = which === "before";
  return { row: null, heading: which, depth: 0, parent: false, past, now: results?.now ?? 0, arrows: null };
}

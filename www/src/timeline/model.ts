/**
 * The rows of the timeline, as the analysis reports them, in a form that is quick to draw. A row's columns only ever
 * grow, and every row says how much of them is its own, so an older value stays as it was while a newer one shares its
 * arrays: a run of a hundred thousand stretches arrives in pieces without being copied for each.
 */
import type { Lane, Mark, Slice, SliceState, Timeline } from "../generated/schema.ts";
import { type Arrows, noArrows, withArrows } from "./arrows.ts";

/** A later state matters more, and is the one shown where many share one pixel. */
export const STATES: readonly SliceState[] = ["waiting", "ready", "running", "blocked"];
const stateIndex = new Map(STATES.map((state, index) => [state, index]));

interface Columns {
  start: number[];
  end: number[];
  state: number[];
  label: string[];
  stack: (number | null)[];
}

export interface Row {
  lane: Lane;
  columns: Columns;
  length: number;
  /** What it does now: a stretch without an end. */
  open: Slice | null;
  steps: number;
  running: number;
  blocked: number;
}

/** A row as it is shown: under the task that made it. */
export interface Shown {
  row: Row;
  /** 0 for a loop and for what no task made. */
  depth: number;
  /** Whether it made others. */
  parent: boolean;
}

export interface Rows {
  rows: readonly Row[];
  /** Where each lane stands in `rows`. Shared between values: a row never moves. */
  index: Map<number, number>;
  /** The places in `rows` in the order in which they are shown, and how deep each is nested. */
  order: readonly number[];
  depths: readonly number[];
  arrows: Arrows;
  marks: readonly Mark[];
  now: number;
  /** Tasks beyond the number of rows that are kept. */
  more: number;
  liveTasks: number;
  /** How many closed stretches have been taken in. */
  slices: number;
}

/** A million tasks are a finding, not a picture. */
export const MOST_ROWS = 5_000;
/** Deeper nesting is drawn no further to the right. */
const DEEPEST = 8;

export function noRows(): Rows {
  return {
    rows: [],
    index: new Map(),
    order: [],
    depths: [],
    arrows: noArrows(),
    marks: [],
    now: 0,
    more: 0,
    liveTasks: 0,
    slices: 0,
  };
}

export function withTimeline(before: Rows, timeline: Timeline): Rows {
  const { index } = before;
  const rows = [...before.rows];
  const known = rows.length;
  const touched = new Set<number>();
  /** A row of the value being made, which may be written to. */
  const own = (id: number): Row | undefined => {
    const at = index.get(id);
    const row = at === undefined ? undefined : rows[at];
    if (at === undefined || !row || touched.has(at)) return row;
    touched.add(at);
    return (rows[at] = { ...row });
  };
  for (const lane of timeline.lanes) {
    const row = own(lane.id);
    if (row) {
      row.lane = lane;
      row.open = null;
    } else if (rows.length < MOST_ROWS) {
      index.set(lane.id, rows.length);
      touched.add(rows.length);
      rows.push(emptyRow(lane));
    }
  }
  // What is already known may be said again; it is the same.
  for (const slice of timeline.from < before.slices ? [] : timeline.slices) {
    const row = own(slice.lane);
    if (row) append(row, slice);
  }
  for (const slice of timeline.open) {
    const row = own(slice.lane);
    if (row) row.open = slice;
  }
  return {
    rows,
    index,
    ...(rows.length === known ? { order: before.order, depths: before.depths } : nested(rows, index)),
    arrows: timeline.from < before.slices ? before.arrows : withArrows(before.arrows, timeline.arrows),
    marks: timeline.marks,
    now: timeline.now,
    more: Math.max(0, timeline.count - rows.length),
    liveTasks: timeline.alive,
    slices: Math.max(before.slices, timeline.next),
  };
}

/** Each row below the one that made it, siblings in the order in which they were made. */
function nested(rows: readonly Row[], index: ReadonlyMap<number, number>): Pick<Rows, "order" | "depths"> {
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  rows.forEach(({ lane }, at) => {
    const parent = lane.parent === null ? undefined : index.get(lane.parent);
    if (parent === undefined || parent >= at) roots.push(at);
    else children.set(parent, [...(children.get(parent) ?? []), at]);
  });
  const order: number[] = [];
  const depths: number[] = [];
  // Chains of tasks may be as long as there are tasks: no recursion.
  const open = roots.reverse().map((at) => ({ at, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, depth } = next;
    order.push(at);
    depths.push(depth);
    for (const child of (children.get(at) ?? []).reverse())
      open.push({ at: child, depth: Math.min(depth + 1, DEEPEST) });
  }
  return { order, depths };
}

/** The rows as they are shown, without those below a folded one. */
export function shownRows(all: Rows, folded: ReadonlySet<number>): Shown[] {
  const shown: Shown[] = [];
  let hidden = Infinity;
  all.order.forEach((at, place) => {
    const row = all.rows[at];
    const depth = all.depths[place] ?? 0;
    if (!row || depth > hidden) return;
    const parent = (all.depths[place + 1] ?? 0) > depth;
    shown.push({ row, depth, parent });
    hidden = folded.has(row.lane.id) ? depth : Infinity;
  });
  return shown;
}

function emptyRow(lane: Lane): Row {
  const columns: Columns = { start: [], end: [], state: [], label: [], stack: [] };
  return { lane, columns, length: 0, open: null, steps: 0, running: 0, blocked: 0 };
}

/** Adds to a row that belongs to the value being made. */
function append(row: Row, slice: Slice): void {
  const { columns, length } = row;
  columns.start[length] = slice.start;
  columns.end[length] = slice.end;
  columns.state[length] = stateIndex.get(slice.state) ?? 0;
  columns.label[length] = slice.label;
  columns.stack[length] = slice.stack;
  row.length = length + 1;
  if (slice.state === "running" || slice.state === "blocked") {
    row.steps += 1;
    row.running += slice.end - slice.start;
  }
  if (slice.state === "blocked") row.blocked += slice.end - slice.start;
}

/** A closed stretch, or at `row.length` the open one, which lasts until `now`. */
export function sliceAt(row: Row, index: number, now: number): Slice | null {
  if (index === row.length) return row.open && { ...row.open, end: Math.max(now, row.open.start) };
  if (index < 0 || index > row.length) return null;
  const { columns } = row;
  return {
    lane: row.lane.id,
    start: columns.start[index] ?? 0,
    end: columns.end[index] ?? 0,
    state: STATES[columns.state[index] ?? 0] ?? "waiting",
    label: columns.label[index] ?? "",
    stack: columns.stack[index] ?? null,
  };
}

/** The first closed stretch that ends after `time`, or the number of them. */
export function firstEndingAfter(row: Row, time: number, from = 0): number {
  let low = from;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row.columns.end[middle] ?? Infinity) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

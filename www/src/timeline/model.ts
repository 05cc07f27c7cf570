/**
 * The rows of the timeline, as the analysis reports them, in a form that is quick to draw. A row's columns only ever
 * grow, and every row says how much of them is its own, so an older value stays as it was while a newer one shares its
 * arrays: a run of a hundred thousand stretches arrives in pieces without being copied for each.
 */
import type { Lane, Mark, Slice, SliceState, Timeline } from "../generated/schema.ts";

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

export interface Rows {
  rows: readonly Row[];
  /** Where each lane stands in `rows`. Shared between values: a row never moves. */
  index: Map<number, number>;
  marks: readonly Mark[];
  now: number;
  /** Tasks beyond the number of rows that are kept. */
  more: number;
  liveTasks: number;
  /** How many closed stretches have been taken in. */
  slices: number;
}

/** A million tasks are a finding, not a picture. */
const MOST_ROWS = 5_000;

export function noRows(): Rows {
  return { rows: [], index: new Map(), marks: [], now: 0, more: 0, liveTasks: 0, slices: 0 };
}

export function withTimeline(before: Rows, timeline: Timeline): Rows {
  const { index } = before;
  const rows = before.rows.map((row) => (row.open ? { ...row, open: null } : row));
  let liveTasks = 0;
  for (const lane of timeline.lanes) {
    if (lane.kind === "task" && lane.fate === "running") liveTasks += 1;
    const at = index.get(lane.id);
    const known = at === undefined ? undefined : rows[at];
    if (at !== undefined && known) {
      rows[at] = { ...known, lane };
    } else if (rows.length < MOST_ROWS) {
      index.set(lane.id, rows.length);
      rows.push(emptyRow(lane));
    }
  }
  const touched = (id: number): Row | undefined => {
    const at = index.get(id);
    return at === undefined ? undefined : rows[at];
  };
  // What is already known may be said again; it is the same.
  for (const slice of timeline.slices.slice(Math.max(0, before.slices - timeline.from))) {
    const row = touched(slice.lane);
    if (row) append(row, slice);
  }
  for (const slice of timeline.open) {
    const row = touched(slice.lane);
    if (row) row.open = slice;
  }
  return {
    rows,
    index,
    marks: timeline.marks,
    now: timeline.now,
    more: Math.max(0, timeline.lanes.length - rows.length),
    liveTasks,
    slices: Math.max(before.slices, timeline.from + timeline.slices.length),
  };
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

import type { Fate, Severity, SliceState } from "../generated/schema.ts";
import { duration, type Language } from "../i18n/index.ts";
import { firstEndingAfter, type Row, STATES } from "./model.ts";
import { type Range, tickText, ticks } from "./scale.ts";

export const ROW_HEIGHT = 30;
const MIDDLE = ROW_HEIGHT / 2;
const MARK_ROOM = 9;

/** The custom properties that the drawing uses, resolved to colours. */
export const PAINTS = [
  "surface",
  "ink",
  "muted",
  "faint",
  "line",
  "running",
  "ready",
  "waiting",
  "hatch",
  "blocked",
  "on-blocked",
  "accent",
  "accent-wash",
  "error",
  "warning",
  "info",
  "good",
  "error-wash",
] as const;
export type Paint = Record<(typeof PAINTS)[number], string>;

export interface Picture {
  rows: readonly Row[];
  /** The first row that is in view, and how far it is scrolled up, in pixels. */
  first: number;
  shift: number;
  range: Range;
  now: number;
  chosen: number | null;
  marks: ReadonlyMap<number, { time: number; severity: Severity }[]>;
  blockedWords: (time: string) => string;
  language: Language;
  font: string;
}

interface Pen {
  context: CanvasRenderingContext2D;
  paint: Paint;
  width: number;
  height: number;
  x: (time: number) => number;
  hatch: CanvasPattern | string;
}

/** Fits a canvas to its box and the screen's pixels, and clears it. */
function prepare(canvas: HTMLCanvasElement, paint: Paint, range: Range): Pen | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  if (!context || width === 0) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const scale = (width - MARK_ROOM) / (range.to - range.from);
  return { context, paint, width, height, x: (time) => (time - range.from) * scale, hatch: hatching(context, paint) };
}

/** Diagonal lines: what waits is told from what runs without its colour. */
function hatching(context: CanvasRenderingContext2D, paint: Paint): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  if (!pen) return paint.waiting;
  pen.fillStyle = paint.waiting;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = paint.hatch;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const at of [-6, 0, 6]) {
    pen.moveTo(at, 6);
    pen.lineTo(at + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? paint.waiting;
}

export function drawRuler(
  canvas: HTMLCanvasElement,
  paint: Paint,
  range: Range,
  language: Language,
  font: string,
): void {
  const pen = prepare(canvas, paint, range);
  if (!pen) return;
  const { context, width, height, x } = pen;
  const { times, step } = ticks(range, width);
  context.font = `11px ${font}`;
  context.textBaseline = "middle";
  for (const time of times) {
    const at = Math.round(x(time)) + 0.5;
    context.fillStyle = paint.faint;
    context.fillRect(at - 0.5, height - 6, 1, 6);
    context.fillStyle = paint.muted;
    const text = tickText(time, step, language);
    if (at + 4 + context.measureText(text).width < width) context.fillText(text, at + 4, height / 2);
  }
}

export function drawRows(canvas: HTMLCanvasElement, paint: Paint, picture: Picture): void {
  const pen = prepare(canvas, paint, picture.range);
  if (!pen) return;
  const { context, width, height, x } = pen;
  context.fillStyle = paint.line;
  for (const time of ticks(picture.range, width).times) context.fillRect(Math.round(x(time)), 0, 1, height);
  const last = Math.min(picture.rows.length, picture.first + Math.ceil((height + picture.shift) / ROW_HEIGHT) + 1);
  drawShadows(pen, picture);
  for (let index = picture.first; index < last; index += 1) {
    const row = picture.rows[index];
    if (!row) continue;
    const top = (index - picture.first) * ROW_HEIGHT - picture.shift;
    if (row.lane.id === picture.chosen) {
      context.fillStyle = paint["accent-wash"];
      context.fillRect(0, top, width, ROW_HEIGHT);
    }
    drawRow(pen, row, top, picture);
  }
  context.fillStyle = paint.line;
  for (let index = picture.first; index <= last; index += 1) {
    context.fillRect(0, (index - picture.first) * ROW_HEIGHT - picture.shift + ROW_HEIGHT - 1, width, 1);
  }
}

/** While one task blocks, everyone stands still: its stretch is shaded over all the rows. */
function drawShadows({ context, paint, x, height, width }: Pen, { rows, range }: Picture): void {
  context.fillStyle = paint["error-wash"];
  for (const row of rows) {
    if (row.blocked === 0) continue;
    visibleRuns(row, range, width, (state, from, to) => {
      if (state === "blocked") context.fillRect(x(from), 0, Math.max(1, x(to) - x(from)), height);
    });
  }
}

/**
 * Goes through what is in view of a row, at most once for each pixel: short neighbours are seen as one stretch, in the
 * state that matters most among those looked at. A hundred thousand stretches cost no more than the width of the screen.
 */
function visibleRuns(
  row: Row,
  range: Range,
  width: number,
  visit: (state: SliceState, from: number, to: number, index: number) => void,
): void {
  const pixel = (range.to - range.from) / Math.max(width, 1);
  const { start, end, state } = row.columns;
  let index = firstEndingAfter(row, range.from);
  while (index < row.length) {
    const from = start[index] ?? 0;
    if (from > range.to) return;
    const to = end[index] ?? from;
    if (to - from >= pixel) {
      visit(STATES[state[index] ?? 0] ?? "waiting", from, to, index);
      index += 1;
      continue;
    }
    const next = Math.max(index + 1, firstEndingAfter(row, from + pixel, index));
    let most = 0;
    for (let at = index, seen = 0; at < next && seen < 64; at += 1, seen += 1) most = Math.max(most, state[at] ?? 0);
    const until = Math.max(end[next - 1] ?? to, from);
    visit(STATES[most] ?? "waiting", from, until, next - index === 1 ? index : -1);
    index = next;
  }
}

function drawRow(pen: Pen, row: Row, top: number, picture: Picture): void {
  const { context, paint, x, width } = pen;
  const { lane } = row;
  const from = Math.max(0, x(lane.start));
  const to = Math.min(width, x(lane.end ?? picture.now));
  context.fillStyle = paint.faint;
  context.fillRect(from, top + MIDDLE - 0.5, Math.max(0, to - from), 1);
  visibleRuns(row, picture.range, width, (state, start, end, index) => {
    drawStretch(pen, picture, state, start, end, top, index < 0 ? "" : (row.columns.label[index] ?? ""));
  });
  if (row.open)
    drawStretch(
      pen,
      picture,
      row.open.state,
      row.open.start,
      Math.max(picture.now, row.open.start),
      top,
      row.open.label,
    );
  if (lane.kind === "task" && lane.end !== null) drawFate(pen, lane.fate, x(lane.end), top + MIDDLE);
  for (const mark of picture.marks.get(lane.id) ?? []) drawMark(pen, paint[mark.severity], x(mark.time), top);
}

function drawStretch(
  pen: Pen,
  picture: Picture,
  state: SliceState,
  start: number,
  end: number,
  top: number,
  label: string,
): void {
  const { context, paint, x, width, hatch } = pen;
  const from = Math.max(-4, x(start));
  const to = Math.min(width + 4, x(end));
  const size = { waiting: 12, ready: 6, running: 16, blocked: 22 }[state];
  const at = top + MIDDLE - size / 2;
  const length = Math.max(to - from, state === "blocked" ? 3 : state === "running" ? 2 : 1);
  context.fillStyle = state === "waiting" ? hatch : paint[state];
  context.beginPath();
  context.roundRect(from, at, length, size, Math.min(3, length / 2));
  context.fill();
  if (length < 34) return;
  if (state === "blocked") {
    context.strokeStyle = paint.ink;
    context.lineWidth = 1.5;
    context.stroke();
    caption(
      pen,
      picture,
      picture.blockedWords(duration(end - start, picture.language)),
      paint["on-blocked"],
      from,
      length,
      top,
      true,
    );
  } else if (state === "running") {
    caption(pen, picture, label, paint.surface, from, length, top, false);
  } else if (state === "waiting" && label) {
    caption(pen, picture, label, paint.ink, from, length, top, false, paint.surface);
  }
}

/** Words in a stretch, if they fit it whole: half a word would say something else. */
function caption(
  pen: Pen,
  picture: Picture,
  text: string,
  colour: string,
  from: number,
  length: number,
  top: number,
  bold: boolean,
  ground?: string,
): void {
  const { context } = pen;
  context.font = `${bold ? "600 " : ""}11px ${picture.font}`;
  const left = Math.max(from, 0) + 6;
  const size = context.measureText(text).width;
  if (!text || left + size + 5 > from + length) return;
  if (ground) {
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(left - 3, top + MIDDLE - 7, size + 6, 14, 4);
    context.fill();
  }
  context.fillStyle = colour;
  context.textBaseline = "middle";
  context.fillText(text, left, top + MIDDLE + 0.5);
}

/** How a task ended, each way with a shape of its own. */
function drawFate({ context, paint }: Pen, fate: Fate, x: number, y: number): void {
  const colour = {
    finished: paint.good,
    failed: paint.error,
    cancelled: paint.warning,
    collected: paint.error,
    pending: paint.muted,
    running: paint.muted,
  }[fate];
  if (fate === "running") return;
  context.strokeStyle = colour;
  context.fillStyle = paint.surface;
  context.lineWidth = 1.8;
  context.beginPath();
  if (fate === "finished") {
    context.moveTo(x, y - 8);
    context.lineTo(x, y + 8);
    context.stroke();
    return;
  }
  if (fate === "collected") context.rect(x - 6, y - 6, 12, 12);
  else context.arc(x, y, 6.5, 0, Math.PI * 2);
  context.fill();
  context.stroke();
  context.beginPath();
  if (fate === "failed" || fate === "collected") {
    context.moveTo(x - 3, y - 3);
    context.lineTo(x + 3, y + 3);
    context.moveTo(x + 3, y - 3);
    context.lineTo(x - 3, y + 3);
  } else if (fate === "cancelled") {
    context.moveTo(x - 4, y + 4);
    context.lineTo(x + 4, y - 4);
  } else {
    context.moveTo(x, y - 3.5);
    context.lineTo(x, y);
    context.lineTo(x + 3, y + 1.5);
  }
  context.stroke();
}

/** A finding: a small flag at the top of its row. */
function drawMark({ context, paint }: Pen, colour: string, x: number, top: number): void {
  context.fillStyle = colour;
  context.strokeStyle = paint.surface;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x - 5, top + 1);
  context.lineTo(x + 5, top + 1);
  context.lineTo(x, top + 9);
  context.closePath();
  context.fill();
  context.stroke();
}

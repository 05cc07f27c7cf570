import type { ArrowKind, Severity, SliceState } from "../generated/schema.ts";
import { duration, type Language, type Messages } from "../i18n/index.ts";
import { visitArrows } from "./arrows.ts";
import type { Item } from "./items.ts";
import { drawArrow, drawFate, drawMark } from "./marks.ts";
import { firstEndingAfter, type Row, STATES } from "./model.ts";
import { labelOf } from "./names.ts";
import type { Pen } from "./pen.ts";
import { type Range, tickText, ticks } from "./scale.ts";

export const ROW_HEIGHT = 30;
/** Where two runs share the room, their rows are lower. */
export const LOW_ROW = 22;
/** More arrows than these in view are a thicket, and only those of the chosen task are drawn. */
const MOST_ARROWS = 240;

export interface Picture {
  items: readonly Item[];
  /** The first row that is in view, and how far it is scrolled up, in pixels. */
  first: number;
  shift: number;
  rowHeight: number;
  range: Range;
  chosen: number | null;
  marks: ReadonlyMap<number, { time: number; severity: Severity }[]>;
  words: Messages;
  language: Language;
  font: string;
}

/** Whether two pictures show the same: what they hold is replaced, never changed, when it is another. */
export function samePicture(one: Picture, two: Picture): boolean {
  const names = Object.keys(one) as (keyof Picture)[];
  return names.every(
    (name) =>
      one[name] === two[name] ||
      (name === "range" && one.range.from === two.range.from && one.range.to === two.range.to),
  );
}

export function drawRuler(pen: Pen, range: Range, language: Language, font: string): void {
  const { context, paint, width, height, x } = pen;
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

export function drawRows(pen: Pen, picture: Picture): void {
  const { context, paint, width, height, x } = pen;
  const { items, first, shift, rowHeight } = picture;
  context.fillStyle = paint.line;
  for (const time of ticks(picture.range, width).times) context.fillRect(Math.round(x(time)), 0, 1, height);
  const last = Math.min(items.length, first + Math.ceil((height + shift) / rowHeight) + 1);
  const top = (index: number): number => (index - first) * rowHeight - shift;
  const shadows = shadowsOf(picture, width);
  context.fillStyle = paint["error-wash"];
  for (const { start, end, from, to } of shadows)
    context.fillRect(x(start), top(from), Math.max(1, x(end) - x(start)), (to - from) * rowHeight);
  for (let index = first; index < last; index += 1) {
    const item = items[index];
    if (!item) continue;
    if (!item.row) {
      context.fillStyle = paint.sunken;
      context.fillRect(0, top(index), width, rowHeight);
    } else {
      if (item.row.lane.id === picture.chosen && !item.past) {
        context.fillStyle = paint["accent-wash"];
        context.fillRect(0, top(index), width, rowHeight);
      }
      drawRow(pen, item.row, item.now, top(index), picture, item.past);
      // The loop stands still meanwhile, which its own stretches do not tell: it did nothing.
      if (item.row.lane.kind === "loop")
        for (const { start, end, from, to } of shadows)
          if (from <= index && index < to) drawStretch(pen, picture, "blocked", start, end, top(index), "", true);
    }
  }
  drawArrows(pen, picture, top);
  context.fillStyle = paint.line;
  for (let index = first; index < last; index += 1) context.fillRect(0, top(index) + rowHeight - 1, width, 1);
}

/** A stretch in which everyone stands still, and the rows of its run: from the one to before the other. */
interface Shadow {
  start: number;
  end: number;
  from: number;
  to: number;
}

/** While one task blocks, everyone of its run stands still: its stretch is shaded over all of their rows. */
function shadowsOf({ items, range }: Picture, width: number): Shadow[] {
  const heading = items.findIndex((item, index) => index > 0 && !item.row);
  const border = heading < 0 ? items.length : heading;
  const shadows: Shadow[] = [];
  items.forEach(({ row, past }) => {
    if (!row || row.blocked === 0) return;
    const [from, to] = past || border === items.length ? [0, border] : [border, items.length];
    visibleRuns(row, range, width, (state, start, end) => {
      if (state === "blocked") shadows.push({ start, end, from, to });
    });
  });
  return shadows;
}

/** That a timer of the loop ended a sleep is seen by the sleep's end: an arrow for each would be a thicket. */
function isTimer(items: readonly Item[], start: number | undefined, kind: ArrowKind): boolean {
  return kind === "woken" && start !== undefined && items[start]?.row?.lane.kind === "loop";
}

function drawArrows(pen: Pen, { items, range, chosen, rowHeight }: Picture, top: (index: number) => number): void {
  const middle = rowHeight / 2;
  for (const past of [true, false]) {
    const arrows = items.find((item) => item.row && item.past === past)?.arrows;
    if (!arrows) continue;
    const places = new Map<number, number>();
    items.forEach((item, index) => item.row && item.past === past && places.set(item.row.lane.id, index));
    const found: Parameters<Parameters<typeof visitArrows>[3]>[] = [];
    visitArrows(arrows, range.from, range.to, (...arrow) => found.push(arrow) <= MOST_ARROWS);
    const few = found.length <= MOST_ARROWS;
    const visit = (...[from, to, time, kind]: (typeof found)[number]): boolean => {
      const [start, end] = [places.get(from), places.get(to)];
      const wanted = chosen === null || past ? few && !isTimer(items, start, kind) : from === chosen || to === chosen;
      if (wanted && start !== undefined && end !== undefined && start !== end)
        drawArrow(pen, kind, pen.x(time), top(start) + middle, top(end) + middle - (end > start ? 8 : -8));
      return true;
    };
    if (few) found.forEach((arrow) => visit(...arrow));
    else if (chosen !== null && !past) visitArrows(arrows, range.from, range.to, visit);
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

function drawRow(pen: Pen, row: Row, now: number, top: number, picture: Picture, past: boolean): void {
  const { context, paint, x, width } = pen;
  const { lane } = row;
  const middle = top + picture.rowHeight / 2;
  const calm = lane.kind === "loop";
  const from = Math.max(0, x(lane.start));
  const to = Math.min(width, x(lane.end ?? now));
  context.fillStyle = paint.faint;
  context.fillRect(from, middle - 0.5, Math.max(0, to - from), 1);
  visibleRuns(row, picture.range, width, (state, start, end, index) => {
    const label = index < 0 ? "" : (row.columns.label[index] ?? "");
    drawStretch(pen, picture, state, start, end, top, labelOf(lane.kind, { state, label }, picture.words), calm);
  });
  const { open } = row;
  if (open) {
    const label = labelOf(lane.kind, open, picture.words);
    drawStretch(pen, picture, open.state, open.start, Math.max(now, open.start), top, label, calm);
  }
  if (lane.kind === "task" && lane.end !== null) drawFate(pen, lane.fate, x(lane.end), middle);
  for (const mark of (past ? [] : picture.marks.get(lane.id)) ?? [])
    drawMark(pen, paint[mark.severity], x(mark.time), top);
}

/** The heights of stretches in a row of the usual height, and in the loop's own: idling is what nobody looks for. */
const SIZES = { waiting: 12, ready: 8, running: 16, blocked: 22 };
const CALM_SIZES = { waiting: 4, ready: 8, running: 16, blocked: 12 };

function drawStretch(
  pen: Pen,
  picture: Picture,
  state: SliceState,
  start: number,
  end: number,
  top: number,
  label: string,
  calm: boolean,
): void {
  const { context, paint, x, width, patterns } = pen;
  const { rowHeight, words, language } = picture;
  const from = Math.max(-4, x(start));
  const to = Math.min(width + 4, x(end));
  const size = Math.round((calm ? CALM_SIZES : SIZES)[state] * Math.min(1, (rowHeight + 4) / ROW_HEIGHT));
  const middle = top + rowHeight / 2;
  const length = Math.max(to - from, state === "blocked" ? 3 : state === "running" ? 2 : 1);
  context.fillStyle = state === "running" ? paint.running : patterns[state];
  context.beginPath();
  context.roundRect(from, middle - size / 2, length, size, Math.min(3, length / 2));
  context.fill();
  if (length < 34 || calm) return;
  const write = (text: string, colour: string, bold: boolean, ground?: string): boolean =>
    caption(pen, picture.font, text, colour, from, length, middle, bold, ground);
  if (state === "blocked") {
    context.strokeStyle = paint.ink;
    context.lineWidth = 1.5;
    context.stroke();
    const time = duration(end - start, language);
    // The length of the bar says the rest.
    if (!write(words.blockedFor(time), paint["on-blocked"], true, paint.blocked))
      write(time, paint["on-blocked"], true, paint.blocked);
  } else if (state === "running") {
    write(label, paint.surface, false);
  } else if (state === "waiting" && label) {
    write(label, paint.ink, false, paint.surface);
  } else if (state === "ready" && label === words.stretches.late) {
    write(words.lateBy(duration(end - start, language)), paint.ink, false, paint.surface);
  }
}

/** Words in a stretch, if they fit it whole: half a word would say something else. */
function caption(
  { context }: Pen,
  font: string,
  text: string,
  colour: string,
  from: number,
  length: number,
  middle: number,
  bold: boolean,
  ground?: string,
): boolean {
  context.font = `${bold ? "600 " : ""}11px ${font}`;
  const left = Math.max(from, 0) + 6;
  const size = context.measureText(text).width;
  if (!text || left + size + 5 > from + length) return false;
  if (ground) {
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(left - 3, middle - 7, size + 6, 14, 4);
    context.fill();
  }
  context.fillStyle = colour;
  context.textBaseline = "middle";
  context.fillText(text, left, middle + 0.5);
  return true;
}

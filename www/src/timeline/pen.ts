import { MARK_ROOM, type Range } from "./scale.ts";

/** The custom properties that the drawing uses, resolved to colours. */
export const PAINTS = [
  "surface",
  "sunken",
  "ink",
  "muted",
  "faint",
  "line",
  "line-strong",
  "running",
  "ready",
  "ready-mark",
  "waiting",
  "hatch",
  "blocked",
  "blocked-mark",
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

/** What the drawing needs of a canvas: pictures in other formats have the same. */
export type Surface = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "font"
  | "textBaseline"
  | "fillRect"
  | "beginPath"
  | "closePath"
  | "moveTo"
  | "lineTo"
  | "arc"
  | "rect"
  | "roundRect"
  | "fill"
  | "stroke"
  | "fillText"
  | "measureText"
  | "setLineDash"
>;

/** The states that a colour alone does not tell. */
export interface Patterns {
  waiting: CanvasPattern | string;
  ready: CanvasPattern | string;
  blocked: CanvasPattern | string;
}

export interface Pen {
  context: Surface;
  paint: Paint;
  width: number;
  height: number;
  x: (time: number) => number;
  patterns: Patterns;
}

/** Lines of a pattern's tile, and how wide they are drawn: waiting is hatched, ready is dotted, blocked is striped. */
export const TILES = {
  waiting: { size: 6, ground: "waiting", ink: "hatch", stroke: 1, lines: [-6, 0, 6].map((x) => [x, 6, x + 6, 0]) },
  ready: { size: 4, ground: "ready", ink: "ready-mark", stroke: 1.2, lines: [[1, 0, 1, 4]] },
  blocked: {
    size: 12,
    ground: "blocked",
    ink: "blocked-mark",
    stroke: 3,
    lines: [-12, 0, 12].map((x) => [x, 0, x + 12, 12]),
  },
} as const satisfies Record<
  keyof Patterns,
  { size: number; ground: keyof Paint; ink: keyof Paint; stroke: number; lines: number[][] }
>;

function tile(context: CanvasRenderingContext2D, paint: Paint, name: keyof Patterns): CanvasPattern | string {
  const { size, ground, ink, stroke, lines } = TILES[name];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return paint[ground];
  pen.fillStyle = paint[ground];
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = paint[ink];
  pen.lineWidth = stroke;
  pen.beginPath();
  for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of lines) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
  return context.createPattern(canvas, "repeat") ?? paint[ground];
}

let kept: { paint: Paint; patterns: Patterns } | null = null;

/** Fits a canvas to its box and the screen's pixels, and clears it. */
export function canvasPen(canvas: HTMLCanvasElement, paint: Paint, range: Range): Pen | null {
  const { clientWidth, clientHeight } = canvas;
  return sizedPen(canvas, clientWidth, clientHeight, (devicePixelRatio || 1) * zoomOf(canvas), paint, range);
}

/** How much larger an element is on the screen than it is for itself. Pointers are told of in pixels of the screen. */
export function zoomOf(element: HTMLElement): number {
  const { offsetWidth } = element;
  return offsetWidth > 0 ? element.getBoundingClientRect().width / offsetWidth : 1;
}

export function sizedPen(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
  paint: Paint,
  range: Range,
): Pen | null {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  if (!context || width === 0) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (kept?.paint !== paint) {
    const named = (name: keyof Patterns): CanvasPattern | string => tile(context, paint, name);
    kept = { paint, patterns: { waiting: named("waiting"), ready: named("ready"), blocked: named("blocked") } };
  }
  return { context, paint, width, height, x: scaled(range, width), patterns: kept.patterns };
}

export function scaled(range: Range, width: number): (time: number) => number {
  const scale = (width - MARK_ROOM) / (range.to - range.from);
  return (time) => (time - range.from) * scale;
}

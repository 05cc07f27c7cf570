import type { ArrowKind, Fate } from "../generated/schema.ts";
import type { Pen } from "./pen.ts";

/** Pixels from the edge that a sign takes. */
const EDGE = 8;

/** How a task ended, each way with a shape of its own. */
export function drawFate({ context, paint }: Pen, fate: Fate, at: number, y: number): void {
  // What ended in the first moment is to be seen whole.
  const x = fate !== "finished" && at >= 0 ? Math.max(at, EDGE) : at;
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
export function drawMark({ context, paint }: Pen, colour: string, x: number, top: number): void {
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

/** From the row that made another ready, at that moment, to the other. */
export function drawArrow({ context, paint }: Pen, kind: ArrowKind, x: number, from: number, to: number): void {
  const colour = { created: paint.accent, woken: paint["line-strong"], cancelled: paint.warning }[kind];
  const down = to > from ? 1 : -1;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.2;
  context.setLineDash({ created: [], woken: [3, 3], cancelled: [6, 3] }[kind]);
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to - 6 * down);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(x, from, 2.2, 0, Math.PI * 2);
  context.fill();
  context.beginPath();
  context.moveTo(x, to);
  context.lineTo(x - 3.5, to - 7 * down);
  context.lineTo(x + 3.5, to - 7 * down);
  context.closePath();
  context.fill();
}

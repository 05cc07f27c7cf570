import { html, type TemplateResult } from "lit";

/** What the editor takes of the width and the timeline of the height, in percent. */
export interface Shares {
  columns: number;
  rows: number;
}

const LEAST = 15;
const MOST = 80;

export const isShare = (value: unknown): value is number =>
  typeof value === "number" && value >= LEAST && value <= MOST;

/** A handle between two panes, moved by pointer or arrow keys. Its value is the share of the room in percent. */
export function splitter(
  direction: "columns" | "rows",
  label: string,
  value: number,
  set: (value: number) => void,
): TemplateResult {
  const limited = (share: number): number => Math.round(Math.min(MOST, Math.max(LEAST, share)) * 10) / 10;
  const drag = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    const room = handle.parentElement?.getBoundingClientRect();
    if (!room || !handle.hasPointerCapture(event.pointerId)) return;
    // The timeline lies below its handle, the editor left of its own.
    const share =
      direction === "columns" ? (event.clientX - room.left) / room.width : (room.bottom - event.clientY) / room.height;
    set(limited(share * 100));
  };
  const grab = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -2, ArrowRight: 2, ArrowUp: 2, ArrowDown: -2 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(limited(value + by));
  };
  return html`<div
    class="splitter ${direction}"
    role="separator"
    tabindex="0"
    aria-label=${label}
    aria-orientation=${direction === "columns" ? "vertical" : "horizontal"}
    aria-valuemin=${LEAST}
    aria-valuemax=${MOST}
    aria-valuenow=${Math.round(value)}
    @pointerdown=${grab}
    @pointermove=${drag}
    @keydown=${key}
  ></div>`;
}

import { moved, type Range, zoomed } from "./scale.ts";

export interface GestureHost {
  shown: () => Range;
  /** The latest moment there is. */
  now: () => number;
  /** Whether all of the run is in view, so that there is nowhere to move to. */
  whole: () => boolean;
  look: (range: Range) => void;
  seek: (time: number) => void;
  hover: (event: PointerEvent) => void;
  press: (event: PointerEvent) => void;
  timeAt: (clientX: number) => number;
  width: () => number;
}

/** A pointer that moved less than this many pixels has pressed rather than dragged. */
const NEAR = 4;

/** Mouse, pen and fingers on the picture: one finger moves, two zoom, and on the ruler any of them scrubs. */
export class Gestures {
  readonly #host: GestureHost;
  readonly #pointers = new Map<number, { x: number; began: number }>();
  #range: Range | null = null;
  #far = false;
  #scrubs = false;

  constructor(host: GestureHost) {
    this.#host = host;
  }

  readonly grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const canvas = event.currentTarget as HTMLElement;
    canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.clientX, began: event.clientX });
    for (const pointer of this.#pointers.values()) pointer.began = pointer.x;
    this.#range = this.#host.shown();
    this.#far = this.#pointers.size > 1;
    this.#scrubs = canvas.dataset["canvas"] === "ruler";
    if (this.#scrubs) this.#host.seek(this.#host.timeAt(event.clientX));
  };

  readonly move = (event: PointerEvent): void => {
    const pointer = this.#pointers.get(event.pointerId);
    if (!pointer || !this.#range) {
      this.#host.hover(event);
      return;
    }
    pointer.x = event.clientX;
    if (this.#pointers.size > 1) this.#pinch(this.#range);
    else if (this.#scrubs) this.#host.seek(this.#host.timeAt(event.clientX));
    else this.#drag(event, pointer, this.#range);
  };

  readonly release = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId)) return;
    (event.currentTarget as Element).classList.remove("moving");
    if (!this.#far && !this.#scrubs && event.type === "pointerup") this.#host.press(event);
    for (const pointer of this.#pointers.values()) pointer.began = pointer.x;
    this.#range = this.#host.shown();
  };

  #drag(event: PointerEvent, pointer: { x: number; began: number }, range: Range): void {
    const by = pointer.began - event.clientX;
    if (Math.abs(by) > NEAR) this.#far = true;
    if (!this.#far || this.#host.whole()) return;
    (event.currentTarget as Element).classList.add("moving");
    this.#host.look(moved(range, (by / this.#host.width()) * (range.to - range.from), this.#host.now()));
  }

  /** What lay between the fingers stays between them. */
  #pinch(range: Range): void {
    const [one, two] = [...this.#pointers.values()];
    if (!one || !two) return;
    const before = Math.abs(one.began - two.began);
    const after = Math.max(Math.abs(one.x - two.x), 8);
    if (before < 8) return;
    const share = (this.#host.timeAt((one.x + two.x) / 2) - this.#host.shown().from) / this.#span(this.#host.shown());
    const around = range.from + share * this.#span(range);
    this.#host.look(zoomed(range, before / after, around, this.#host.now()));
  }

  #span({ from, to }: Range): number {
    return to - from;
  }
}

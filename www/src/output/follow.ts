/**
 * The output follows the playhead, and a run that goes on: the last line that has been printed is in view. A reader who
 * scrolls back while a run goes on is left in peace.
 */
import type { State } from "../store.ts";
import { zoomOf } from "../timeline/pen.ts";

/** So near its end a list counts as scrolled there, in pixels. */
const NEAR = 24;

export class Follower {
  #atEnd = true;
  /** How high the list was, in pixels: where it has become lower, what was in view may no longer be. */
  #height = 0;
  #seen: Pick<State, "instant" | "panel" | "run"> & { lines: unknown } = {
    instant: null,
    panel: "code",
    run: "none",
    lines: null,
  };

  /** The reader, or this, has scrolled the list. */
  readonly scrolled = (event: Event): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
    this.#atEnd = scrollTop + clientHeight >= scrollHeight - NEAR;
  };

  /** To be called when the lines are on the page. */
  follow(body: HTMLElement | null, { instant, panel, run, results }: State): void {
    const seen = this.#seen;
    const lines = results?.lines ?? null;
    this.#seen = { instant, panel, run, lines };
    if (run === "running" && seen.run !== "running") this.#atEnd = true;
    // To ask how high an empty list is would have the browser lay out the page once more, while it is being loaded too.
    if (!body || !lines?.length) return;
    const { clientHeight } = body;
    const resized = clientHeight !== this.#height;
    this.#height = clientHeight;
    const turned = instant !== seen.instant || panel !== seen.panel;
    if (instant !== null) {
      if (turned || resized || lines !== seen.lines) reveal(body);
    } else if (turned || ((resized || lines !== seen.lines) && this.#atEnd)) {
      body.scrollTop = body.scrollHeight;
    }
  }
}

/** Where the last printed line comes to stand: so far above the end of the list, in pixels, that the next is seen too. */
const AHEAD = 26;

/** Brings the last line that has been printed by the playhead's moment into view, with those before it. */
function reveal(body: HTMLElement): void {
  const printed = [...body.querySelectorAll<HTMLElement>(".line:not([data-later])")].at(-1);
  const frame = body.getBoundingClientRect();
  const line = printed?.getBoundingClientRect();
  if (!line) body.scrollTop = 0;
  else if (line.top < frame.top || line.bottom > frame.bottom)
    body.scrollTop += (line.bottom - frame.bottom) / zoomOf(body) + AHEAD;
}

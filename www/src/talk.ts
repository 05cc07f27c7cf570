/** Talk mode: the whole screen, everything larger, and keys that lead an audience through a program step by step. */
import { css } from "lit";

export const talkStyle = css`
  :host([talk]) {
    --code-size: 17px;
    --zoomed: var(--talk-scale, 1.2);
  }
  :host([talk]) :is(.bar, .panes, dialog) {
    zoom: var(--zoomed);
  }
  :host([talk]) dialog {
    max-height: calc(88vh / var(--zoomed));
  }
  :host([talk]) .finding > p:not(.words) {
    font-size: 16px;
  }
  :host([talk]) .lines {
    font-size: 15px;
  }
  :host([talk]) .finding header {
    font-size: 13px;
  }
  :host([talk]) .bar .share {
    border-color: transparent;
    background: transparent;
    color: var(--muted);
  }
  :host([talk]) :is(.bar .switch, .brand p, .bar .wide, .head .legend) {
    display: none;
  }
`;

/** A screen of so many pixels, in width and height, has room for the page as it is and no larger. */
const [WIDE, HIGH] = [1000, 600];
const [LEAST, MOST] = [1.2, 3];

/** How much larger everything is: what is small on a desk stays readable from the last row, and all panes stay in view. */
export function talkScale(width: number, height: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.min(width / WIDE, height / HIGH)));
}

export type TalkStep = "toggle" | "forward" | "back";

/**
 * What a key means for a talk. Page up and down are what the clickers of speakers send, so they count even while the
 * caret is in the program.
 */
export function talkStep(event: KeyboardEvent, talking: boolean, typing: boolean): TalkStep | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.shiftKey) return event.code === "KeyP" && !typing ? "toggle" : null;
  if (!talking) return null;
  if (event.key === "PageDown") return "forward";
  if (event.key === "PageUp") return "back";
  if (typing) return null;
  if (event.key === "Escape") return "toggle";
  if (event.key === "ArrowRight") return "forward";
  if (event.key === "ArrowLeft") return "back";
  return null;
}

/** What of the playground a talk changes. */
interface Speaking extends HTMLElement {
  talk: boolean;
}

/** The screen of a talk: taken where that is allowed; the large type comes either way. */
export class Talk {
  readonly #element: Speaking;
  #hasScreen = false;

  constructor(element: Speaking) {
    this.#element = element;
  }

  toggle(): void {
    if (this.#element.talk) this.#leave();
    else this.#enter();
  }

  /** Full screen is left by the browser's own Escape as well, of which no key arrives here. */
  screenChanged(): void {
    const has = this.#element.matches(":fullscreen");
    if (this.#hasScreen && !has) this.#element.talk = false;
    this.#hasScreen = has;
    this.fit();
  }

  /** Makes everything as large as the screen has room for. */
  fit(): void {
    const { style } = this.#element;
    if (!this.#element.talk) style.removeProperty("--talk-scale");
    else style.setProperty("--talk-scale", talkScale(innerWidth, innerHeight).toFixed(2));
  }

  #enter(): void {
    this.#element.talk = true;
    void this.#element.requestFullscreen().catch(() => undefined);
  }

  #leave(): void {
    this.#element.talk = false;
    if (this.#element.matches(":fullscreen")) void document.exitFullscreen().catch(() => undefined);
  }
}

/** Talk mode: the whole screen, type that the last row reads, and two keys that lead through a program. */
import { css } from "lit";
import type { Store } from "./store.ts";

export const talkStyle = css`
  :host([talk]) {
    --code-size: 24px;
    font-size: 20px;
  }
  :host([talk]) :is(.finding, .lines, .task, .status, .head h2) {
    font-size: 20px;
  }
  :host([talk]) .bar :is(.switch, .icon-button, select) {
    display: none;
  }
`;

export type TalkStep = "toggle" | "forward" | "back";

/** What a key means for a talk. Page up and down are what the clickers of speakers send. */
export function talkStep(event: KeyboardEvent, talking: boolean, typing: boolean): TalkStep | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.shiftKey && event.code === "KeyP" && !typing) return "toggle";
  if (!talking || typing) return null;
  if (event.key === "Escape") return "toggle";
  if (event.key === "PageDown" || event.key === "ArrowRight") return "forward";
  if (event.key === "PageUp" || event.key === "ArrowLeft") return "back";
  return null;
}

/** What of the playground a talk changes. */
interface Speaking extends HTMLElement {
  talk: boolean;
  live: boolean;
  readonly store: Store;
}

/** Nothing runs before the speaker says so; after the run each step is a finding. */
export function takeStep(step: TalkStep, element: Speaking, run: () => void, turn: (by: 1 | -1) => void): void {
  if (step === "toggle") {
    element.talk = !element.talk;
    if (element.talk) element.live = false;
    fillScreen(element, element.talk);
  } else if (step === "forward" && element.store.state.run === "none") {
    run();
  } else {
    turn(step === "forward" ? 1 : -1);
  }
}

/** Takes the screen where that is allowed; the large type comes either way. */
function fillScreen(element: HTMLElement, talking: boolean): void {
  if (talking) void element.requestFullscreen().catch(() => undefined);
  else if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

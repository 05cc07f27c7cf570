import { html, type TemplateResult } from "lit";
import type { Place } from "./findings/finding.ts";
import type { Fix, Outcome } from "./generated/schema.ts";
import { UNDELIVERED } from "./protocol.ts";
import { duration, type Language, type Messages } from "./i18n/index.ts";
import type { Action, State, Varied } from "./store.ts";

/** What every view is given: the state, the words, and the ways to act. */
export interface Ui {
  state: State;
  t: Messages;
  language: Language;
  /** Whether the program is only to be looked at, and run. */
  readOnly: boolean;
  dispatch: (action: Action) => void;
  /** Shows a place in the editor, and moves the focus there. */
  goTo: (place: Place) => void;
  /** Shows a place in the editor, if that is in view, and leaves the focus where it is. */
  show: (place: Place) => void;
  /** The words of a rule's page, in Markdown. */
  explain: (rule: string) => string | null;
  copy: (text: string) => void;
  /** Takes what the reader brings along. */
  take: (files: readonly File[]) => void;
  run: () => void;
  /** Changes the text as a fix says, and runs it beside the run that was. */
  fix: (fix: Fix) => void;
  /** Runs the program under other schedules, out of sight, and tells what only those show. */
  explore: () => void;
  /** Runs it otherwise than as written, or again as written, beside the run that was. */
  vary: (variation: Varied) => void;
  /** Turns to the finding after the chosen one, or the one before it, and leaves the focus where it is. */
  nextFinding: (by: 1 | -1) => void;
  /** Moves the focus to the list of the findings. */
  toFindings: () => void;
}

/** A place, as a button that leads to it. Names the file only where there are several. */
export function placeButton(ui: Ui, place: Place): TemplateResult {
  const several = ui.state.workspace.files.length > 1;
  const text = several ? `${place.file}:${place.line}` : ui.t.line(place.line);
  return html`<button type="button" class="place" @click=${() => ui.goTo(place)}>${text}</button>`;
}

export function outcomeText(outcome: Outcome, t: Messages): string {
  if (typeof outcome === "string") return t.outcome[outcome];
  if ("raised" in outcome) return t.outcome.raised(outcome.raised.status);
  if ("limit" in outcome) return t.outcome.limit[outcome.limit.limit];
  return undelivered(outcome) === null ? t.outcome.internal : t.outcome.undelivered;
}

/** What did not arrive that the program needs, and why; `null` for any other outcome. */
export function undelivered(outcome: Outcome): string | null {
  if (typeof outcome === "string" || !("internal" in outcome)) return null;
  const { message } = outcome.internal;
  return message.startsWith(UNDELIVERED) ? message.slice(UNDELIVERED.length) : null;
}

/** The outcome with the virtual time at which it came. */
export function outcomeLine(outcome: Outcome, now: number, t: Messages, language: Language): string {
  const [what = "", ...why] = outcomeText(outcome, t).split(": ");
  return [`${what} ${t.after(duration(now, language).replace(" ", "\u00a0"))}`, ...why].join(": ");
}

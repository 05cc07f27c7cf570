import { lastWords } from "./findings/crash.ts";
import { type Language, messages } from "./i18n/index.ts";
import type { Action, State } from "./store.ts";
import { outcomeLine } from "./ui.ts";

/** While a run goes on, news of it come no closer than this, in milliseconds. */
const APART = 1_000;

/** Tells those who listen rather than look: the start, that findings have come, and the end. */
export class Announcer {
  said = "";
  #at = 0;

  hear(state: State, before: State, action: Action, language: Language): void {
    const t = messages(language);
    const found = state.results?.diagnostics.length ?? 0;
    const now = performance.now();
    if (action.type === "runStarted") {
      this.said = t.announceStart;
      this.#at = now;
    } else if (action.type === "runEnded" && state.results) {
      const outcome = outcomeLine(action.outcome, state.results.now, t, language);
      const { crash } = state.results;
      const end = crash ? `${outcome}. ${lastWords(crash)}` : outcome;
      this.said = t.announceEnd(end, t.findingsCount(found));
    } else if (action.type === "exploreEnded") {
      this.said = t.announceExplored(t.findingsCount(found));
    } else if (
      action.type === "runUpdated" &&
      found !== (before.results?.diagnostics.length ?? 0) &&
      now - this.#at > APART
    ) {
      this.said = t.findingsCount(found);
      this.#at = now;
    }
  }
}

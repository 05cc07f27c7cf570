/** Going from finding to finding, and from a finding to its place: the list, the editor and the timeline follow. */
import type { Editor } from "../editor/editor.ts";
import type { Diagnostic, Fix } from "../generated/schema.ts";
import { type Language, messages } from "../i18n/index.ts";
import type { Store } from "../store.ts";
import { type Place, placeOf, sentenceOf } from "./finding.ts";
import { neighbour } from "./view.ts";

export interface Walker {
  readonly store: Store;
  editor: () => Editor | null;
  language: () => Language;
  find: (selector: string) => HTMLElement | null;
  /** Settles when what was asked for is on the screen. */
  shown: () => Promise<unknown>;
  /** Tells those who listen rather than look. */
  say: (text: string) => void;
}

export class Walk {
  readonly #host: Walker;

  constructor(host: Walker) {
    this.#host = host;
  }

  /** To the finding after the chosen one, or the one before it. */
  next(step: 1 | -1, focus = true): void {
    const { store, say, language } = this.#host;
    const next = neighbour({ state: store.state }, step);
    if (!next) return;
    store.dispatch({ type: "findingChosen", id: next.one.id, look: true });
    const count = store.state.results?.diagnostics.length ?? 0;
    const sentence = sentenceOf(next.one, language()).replaceAll("`", "");
    say(messages(language()).announceFinding(next.position, count, next.one.rule, sentence));
    void this.goTo(placeOf(next.one), focus);
    // An audience sees all of what is spoken about.
    this.#reveal(focus ? "nearest" : "start");
  }

  /** Where the caret stands, the finding of that line is the chosen one. */
  caretMoved(line: number): void {
    const { store, shown } = this.#host;
    const { state } = store;
    const here = (state.results?.diagnostics ?? []).filter(
      ({ file, span }) => file === state.active && span.line <= line && line <= span.endLine,
    );
    if (here.length === 0 || here.some(({ id }) => id === state.finding)) return;
    store.dispatch({ type: "findingChosen", id: here[0]?.id ?? null });
    void shown().then(() => this.#reveal("nearest"));
  }

  /** The first fix of the chosen finding, or of the one at the caret, or of the first that has any. */
  firstFix(): Fix | undefined {
    const { state } = this.#host.store;
    const all = state.results?.diagnostics ?? [];
    const line = this.#host.editor()?.line;
    const fixable = (one: Diagnostic): boolean => one.fixes.length > 0;
    const found =
      all.find((one) => one.id === state.finding && fixable(one)) ??
      all.find((one) => one.file === state.active && one.span.line === line && fixable(one)) ??
      all.find(fixable);
    return found?.fixes[0];
  }

  /** To the list of the findings, and there to the chosen one. */
  focusList(): void {
    const { store, shown, find } = this.#host;
    store.dispatch({ type: "panelChosen", panel: "findings" });
    void shown().then(() => {
      (find(".finding[data-chosen] .rule button") ?? find(".finding .rule button") ?? find("#findings"))?.focus();
    });
  }

  async goTo(place: Place, focus: boolean): Promise<void> {
    const { store, shown, editor } = this.#host;
    if (focus) store.dispatch({ type: "panelChosen", panel: "code" });
    store.dispatch({ type: "activated", path: place.file });
    await shown();
    if (store.state.active === place.file) editor()?.goTo(place, focus);
  }

  #reveal(block: ScrollLogicalPosition): void {
    const { finding } = this.#host.store.state;
    if (finding !== null) this.#host.find(`[data-finding="${CSS.escape(finding)}"]`)?.scrollIntoView({ block });
  }
}

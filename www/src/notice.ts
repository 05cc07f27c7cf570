import { html, nothing, type TemplateResult } from "lit";
import { icons } from "./icons.ts";
import type { Ui } from "./ui.ts";

/** One line above the editor on what has just happened, with a way back where there is one. */
export function noticeView(ui: Ui, closeRun: () => void): TemplateResult | typeof nothing {
  const { notice, previous } = ui.state;
  if (!notice || notice === "copied") return nothing;
  const undo = (): void => {
    closeRun();
    ui.dispatch({ type: "previousRestored" });
  };
  return html`<div class="notice" role="status">
    <span>${ui.t[notice]}</span>
    ${previous ? html`<button type="button" class="button" @click=${undo}>${ui.t.undo}</button>` : nothing}
    <button
      type="button"
      class="icon-button"
      aria-label=${ui.t.dismiss}
      @click=${() => ui.dispatch({ type: "noticed", notice: null })}
    >
      ${icons.close}
    </button>
  </div>`;
}

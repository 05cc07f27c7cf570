import { html, type TemplateResult } from "lit";
import { legibleName } from "../legible.ts";
import type { Ui } from "../ui.ts";

/** Names of more characters than these are shown by their beginning. */
const LONG = 40;

/** A task, as a button that leads to it: it is chosen, and where the list holds it the focus goes there. */
export function taskButton(ui: Ui, id: number, name: string): TemplateResult {
  const shown = legibleName(name);
  const go = (event: Event): void => {
    const root = (event.currentTarget as HTMLElement).getRootNode() as Document | ShadowRoot;
    ui.dispatch({ type: "taskChosen", id });
    // It is opened with the next frame.
    requestAnimationFrame(() => {
      const task = root.querySelector<HTMLElement>(`[data-task="${id}"] > button`);
      task?.focus({ preventScroll: true });
      task?.scrollIntoView({ block: "nearest" });
    });
  };
  const size = shown.length > LONG ? "long" : "";
  return html`<button
    type="button"
    class="place ${size}"
    title=${size && shown}
    aria-label=${ui.t.taskNamed(shown)}
    @click=${go}
  >
    ${shown}
  </button>`;
}

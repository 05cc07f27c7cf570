import { css, html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { Dialog } from "../store.ts";
import type { Format } from "../share/downloads.ts";
import type { Ui } from "../ui.ts";
import { type Gallery, galleryView } from "./gallery.ts";
import { type Predicting, predictView } from "./predict.ts";
import { type Preferences, settingsView } from "./settings.ts";
import { sharing, type ShareTexts, type Unshared } from "./sharing.ts";

export const dialogStyle = css`
  dialog[open] {
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  dialog {
    width: min(460px, calc(100vw - 24px));
    max-height: min(84vh, 720px);
    padding: 0;
    border: 1px solid var(--line-strong);
    border-radius: 14px;
    background: var(--raised);
    box-shadow: var(--shadow);
    color: var(--ink);
  }
  dialog.wide-dialog {
    width: min(640px, calc(100vw - 24px));
  }
  dialog::backdrop {
    background: rgb(8 14 20 / 45%);
  }
  dialog .title {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    padding: 12px 12px 10px 20px;
    border-bottom: 1px solid var(--line);
    background: var(--raised);
  }
  dialog h2 {
    margin: 0;
    font-size: 15px;
  }
  dialog .content {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-auto-rows: max-content;
    gap: 14px;
    padding: 16px 20px 20px;
  }
  dialog p {
    margin: 0;
    color: var(--muted);
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 14px;
    align-items: center;
  }
  .field small {
    display: block;
    color: var(--muted);
    font-size: 12.5px;
  }
  .field:not(:has(:invalid)) .bounds {
    display: none;
  }
  .field .bounds {
    color: var(--error);
  }
  .field input[type="number"] {
    width: 110px;
  }
  .field.block {
    grid-template-columns: minmax(0, 1fr);
    gap: 5px;
  }
  dialog input[type="number"],
  dialog input[type="text"],
  dialog textarea,
  dialog select {
    min-height: 34px;
    padding: 4px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 7px;
    background: var(--surface);
  }
  dialog textarea {
    min-height: 62px;
    font: 12.5px/1.5 var(--mono);
    resize: vertical;
  }
  .copyable {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 8px;
  }
  .copyable label {
    grid-column: 1 / -1;
    font-weight: 600;
    font-size: 13px;
  }
  dialog .copyable :is(input, textarea) {
    font: 12px/1.5 var(--mono);
    white-space: pre;
  }
  dialog .copyable textarea {
    min-height: 34px;
    resize: vertical;
  }
  dialog .copyable .button {
    align-self: start;
  }
  dialog .refused {
    display: flex;
    gap: 10px;
    color: var(--ink);
  }
  .refused svg {
    margin-top: 3px;
    color: var(--warning);
  }
  .downloads {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .downloads > span {
    flex: 1 1 100%;
    font-weight: 600;
    font-size: 13px;
  }
  .keys {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px 16px;
    margin: 0;
    align-items: baseline;
  }
  .keys dt {
    white-space: nowrap;
  }
  .keys dd {
    margin: 0;
  }
  @media (max-width: 480px) {
    .keys {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }
    .keys dt {
      white-space: normal;
    }
    .keys dd {
      margin-bottom: 8px;
    }
    .field select {
      max-width: 150px;
    }
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line-strong);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--sunken);
    font: 12px var(--mono);
  }
`;

/** What the dialogs show and do beyond the state. */
export interface Dialogs {
  preferences: Preferences;
  share: ShareTexts | Unshared | null;
  save: (format: Format) => void;
  gallery: Gallery;
  predicting: Predicting;
}

export function dialogView(
  ui: Ui,
  { preferences, share, save, gallery, predicting }: Dialogs,
): TemplateResult | typeof nothing {
  const { dialog } = ui.state;
  if (!dialog) return nothing;
  const titles: Record<Dialog, string> = {
    settings: ui.t.settings,
    share: ui.t.share,
    help: ui.t.help,
    examples: ui.t.examples,
    predict: ui.t.predictMode,
  };
  const close = (): void => ui.dispatch({ type: "dialogToggled", dialog: null });
  /** A click on the backdrop reaches the dialog itself and nothing inside it. */
  const outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) close();
  };
  const contents: Record<Dialog, () => TemplateResult> = {
    settings: () => settingsView(ui, preferences),
    share: () => sharing(ui, share, save),
    help: () => helping(ui),
    examples: () => galleryView(ui, gallery),
    predict: () => predictView(ui, predicting),
  };
  return html`<dialog
    class=${{ examples: "broad", predict: "aside", help: "wide-dialog", settings: "settings" }[dialog as string] ?? ""}
    aria-labelledby="dialog-title"
    @close=${close}
    @click=${outside}
  >
    <div class="title">
      <h2 id="dialog-title">${titles[dialog]}</h2>
      <button type="button" class="icon-button" aria-label=${ui.t.close} @click=${close}>${icons.close}</button>
    </div>
    <div class="content" tabindex=${dialog === "help" ? 0 : nothing}>${contents[dialog]()}</div>
  </dialog>`;
}

function helping(ui: Ui): TemplateResult {
  const { t } = ui;
  const command = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";
  const keys: [string[][], string][] = [
    [
      [
        [command, "Enter"],
        ["Shift", "Enter"],
      ],
      t.keyRun,
    ],
    [[["Esc"]], t.keyStop],
    [[["F8"]], t.keyNext],
    [[["Shift", "F8"]], t.keyPrevious],
    [[[command, "Shift", "M"]], t.keyPanel],
    [[["Esc", "Tab"]], t.keyTab],
    [[["W"], ["S"]], t.keyZoom],
    [[["A"], ["D"], ["←"], ["→"]], t.keyMove],
    [[["↑"], ["↓"]], t.keyLanes],
    [[["Space"]], t.keyPlay],
    [[[","], ["."]], t.keyStepEvent],
    [[["["], ["]"]], t.keyStepTurn],
    [[["N"], ["Shift", "N"]], t.keyFindings],
    [[["0"]], t.fit],
    [[["Enter"]], t.keyToLine],
    [[[command, "."]], t.keyFix],
    [[["Shift", "P"]], t.keyTalk],
    [[["PgDn"], ["PgUp"]], t.keyTalkSteps],
    [[["?"]], t.keyHelp],
  ];
  const combination = (one: string[]): TemplateResult =>
    html`${one.map((key, index) => html`${index > 0 ? " " : ""}<kbd>${key}</kbd>`)}`;
  return html`<p>${t.about}</p>
    <ul class="legend whole" aria-label=${t.legend}>
      ${(["running", "ready", "waiting", "blocked"] as const).map((state) => html`<li><span class="swatch ${state}"></span>${t.states[state]}</li>`)}
      ${(["finished", "failed", "cancelled", "collected", "pending"] as const).map((fate) => html`<li>${icons[fate]}${t.ends[fate]}</li>`)}
    </ul>
    <dl class="keys">
      ${keys.map(
        ([ways, what]) =>
          html`<dt>${ways.map((way, index) => html`${index > 0 ? " · " : ""}${combination(way)}`)}</dt>
            <dd>${what}</dd>`,
      )}
    </dl>`;
}

import { css, html, nothing, type TemplateResult } from "lit";
import { languages } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { saveFileView } from "../share/single-file.ts";
import type { Dialog } from "../store.ts";
import type { Ui } from "../ui.ts";

export const dialogStyle = css`
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
  dialog::backdrop {
    background: rgb(8 14 20 / 45%);
  }
  dialog .title {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
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
    display: grid;
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
  .copyable input {
    font: 12px var(--mono) !important;
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
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line-strong);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--sunken);
    font: 12px var(--mono);
  }
`;

/** What of a dialog is not in the store: it belongs to the element's attributes. */
export interface Preferences {
  theme: string;
  setTheme: (theme: "auto" | "light" | "dark") => void;
  setLanguage: (language: string) => void;
  reset: () => void;
}

/** The texts to be shared, once they have been made. */
export interface ShareTexts {
  link: string;
  markdown: string;
  markdownCode: string;
}

export function dialogView(
  ui: Ui,
  preferences: Preferences,
  share: ShareTexts | null,
): TemplateResult | typeof nothing {
  const { dialog } = ui.state;
  if (!dialog) return nothing;
  const titles: Record<Dialog, string> = { settings: ui.t.settings, share: ui.t.share, help: ui.t.help };
  const close = (): void => ui.dispatch({ type: "dialogToggled", dialog: null });
  /** A click on the backdrop reaches the dialog itself and nothing inside it. */
  const outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) close();
  };
  return html`<dialog aria-labelledby="dialog-title" @close=${close} @click=${outside}>
    <div class="title">
      <h2 id="dialog-title">${titles[dialog]}</h2>
      <button type="button" class="icon-button" aria-label=${ui.t.close} @click=${close}>${icons.close}</button>
    </div>
    <div class="content">
      ${dialog === "settings" ? settings(ui, preferences) : dialog === "share" ? sharing(ui, share) : helping(ui)}
    </div>
  </dialog>`;
}

function settings(ui: Ui, preferences: Preferences): TemplateResult {
  const { t, state } = ui;
  const { options, workspace } = state;
  const flag = (name: "classicPolicy" | "debug" | "collectEveryStep", label: string, hint: string): TemplateResult =>
    html`<label class="field"
      ><span>${label}<small>${hint}</small></span
      ><span class="switch"
        ><input
          type="checkbox"
          role="switch"
          .checked=${options[name]}
          @change=${(event: Event) => ui.dispatch({ type: "optionsChanged", options: { [name]: (event.target as HTMLInputElement).checked } })} /></span
    ></label>`;
  const limit = (name: "time" | "work", label: string): TemplateResult =>
    number(label, "", options.limits[name] / 1e9, 1, 100_000, (value) =>
      ui.dispatch({ type: "optionsChanged", options: { limits: { ...options.limits, [name]: value * 1e9 } } }),
    );
  const input = (event: Event): string => (event.target as HTMLTextAreaElement).value;
  return html`
    ${number(t.seed, t.seedHint, options.seed, 0, Number.MAX_SAFE_INTEGER, (seed) => ui.dispatch({ type: "optionsChanged", options: { seed } }))}
    ${flag("classicPolicy", t.classicPolicy, t.classicPolicyHint)} ${flag("debug", t.debug, t.debugHint)}
    ${flag("collectEveryStep", t.collectEveryStep, t.collectEveryStepHint)}
    ${number(t.slowStep, "", options.slowStep / 1e6, 1, 1e6, (value) => ui.dispatch({ type: "optionsChanged", options: { slowStep: value * 1e6 } }))}
    ${limit("time", t.limitTime)} ${limit("work", t.limitWork)}
    <label class="field block"
      ><span>${t.input}<small>${t.inputHint}</small></span
      ><textarea
        rows="2"
        .value=${workspace.input}
        @change=${(event: Event) => ui.dispatch({ type: "inputChanged", input: input(event) })}
      ></textarea>
    </label>
    <label class="field block"
      ><span>${t.arguments}<small>${t.argumentsHint}</small></span
      ><textarea
        rows="2"
        .value=${workspace.arguments.join("\n")}
        @change=${(event: Event) =>
          ui.dispatch({
            type: "inputChanged",
            arguments: input(event)
              .split("\n")
              .filter((line) => line !== ""),
          })}
      ></textarea>
    </label>
    ${looks(ui, preferences)}
  `;
}

function looks(ui: Ui, preferences: Preferences): TemplateResult {
  const { t } = ui;
  const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
  return html`<label class="field"
      ><span>${t.theme}</span
      ><select @change=${(event: Event) => preferences.setTheme(chosen(event) as "auto" | "light" | "dark")}>
        ${(["auto", "light", "dark"] as const).map((theme) => html`<option value=${theme} ?selected=${preferences.theme === theme}>${t.themes[theme]}</option>`)}
      </select></label
    >
    <label class="field"
      ><span>${t.languageLabel}</span
      ><select @change=${(event: Event) => preferences.setLanguage(chosen(event))}>
        ${Object.entries(languages).map(([code, words]) => html`<option value=${code} lang=${code} ?selected=${code === ui.language}>${words.language}</option>`)}
      </select></label
    >
    <div class="field">
      <span>${t.reset}<small>${t.resetHint}</small></span
      ><button type="button" class="button" @click=${preferences.reset}>${t.reset}</button>
    </div>`;
}

/** A number that is taken over only when it is one, and otherwise put back. */
function number(
  label: string,
  hint: string,
  value: number,
  least: number,
  most: number,
  set: (value: number) => void,
): TemplateResult {
  const changed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const given = field.valueAsNumber;
    if (Number.isFinite(given) && given >= least && given <= most) set(Math.round(given));
    else field.valueAsNumber = value;
  };
  return html`<label class="field"
    ><span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span
    ><input type="number" min=${least} max=${most} .valueAsNumber=${value} @change=${changed}
  /></label>`;
}

function sharing(ui: Ui, texts: ShareTexts | null): TemplateResult {
  const { t } = ui;
  const item = (id: string, label: string, text: string): TemplateResult =>
    html`<div class="copyable">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type="text"
        readonly
        .value=${text}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <button
        type="button"
        class="button"
        aria-label="${t.copy}: ${label}"
        ?disabled=${!text}
        @click=${() => ui.copy(text)}
      >
        ${icons.copy}${t.copy}
      </button>
    </div>`;
  return html`<p>${t.shareHint}</p>
    ${item("share-link", t.shareLink, texts?.link ?? "")}
    ${item("share-markdown", t.shareMarkdown, texts?.markdown ?? "")}
    ${item("share-code", t.shareMarkdownCode, texts?.markdownCode ?? "")} ${saveFileView(ui)}
    ${ui.state.notice === "copied" ? html`<p role="status">${t.copied}</p>` : nothing}`;
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
    [[["Shift", "P"]], t.keyTalk],
    [[["PgDn"], ["PgUp"]], t.keyTalkSteps],
    [[["?"]], t.keyHelp],
  ];
  const combination = (one: string[]): TemplateResult =>
    html`${one.map((key, index) => html`${index > 0 ? " " : ""}<kbd>${key}</kbd>`)}`;
  return html`<p>${t.about}</p>
    <dl class="keys">
      ${keys.map(
        ([ways, what]) =>
          html`<dt>${ways.map((way, index) => html`${index > 0 ? " · " : ""}${combination(way)}`)}</dt>
            <dd>${what}</dd>`,
      )}
    </dl>`;
}

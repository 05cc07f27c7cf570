/** The settings, in groups by what they are for, and a way to each group. */
import { css, html, type TemplateResult } from "lit";
import { languages, type Messages } from "../i18n/index.ts";
import type { Ui } from "../ui.ts";
import { inputLevers, networkLevers, observationLevers, runLevers } from "./levers.ts";

export const settingsStyle = css`
  dialog.settings {
    width: min(720px, calc(100vw - 24px));
  }
  /* The ways to the groups stay where they are: only the groups scroll. */
  dialog.settings .content {
    grid-template: minmax(0, 1fr) / 178px minmax(0, 1fr);
    gap: 0;
    padding: 0;
    overflow: hidden;
  }
  .settings nav {
    display: grid;
    align-content: start;
    gap: 2px;
    padding: 12px 4px 12px 10px;
  }
  .settings nav button {
    padding: 6px 10px;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--ink);
    text-align: start;
    cursor: pointer;
  }
  .settings nav button:hover {
    background: var(--hover);
  }
  .settings .groups {
    padding: 0 20px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .settings section {
    display: grid;
    gap: 14px;
    padding: 16px 0 20px;
  }
  .settings section + section {
    border-top: 1px solid var(--line);
  }
  .settings h3 {
    justify-self: start;
    margin: 0;
    font-size: 14px;
  }
  @media (max-width: 600px) {
    dialog.settings .content {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .settings nav {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      padding: 8px 16px;
      border-bottom: 1px solid var(--line);
    }
    .settings nav button {
      padding: 5px 10px;
      border: 1px solid var(--line);
      font-size: 13px;
    }
  }
  /* Where a dialog is low, what stays in place would leave nothing to scroll in: all of it scrolls but the title. */
  @media (max-height: 480px) {
    dialog[open] {
      display: block;
      max-height: calc(100vh - 12px);
      overflow: auto;
    }
    dialog .title {
      position: sticky;
      top: 0;
      z-index: 1;
    }
    dialog[open] .content,
    dialog[open] .groups {
      overflow: visible;
    }
    .settings section {
      scroll-margin-top: 52px;
    }
  }
`;

/** What of the settings is not in the store: it belongs to the element's attributes. */
export interface Preferences {
  theme: string;
  setTheme: (theme: "auto" | "light" | "dark") => void;
  setLanguage: (language: string) => void;
  reset: () => void;
  /** What that does. */
  resets: string;
}

type Group = keyof Messages["settingGroups"];

export function settingsView(ui: Ui, preferences: Preferences): TemplateResult {
  const names = ui.t.settingGroups;
  const groups: Record<Group, TemplateResult> = {
    run: runLevers(ui),
    input: inputLevers(ui),
    observation: observationLevers(ui),
    network: networkLevers(ui),
    page: pageSettings(ui, preferences),
  };
  const all = Object.entries(groups) as [Group, TemplateResult][];
  return html`<nav aria-label=${ui.t.toSettings}>
      ${all.map(([group]) => html`<button type="button" @click=${(event: Event) => goTo(event, group)}>${names[group]}</button>`)}
    </nav>
    <div class="groups">
      ${all.map(
        ([group, fields]) =>
          html`<section aria-labelledby="settings-${group}">
            <h3 id="settings-${group}" tabindex="-1">${names[group]}</h3>
            ${fields}
          </section>`,
      )}
    </div>`;
}

/** Shows a group, and lets the reader go on from its heading. */
function goTo(event: Event, group: Group): void {
  const heading = (event.currentTarget as Element).closest("dialog")?.querySelector<HTMLElement>(`#settings-${group}`);
  heading?.focus({ preventScroll: true });
  heading?.closest("section")?.scrollIntoView({ block: "start" });
}

function pageSettings(ui: Ui, preferences: Preferences): TemplateResult {
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
      <span>${t.reset}<small>${preferences.resets}</small></span
      ><button type="button" class="button" @click=${preferences.reset}>${t.reset}</button>
    </div>`;
}

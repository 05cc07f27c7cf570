import { css, html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { Ui } from "../ui.ts";

export const filesStyle = css`
  .files {
    display: flex;
    gap: 2px;
    min-width: 0;
    margin-left: -8px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .files > span {
    display: flex;
    align-items: center;
    border-radius: 7px;
  }
  .files .file {
    min-height: 28px;
    padding: 0 8px;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--muted);
    font: 12.5px var(--mono);
    white-space: nowrap;
    cursor: pointer;
  }
  .files .file:hover {
    color: var(--ink);
  }
  .files > span[data-current] {
    background: var(--sunken);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .files > span[data-current] .file {
    color: var(--ink);
    font-weight: 600;
  }
  .files .file:focus-visible {
    outline-offset: -2px;
  }
  .files .icon-button {
    width: 24px;
    min-height: 24px;
    margin-right: 3px;
  }
  .files .entry {
    margin-left: 5px;
    color: var(--accent);
  }
  .files input {
    width: 14ch;
    height: 26px;
    padding: 0 6px;
    border: 1px solid var(--accent);
    border-radius: 6px;
    background: var(--surface);
    font: 12.5px var(--mono);
  }
`;

export interface Renaming {
  path: string | null;
  set: (path: string | null) => void;
  /** Moves the focus to the tab of the file in the editor. */
  toTab: () => void;
}

/** The files of the workspace. A second press on the current one renames it. */
export function filesView(ui: Ui, renaming: Renaming): TemplateResult {
  const { files } = ui.state.workspace;
  const add = (): void => {
    let number = 1;
    while (files.some((file) => file.path === ui.t.newFileName(number))) number += 1;
    const path = ui.t.newFileName(number);
    ui.dispatch({ type: "fileAdded", path });
    renaming.set(path);
  };
  return html`<div class="files" role="group" aria-label=${ui.t.files}>
      ${files.map(({ path }) => file(ui, path, renaming))}
    </div>
    <button type="button" class="icon-button" aria-label=${ui.t.newFile} title=${ui.t.newFile} @click=${add}>
      ${icons.plus}
    </button>`;
}

function file(ui: Ui, path: string, renaming: Renaming): TemplateResult {
  const { t, state } = ui;
  const current = state.active === path;
  const several = state.workspace.files.length > 1;
  const entry = state.workspace.entry === path;
  if (renaming.path === path) return renameField(ui, path, renaming);
  const press = (): void => {
    if (current) renaming.set(path);
    else ui.dispatch({ type: "activated", path });
  };
  return html`<span ?data-current=${current}>
    <button
      type="button"
      class="file"
      aria-current=${current ? "true" : nothing}
      title=${current ? t.rename : path}
      @click=${press}
    >
      ${path}
    </button>
    ${several && entry ? html`<span class="entry" role="img" aria-label=${t.entry} title=${t.entryHint}>${icons.run}</span>` : nothing}
    ${
      several && current && !entry && path.endsWith(".py")
        ? html`<button
            type="button"
            class="icon-button"
            aria-label=${t.makeEntry}
            title=${t.makeEntry}
            @click=${() => {
              ui.dispatch({ type: "entryChosen", path });
              renaming.toTab();
            }}
          >
            ${icons.run}
          </button>`
        : nothing
    }
    ${
      several && current
        ? html`<button
            type="button"
            class="icon-button"
            aria-label=${t.removeFile(path)}
            title=${t.removeFile(path)}
            @click=${() => {
              ui.dispatch({ type: "fileRemoved", path });
              renaming.toTab();
            }}
          >
            ${icons.close}
          </button>`
        : nothing
    }
  </span>`;
}

function renameField(ui: Ui, path: string, renaming: Renaming): TemplateResult {
  const finish = (event: Event): void => {
    const to = (event.target as HTMLInputElement).value.trim();
    renaming.set(null);
    if (validPath(to) && to !== path) ui.dispatch({ type: "fileRenamed", path, to });
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // The same key would press the tab that gets the focus.
    event.preventDefault();
    const field = event.target as HTMLInputElement;
    // Leaving the field takes the name that is in it.
    if (event.key === "Escape") field.value = path;
    field.blur();
    renaming.toTab();
  };
  return html`<span data-current
    ><input
      data-rename
      aria-label=${ui.t.rename}
      .value=${path}
      spellcheck="false"
      autocapitalize="off"
      @blur=${finish}
      @keydown=${key}
  /></span>`;
}

/** A path inside the workspace: no folder above it, no empty parts. */
function validPath(path: string): boolean {
  return path.length <= 200 && path.split("/").every((part) => /^[\p{L}\p{N}_.-]+$/u.test(part) && !/^\.+$/.test(part));
}

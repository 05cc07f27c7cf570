import { css, html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import { Paths } from "../paths.ts";
import type { Ui } from "../ui.ts";
import { renameField, type Renaming } from "./renaming.ts";

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
    max-width: 32ch;
    overflow: hidden;
    font: 12.5px var(--mono);
    text-overflow: ellipsis;
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
`;

/** The files of the workspace. A second press on the current one renames it, where that may be done. */
export function filesView(ui: Ui, renaming: Renaming): TemplateResult {
  const { files } = ui.state.workspace;
  const add = (): void => {
    const paths = new Paths(files);
    let number = 1;
    while (paths.fault(ui.t.newFileName(number)) !== null) number += 1;
    const path = ui.t.newFileName(number);
    ui.dispatch({ type: "fileAdded", path });
    renaming.begin(path);
  };
  return html`<div class="files" role="group" aria-label=${ui.t.files}>
      ${files.map(({ path }) => file(ui, path, renaming))}
    </div>
    ${ui.readOnly ? nothing : button(ui.t.newFile, icons.plus, add)}`;
}

/** Brings the tab of the shown file into view, without moving the page around the playground. */
export function revealTab(root: ParentNode): void {
  const tab = root.querySelector<HTMLElement>(".files [data-current]");
  const list = tab?.parentElement;
  if (!tab || !list) return;
  const [inner, outer] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inner.left < outer.left) list.scrollLeft += inner.left - outer.left;
  else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right;
}

function button(label: string, icon: TemplateResult, act: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${act}>
    ${icon}
  </button>`;
}

function file(ui: Ui, path: string, renaming: Renaming): TemplateResult {
  const { t, state, readOnly } = ui;
  const current = state.active === path;
  const several = state.workspace.files.length > 1;
  const entry = several && state.workspace.entry === path;
  if (renaming.path === path && !readOnly) return renameField(ui, path, renaming);
  const press = (): void => {
    if (!current) ui.dispatch({ type: "activated", path });
    else if (!readOnly) renaming.begin(path);
  };
  const choose = (): void => {
    ui.dispatch({ type: "entryChosen", path });
    renaming.toTab();
  };
  const remove = (): void => {
    ui.dispatch({ type: "fileRemoved", path });
    renaming.toTab();
  };
  const changeable = several && current && !readOnly;
  return html`<span ?data-current=${current}>
    <button
      type="button"
      class="file"
      aria-current=${current ? "true" : nothing}
      title=${current && !readOnly ? t.rename : path}
      @click=${press}
    >
      ${path}
    </button>
    ${entry ? html`<span class="entry" role="img" aria-label=${t.entry} title=${t.entryHint}>${icons.run}</span>` : nothing}
    ${changeable && !entry && path.endsWith(".py") ? button(t.makeEntry, icons.run, choose) : nothing}
    ${changeable ? button(t.removeFile(path), icons.close, remove) : nothing}
  </span>`;
}

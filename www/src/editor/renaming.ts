/** The name of a file while it is being typed. One that cannot be had stays in its field, with what is wrong with it. */
import { css, html, nothing, type TemplateResult } from "lit";
import { composed, type PathFault, Paths } from "../paths.ts";
import type { Store } from "../store.ts";
import type { Ui } from "../ui.ts";

export const renamingStyle = css`
  .files input {
    width: 14ch;
    height: 26px;
    padding: 0 6px;
    border: 1px solid var(--accent);
    border-radius: 6px;
    background: var(--surface);
    font: 12.5px var(--mono);
    outline-offset: -1px;
  }
  .files input[aria-invalid] {
    border-color: var(--error);
  }
  .name-fault {
    flex: none;
    margin: 0;
    padding: 6px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--error-wash);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
`;

export interface RenamingHost {
  readonly store: Store;
  find: (selector: string) => HTMLElement | null;
  /** Settles when what was asked for is on the screen. */
  shown: () => Promise<unknown>;
  changed: () => void;
}

export class Renaming {
  readonly #host: RenamingHost;
  /** The file whose name is being typed. */
  path: string | null = null;
  fault: PathFault | null = null;

  constructor(host: RenamingHost) {
    this.#host = host;
  }

  begin(path: string): void {
    this.#set(path, null);
    void this.#host.shown().then(() => {
      const field = this.#host.find("[data-rename]") as HTMLInputElement | null;
      field?.focus();
      field?.select();
    });
  }

  /** The file keeps the name that it has. */
  end(): void {
    this.#set(null, null);
  }

  /** Moves the focus to the tab of the file in the editor. */
  toTab(): void {
    void this.#host.shown().then(() => this.#host.find(".file[aria-current]")?.focus());
  }

  /** What was said to be wrong is said no more once it is put right. */
  typed(name: string): void {
    if (this.fault !== null) this.#set(this.path, this.#faultOf(name));
  }

  /** Whether the file has the name now. */
  take(name: string): boolean {
    const { path } = this;
    if (path === null) return true;
    const fault = this.#faultOf(name);
    this.#set(fault === null ? null : path, fault);
    if (fault === null) this.#host.store.dispatch({ type: "fileRenamed", path, to: meant(name) });
    return fault === null;
  }

  #faultOf(name: string): PathFault | null {
    const { files } = this.#host.store.state.workspace;
    return new Paths(files.filter((file) => file.path !== this.path)).fault(meant(name));
  }

  #set(path: string | null, fault: PathFault | null): void {
    this.path = path;
    this.fault = fault;
    this.#host.changed();
  }
}

const meant = (name: string): string => composed(name.trim());

/** The field in the place of the file's tab. */
export function renameField(ui: Ui, path: string, renaming: Renaming): TemplateResult {
  const value = (event: Event): string => (event.target as HTMLInputElement).value;
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    // Enter also ends the composing of a character.
    if ((event.key !== "Enter" && event.key !== "Escape") || event.isComposing) return;
    // The same key would press the tab that gets the focus.
    event.preventDefault();
    if (event.key === "Escape") renaming.end();
    else if (!renaming.take(value(event))) return;
    renaming.toTab();
  };
  const faulty = renaming.fault !== null;
  return html`<span ?data-current=${ui.state.active === path}
    ><input
      data-rename
      aria-label=${ui.t.rename}
      aria-invalid=${faulty ? "true" : nothing}
      aria-describedby=${faulty ? "name-fault" : nothing}
      .value=${path}
      spellcheck="false"
      autocapitalize="off"
      @input=${(event: Event) => renaming.typed(value(event))}
      @focus=${() => ui.dispatch({ type: "activated", path })}
      @blur=${(event: Event) => renaming.take(value(event))}
      @keydown=${key}
  /></span>`;
}

/** What is wrong with the name in the field, and what to do. */
export function nameFaultView(ui: Ui, { path, fault }: Renaming): TemplateResult | typeof nothing {
  if (path === null || fault === null) return nothing;
  return html`<p class="name-fault" id="name-fault" role="alert">${ui.t.nameFault[fault]} ${ui.t.nameKept(path)}</p>`;
}

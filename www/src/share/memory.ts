import type { Options, Workspace } from "../generated/schema.ts";
import { DEFAULT_OPTIONS, type Program, programOf, type Store } from "../store.ts";
import { forget, load, save } from "./autosave.ts";
import { decodeLink } from "./link.ts";
import { savedProgram } from "./single-file.ts";

export interface Preferences {
  theme?: "auto" | "light" | "dark";
  lang?: string;
  live?: boolean;
}

/** What the page remembers: in its address the program of a link, in the browser the reader's own text and choices. */
export class PageMemory {
  readonly #store: Store;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  preferences(): Preferences {
    const kept = load("preferences", isObject) ?? {};
    const { theme, lang, live } = kept;
    return {
      ...(theme === "auto" || theme === "light" || theme === "dark" ? { theme } : {}),
      ...(typeof lang === "string" && lang ? { lang } : {}),
      ...(typeof live === "boolean" ? { live } : {}),
    };
  }

  savePreferences(preferences: Preferences): void {
    save("preferences", preferences);
  }

  program(): Program | null {
    const own = load("program", isProgram);
    const saved = savedProgram()?.program;
    return own ?? (isProgram(saved) ? saved : null);
  }

  /** The program in the address, if there is one. */
  async link(): Promise<Program | "damaged" | null> {
    try {
      const shared = await decodeLink(location.hash);
      return (
        shared && {
          workspace: shared.workspace,
          options: { ...DEFAULT_OPTIONS, ...shared.options },
          example: null,
          ...(shared.time === undefined ? {} : { time: shared.time }),
        }
      );
    } catch {
      return "damaged";
    }
  }

  /** The text is no longer the link's: another visit must find what was typed. */
  dropLink(): void {
    if (location.hash.startsWith("#code/"))
      history.replaceState(history.state, "", location.pathname + location.search);
  }

  /** Keeps the program, when typing pauses. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.saveNow(), 250);
  }

  /** Only what somebody has typed is worth keeping. */
  saveNow(): void {
    clearTimeout(this.#timer);
    if (!this.#store.state.typed) return;
    const kept = save("program", programOf(this.#store.state));
    if (!kept && this.#store.state.notice === null) this.#store.dispatch({ type: "noticed", notice: "storageFull" });
  }

  forget(): void {
    clearTimeout(this.#timer);
    forget("program");
    this.dropLink();
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What was kept by another version, or by somebody else, must not be half understood. */
function isProgram(value: unknown): value is Program {
  return isObject(value) && isWorkspace(value["workspace"]) && isOptions(value["options"]);
}

function isWorkspace(value: unknown): value is Workspace {
  if (!isObject(value)) return false;
  const { files, entry, input } = value;
  return (
    Array.isArray(files) &&
    files.length > 0 &&
    files.every(
      (file: unknown) => isObject(file) && typeof file["path"] === "string" && typeof file["text"] === "string",
    ) &&
    files.some((file: { path: string }) => file.path === entry) &&
    Array.isArray(value["arguments"]) &&
    typeof input === "string"
  );
}

function isOptions(value: unknown): value is Options {
  const same = (given: unknown, model: object): boolean =>
    isObject(given) &&
    Object.entries(model).every(([name, one]: [string, unknown]) =>
      isObject(one) ? same(given[name], one) : typeof given[name] === typeof one,
    );
  return same(value, DEFAULT_OPTIONS);
}

import type { File, Wheel, Workspace } from "../generated/schema.ts";
import { DEFAULT_OPTIONS, type Program, programOf, type Store } from "../store.ts";
import { linkInAddress } from "./address.ts";
import { forget, load, save } from "./autosave.ts";
import { NewerLink } from "./link.ts";
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
    return programFrom(load("program", isObject)) ?? programFrom(savedProgram()?.program);
  }

  /** The program in the address, if there is one. */
  async link(): Promise<Program | "badLink" | "newerLink" | null> {
    try {
      const shared = await linkInAddress();
      return (
        shared && {
          workspace: shared.workspace,
          options: { ...DEFAULT_OPTIONS, ...shared.options },
          example: null,
          ...(shared.time === undefined ? {} : { time: shared.time }),
        }
      );
    } catch (error) {
      return error instanceof NewerLink ? "newerLink" : "badLink";
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
    // What has been typed over is the example no more.
    const kept = save("program", { ...programOf(this.#store.state), example: null });
    if (!kept && this.#store.state.notice === null) this.#store.dispatch({ type: "noticed", notice: "storageFull" });
  }

  forget(): void {
    clearTimeout(this.#timer);
    forget("program");
    this.dropLink();
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * What was kept by another version, or by somebody else, must not be half understood, and no text that somebody typed be lost
 * for that: options that are not as they should be are the default ones.
 */
export function programFrom(value: unknown): Program | null {
  if (!isObject(value) || !isWorkspace(value["workspace"])) return null;
  const { workspace, options, example } = value;
  const wheels = Array.isArray(workspace.wheels) ? workspace.wheels.filter(isWheel) : [];
  return {
    workspace: { ...workspace, wheels },
    options: like(DEFAULT_OPTIONS, options),
    example: typeof example === "string" ? example : null,
  };
}

function isWorkspace(value: unknown): value is Workspace {
  if (!isObject(value)) return false;
  const { files, entry, input } = value;
  return (
    Array.isArray(files) &&
    files.length > 0 &&
    files.every(isFile) &&
    files.some((file: { path: string }) => file.path === entry) &&
    Array.isArray(value["arguments"]) &&
    typeof input === "string"
  );
}

const isFile = (value: unknown): value is File =>
  isObject(value) && typeof value["path"] === "string" && typeof value["text"] === "string";

const isWheel = (value: unknown): value is Wheel =>
  isObject(value) && typeof value["name"] === "string" && Array.isArray(value["files"]) && value["files"].every(isFile);

/** A value of the model's shape: the given one as far as it has that shape, and the model's own beyond. */
function like<T extends object>(model: T, given: unknown): T {
  if (!isObject(given)) return model;
  const own = Object.entries(model).map(([name, one]: [string, unknown]) => {
    const other = given[name];
    if (Array.isArray(one)) return [name, Array.isArray(other) ? other : one];
    if (isObject(one)) return [name, like(one, other)];
    return [name, typeof other === typeof one ? other : one];
  });
  return Object.fromEntries(own) as T;
}

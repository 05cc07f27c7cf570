import type { File, Wheel, Workspace } from "../generated/schema.ts";
import { placed } from "../paths.ts";
import { DEFAULT_OPTIONS, type Program, type State, type Store } from "../store.ts";
import { linkInAddress } from "./address.ts";
import { forget, load, save } from "./autosave.ts";
import { isLink, NewerLink } from "./link.ts";
import { isShare, type Shares } from "../splitter.ts";
import { savedProgram } from "./single-file.ts";

export interface Preferences {
  theme?: "auto" | "light" | "dark";
  lang?: string;
  live?: boolean;
  shares?: Shares;
}

/** So many programs that gave way to others are kept, and no more characters of them than this beside the last. */
const MOST_EARLIER = 8;
const ROOM = 1 << 20;

/** What the page remembers: in its address the program of a link, in the browser the reader's own texts and choices. */
export class PageMemory {
  readonly #store: Store;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is kept of the program that is shown. Anything else that is found in its place is not to be overwritten. */
  #kept: string | null = null;
  /** Whether it was said that nothing can be kept, which once is enough. */
  #hasTold = false;

  constructor(store: Store) {
    this.#store = store;
  }

  preferences(): Preferences {
    const kept = load("preferences", isObject) ?? {};
    const { theme, lang, live } = kept;
    const { columns, rows } = isObject(kept["shares"]) ? kept["shares"] : {};
    return {
      ...(theme === "auto" || theme === "light" || theme === "dark" ? { theme } : {}),
      ...(typeof lang === "string" && lang ? { lang } : {}),
      ...(typeof live === "boolean" ? { live } : {}),
      ...(isShare(columns) && isShare(rows) ? { shares: { columns, rows } } : {}),
    };
  }

  savePreferences(preferences: Preferences): void {
    save("preferences", preferences);
  }

  /** The reader's own program, or the one that the page was saved with. */
  own(): { program: Program; typed: boolean } | null {
    const kept = programFrom(load("program", isObject));
    const program = kept ?? programFrom(savedProgram()?.program);
    return program && { program, typed: kept !== null };
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
          ...(shared.renamed ? { renamed: shared.renamed } : {}),
        }
      );
    } catch (error) {
      return error instanceof NewerLink ? "newerLink" : "badLink";
    }
  }

  /** The text is no longer the link's: another visit must find what was typed. */
  dropLink(): void {
    if (isLink(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
  }

  /** Keeps the program, when typing pauses. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.saveNow(), 250);
  }

  /** Keeps what is not kept yet, and nothing else: another page may have kept something newer. */
  saveNow(state = this.#store.state): void {
    if (this.#timer === undefined) return;
    this.#settle();
    // Only what somebody has typed is worth keeping.
    if (!state.typed || this.#save(textOf(state))) return;
    if (this.#hasTold || this.#store.state.notice !== null) return;
    this.#hasTold = true;
    this.#store.dispatch({ type: "noticed", notice: "storageFull" });
  }

  /** Another program is shown now. */
  opened(before: State): void {
    this.saveNow(before);
    const { state } = this.#store;
    const there = load("program", isObject);
    this.#kept = there && textOf(programFrom(there)) === textOf(state) ? JSON.stringify(there) : null;
    if (state.typed && this.#kept === null) {
      this.changed();
      this.saveNow();
    }
  }

  /** The reader's own programs that have given way to others, the last one first. */
  earlier(): Program[] {
    const there = load("program", isObject);
    const own = there && JSON.stringify(there) !== this.#kept ? [there] : [];
    return [...own, ...loadEarlier()].map(programFrom).filter((program) => program !== null);
  }

  /** What lies in the program's place but is another program goes to the earlier ones first, or stays. */
  #save(text: string): boolean {
    const there = load("program", isObject);
    const lost = there && JSON.stringify(there) !== this.#kept && !isEmpty(there) ? [there] : [];
    const earlier = loadEarlier();
    const all = new Map([...lost, ...earlier].map((one) => [JSON.stringify(one), one]));
    all.delete(text);
    let size = 0;
    const next = [...all].filter(([{ length }], at) => at === 0 || (size += length) <= ROOM).slice(0, MOST_EARLIER);
    if (lost.length > 0 || next.length < earlier.length) {
      const isSaved = save(
        "earlier",
        next.map(([, one]) => one),
      );
      if (!isSaved && lost.length > 0) return false;
    }
    if (!save("program", JSON.parse(text))) return false;
    this.#kept = text;
    return true;
  }

  forget(): void {
    this.#settle();
    forget("program");
    forget("earlier");
    this.dropLink();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** As it is kept. What has been typed over is the example no more. */
const textOf = (program: Program | null): string =>
  JSON.stringify(program && { workspace: program.workspace, options: program.options, example: null });

const loadEarlier = (): object[] => (load("earlier", Array.isArray) as unknown[] | null)?.filter(isObject) ?? [];

const isEmpty = (kept: object): boolean =>
  programFrom(kept)?.workspace.files.every(({ text }) => text.trim() === "") !== false;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * What was kept by another version, or by somebody else, must not be half understood, and no text that somebody typed be lost
 * for that: options that are not as they should be are the default ones.
 */
export function programFrom(value: unknown): Program | null {
  if (!isObject(value) || !isWorkspace(value["workspace"])) return null;
  const { workspace, options, example } = value;
  const wheels = Array.isArray(workspace.wheels) ? workspace.wheels.filter(isWheel) : [];
  const { files, renamed } = placed(workspace.files);
  const entry = files[workspace.files.findIndex(({ path }) => path === workspace.entry)]?.path ?? workspace.entry;
  return {
    workspace: { ...workspace, entry, files, wheels },
    options: like(DEFAULT_OPTIONS, options),
    example: typeof example === "string" ? example : null,
    ...(renamed.length > 0 ? { renamed } : {}),
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

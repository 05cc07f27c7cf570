/** The one rule for where the files of a program lie, whichever way they come: typed, dropped, in a link, or kept. */

/** Characters. */
const LONGEST = 200;

/** What some system allows in no name, and what cannot be seen or turns the text beside it round. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff\\:*?"<>|]/u;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, "gu");

/** Why a file cannot have a path. */
export type PathFault = "empty" | "signs" | "parts" | "tooLong" | "taken" | "inTheWay";

/** A file that could not have the path that it came with. */
export interface Renamed {
  from: string;
  to: string;
}

/** As Python looks for names: some systems write an accented letter as two characters. */
export const composed = (path: string): string => path.normalize("NFC");

/** The paths of a program, to which others can come. */
export class Paths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** By the path that was wanted: the number that is tried next. */
  readonly #numbers = new Map<string, number>();

  constructor(files: readonly { path: string }[] = []) {
    for (const { path } of files) this.#add(path);
  }

  /** What keeps another file from having this path; `null` if nothing does. */
  fault(path: string): PathFault | null {
    if (path === "") return "empty";
    if (path.length > LONGEST) return "tooLong";
    if (FORBIDDEN.test(path)) return "signs";
    if (!path.split("/").every(isPart)) return "parts";
    if (this.#files.has(path)) return "taken";
    return this.#folders.has(path) || foldersOf(path).some((folder) => this.#files.has(folder)) ? "inTheWay" : null;
  }

  /** Takes in a file that is to have this path, or else the nearest one that it can have, which is returned. */
  take(wanted: string): string {
    const path = possible(wanted);
    const first = this.#numbers.get(path) ?? 1;
    for (let number = first; ; number += 1) {
      const free = this.#beside(number === 1 ? path : numbered(path, number));
      if (this.fault(free) !== null) continue;
      this.#numbers.set(path, number + 1);
      this.#add(free);
      return free;
    }
  }

  /** A file has no folder of another file's name. */
  #beside(path: string): string {
    return foldersOf(path).some((folder) => this.#files.has(folder)) ? path.replaceAll("/", "_") : path;
  }

  #add(path: string): void {
    this.#files.add(path);
    for (const folder of foldersOf(path)) this.#folders.add(folder);
  }
}

/** Files as they can be, with those that had to be called otherwise. None is lost. */
export function placed<T extends { path: string }>(given: readonly T[]): { files: T[]; renamed: Renamed[] } {
  const paths = new Paths();
  const files = given.map((file) => ({ ...file, path: paths.take(file.path) }));
  const renamed = files.flatMap(({ path: to }, index) => {
    const from = given[index]?.path ?? to;
    return composed(from) === to ? [] : [{ from, to }];
  });
  return { files, renamed };
}

const isPart = (part: string): boolean => part !== "" && part === part.trim() && part !== "." && part !== "..";

const foldersOf = (path: string): string[] =>
  path.split("/").flatMap((_, index, parts) => (index > 0 ? [parts.slice(0, index).join("/")] : []));

/** The path within the program's folder that is nearest to what was wanted. */
function possible(wanted: string): string {
  const parts: string[] = [];
  for (const part of composed(wanted).replaceAll("\\", "/").split("/")) {
    const name = part.replace(ALL_FORBIDDEN, "_").trim();
    if (name === "..") parts.pop();
    else if (isPart(name)) parts.push(name);
  }
  const [stem, ending] = apart(parts.join("/") || "file");
  return fitted(stem, ending);
}

function numbered(path: string, number: number): string {
  const [stem, ending] = apart(path);
  return fitted(stem, `_${number}${ending}`);
}

/** A path without its ending, and the ending with its dot, if that is one and no name of its own. */
function apart(path: string): [string, string] {
  const dot = path.lastIndexOf(".");
  const isEnding = dot > path.lastIndexOf("/") + 1 && path.length - dot <= 20;
  return isEnding ? [path.slice(0, dot), path.slice(dot)] : [path, ""];
}

/** What is too long loses of its stem, and no character in half. */
function fitted(stem: string, ending: string): string {
  if (stem.length + ending.length <= LONGEST) return stem + ending;
  const cut = stem.slice(0, LONGEST - ending.length).replace(/[\ud800-\udbff]$/, "");
  return cut.replace(/[\s/]+$/, "") + ending;
}

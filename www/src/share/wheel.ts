/** A wheel of the user's own: a ZIP archive with a package of pure Python, as the binary distribution format lays it out. */
import { unzipSync } from "fflate";
import type { File, Wheel } from "../generated/schema.ts";
import type { Refusal } from "../store.ts";

/** Bytes of text beyond which a wheel is no package that a program for the page would carry. */
const LARGEST = 16 << 20;

/** Says why a file cannot be imported from. */
export class WheelError extends Error {
  constructor(readonly why: Extract<Refusal, "notAWheel" | "wheelIsCompiled" | "wheelTooLarge">) {
    super(why);
  }
}

/** Throws a {@link WheelError}, or what the archive's reader throws at what is no archive. */
export function readWheel(bytes: Uint8Array): Wheel {
  let size = 0;
  const unpacked = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (/\.(so|pyd|dylib)$/.test(name)) throw new WheelError("wheelIsCompiled");
      size += originalSize;
      if (size > LARGEST) throw new WheelError("wheelTooLarge");
      return !name.endsWith("/");
    },
  });
  let title = "";
  const files: File[] = [];
  for (const [name, contents] of Object.entries(unpacked)) {
    const text = decoded(contents);
    const path = placeOf(name);
    if (text === null || path === null) continue;
    files.push({ path, text });
    if (/^dist-info\/[^/]+\/METADATA$/.test(path)) title = titleOf(text);
  }
  if (title === "") throw new WheelError("notAWheel");
  return { name: title, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What is no text is not for import, and what is for import is text. */
function decoded(contents: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(contents);
  } catch {
    return null;
  }
}

/**
 * Where a file lies below `sys.path`. A description goes by the name that `importlib.metadata` looks for; what is in a
 * `.data` folder says with its next folder whether it is of the library at all.
 */
function placeOf(name: string): string | null {
  const description = /^([^/-]+)-[^/]*\.dist-info\/(.+)$/.exec(name);
  if (description) return `dist-info/${(description[1] ?? "").replace(/[_.]/g, "-").toLowerCase()}/${description[2]}`;
  const data = /^[^/]+\.data\/([^/]+)\/(.+)$/.exec(name);
  if (!data) return name;
  return data[1] === "purelib" || data[1] === "platlib" ? (data[2] ?? null) : null;
}

/** Name and version. */
function titleOf(metadata: string): string {
  const field = (name: string): string => new RegExp(`^${name}: (.+)$`, "m").exec(metadata)?.[1]?.trim() ?? "";
  return `${field("Name")} ${field("Version")}`.trim();
}

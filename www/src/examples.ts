import manifest from "../examples/manifest.json";
import { withoutExpectations } from "./expectations.ts";
import type { Options, Workspace } from "./generated/schema.ts";
import type { Language } from "./i18n/index.ts";

/** An entry of `examples/manifest.json`. The first file is the one that runs. */
interface Entry {
  id: string;
  title: Record<Language, string>;
  summary: Record<Language, string>;
  files: string[];
  options?: Partial<Options>;
  group: string | Record<Language, string>;
}

export interface Example {
  id: string;
  title: string;
  summary: string;
  group: string;
  options: Partial<Options>;
  workspace: Workspace;
}

const sources = import.meta.glob<string>("../examples/**/*.{py,txt}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** All built-in examples, in the order of the manifest. This module is loaded only when somebody wants one. */
export function examples(language: Language): Example[] {
  return (manifest as unknown as Entry[]).map((entry) => ({
    id: entry.id,
    title: entry.title[language],
    summary: entry.summary[language],
    group: typeof entry.group === "string" ? entry.group : entry.group[language],
    options: entry.options ?? {},
    workspace: {
      entry: baseName(entry.files[0] ?? ""),
      files: entry.files.map((path) => ({
        path: baseName(path),
        text: withoutExpectations(sources[`../examples/${path}`] ?? ""),
      })),
      module: null,
      arguments: [],
      input: "",
      wheels: [],
    },
  }));
}

/** Examples lie in folders of their own only in the repository; to the program its files are side by side. */
const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

import manifest from "../examples/manifest.json";
import type { RunOptions } from "./client.ts";
import { withoutExpectations } from "./expectations.ts";
import { DEFAULT_OPTIONS } from "./generated/defaults.ts";
import type { Options, Workspace } from "./generated/schema.ts";
import type { Language } from "./i18n/index.ts";

/** An entry of `examples/manifest.json`. The first file is the one that runs. */
interface Entry {
  id: string;
  title: Record<Language, string>;
  summary: Record<Language, string>;
  files: string[];
  options?: RunOptions;
  group: string | Record<Language, string>;
}

export interface Example {
  id: string;
  title: string;
  summary: string;
  group: string;
  options: Options;
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
    options: {
      ...DEFAULT_OPTIONS,
      ...entry.options,
      limits: { ...DEFAULT_OPTIONS.limits, ...entry.options?.limits },
    },
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

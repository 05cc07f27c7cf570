/** What the hosts of the element say themselves. The playground's own words are in `i18n`. */
import { type Language, preferredLanguage } from "../i18n/index.ts";

const en = {
  updated: "A new version is ready.",
  reload: "Reload",
  later: "Later",
};

export type HostWords = typeof en;

const ru: HostWords = {
  updated: "Готова новая версия.",
  reload: "Обновить",
  later: "Позже",
};

/** In the language of the page if it is ours, or else the reader's. */
export function hostWords(language: string = document.documentElement.lang): HostWords {
  const known: Record<Language, HostWords> = { en, ru };
  return known[(language in known ? language : preferredLanguage()) as Language];
}

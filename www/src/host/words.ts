/** What the hosts of the element say themselves. The playground's own words are in `i18n`. */
import type { Language } from "../i18n/index.ts";

const en = {
  updated: "A new version is ready.",
  reload: "Reload",
  later: "Later",
  runHere: "Run it here",
  download: (size: string) => `Loads Python, ${size}, once for this page. Nothing leaves your browser.`,
  loading: "Loading…",
  notLoaded: "Python could not be loaded. The network may be down.",
};

export type HostWords = typeof en;

const ru: HostWords = {
  updated: "Готова новая версия.",
  reload: "Обновить",
  later: "Позже",
  runHere: "Запустить здесь",
  download: (size) => `Загрузится Python, ${size}, один раз на страницу. Ничто не покидает ваш браузер.`,
  loading: "Загружается…",
  notLoaded: "Не удалось загрузить Python. Возможно, нет сети.",
};

const known: Record<Language, HostWords> = { en, ru };

/** The language of a page if it is ours, or else the reader's. */
export function hostLanguage(tag: string): Language {
  const tags = [tag, ...navigator.languages].map((one) => one.slice(0, 2));
  return (tags.find((one) => one in known) ?? "en") as Language;
}

export function hostWords(tag: string = document.documentElement.lang): HostWords {
  return known[hostLanguage(tag)];
}

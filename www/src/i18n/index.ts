import { en, type Messages } from "./en.ts";
import { decimal } from "./numbers.ts";
import { ru } from "./ru.ts";

export type { Messages };
export type Language = "en" | "ru";

export const languages: Record<Language, Messages> = { en, ru };

/** The first of the reader's languages that the interface speaks. */
export function preferredLanguage(): Language {
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in languages);
  return (known as Language | undefined) ?? "en";
}

export function messages(language: string): Messages {
  return language === "ru" ? ru : en;
}

/** A stretch of virtual time in the unit that keeps it short: `1.25 s`, `340 ms`, `12 µs`. */
export function duration(nanoseconds: number, language = "en"): string {
  const [ns, us, ms, s, min, h] =
    language === "ru" ? ["нс", "мкс", "мс", "с", "мин", "ч"] : ["ns", "µs", "ms", "s", "min", "h"];
  const size = Math.abs(nanoseconds);
  if (size < 1e3) return `${decimal(nanoseconds, language)} ${ns}`;
  if (size < 1e6) return `${decimal(nanoseconds / 1e3, language, size < 1e5 ? 1 : 0)} ${us}`;
  if (size < 1e9) return `${decimal(nanoseconds / 1e6, language, size < 1e8 ? 1 : 0)} ${ms}`;
  if (size < 120e9) return `${decimal(nanoseconds / 1e9, language, size < 1e10 ? 2 : 1)} ${s}`;
  if (size < 7200e9) return `${decimal(nanoseconds / 60e9, language, 1)} ${min}`;
  return `${decimal(nanoseconds / 3600e9, language, 1)} ${h}`;
}

/** A moment as seconds with milliseconds, for columns of equal width: `1.250`. */
export function moment(nanoseconds: number): string {
  return (nanoseconds / 1e9).toFixed(3);
}

export function bytes(size: number, language = "en"): string {
  const [kb, mb] = language === "ru" ? ["кБ", "МБ"] : ["kB", "MB"];
  return size < 1e6 ? `${decimal(size / 1e3, language)} ${kb}` : `${decimal(size / 1e6, language, 1)} ${mb}`;
}

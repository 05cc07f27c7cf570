import { duration, type Language } from "../i18n/index.ts";
import { decimal } from "../i18n/numbers.ts";

/** A stretch of virtual time, in nanoseconds. */
export interface Range {
  from: number;
  to: number;
}

/** Pixels at the right that stay free for the marks at the end of a run. */
export const MARK_ROOM = 9;

/** The whole of a run, with a little room for the marks at its end. */
export function wholeRange(now: number): Range {
  return { from: 0, to: Math.max(now * 1.025, 1_000) };
}

/** The range a factor wider (or narrower) around a point, kept within what the run has. */
export function zoomed(range: Range, factor: number, around: number, now: number): Range {
  const whole = wholeRange(now);
  const width = Math.min(Math.max((range.to - range.from) * factor, 100), whole.to);
  const part = (around - range.from) / (range.to - range.from);
  return moved({ from: around - part * width, to: around + (1 - part) * width }, 0, now);
}

export function moved(range: Range, by: number, now: number): Range {
  const width = range.to - range.from;
  const furthest = Math.max(0, wholeRange(now).to - width);
  const from = Math.min(Math.max(range.from + by, 0), furthest);
  return { from, to: from + width };
}

/** Seconds that are round in minutes and hours. */
const LONG_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** The least of the round distances that is no shorter than `rough`, in nanoseconds. */
function roundStep(rough: number): number {
  const long = rough > 20e9 ? LONG_STEPS.find((seconds) => seconds * 1e9 >= rough) : undefined;
  if (long !== undefined) return long * 1e9;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}

/** Moments at round distances, about one for every 110 pixels. */
export function ticks(range: Range, width: number): { times: number[]; step: number } {
  const rough = ((range.to - range.from) / Math.max(width, 1)) * 110;
  const step = roundStep(rough);
  const times: number[] = [];
  for (let time = Math.ceil(range.from / step) * step; time <= range.to; time += step) times.push(time);
  return { times, step };
}

/** A tick with as many digits as tell it from its neighbours. */
export function tickText(time: number, step: number, language: Language): string {
  if (time === 0) return "0";
  const unit = [1e9, 1e6, 1e3, 1].find((size) => time >= size && step >= size / 1e3) ?? 1;
  if (unit === 1e9 && time >= 120e9 && step >= 1e9) return duration(time, language);
  const digits = Math.max(0, Math.ceil(Math.log10(unit / step)));
  const value = decimal(time / unit, language, digits, digits);
  // The unit's name comes from the shared formatting of a round value of that unit.
  const name = duration(unit, language).replace(/^\S+\s/, "");
  return `${value} ${name}`;
}

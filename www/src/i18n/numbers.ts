const formats = new Map<string, Intl.NumberFormat>();

/** What stands between a number's whole part and the rest. */
const POINTS: Record<string, string> = { en: ".", ru: "," };

/**
 * A number below a thousand, in which there is nothing to group. The browser's first format takes a hundredth of a second
 * and more, for which a page that is being loaded would have to wait.
 */
function small(value: number, language: string, most: number, least: number): string | undefined {
  const point = POINTS[language];
  if (point === undefined || value < 0 || Object.is(value, -0)) return undefined;
  // The digits are rounded, as in a format, and not the binary fraction that stands for them.
  const rounded = Number(`${Math.round(Number(`${value}e${most}`))}e-${most}`);
  if (!(rounded < 1_000)) return undefined;
  const digits = String(rounded).split(".")[1]?.length ?? 0;
  return rounded.toFixed(Math.max(digits, least)).replace(".", point);
}

/** A number as a language writes it, with at most and at least so many digits after the point. */
export function decimal(value: number, language: string, most = 0, least = 0): string {
  return small(value, language, most, least) ?? formatted(value, language, most, least);
}

/** Making a format takes the browser a hundred times as long as using it, and a frame writes dozens of numbers: each is kept. */
function formatted(value: number, language: string, most: number, least: number): string {
  const key = `${language} ${most} ${least}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most });
    formats.set(key, format);
  }
  return format.format(value);
}

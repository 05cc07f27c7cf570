const formats = new Map<string, Intl.NumberFormat>();

/**
 * A number as a language writes it, with at most and at least so many digits after the point. Making a format takes the
 * browser a hundred times as long as using it, and a frame writes dozens of numbers, so each is kept.
 */
export function decimal(value: number, language: string, most = 0, least = 0): string {
  const key = `${language} ${most} ${least}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most });
    formats.set(key, format);
  }
  return format.format(value);
}

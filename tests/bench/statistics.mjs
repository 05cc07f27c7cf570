// Small numbers of noisy measurements, and how they are shown.

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle and the ends: enough to see whether a difference is one. */
export const summary = (values) => ({ median: median(values), least: Math.min(...values), most: Math.max(...values) });

/** One row: what was measured, ours, theirs, what they make together, and what was asked for. */
export function row(what, ours, theirs, together, target, met) {
  return { what, ours, theirs, together, target, met };
}

export const milliseconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const megabytes = (value) => `${(value / 1e6).toFixed(2)} MB`;

const TITLES = { what: "", ours: "loopscope", theirs: "beside it", together: "", target: "asked for", met: "" };

export function table(rows) {
  const texts = rows.map((one) => ({ ...one, met: one.met === undefined ? "" : one.met ? "met" : "MISSED" }));
  const columns = Object.keys(TITLES);
  const widths = columns.map((column) => Math.max(...[TITLES, ...texts].map((one) => (one[column] ?? "").length)));
  const line = (one) =>
    columns
      .map((column, index) => (one[column] ?? "").padEnd(widths[index]))
      .join("  ")
      .trimEnd();
  return [TITLES, ...texts].map(line).join("\n");
}

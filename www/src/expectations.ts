/**
 * An example without what only its tests read: the comments that name the rules expected on a line, and those at its end
 * that say what it prints and how it ends. No line of the program itself moves, so that places stay what they were.
 */
export function withoutExpectations(source: string): string {
  const code = source
    .split("\n")
    .map((line) => line.replace(/(\s+# (error|warning|info): [a-z-]+)+$/, ""))
    .join("\n");
  return code
    .replace(/(\n# (prints|outcome|stderr):[^\n]*|\n\s*(?=\n# (prints|outcome|stderr):))+\s*$/, "\n")
    .replace(/\n+$/, "\n");
}

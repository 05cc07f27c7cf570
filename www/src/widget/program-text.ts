/** What the element holds before any script has run: the program as a reader of the plain page sees it. */

export interface ProgramText {
  text: string;
  /** Lines of set-up at its start that are not shown. */
  hiddenLines: number;
}

/** HTML takes away a line break after `<pre>`; one before `</pre>` is only there for its writer. */
const trimmed = (text: string): string => text.replace(/^\n/, "").replace(/\s+$/, "");

/**
 * The text of the first `<pre>` that is not set-up, or else the element's own, after the texts of those that are
 * (`data-setup`). What is indented as a whole was indented for the page's sake.
 */
export function programText(element: HTMLElement): ProgramText {
  const parts = [...element.querySelectorAll<HTMLElement>("pre, script[type='text/x-python']")];
  const setup = parts.filter((part) => part.hasAttribute("data-setup")).map((part) => trimmed(textOf(part)));
  const visible = parts.find((part) => !part.hasAttribute("data-setup")) ?? (parts.length === 0 ? element : null);
  const before = setup.map((text) => `${text}\n`).join("");
  const text = `${before}${trimmed(dedented(visible ? textOf(visible) : ""))}\n`;
  return { text, hiddenLines: before.split("\n").length - 1 };
}

/** What highlighters put into the text for the eye alone, such as line numbers, is no part of the program. */
function textOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const extra of copy.querySelectorAll(".linenos, .lineno, button, nav")) extra.remove();
  return copy.textContent;
}

function dedented(text: string): string {
  const lines = text.replace(/^\s*\n/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return Number.isFinite(least) ? lines.map((line) => line.slice(least)).join("\n") : text;
}

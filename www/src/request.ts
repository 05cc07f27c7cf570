/** What the engine is asked, in the one form that it takes. */

/** Half a character: JSON can say it, and no text in UTF-8 can hold it. */
const HALF = /\p{Cs}/gu;

/** Before a source it says how the file is encoded, and CPython reads over it. Before other texts it is theirs. */
const MARK = "\ufeff";
const MARKED = `"text":"${MARK}`;

/** As JSON, with a sign in the place of each character that is none, and sources without the mark of their encoding. */
export function request(asked: { workspace: unknown; options: unknown }): string {
  const text = JSON.stringify(asked);
  // Such are rare, and looking at every text of a large program is not for nothing.
  if (!/\\ud[89a-f]/.test(text) && !text.includes(MARKED)) return text;
  const { entry } = asked.workspace as { entry?: unknown };
  return JSON.stringify(asked, function (this: { path?: unknown }, key, value: unknown) {
    if (typeof value !== "string") return value;
    const { path } = this;
    const source = key === "text" && typeof path === "string" && (path.endsWith(".py") || path === entry);
    return (source && value.startsWith(MARK) ? value.slice(1) : value).replace(HALF, "\ufffd");
  });
}

/** What the engine is asked, in the one form that it takes. */

/** Half a character: JSON can say it, and no text in UTF-8 can hold it. */
const HALF = /\p{Cs}/gu;

/** As JSON, with a mark in the place of each character that is none. */
export function request(asked: { workspace: unknown; options: unknown }): string {
  const text = JSON.stringify(asked);
  // Such are rare, and looking at every text of a large program is not for nothing.
  if (!/\\ud[89a-f]/.test(text)) return text;
  return JSON.stringify(asked, (_, value: unknown) =>
    typeof value === "string" ? value.replace(HALF, "\ufffd") : value,
  );
}

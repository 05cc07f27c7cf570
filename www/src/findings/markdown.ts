import { html, type TemplateResult } from "lit";

/** Under this heading a rule's page says the same in Russian. */
const RUSSIAN = /^## По-русски *$/m;

/** The words of a rule's page in the reader's language, without its title. */
export function pageOf(explained: unknown, language: string): string | null {
  if (typeof explained !== "object" || explained === null || !("page" in explained)) return null;
  const { page } = explained;
  if (typeof page !== "string") return null;
  const [english = "", russian = ""] = page.replace(/^# .*\n+/, "").split(RUSSIAN);
  return language === "ru" && russian.trim() !== "" ? russian : english;
}

/**
 * The little Markdown that the rules' pages are written in: headings, paragraphs, lists, fenced code and inline code.
 * Everything becomes text nodes of a template, so nothing in a page can be markup.
 */
export function markdown(source: string): TemplateResult[] {
  const blocks: TemplateResult[] = [];
  const lines = source.split("\n");
  let at = 0;
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? "")) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.startsWith("```")) {
      at += 1;
      const code = take((next) => !next.startsWith("```"));
      at += 1;
      blocks.push(html`<pre tabindex="0"><code>${code.join("\n")}</code></pre>`);
    } else if (line.startsWith("#")) {
      at += 1;
      blocks.push(html`<h4>${inline(line.replace(/^#+\s*/, ""))}</h4>`);
    } else if (/^[-*] /.test(line)) {
      const items = take((next) => /^([-*] |\s+\S)/.test(next))
        .join("\n")
        .split(/\n?^[-*] /m)
        .slice(1);
      blocks.push(
        html`<ul>
          ${items.map((item) => html`<li>${inline(item)}</li>`)}
        </ul>`,
      );
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const first = at;
      const text = take((next) => next.trim() !== "" && !/^(#|```|[-*] )/.test(next));
      if (at === first) at += 1;
      blocks.push(html`<p>${inline(text.join(" "))}</p>`);
    }
  }
  return blocks;
}

function inline(text: string): (string | TemplateResult)[] {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .flatMap((part) => {
      if (/^\*\*.+\*\*$/.test(part)) return [html`<strong>${codeSpans(part.slice(2, -2))}</strong>`];
      if (/^\*.+\*$/.test(part)) return [html`<em>${codeSpans(part.slice(1, -1))}</em>`];
      return codeSpans(part);
    });
}

/** Names of more characters than these are shown by their beginning; who points at one, or listens, has all of it. */
const LONG_NAME = 120;

/** Plain words in which names of code stand between backticks. */
export function codeSpans(text: string): (string | TemplateResult)[] {
  return text.split(/(`[^`]+`)/).map((part) => {
    if (part.length <= 2 || !part.startsWith("`")) return part;
    const name = part.slice(1, -1);
    return name.length > LONG_NAME ? html`<code class="long" title=${name}>${name}</code>` : html`<code>${name}</code>`;
  });
}

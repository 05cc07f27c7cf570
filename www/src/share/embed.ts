/** What to paste into a page so that it shows a program. */
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A frame around the playground, whose own parameters come before the program's. */
export function embedSnippet(link: string, title: string): string {
  const [page = "", hash = ""] = link.split("#", 2);
  const url = new URL(page);
  url.searchParams.set("embed", "true");
  url.hash = hash;
  return `<iframe src="${escape(url.href)}" title="${escape(title)}" width="100%" height="640" loading="lazy" allow="fullscreen; clipboard-write" style="border: 1px solid #ccc; border-radius: 8px"></iframe>`;
}

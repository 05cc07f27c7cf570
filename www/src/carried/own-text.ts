/** The text of the single file that this page is, as it was before it ran: nothing is ever added to its head. */
export function ownText(): string {
  const kept = ["noscript", "#loopscope-bootstrap"].map((name) => document.querySelector(name)?.outerHTML ?? "");
  // The element's attributes by now are this reader's choices.
  const body = ["<loop-scope page></loop-scope>", ...kept].join("\n");
  return `<!doctype html>\n<html lang="en">\n${document.head.outerHTML}\n<body>\n${body}\n</body>\n</html>\n`;
}

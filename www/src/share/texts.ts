import { DEFAULT_OPTIONS, type State } from "../store.ts";
import type { Options } from "../generated/schema.ts";
import type { ShareTexts, Unshared } from "../settings/sharing.ts";
import { embedSnippet } from "./embed.ts";
import { encodeLink, TooLargeForLink } from "./link.ts";

/**
 * The ways to hand a program on, in links to the playground at an address. Each holds the link; the last shows the code
 * as well.
 */
export async function shareTexts(state: State, home: string | null): Promise<ShareTexts | Unshared> {
  if (home === null) return "noLinkHere";
  const { workspace, options, instant } = state;
  let hash;
  try {
    hash = await encodeLink({
      workspace,
      options: changedOptions(options),
      ...(instant ? { time: Math.round(instant.time) } : {}),
    });
  } catch (error) {
    if (error instanceof TooLargeForLink) return "tooLargeForLink";
    throw error;
  }
  const link = home + hash;
  const entry = workspace.files.find((file) => file.path === workspace.entry) ?? workspace.files[0];
  const name = entry?.path ?? "loopscope";
  // What would end the name, or begin something else in it.
  const markdown = `[${name.replace(/[[\]`&]/g, "\\$&")}](${link})`;
  const code = entry?.text.trimEnd() ?? "";
  // A fence must be longer than any within.
  const fence = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return {
    link,
    markdown,
    markdownCode: `${fence}python\n${code}\n${fence}\n\n${markdown}`,
    embed: embedSnippet(link, name),
  };
}

/** A link holds only what differs from the defaults, and never limits: those are the reader's. */
function changedOptions(options: Options): Partial<Options> {
  const changed = Object.entries(options).filter(
    ([name, value]) => name !== "limits" && name !== "record" && value !== DEFAULT_OPTIONS[name as keyof Options],
  );
  return Object.fromEntries(changed);
}

/** Whether the text is on the clipboard now. Frames without permission fall back to a selection. */
export async function copyText(text: string, root: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    // Within an open dialog, since nothing outside of it can be focused.
    (root.querySelector("dialog[open]") ?? root).append(field);
    field.select();
    // The only way left where the newer one is forbidden.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

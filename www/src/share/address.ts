/** The program in the page's address. */
import { decodeLink, type Shared } from "./link.ts";

let last: { hash: string; shared: Promise<Shared | null> } | null = null;

/** As {@link decodeLink} has it. To ask early is worth it: unpacking takes several turns, and gets few once the page is being built. */
export function linkInAddress(): Promise<Shared | null> {
  const { hash } = location;
  if (last?.hash !== hash) {
    last = { hash, shared: decodeLink(hash) };
    // Who asks again is told of what is wrong with it.
    last.shared.catch(() => undefined);
  }
  return last.shared;
}

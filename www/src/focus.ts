/** The focus of those who go by keys. */

/**
 * Does what may take away what has the focus within a pane. If it did, the pane itself has the focus: without one, the next
 * key would begin at the top of the page.
 */
export function keepingFocus(root: ShadowRoot, selector: string, act: () => void): void {
  const held = root.activeElement as HTMLElement | null;
  const pane = held?.closest<HTMLElement>(selector);
  act();
  if (!held || !pane) return;
  const remains = held.isConnected && !held.matches(":disabled");
  if (!remains) pane.focus({ preventScroll: true });
  // What only has moved among others has lost the focus too.
  else if (root.activeElement === null) held.focus({ preventScroll: true });
}

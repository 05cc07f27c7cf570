/** The theme of the page around an element, whatever tool made that page: what counts is what is seen. */

/** How light a colour is, from 0 to 1; `null` for one that lets most of what is behind it through. */
function lightness(colour: string): number | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  if (!colour.startsWith("rgb") || alpha < 0.5) return null;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

export function hostTheme(element: Element): "light" | "dark" {
  let at: Node | null = element.parentNode;
  while (at) {
    if (at instanceof Element) {
      const light = lightness(getComputedStyle(at).backgroundColor);
      if (light !== null) return light < 0.4 ? "dark" : "light";
    }
    at = at instanceof ShadowRoot ? at.host : at.parentNode;
  }
  // Nobody has painted a ground: the browser has, by the schemes the page supports.
  const supported = getComputedStyle(element.ownerDocument.documentElement).colorScheme;
  const wanted = matchMedia("(prefers-color-scheme: dark)").matches;
  return supported.includes("dark") && (wanted || !supported.includes("light")) ? "dark" : "light";
}

/** Tells of every change that may be one of the theme: documentation tools switch by an attribute near the root. */
export function watchHostTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    scheme.removeEventListener("change", changed);
  };
}

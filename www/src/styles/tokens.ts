import { css } from "lit";

/**
 * Every colour, size and typeface by name. `light-dark()` follows the element's `color-scheme`, which follows the
 * reader's system unless the `theme` attribute says otherwise. Text on its surface has a contrast of 4.5 or more.
 */
export const tokens = css`
  /* The page around it has typography and a direction of its own, which are none of a program's. What it hides stays hidden. */
  :host {
    all: initial;
    direction: ltr;
    visibility: inherit;
    color-scheme: light dark;
    scrollbar-color: var(--line-strong) transparent;

    --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    --code-size: 13.5px;

    --ground: light-dark(#eef1f4, #0e1318);
    --surface: light-dark(#ffffff, #151b22);
    --raised: light-dark(#ffffff, #1c242d);
    --sunken: light-dark(#f5f7f9, #11171d);
    --hover: light-dark(#e9eef2, #232d37);
    --line: light-dark(#dde3e9, #27313b);
    --line-strong: light-dark(#b9c3cd, #3d4a57);
    --ink: light-dark(#17212b, #e4eaf0);
    --muted: light-dark(#52606d, #a3b1bf);
    --faint: light-dark(#687582, #8795a3);
    --shadow: 0 8px 28px light-dark(rgb(20 35 50 / 16%), rgb(0 0 0 / 50%));

    --accent: light-dark(#0b6e74, #4ec3c7);
    --accent-deep: light-dark(#085a5f, #7bd8da);
    --accent-wash: light-dark(#e0f1f1, #16333a);
    --on-accent: light-dark(#ffffff, #06262a);
    --selection: light-dark(#cfe6ea, #244450);
    --active-line: light-dark(rgb(11 110 116 / 5%), rgb(120 200 210 / 6%));

    --error: light-dark(#b3261e, #ff8f85);
    --error-wash: light-dark(#fdeceb, #3a1f20);
    --warning: light-dark(#8a5200, #f0b55c);
    --warning-wash: light-dark(#fdf2de, #35290f);
    --info: light-dark(#1d5fa8, #85bbf2);
    --info-wash: light-dark(#e7f0fb, #182a3d);
    --good: light-dark(#1e6b3c, #7ed09b);

    --running: light-dark(#1b7f86, #3fb5ba);
    --ready: light-dark(#e3a428, #d99a2b);
    --ready-mark: light-dark(#8a5a00, #5c3d00);
    --waiting: light-dark(#dfe6ec, #2b3641);
    --hatch: light-dark(#9aa8b5, #5d6c7a);
    --blocked: light-dark(#c2261c, #f0564a);
    --blocked-mark: light-dark(#a3170f, #dd3f33);
    --on-blocked: light-dark(#ffffff, #2a0503);

    --code-keyword: light-dark(#7a3e9d, #cfa4f0);
    --code-string: light-dark(#2c6e2f, #9fd49a);
    --code-number: light-dark(#a04b00, #f2b37e);
    --code-comment: light-dark(#66727e, #8494a3);
    --code-definition: light-dark(#0b5f8a, #7cc4f0);
    --code-function: light-dark(#1f5c7a, #9ccbe6);
    --code-meta: light-dark(#8a3d5c, #f0a3bf);

    --playhead: light-dark(#5b3fd6, #b3a2ff);
    --veil: light-dark(rgb(246 248 250 / 42%), rgb(17 23 29 / 40%));

    --radius: 10px;
    --focus: 2px solid var(--accent);
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
`;

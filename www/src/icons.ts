import { svg, html, type TemplateResult } from "lit";

const icon = (paths: TemplateResult, size = 16): TemplateResult =>
  html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths}
  </svg>`;

const disc = svg`<circle cx="8" cy="8" r="6.2"/>`;

/** Drawn here, so that nothing is fetched. All are decoration: the words beside them, or the label, say the same. */
export const icons = {
  logo: html`<svg
    width="24"
    height="24"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2.4"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d="M19.6 8.2A8.5 8.5 0 1 0 20.5 12" />
    <path d="M20.9 3.6v4.8h-4.8" stroke-linejoin="round" />
    <path d="M7.6 12h2l1.5-3.2 2 6.2 1.4-3h2" stroke-width="1.9" stroke-linejoin="round" />
  </svg>`,
  run: icon(svg`<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor"/>`),
  stop: icon(svg`<rect x="4" y="4" width="8" height="8" rx="1.2" fill="currentColor"/>`),
  share: icon(
    svg`<path d="M6.6 9.4a3 3 0 0 0 4.3.2l2.2-2.2a3 3 0 0 0-4.2-4.2l-1 1M9.4 6.6a3 3 0 0 0-4.3-.2L2.9 8.6a3 3 0 0 0 4.2 4.2l1-1"/>`,
  ),
  settings: icon(
    svg`<path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6"/><circle cx="10.2" cy="4.5" r="1.7"/><circle cx="5.8" cy="11.5" r="1.7"/>`,
  ),
  help: icon(svg`${disc}<path d="M6.3 6.2a1.8 1.8 0 1 1 2.5 1.9c-.5.2-.8.6-.8 1.1"/><path d="M8 11.4v.01"/>`),
  light: icon(
    svg`<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"/>`,
  ),
  dark: icon(svg`<path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z"/>`),
  auto: icon(svg`${disc}<path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>`),
  talk: icon(
    svg`<path d="M2 2.500h12M3.200 2.500v7.200h9.600V2.500M8 9.700v1.800M5.200 13.800 8 11.500l2.800 2.300"/>`,
  ),
  error: icon(svg`<path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z"/><path d="M8 4.8v3.8M8 11.1v.01"/>`),
  warning: icon(svg`<path d="M8 2 14.4 13.4H1.6z"/><path d="M8 6.4v3.2M8 11.6v.01"/>`),
  info: icon(svg`${disc}<path d="M8 7.4v3.8M8 4.9v.01"/>`),
  good: icon(svg`${disc}<path d="m5.2 8.2 2 2 3.6-4.2"/>`),
  plus: icon(svg`<path d="M8 3v10M3 8h10"/>`),
  minus: icon(svg`<path d="M3 8h10"/>`),
  fit: icon(svg`<path d="M2 3.5v9M14 3.5v9M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2"/>`),
  close: icon(svg`<path d="m4 4 8 8M12 4l-8 8"/>`),
  grip: icon(svg`<path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" stroke-width="2.2"/>`, 14),
  copy: icon(
    svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.500H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.500h1.5"/>`,
  ),
  play: icon(svg`<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor"/>`),
  pause: icon(svg`<path d="M5.200 3.500v9M10.8 3.500v9" stroke-width="2.6"/>`),
  stepOn: icon(svg`<path d="M4 4v8l5.500-4z" fill="currentColor"/><path d="M12 4v8"/>`),
  stepBack: icon(svg`<path d="M12 4v8L6.500 8z" fill="currentColor"/><path d="M4 4v8"/>`),
  turnOn: icon(
    svg`<path d="M2.500 4v8L7 8z" fill="currentColor"/><path d="M7.500 4v8L12 8z" fill="currentColor"/><path d="M13.8 4v8"/>`,
  ),
  turnBack: icon(
    svg`<path d="M13.500 4v8L9 8z" fill="currentColor"/><path d="M8.500 4v8L4 8z" fill="currentColor"/><path d="M2.200 4v8"/>`,
  ),
  toEnd: icon(svg`<path d="M2.500 8h8M7.500 5l3 3-3 3M13 4v8"/>`),
  toFinding: icon(svg`<path d="M4 14V2.500M4 3h8l-2 2.800L12 8.600H4" fill="none"/>`),
  picture: icon(svg`<path d="M2 4h7M5 8h9M3 12h5" stroke-width="2.4"/>`),
  tree: icon(svg`<path d="M3 3v9.500h3.500M3 7.500h3.500M9 3h5M9 7.500h5M9 12.500h5"/>`),
  table: icon(svg`<rect x="2" y="3" width="12" height="10" rx="1.500"/><path d="M2 6.500h12M6.500 6.500V13"/>`),
  compare: icon(
    svg`<rect x="2" y="2.500" width="12" height="4" rx="1"/><rect x="2" y="9.500" width="8" height="4" rx="1" fill="currentColor"/>`,
  ),
  grid: icon(
    svg`<rect x="2.500" y="2.500" width="4.500" height="4.500" rx="1"/><rect x="9" y="2.500" width="4.500" height="4.500" rx="1"/><rect x="2.500" y="9" width="4.500" height="4.500" rx="1"/><rect x="9" y="9" width="4.500" height="4.500" rx="1"/>`,
  ),
  others: icon(
    svg`<path d="M2.500 8H5c3.500 0 2.500-4.500 6-4.500h2.500M5 8c3.500 0 2.500 4.500 6 4.500h2.500M11.500 1.500l2 2-2 2M11.500 10.500l2 2-2 2"/>`,
  ),
  fix: icon(
    svg`<path d="M9.800 2.200a3.600 3.600 0 0 0-3.300 4.900L2.300 11.300a1.700 1.700 0 0 0 2.400 2.400l4.200-4.200a3.600 3.600 0 0 0 4.700-4.500L11.400 7.200 9 6.900l-.3-2.400 2.100-2.100z"/>`,
  ),
  download: icon(svg`<path d="M8 2.500v7.500M4.800 7 8 10.200 11.200 7M3 13.500h10"/>`),
  up: icon(svg`<path d="M8 13V3.500M4 7l4-4 4 4"/>`),
  down: icon(svg`<path d="M8 3v9.500M4 9l4 4 4-4"/>`),
  lock: icon(
    svg`<rect x="3.500" y="7" width="9" height="6.500" rx="1.300"/><path d="M5.500 7V5a2.500 2.500 0 0 1 5 0v2"/>`,
    14,
  ),
  timer: icon(svg`${disc}<path d="M8 4.600V8l2.200 1.500"/>`, 14),
  ready: icon(svg`<path d="M3 4.500h10M3 8h10M3 11.500h6"/>`, 14),
  chevron: icon(svg`<path d="m6 4 4 4-4 4"/>`, 12),
  running: icon(svg`${disc}<circle cx="8" cy="8" r="2" fill="currentColor"/>`, 14),
  pending: icon(svg`${disc}<path d="M8 4.6V8l2.2 1.5"/>`, 14),
  finished: icon(svg`<path d="m3.5 8.5 3 3 6-7"/>`, 14),
  failed: icon(
    svg`<path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z"/><path d="M8 4.8v3.8M8 11.1v.01"/>`,
    14,
  ),
  cancelled: icon(svg`${disc}<path d="m4 12 8-8"/>`, 14),
  collected: icon(svg`<path d="M3 4.500h10M6.5 4.500v-2h3v2M4.5 4.500l.6 9h5.800l.6-9"/>`, 14),
  loop: icon(svg`<path d="M13 6A5.5 5.5 0 1 0 13.5 8"/><path d="M13.5 2.800V6h-3.2"/>`, 14),
};

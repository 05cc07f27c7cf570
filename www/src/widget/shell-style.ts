/** The look of the widget before its playground is there. A constructed sheet passes every policy. */
const TEXT = `
  :host {
    display: block;
    margin: 1em 0;
    direction: ltr;
    text-align: start;
    color-scheme: light;
  }
  :host([data-shown-theme="dark"]) {
    color-scheme: dark;
  }
  loop-scope-playground {
    height: var(--loop-scope-height, 480px);
    min-height: 0;
    box-sizing: border-box;
  }
  ::slotted([data-setup]) {
    display: none !important;
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 6px 0;
    font: 14px/1.5 ui-sans-serif, system-ui, sans-serif;
  }
  button {
    min-height: 32px;
    padding: 0 14px;
    border: 0;
    border-radius: 8px;
    background: light-dark(#0b6e74, #4ec3c7);
    color: light-dark(#ffffff, #06262a);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:focus-visible {
    outline: 2px solid light-dark(#0b6e74, #4ec3c7);
    outline-offset: 2px;
  }
  button:disabled {
    opacity: 0.6;
    cursor: progress;
  }
  small {
    color: light-dark(#52606d, #a3b1bf);
    font-size: 13px;
  }
`;

let sheet: CSSStyleSheet | null = null;

export function shellStyle(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(TEXT);
  }
  return sheet;
}

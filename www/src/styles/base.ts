import { css } from "lit";

/** Controls and small things that occur everywhere. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: var(--focus);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
  }
  .button,
  .icon-button,
  select.button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
  }
  .icon-button {
    width: 32px;
    flex: none;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--muted);
  }
  .button:hover,
  .icon-button:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .button:disabled,
  .icon-button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .primary:hover:not(:disabled) {
    background: var(--accent-deep);
    color: var(--on-accent);
  }
  .icon-button[aria-expanded="true"],
  .icon-button[aria-pressed="true"] {
    background: var(--accent-wash);
    color: var(--accent-deep);
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    cursor: pointer;
    user-select: none;
  }
  .switch input {
    appearance: none;
    width: 30px;
    height: 18px;
    margin: 0;
    border: 1px solid var(--line-strong);
    border-radius: 9px;
    background: var(--sunken);
    cursor: pointer;
    position: relative;
  }
  .switch input::after {
    content: "";
    position: absolute;
    inset: 2px auto 2px 2px;
    width: 12px;
    border-radius: 50%;
    background: var(--faint);
    transition: translate 120ms;
  }
  .switch input:checked {
    border-color: var(--accent);
    background: var(--accent);
  }
  .switch input:checked::after {
    translate: 12px 0;
    background: var(--on-accent);
  }
  @media (forced-colors: active) {
    .switch input {
      forced-color-adjust: none;
    }
  }
  /* Names of tasks and functions are written in any direction, and must not turn their neighbours round. */
  b,
  i,
  code,
  .name,
  .name span {
    unicode-bidi: isolate;
  }
  .place {
    padding: 0 3px;
    margin: 0 -3px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--accent);
    font: 12px var(--mono);
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent);
    text-underline-offset: 2px;
    cursor: pointer;
    text-align: start;
  }
  .place.long,
  code.long {
    display: inline-block;
    max-width: min(100%, 40ch);
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: text-bottom;
    white-space: nowrap;
  }
  .place:hover {
    color: var(--accent-deep);
    text-decoration-color: currentcolor;
  }
  .empty {
    margin: 0;
    padding: 18px 16px;
    color: var(--muted);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

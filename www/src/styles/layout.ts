import { css } from "lit";

/** The bar, the panes and how they share the room: two rows on a desk, one at a time on a phone. */
export const layout = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    height: 100%;
    min-height: 360px;
    background: var(--ground);
    color: var(--ink);
    font: 14px/1.5 var(--sans);
    container: playground / inline-size;
    overflow: hidden;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    padding: 8px 12px;
    background: var(--surface);
    border-bottom: 1px solid var(--line);
  }
  .brand {
    display: grid;
    grid-template-columns: auto auto;
    align-items: center;
    gap: 0 10px;
    margin: 0 8px 0 2px;
    line-height: 1.2;
  }
  .brand svg {
    grid-row: span 2;
  }
  .brand h1,
  .brand p {
    margin: 0;
  }
  .brand h1 {
    font-size: 15.5px;
    font-weight: 700;
    letter-spacing: -0.02em;
  }
  .brand p {
    color: var(--muted);
    font-size: 11px;
    white-space: nowrap;
  }
  .brand svg {
    color: var(--accent);
  }
  .bar > * {
    flex: none;
  }
  .bar .examples {
    justify-content: start;
    width: 200px;
    min-width: 120px;
    flex: 0 1 auto;
  }
  .bar .examples span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(240px, var(--columns, 54%)) 8px minmax(240px, 1fr);
    grid-template-rows: minmax(230px, 1fr) 8px minmax(174px, var(--rows, 40%));
    grid-template-areas: "code split side" "rowsplit rowsplit rowsplit" "time time time";
    min-height: 0;
    padding: 8px;
    /* Where the rows do not fit, a pane that shows two lines helps less than one further down. */
    overflow: hidden auto;
  }
  .pane {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    contain: layout paint style;
  }
  .pane.code {
    grid-area: code;
  }
  .side {
    grid-area: side;
    display: grid;
    grid-template-rows: minmax(0, 5fr) minmax(100px, 3fr);
    gap: 8px;
    min-width: 0;
    min-height: 0;
  }
  .lower {
    grid-area: time;
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(280px, 29%);
    gap: 8px;
    min-width: 0;
    min-height: 0;
  }
  .splitter {
    position: relative;
    border-radius: 4px;
    touch-action: none;
  }
  .splitter::after {
    content: "";
    position: absolute;
    inset: 50% auto auto 50%;
    translate: -50% -50%;
    border-radius: 2px;
    background: var(--line-strong);
    opacity: 0;
    transition: opacity 120ms;
  }
  .splitter:hover::after,
  .splitter:focus-visible::after {
    opacity: 1;
  }
  .splitter.columns {
    grid-area: split;
    cursor: col-resize;
  }
  .splitter.columns::after {
    width: 3px;
    height: 36px;
  }
  .splitter.rows {
    grid-area: rowsplit;
    cursor: row-resize;
  }
  .splitter.rows::after {
    width: 36px;
    height: 3px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 38px;
    padding: 0 6px 0 14px;
    border-bottom: 1px solid var(--line);
    flex: none;
  }
  .head h2 {
    white-space: nowrap;
    margin: 0;
    font-size: 13px;
    font-weight: 650;
  }
  .head .note {
    min-width: 0;
    overflow: hidden;
    color: var(--muted);
    font-size: 12.5px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head .gap {
    flex: 1;
  }
  .body {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: var(--beyond, contain);
  }
  .editor {
    container: editor / inline-size;
    flex: 1;
    min-height: 0;
    overflow: hidden;
  }
  .tabs {
    display: none;
  }
  .badge {
    padding: 0 6px;
    border-radius: 9px;
    background: var(--sunken);
    font-size: 11.5px;
    box-shadow: inset 0 0 0 1px var(--line);
  }
  /* It says much and little by turns, and must not push the buttons about. */
  .bar .status {
    display: flex;
    flex: 1 1 180px;
    align-items: center;
    gap: 8px;
    min-width: 0;
    color: var(--muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .status > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .status > .clock,
  .status > .outcome {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.2;
    white-space: normal;
  }
  .status .found {
    display: none;
    flex: none;
    font: inherit;
  }
  .status > span:has(> svg),
  .status svg,
  .status progress,
  .status .pulse {
    flex: none;
  }
  .status .clock {
    flex: 0 1 20em;
  }
  .status .good {
    color: var(--good);
  }
  .status .bad {
    color: var(--error);
  }
  .pulse {
    width: 9px;
    height: 9px;
    flex: none;
    border-radius: 50%;
    background: var(--accent);
    animation: pulse 1.2s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.3;
    }
  }
  progress {
    width: 90px;
    height: 6px;
    accent-color: var(--accent);
  }

  @container playground (min-width: 1240px) {
    .status .found {
      display: block;
    }
  }
  /* Words are longer in some languages: what happens goes before what is always there. */
  @container playground (max-width: 1420px) {
    .bar:lang(ru) .brand p,
    .bar:lang(ru) .wide {
      display: none;
    }
  }
  @container playground (max-width: 1300px) {
    .status > .short {
      display: none;
    }
  }
  @container playground (max-width: 1180px) {
    .brand h1 {
      grid-row: span 2;
    }
    .brand p,
    .wide {
      display: none;
    }
    .bar .share {
      width: 32px;
      padding: 0;
      border-color: transparent;
      background: transparent;
      color: var(--muted);
    }
  }
  @container playground (980px < width <= 1180px) {
    .bar:lang(ru) .examples {
      width: 140px;
    }
    .bar:lang(ru) .stop {
      padding: 0 10px;
    }
    .bar:lang(ru) .stop span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container playground (max-width: 980px) {
    .bar .examples {
      width: 120px;
    }
    .brand h1 {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container playground (max-width: 980px) {
    .bar .stop {
      padding: 0 10px;
    }
    .bar .stop span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container playground (max-width: 880px) {
    .bar:lang(ru) {
      gap: 6px;
    }
    .bar:lang(ru) .desk {
      display: none;
    }
  }
  @container playground (max-width: 760px) {
    .bar {
      gap: 6px;
      padding: 6px 8px;
    }
    .bar .examples {
      flex: 1 1 90px;
      width: auto;
      min-width: 0;
    }
    .brand {
      gap: 0;
      margin: 0 2px;
    }
    .bar .status {
      flex: 1 1 120px;
      margin-left: 6px;
      font-size: 12.5px;
      line-height: 1.25;
    }
    .bar .share {
      width: 40px;
    }
    .status progress {
      width: 60px;
    }
    .bar .desk {
      display: none;
    }
    .panes {
      display: flex;
      flex-direction: column;
      padding: 0;
    }
    .tabs {
      display: grid;
      grid-template-columns: repeat(5, auto);
      flex: none;
      background: var(--surface);
      border-bottom: 1px solid var(--line);
    }
    .tabs button {
      min-height: 44px;
      padding: 0 4px;
      border: 0;
      border-bottom: 2px solid transparent;
      background: none;
      color: var(--muted);
      font-size: 13px;
      line-height: 1.2;
    }
    .tabs button[aria-selected="true"] {
      border-bottom-color: var(--accent);
      color: var(--ink);
      font-weight: 650;
    }
    .tabs .badge {
      display: inline-block;
      min-width: 2ch;
      box-sizing: content-box;
    }
    .tabs .badge:empty {
      visibility: hidden;
    }
    .pane {
      border: 0;
      border-radius: 0;
      flex: 1;
    }
    .side,
    .lower {
      display: contents;
    }
    .splitter,
    .panes > [data-panel]:not([data-current]),
    .lower > [data-panel]:not([data-current]),
    .side > [data-panel]:not([data-current]) {
      display: none;
    }
    .icon-button {
      width: 40px;
      min-height: 40px;
    }
    .button {
      min-height: 40px;
    }
    .short {
      display: none;
    }
  }
  /* Two rows: what is run, with what runs and stops it; below, all the rest. */
  @container playground (max-width: 700px) {
    .bar:lang(ru) {
      flex-wrap: wrap;
      gap: 3px 6px;
    }
    .bar:lang(ru)::after {
      content: "";
      order: 1;
      flex: 0 0 100%;
    }
    .bar:lang(ru) > .stop ~ * {
      order: 2;
    }
  }
  @container playground (max-width: 600px) {
    .bar {
      flex-wrap: wrap;
      gap: 3px 6px;
    }
    .bar::after {
      content: "";
      order: 1;
      flex: 0 0 100%;
    }
    .bar > .stop ~ * {
      order: 2;
    }
  }
  @container playground (max-width: 420px) {
    .status > :is(.clock, .outcome) {
      -webkit-line-clamp: 3;
    }
    .bar :is(.icon-button, .share) {
      width: 34px;
    }
    .bar .examples {
      flex-basis: 84px;
    }
    .bar .status {
      flex-basis: 60px;
      gap: 5px;
      margin-left: 0;
    }
  }
`;

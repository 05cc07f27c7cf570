import { css } from "lit";

export const timelineStyle = css`
  .timeline {
    --label: 190px;
    --indent: 12px;
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .ruler {
    display: grid;
    grid-template: 25px / var(--label) minmax(0, 1fr);
    flex: none;
    overflow: hidden;
    border-bottom: 1px solid var(--line);
    background: var(--sunken);
  }
  .ruler span {
    padding: 0 12px;
    overflow: hidden;
    border-right: 1px solid var(--line);
    color: var(--muted);
    font-size: 12px;
    line-height: 25px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .ruler canvas {
    width: 100%;
    height: 25px;
    cursor: ew-resize;
  }
  .lanes {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: var(--beyond, contain);
  }
  .sizer {
    position: relative;
    min-height: 100%;
  }
  .sizer canvas {
    position: sticky;
    top: 0;
    display: block;
    width: calc(100% - var(--label));
    margin-left: var(--label);
    cursor: grab;
    touch-action: pan-y;
  }
  .sizer canvas.moving {
    cursor: grabbing;
  }
  .label {
    position: absolute;
    left: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    width: var(--label);
    height: var(--row);
    padding: 0 8px 0 calc(4px + var(--depth, 0) * var(--indent));
    border-right: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    cursor: pointer;
  }
  .label[data-past] {
    background: var(--sunken);
    cursor: default;
  }
  .label.heading {
    z-index: 1;
    padding-left: 12px;
    background: var(--sunken);
    cursor: default;
  }
  .label.heading i {
    font: 12px var(--sans);
    text-align: end;
  }
  .twist {
    display: grid;
    width: 14px;
    height: 100%;
    flex: none;
    color: var(--muted);
    place-items: center;
  }
  .twist svg {
    rotate: 90deg;
    transition: rotate 120ms;
  }
  .twist[data-folded] svg {
    rotate: 0deg;
  }
  .over {
    position: absolute;
    inset: 0 0 0 var(--label);
    overflow: hidden;
    pointer-events: none;
  }
  .playhead {
    position: absolute;
    inset: 0 auto 0 0;
    width: 2px;
    translate: calc(var(--at, 0px) - 1px) 0;
    background: var(--playhead);
  }
  .playhead::before {
    content: "";
    position: absolute;
    top: 3px;
    left: -7px;
    width: 16px;
    height: 19px;
    background: var(--playhead);
    clip-path: path("M3 0H13A3 3 0 0 1 16 3V11L8 19L0 11V3A3 3 0 0 1 3 0Z");
  }
  .playhead::after {
    content: "";
    position: absolute;
    top: 0;
    left: -13px;
    width: 28px;
    height: 25px;
    pointer-events: auto;
    cursor: ew-resize;
    touch-action: none;
  }
  .playhead:focus-visible {
    outline: none;
    box-shadow:
      0 0 0 2px var(--surface),
      0 0 0 4px var(--accent);
  }
  .veil {
    position: absolute;
    inset: 25px 0 0 var(--at, 0px);
    background: var(--veil);
  }
  .over[data-end] .veil {
    display: none;
  }
  .transport,
  .views {
    display: flex;
    align-items: center;
    gap: 1px;
    flex: none;
  }
  .transport .icon-button,
  .views .icon-button {
    width: 28px;
    min-height: 28px;
  }
  .transport .speed {
    height: 26px;
    margin-left: 4px;
    padding: 0 2px;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--surface);
    font-size: 12.5px;
    cursor: pointer;
  }
  .transport .clock {
    min-width: 8ch;
    padding-left: 8px;
    font: 600 12.5px var(--mono);
    white-space: nowrap;
  }
  .views {
    padding: 1px;
    border-radius: 8px;
    background: var(--sunken);
  }
  .words-view {
    flex: 1;
    min-width: 0;
    min-height: 0;
    padding: 8px 14px;
    overflow: auto;
  }
  .words-view:focus-visible {
    outline-offset: -2px;
  }
  .words-view h3 {
    margin: 10px 0 4px;
    color: var(--muted);
    font-size: 12.5px;
  }
  .words-view h3:first-child {
    margin-top: 0;
  }
  .words-view ul {
    margin: 0;
    padding: 0 0 0 22px;
    border-left: 1px solid var(--line);
    list-style: none;
  }
  .words-view > ul {
    padding: 0;
    border: 0;
  }
  .words-view li {
    padding: 2px 0;
  }
  .words-view .mark {
    display: inline-block;
    vertical-align: -2px;
    color: var(--muted);
  }
  .words-view .made {
    color: var(--muted);
  }
  .words-view code {
    font: 12px var(--mono);
  }
  .words-view .blocked {
    color: var(--error);
  }
  .words-view table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .words-view :is(th, td) {
    padding: 3px 10px 3px 0;
    border-bottom: 1px solid var(--line);
    font-weight: 400;
    text-align: start;
  }
  .words-view thead th {
    position: sticky;
    top: -8px;
    background: var(--surface);
    color: var(--muted);
    font-weight: 600;
  }
  .words-view .state .swatch {
    display: inline-block;
    margin-right: 6px;
    vertical-align: middle;
  }
  .words-view tr.blocked td {
    background: var(--error-wash);
  }
  .label:hover {
    background: var(--hover);
  }
  .label:focus-visible {
    z-index: 1;
    outline-offset: -2px;
  }
  .label[aria-selected="true"] {
    background: var(--accent-wash);
  }
  .label b {
    overflow: hidden;
    flex: 0 1 auto;
    min-width: 0;
    font-size: 12.5px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label i {
    overflow: hidden;
    flex: 1 1 0;
    color: var(--muted);
    font: 11.5px var(--mono);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label .mark {
    color: var(--faint);
  }
  .label[data-library] :is(b, .mark) {
    color: var(--faint);
    font-weight: 400;
  }
  .label .mark.finished {
    color: var(--good);
  }
  .label .mark.failed,
  .label .mark.collected {
    color: var(--error);
  }
  .label .mark.cancelled {
    color: var(--warning);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    height: 20px;
    margin: 0;
    padding: 0;
    overflow: hidden;
    color: var(--muted);
    font-size: 12px;
    list-style: none;
  }
  .legend.whole {
    height: auto;
    gap: 5px 18px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
    line-height: 20px;
    white-space: nowrap;
  }
  .swatch {
    width: 18px;
    height: 11px;
    border-radius: 3px;
  }
  .swatch.running {
    background: var(--running);
  }
  .swatch.ready {
    height: 8px;
    background: repeating-linear-gradient(90deg, var(--ready) 0 3px, var(--ready-mark) 3px 4px);
  }
  .swatch.waiting {
    background: repeating-linear-gradient(135deg, var(--waiting) 0 3px, var(--hatch) 3px 4px);
  }
  .swatch.blocked {
    height: 13px;
    border: 1.5px solid var(--ink);
    background: repeating-linear-gradient(45deg, var(--blocked) 0 5px, var(--blocked-mark) 5px 7px);
  }
  .tip {
    position: absolute;
    z-index: 5;
    max-width: 320px;
    padding: 6px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--raised);
    box-shadow: var(--shadow);
    font-size: 12.5px;
    pointer-events: none;
  }
  .tip b {
    display: block;
  }
  .tip .others {
    display: block;
    color: var(--ink);
  }
  .tip span {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .paint {
    display: none;
  }
  /* The picture tells its states apart by colour as well as by shape: it keeps its own where the reader's are forced. */
  .paint i,
  .swatch,
  .playhead,
  .veil {
    forced-color-adjust: none;
  }
  @container playground (max-width: 1420px) {
    .head .legend {
      display: none;
    }
  }
  @container playground (760px < width <= 1420px) {
    .pane.time > .head {
      flex-wrap: wrap;
      gap: 0 10px;
    }
  }
  @container playground (max-width: 760px) {
    .timeline {
      --label: 126px;
      --indent: 6px;
    }
    .label i {
      display: none;
    }
    .pane.time > .head {
      flex-wrap: wrap;
      padding: 4px 8px;
    }
    .pane.time > .head h2 {
      display: none;
    }
    .transport {
      flex-shrink: 1;
      flex-wrap: wrap;
    }
    .transport .icon-button {
      width: 30px;
      min-height: 40px;
    }
    .views .icon-button {
      width: 36px;
      min-height: 36px;
    }
    .label {
      gap: 4px;
      padding-right: 4px;
    }
    .twist {
      width: 11px;
    }
    .transport .clock {
      min-width: 0;
    }
  }
`;

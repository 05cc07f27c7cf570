import { css } from "lit";

export const timelineStyle = css`
  .timeline {
    --label: 190px;
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .with-inspector {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(220px, 27%);
    flex: 1;
    min-height: 0;
  }
  .with-inspector > .inspector {
    min-width: 0;
    border-left: 1px solid var(--line);
    overflow: auto;
  }
  .inspector h3 {
    position: sticky;
    top: 0;
    z-index: 1;
    margin: 0;
    padding: 0 12px;
    border-bottom: 1px solid var(--line);
    background: var(--sunken);
    color: var(--muted);
    font-size: 12px;
    font-weight: 600;
    line-height: 25px;
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
    overscroll-behavior: contain;
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
    gap: 7px;
    width: var(--label);
    height: 30px;
    padding: 0 8px 0 12px;
    border-right: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    cursor: pointer;
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
    flex: none;
    max-width: 100%;
    font-size: 12.5px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label i {
    overflow: hidden;
    flex: 1;
    color: var(--muted);
    font: 11.5px var(--mono);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label .mark {
    color: var(--faint);
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
    gap: 2px 14px;
    height: 20px;
    margin: 0;
    padding: 0;
    overflow: hidden;
    color: var(--muted);
    font-size: 12px;
    list-style: none;
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
    height: 6px;
    background: var(--ready);
  }
  .swatch.waiting {
    background: repeating-linear-gradient(135deg, var(--waiting) 0 3px, var(--hatch) 3px 4px);
  }
  .swatch.blocked {
    height: 13px;
    border: 1.5px solid var(--ink);
    background: var(--blocked);
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
  .tip span {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .paint {
    display: none;
  }
  /* The picture tells its states apart by colour as well as by shape: it keeps its own where the reader's are forced. */
  .paint i,
  .swatch {
    forced-color-adjust: none;
  }
  @container playground (max-width: 760px) {
    .timeline {
      --label: 112px;
    }
    .with-inspector {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr) minmax(0, 1fr);
    }
    .with-inspector > .inspector {
      border-left: 0;
      border-top: 1px solid var(--line);
    }
    .label i,
    .head .legend {
      display: none;
    }
  }
`;

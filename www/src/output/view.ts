import { css, html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { moment } from "../i18n/index.ts";
import type { Ui } from "../ui.ts";
import type { Line } from "./lines.ts";

export const outputStyle = css`
  .lines {
    margin: 0;
    padding: 6px 0;
    font: 12.5px/1.6 var(--mono);
  }
  /* What is out of sight need not be laid out, but for the end, which is scrolled to while it grows. */
  .block:not(:nth-last-child(-n + 2)) {
    content-visibility: auto;
    contain-intrinsic-height: auto 1000px;
  }
  .line {
    display: grid;
    grid-template-columns: 76px minmax(0, 1fr);
    gap: 12px;
    padding: 0 14px 0 0;
  }
  @container playground (max-width: 480px) {
    .line {
      grid-template-columns: 52px minmax(0, 1fr);
      gap: 8px;
      padding-right: 8px;
    }
  }
  .line time {
    color: var(--faint);
    font-size: 11.5px;
    line-height: 20px;
    text-align: end;
    user-select: none;
  }
  .line span {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    min-height: 1.6em;
  }
  .line.stderr {
    background: var(--error-wash);
  }
  .line.stderr time {
    color: var(--muted);
  }
  .line.stderr span {
    color: var(--error);
  }
  .line:hover {
    background: var(--hover);
  }
  .line[data-later] {
    opacity: 0.45;
  }
  .line em,
  .cut {
    color: var(--muted);
    font-style: normal;
    font-family: var(--sans);
  }
  .cut {
    margin: 0;
    padding: 4px 14px 8px;
    font-size: 12.5px;
  }
  .earlier {
    margin: 6px 14px 0;
  }
`;

/** Lines are set in blocks of so many: one whose lines are all there is not touched again. */
const BLOCK = 50;
/** Lines beyond these, counted from the end, are set only when asked for. */
const SHOWN = 1_000;
/** And beyond these while a run goes on, which may print so many with every frame. */
const LIVE = 200;
/** Characters of a line beyond these are not set: the browser would take seconds over a line of a million. */
const LONG = 10_000;

/** A line of output is only ever text: whatever the program prints, nothing of it is markup. */
export function outputView(ui: Ui, reached: number, earlier: number, showEarlier: () => void): TemplateResult {
  const lines = ui.state.results?.lines ?? [];
  const cut = isCut(ui) ? html`<p class="cut">${ui.t.outputCut}</p>` : nothing;
  if (lines.length === 0) {
    const over = ui.state.run === "ended";
    if (cut !== nothing) return html`${cut}`;
    return html`<p class="empty">${over ? ui.t.outputEmpty : ui.state.run === "running" ? "" : ui.t.noFindingsYet}</p>`;
  }
  const shown = (ui.state.run === "running" ? LIVE : SHOWN) + SHOWN * earlier;
  const from = Math.floor(Math.max(0, lines.length - shown) / BLOCK) * BLOCK;
  const blocks: number[] = [];
  for (let first = from; first < lines.length; first += BLOCK) blocks.push(first);
  return html`${
      from > 0
        ? html`<button type="button" class="button earlier" @click=${showEarlier}>
            ${ui.t.outputEarlier(Math.min(from, SHOWN))}
          </button>`
        : nothing
    }
    <div class="lines">
      ${repeat(
        blocks,
        (first) => first,
        (first) => block(ui, lines.slice(first, first + BLOCK), reached - first),
      )}
    </div>
    ${cut}`;
}

function isCut({ state }: Ui): boolean {
  const outcome = state.results?.outcome;
  return typeof outcome === "object" && outcome !== null && "limit" in outcome && outcome.limit.limit === "output";
}

/** `reached`: how many of its lines have been printed by the playhead's moment. Only its last line may still grow. */
function block(ui: Ui, lines: readonly Line[], reached: number): TemplateResult {
  const printed = Math.max(0, Math.min(reached, lines.length));
  return html`<div class="block">
    ${guard([lines[0], lines.at(-1), printed, ui.language], () => lines.map((line, index) => row(ui, line, index < printed)))}
  </div>`;
}

function row(ui: Ui, line: Line, reached: boolean): TemplateResult {
  const at = moment(line.time);
  const error = line.stream === "stderr";
  const left = line.text.length - LONG;
  return html`<div class="line ${line.stream}" ?data-later=${!reached}>
    <time title=${ui.t.virtualTime}>${at}</time
    ><span
      >${error ? html`<span class="visually-hidden">${ui.t.stderr}: </span>` : nothing}${line.text.slice(0, LONG)}${left > 0 ? html`<em>${ui.t.lineCut(left)}</em>` : nothing}</span
    >
  </div>`;
}

export function outputText(lines: readonly Line[]): string {
  return lines.map((line) => line.text + (line.ended ? "\n" : "")).join("");
}

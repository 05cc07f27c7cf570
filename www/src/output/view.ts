import { css, html, nothing, type TemplateResult } from "lit";
import { moment } from "../i18n/index.ts";
import type { Ui } from "../ui.ts";
import type { Line } from "./lines.ts";

export const outputStyle = css`
  .lines {
    margin: 0;
    padding: 6px 0;
    font: 12.5px/1.6 var(--mono);
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
  .earlier {
    margin: 6px 14px 0;
  }
`;

/** Lines beyond these, counted from the end, are set only when asked for. */
const SHOWN = 1_000;

/** A line of output is only ever text: whatever the program prints, nothing of it is markup. */
export function outputView(ui: Ui, reached: number, earlier: number, showEarlier: () => void): TemplateResult {
  const lines = ui.state.results?.lines ?? [];
  if (lines.length === 0) {
    const over = ui.state.run === "ended";
    return html`<p class="empty">${over ? ui.t.outputEmpty : ui.state.run === "running" ? "" : ui.t.noFindingsYet}</p>`;
  }
  const from = Math.max(0, lines.length - SHOWN * (1 + earlier));
  return html`${
      from > 0
        ? html`<button type="button" class="button earlier" @click=${showEarlier}>
            ${ui.t.outputEarlier(Math.min(from, SHOWN))}
          </button>`
        : nothing
    }
    <div class="lines">${lines.slice(from).map((line, index) => row(ui, line, from + index < reached))}</div>`;
}

function row(ui: Ui, line: Line, reached: boolean): TemplateResult {
  const at = moment(line.time);
  const error = line.stream === "stderr";
  return html`<div class="line ${line.stream}" ?data-later=${!reached}>
    <time title=${ui.t.virtualTime}>${at}</time
    ><span>${error ? html`<span class="visually-hidden">${ui.t.stderr}: </span>` : nothing}${line.text}</span>
  </div>`;
}

export function outputText(lines: readonly Line[]): string {
  return lines.map((line) => line.text + (line.ended ? "\n" : "")).join("");
}

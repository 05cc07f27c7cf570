import { css, html, nothing, type TemplateResult } from "lit";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { placeButton, type Ui } from "../ui.ts";
import { lastWords } from "./crash.ts";

export const crashStyle = css`
  .crash {
    position: relative;
    padding: 11px 14px 12px 44px;
    border-bottom: 1px solid var(--line);
    background: var(--error-wash);
  }
  .crash .mark {
    position: absolute;
    inset: 14px auto auto 15px;
    color: var(--error);
  }
  .crash p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .crash .what {
    margin-top: 3px;
    font: 13px/1.5 var(--mono);
    white-space: pre-wrap;
  }
  .crash .when {
    color: var(--muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
`;

/** Above the findings: what ended the program, and where. */
export function crashView(ui: Ui): TemplateResult | typeof nothing {
  const { t, language, state } = ui;
  const crash = state.results?.crash;
  if (!crash) return nothing;
  const { syntax, place, time } = crash;
  return html`<div class="crash" role="group" aria-label=${t.uncaught}>
    <span class="mark">${icons.error}</span>
    <p>
      <strong>${syntax ? t.notCompiled : t.endedByException}</strong>
      ${place ? placeButton(ui, place) : nothing}
      ${syntax ? nothing : html`<span class="when">${t.at(duration(time, language))}</span>`}
    </p>
    <p class="what" lang="en">${lastWords(crash)}</p>
  </div>`;
}

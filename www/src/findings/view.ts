import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Diagnostic } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { placeButton, type Ui } from "../ui.ts";
import { advice } from "./advice.ts";
import { explorationView, reproduction, variationText } from "./exploration.ts";
import { placeOf, sentenceOf, titleOf } from "./finding.ts";
import { compared } from "./fixes.ts";
import { codeSpans, markdown } from "./markdown.ts";

export const findingsStyle = css`
  .findings {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .finding {
    --tone: var(--info);
    --wash: var(--info-wash);
    position: relative;
    padding: 11px 14px 12px 44px;
    border-bottom: 1px solid var(--line);
    scroll-margin: 8px;
  }
  .finding.error {
    --tone: var(--error);
    --wash: var(--error-wash);
  }
  .finding.warning {
    --tone: var(--warning);
    --wash: var(--warning-wash);
  }
  .finding[data-chosen] {
    background: var(--wash);
  }
  .finding.follows {
    padding-top: 5px;
    border-top: 1px dashed var(--line);
  }
  .finding:has(+ .follows) {
    border-bottom: 0;
  }
  .finding.follows::before {
    content: "";
    position: absolute;
    inset: -14px auto auto 22px;
    height: 16px;
    border-left: 1.5px solid var(--line-strong);
  }
  .finding.follows .mark {
    top: 8px;
  }
  .finding .mark {
    position: absolute;
    inset: 13px auto auto 15px;
    color: var(--tone);
  }
  .finding header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 9px;
  }
  .finding .level {
    color: var(--tone);
    font-size: 12px;
    font-weight: 650;
  }
  .finding .rule {
    margin: 0;
    font: 650 13px var(--mono);
  }
  .finding .rule button {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    cursor: pointer;
    text-align: start;
  }
  .finding .rule button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .finding .when {
    color: var(--muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .finding p {
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }
  .finding .words {
    margin-top: 5px;
    color: var(--muted);
    font: 12px/1.5 var(--mono);
    white-space: pre-wrap;
  }
  .finding .words b {
    font: 600 11.5px var(--sans);
  }
  .finding ul.related {
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .finding ul.related li {
    display: flex;
    gap: 8px;
    padding: 1px 0;
    align-items: baseline;
  }
  .finding ul.related li::before {
    content: "↳";
    color: var(--faint);
  }
  .finding .predicted {
    padding: 0 6px;
    border: 1px dashed var(--tone);
    border-radius: 9px;
    color: var(--tone);
    font-size: 11.5px;
  }
  .fixes {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 7px;
  }
  .fixes .button {
    min-height: 28px;
    padding: 2px 10px;
    font-size: 13px;
    white-space: normal;
    text-align: start;
  }
  .fixes .button svg {
    color: var(--accent);
  }
  .comparison {
    padding: 10px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--accent-wash);
  }
  .comparison p {
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }
  .comparison p svg {
    display: inline-block;
    vertical-align: -2px;
  }
  .comparison .gone svg {
    color: var(--good);
  }
  .comparison .come svg {
    color: var(--warning);
  }
  .comparison code {
    font: 12px var(--mono);
  }
  .comparison .button {
    min-height: 28px;
    margin-top: 4px;
  }
  .finding details {
    margin-top: 6px;
    font-size: 13px;
  }
  .finding summary {
    width: fit-content;
    color: var(--muted);
    font-size: 12.5px;
    cursor: pointer;
    border-radius: 4px;
  }
  .finding summary:hover {
    color: var(--ink);
  }
  .finding details h4 {
    margin: 10px 0 0;
    font-size: 13px;
  }
  .finding details pre {
    margin: 6px 0 0;
    padding: 8px 10px;
    overflow: auto;
    border-radius: 6px;
    background: var(--sunken);
    font: 12px/1.5 var(--mono);
  }
  .finding code {
    font: 0.92em var(--mono);
  }
  .verdict {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 30px 20px;
    color: var(--muted);
    text-align: center;
  }
  .verdict svg {
    width: 30px;
    height: 30px;
    margin-bottom: 4px;
    color: var(--good);
  }
  .verdict strong {
    color: var(--ink);
    font-weight: 650;
  }
  .verdict p {
    max-width: 40ch;
    margin: 0;
  }
  .internal {
    padding: 12px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--error-wash);
  }
  .internal p {
    margin: 0 0 6px;
  }
  .internal pre {
    max-height: 160px;
    margin: 0 0 8px;
    overflow: auto;
    font: 12px/1.5 var(--mono);
    white-space: pre-wrap;
  }
`;

export function findingsView(ui: Ui): TemplateResult {
  const { results, run } = ui.state;
  const { t } = ui;
  if (!results) return html`<p class="empty">${run === "waiting" ? t.waitingForEngine : t.noFindingsYet}</p>`;
  const { diagnostics, outcome } = results;
  if (diagnostics.length > 0) {
    return html`${explorationView(ui)}${comparison(ui)}${advice(ui)}${internalReport(ui)}
      <ol class="findings">
        ${repeat(
          diagnostics,
          (one) => one.id,
          (one, index) => finding(ui, one, sameCause(diagnostics[index - 1], one)),
        )}
      </ol>`;
  }
  if (outcome === null)
    return html`${explorationView(ui)}
      <p class="empty">${t.lookingOn}</p>`;
  if (outcome !== "completed")
    return html`${explorationView(ui)}${comparison(ui)}${advice(ui)}${internalReport(ui)}
      <p class="empty">${t.clean}</p>`;
  return html`${explorationView(ui)}${comparison(ui)}
    <div class="verdict">
      ${icons.good}<strong>${t.clean}</strong>
      <p>${t.cleanDetail}</p>
    </div>`;
}

/** Findings of one line are of one cause: what was written there. */
function sameCause(before: Diagnostic | undefined, one: Diagnostic): boolean {
  return before?.file === one.file && before.span.line === one.span.line;
}

function finding(ui: Ui, one: Diagnostic, follows: boolean): TemplateResult {
  const { t, language, state } = ui;
  const chosen = state.finding === one.id;
  const choose = (): void => {
    ui.dispatch({ type: "findingChosen", id: one.id, look: true });
    ui.goTo(placeOf(one));
  };
  return html`<li
    class="finding ${one.severity} ${follows ? "follows" : ""}"
    data-finding=${one.id}
    data-rule=${one.rule}
    ?data-chosen=${chosen}
  >
    <span class="mark">${icons[one.severity]}</span>
    <header>
      <span class="level">${t.severity[one.severity]}</span>
      <h3 class="rule">
        <button type="button" aria-current=${chosen ? "true" : nothing} @click=${choose}>${one.rule}</button>
      </h3>
      ${placeButton(ui, placeOf(one))}
      ${
        one.evidence === "predicted"
          ? html`<span class="predicted" title=${t.predictedHint}>${t.predicted}</span>`
          : one.reproduce
            ? html`<span class="predicted" title=${t.showRunHint}>${variationText(ui, one.reproduce)}</span>`
            : html`<span class="when" title=${t.observedHint}
                >${duration(one.time, language)}${one.count > 1 ? ` · ×${one.count}` : ""}</span
              >`
      }
    </header>
    <p>${codeSpans(sentenceOf(one, language))}</p>
    ${one.cpython ? html`<p class="words"><b>${t.cpythonSays}:</b> <span lang="en">${one.cpython}</span></p>` : nothing}
    ${fixButtons(ui, one)} ${reproduction(ui, one)}
    ${
      one.related.length > 0
        ? html`<ul class="related" aria-label=${t.relatedPlaces}>
            ${one.related.map((place) => html`<li><span>${codeSpans(sentenceOf(place, language))} ${placeButton(ui, placeOf(place))}</span></li>`)}
          </ul>`
        : nothing
    }
    ${explanation(ui, one)}
  </li>`;
}

function fixButtons(ui: Ui, one: Diagnostic): TemplateResult | typeof nothing {
  const fixes = one.fixes;
  if (fixes.length === 0) return nothing;
  const stale = ui.state.results?.stale === true || ui.state.run === "running";
  const keyed = ui.state.finding === one.id;
  return html`<div class="fixes" role="group" aria-label=${ui.t.fixes}>
    ${fixes.map(
      (fix, index) =>
        html`<button
          type="button"
          class="button"
          ?disabled=${stale}
          title=${stale ? ui.t.stale : ui.t.fixHint}
          @click=${() => ui.fix(fix)}
        >
          ${icons.fix}${codeSpans(titleOf(fix, ui.language))}${keyed && index === 0 ? html`<kbd aria-hidden="true">Ctrl .</kbd>` : nothing}
        </button>`,
    )}
  </div>`;
}

/** What a change has done, while two runs are compared. */
function comparison(ui: Ui): TemplateResult | typeof nothing {
  const { baseline, results } = ui.state;
  if (!baseline || !results?.outcome || results === baseline) return nothing;
  const { t, language } = ui;
  const { gone, come } = compared(baseline.diagnostics, results.diagnostics);
  const rules = (list: Diagnostic[]): TemplateResult[] => list.map((one) => html`<code>${one.rule}</code> `);
  const varied = variationText(ui, ui.state.options);
  const faster = baseline.now - results.now;
  return html`<div class="comparison" role="group" aria-label=${t.comparison}>
    <p>
      <strong>${varied === "" ? t.comparison : `${t.plainRun} → ${varied}`}:</strong>
      ${duration(baseline.now, language)} →
      ${duration(results.now, language)}${faster > 0 ? html` (${t.shorterBy(duration(faster, language))})` : nothing}
    </p>
    ${gone.length > 0 ? html`<p class="gone">${icons.good} ${t.findingsGone} ${rules(gone)}</p>` : nothing}
    ${come.length > 0 ? html`<p class="come">${icons.warning} ${t.findingsCome} ${rules(come)}</p>` : nothing}
    ${gone.length + come.length === 0 ? html`<p>${t.findingsSame}</p>` : nothing}
    <button type="button" class="button" @click=${() => ui.dispatch({ type: "baselineDropped" })}>
      ${t.endComparison}
    </button>
  </div>`;
}

/** The rule's page is long, so it is set only while somebody has it open. */
function explanation(ui: Ui, one: Diagnostic): TemplateResult {
  const shown = ui.state.explained === one.id;
  const toggled = (event: Event): void => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== shown) ui.dispatch({ type: "explanationToggled", id: one.id, open });
  };
  return html`<details .open=${shown} @toggle=${toggled}>
    <summary>${ui.t.why}</summary>
    ${shown ? markdown(ui.explain(one.rule) ?? "") : nothing}
  </details>`;
}

function internalReport(ui: Ui): TemplateResult | typeof nothing {
  const outcome = ui.state.results?.outcome;
  if (!outcome || typeof outcome === "string" || !("internal" in outcome)) return nothing;
  const { message } = outcome.internal;
  const report = [message, ...ui.state.workspace.files.map((file) => `# ${file.path}\n${file.text}`)].join("\n\n");
  return html`<div class="internal">
    <p><strong>${ui.t.outcome.internal}.</strong> ${ui.t.internalHelp}</p>
    <pre tabindex="0">${message}</pre>
    <button type="button" class="button" @click=${() => ui.copy(report)}>${icons.copy}${ui.t.copyReport}</button>
  </div>`;
}

/** The finding after, or before, the chosen one, going round. */
export function neighbour(ui: Pick<Ui, "state">, step: 1 | -1): { one: Diagnostic; position: number } | null {
  const list = ui.state.results?.diagnostics ?? [];
  if (list.length === 0) return null;
  const at = list.findIndex((one) => one.id === ui.state.finding);
  const position = at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
  const one = list[position];
  return one ? { one, position: position + 1 } : null;
}

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Diagnostic } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { decimal } from "../i18n/numbers.ts";
import { icons } from "../icons.ts";
import { placeButton, type Ui, undelivered } from "../ui.ts";
import { advice } from "./advice.ts";
import { crashView } from "./crash-view.ts";
import { explorationView, reproduction, variationText } from "./exploration.ts";
import { placeOf, sentenceOf, titleOf } from "./finding.ts";
import { compared } from "./fixes.ts";
import { codeSpans, markdown } from "./markdown.ts";

/** How many findings there are of each severity: in signs, and in words for those who listen. */
export function tallyView({ state, t, language }: Ui): TemplateResult | typeof nothing {
  const found = state.results?.diagnostics ?? [];
  if (found.length === 0) return nothing;
  const counts = (["error", "warning", "info"] as const).map(
    (severity) => [severity, found.filter((one) => one.severity === severity).length] as const,
  );
  return html`<div class="tally">
    ${counts.map(([severity, count]) => (count > 0 ? html`<span class=${severity} title=${t.tally[severity](count)}>${icons[severity]}<span aria-hidden="true">${decimal(count, language)}</span><span class="visually-hidden">${t.tally[severity](count)}</span></span>` : nothing))}
  </div>`;
}

/** What the keys do, for those who have none at hand. */
export function walkButtons({ state, t, nextFinding }: Ui): TemplateResult {
  const none = (state.results?.diagnostics.length ?? 0) === 0;
  const button = (label: string, key: string, icon: TemplateResult, by: 1 | -1): TemplateResult =>
    html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      title="${label} (${key})"
      ?disabled=${none}
      @click=${() => nextFinding(by)}
    >
      ${icon}
    </button>`;
  return html`<div class="walk">
    ${button(t.keyPrevious, "Shift F8", icons.up, -1)} ${button(t.keyNext, "F8", icons.down, 1)}
  </div>`;
}

export function findingsView(ui: Ui): TemplateResult {
  const { results, run } = ui.state;
  const { t } = ui;
  if (ui.state.engine.phase === "failed" && !results)
    return html`<p class="unloaded" role="alert"><strong>${t.engineFailed}.</strong> ${t.engineFailedHelp}</p>`;
  if (!results) return html`<p class="empty">${run === "waiting" ? t.waitingForEngine : t.noFindingsYet}</p>`;
  const { diagnostics, outcome, crash } = results;
  const above = html`${explorationView(ui)}${comparison(ui)}${advice(ui)}${internalReport(ui)}${crashView(ui)}`;
  if (diagnostics.length > 0) {
    return html`${above}
      <ol class="findings">
        ${repeat(
          diagnostics,
          (one) => one.id,
          (one, index) => finding(ui, one, diagnostics[index - 1]),
        )}
      </ol>`;
  }
  if (outcome === "completed")
    return html`${above}
      <div class="verdict">
        ${icons.good}<strong>${t.clean}</strong>
        <p>${t.cleanDetail}</p>
      </div>`;
  return html`${above}
    <p class="empty">${outcome === null ? t.lookingOn : crash ? t.cleanBesides : t.clean}</p>`;
}

/** Findings of one line are of one cause: what was written there. */
function sameCause(before: Diagnostic | undefined, one: Diagnostic): boolean {
  return before?.file === one.file && before.span.line === one.span.line;
}

/** The same fault at the next place: said once, it need not be said fifty times. */
function sameAgain(before: Diagnostic | undefined, one: Diagnostic): boolean {
  return (
    before?.rule === one.rule &&
    before.message === one.message &&
    before.evidence === one.evidence &&
    one.reproduce === null
  );
}

function finding(ui: Ui, one: Diagnostic, before: Diagnostic | undefined): TemplateResult {
  const { t, language, state } = ui;
  const chosen = state.finding === one.id;
  const choose = (): void => ui.dispatch({ type: "findingChosen", id: one.id, look: true });
  const goTo = (): void => {
    choose();
    ui.goTo(placeOf(one));
  };
  /** A press beside the buttons chooses too, unless words were being marked. */
  const pressed = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("button, details, pre") || getSelection()?.type === "Range") return;
    choose();
    ui.show(placeOf(one));
  };
  const again = !chosen && sameAgain(before, one);
  const whole = (): TemplateResult =>
    html`${one.cpython ? html`<p class="words"><b>${t.cpythonSays}:</b> <span lang="en">${one.cpython}</span></p>` : nothing}
    ${fixButtons(ui, one)} ${reproduction(ui, one)} ${relatedView(ui, one)} ${explanation(ui, one)}`;
  return html`<li
    class="finding ${one.severity} ${again ? "repeats" : sameCause(before, one) ? "follows" : ""}"
    data-finding=${one.id}
    data-rule=${one.rule}
    ?data-chosen=${chosen}
    @click=${pressed}
  >
    <span class="mark">${icons[one.severity]}</span>
    <p class="message ${again ? "visually-hidden" : ""}">${codeSpans(sentenceOf(one, language))}</p>
    <header>
      <span class="level">${t.severity[one.severity]}</span>
      <h3 class="rule">
        <button type="button" aria-current=${chosen ? "true" : nothing} @click=${goTo}>${one.rule}</button>
      </h3>
      ${placeButton(ui, placeOf(one))}
      ${
        one.evidence === "predicted"
          ? html`<span class="predicted" title=${t.predictedHint}>${t.predicted}</span>`
          : one.reproduce
            ? html`<span class="predicted" title=${t.showRunHint}>${variationText(ui, one.reproduce)}</span>`
            : html`<span class="when" title=${t.observedHint}
                >${t.at(duration(one.time, language))}${one.count > 1 ? ` · ×${decimal(one.count, language)}` : ""}</span
              >`
      }
    </header>
    ${again ? fixButtons(ui, one) : whole()}
  </li>`;
}

function relatedView(ui: Ui, one: Diagnostic): TemplateResult | typeof nothing {
  if (one.related.length === 0) return nothing;
  return html`<ul class="related" aria-label=${ui.t.relatedPlaces}>
    ${one.related.map((place) => html`<li><span>${codeSpans(sentenceOf(place, ui.language))} ${placeButton(ui, placeOf(place))}</span></li>`)}
  </ul>`;
}

function fixButtons(ui: Ui, one: Diagnostic): TemplateResult | typeof nothing {
  const fixes = one.fixes;
  if (fixes.length === 0 || ui.readOnly) return nothing;
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
  if (!outcome || typeof outcome === "string" || !("internal" in outcome) || undelivered(outcome) !== null)
    return nothing;
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

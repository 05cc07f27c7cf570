/** What the findings say of other runs than the one as written: the way to try them, and the way back. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Diagnostic, Variation } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import type { Varied } from "../store.ts";
import type { Ui } from "../ui.ts";

export const explorationStyle = css`
  .exploration {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    padding: 7px 14px;
    border-bottom: 1px solid var(--line);
    color: var(--muted);
    font-size: 13px;
  }
  .exploration .button {
    min-height: 28px;
    padding: 2px 10px;
    font-size: 13px;
  }
  .exploration progress {
    flex: 1 1 80px;
    max-width: 160px;
  }
`;

const AS_WRITTEN: Variation = { schedule: 0, cancel: null };

/** Beside the title of the findings: the button that tries other runs. Where no task was made, all would be the same. */
export function exploreButton({ t, state, explore }: Ui): TemplateResult {
  const { results, run, exploring } = state;
  const ended = results?.outcome != null && run === "ended";
  const alone = ended && results.rows.rows.length === 0;
  const can = ended && !alone && !results.stale && exploring === null;
  return html`<button
    type="button"
    class="button explore"
    aria-label=${t.tryOthers}
    title=${results?.stale ? t.stale : alone ? t.noTasks : t.tryOthersHint}
    ?disabled=${!can || results.explored || isVaried(state.options)}
    @click=${explore}
  >
    ${icons.others}<span>${t.tryOthers}</span>
  </button>`;
}

const isVaried = ({ schedule, cancel, collectAt = 0 }: Varied): boolean =>
  schedule !== 0 || cancel !== null || collectAt !== 0;

/** Above the findings: how the run differs from the one as written, and how trying others goes. */
export function explorationView(ui: Ui): TemplateResult | typeof nothing {
  const { t, state } = ui;
  const { results, exploring, options } = state;
  if (exploring) {
    return html`<div class="exploration">
      <span>${t.exploring(exploring.done, exploring.total)}</span>
      <progress max=${Math.max(exploring.total, 1)} value=${exploring.done} aria-label=${t.tryOthers}></progress>
    </div>`;
  }
  const ended = results?.outcome != null && state.run === "ended";
  if (ended && isVaried(options)) {
    return html`<div class="exploration">
      <span>${variationText(ui, options)}</span>
      <button type="button" class="button" @click=${() => ui.vary(AS_WRITTEN)}>${t.asWritten}</button>
    </div>`;
  }
  if (ended && results.explored) {
    const found = results.diagnostics.some((one) => one.reproduce !== null);
    return html`<div class="exploration">${found ? t.exploredFound : t.exploredNothing}</div>`;
  }
  return nothing;
}

/** Where a finding of this run has its time, one of another run has its way there. */
export function reproduction(ui: Ui, one: Diagnostic): TemplateResult | typeof nothing {
  const { reproduce } = one;
  if (!reproduce) return nothing;
  const stale = ui.state.results?.stale === true || ui.state.run === "running";
  return html`<div class="fixes">
    <button
      type="button"
      class="button"
      ?disabled=${stale}
      title=${ui.t.showRunHint}
      @click=${() => ui.vary(reproduce)}
    >
      ${icons.run}${ui.t.showRun}
    </button>
  </div>`;
}

/** What the two runs that are compared are called: before and after a change, or as written and otherwise. */
export function runNames(ui: Ui): { past: string; now: string } {
  const varied = variationText(ui, ui.state.options);
  return varied === "" ? { past: ui.t.before, now: ui.t.after_ } : { past: ui.t.plainRun, now: varied };
}

/** Which other run it is. */
export function variationText(ui: Ui, { schedule, cancel, collectAt = 0 }: Varied): string {
  const words: string[] = [];
  if (schedule !== 0) words.push(ui.t.otherSchedule(schedule));
  if (cancel) words.push(ui.t.cancelledAt(cancel.task, cancel.step));
  if (collectAt !== 0) words.push(ui.t.collectedAt(duration(collectAt, ui.language)));
  return words.join(" · ");
}

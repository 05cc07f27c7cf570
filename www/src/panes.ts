/** The panes of the playground, each a region with a name of its own. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { exploreButton } from "./findings/exploration.ts";
import { findingsView, tallyView, walkButtons } from "./findings/view.ts";
import { decimal } from "./i18n/numbers.ts";
import { icons } from "./icons.ts";
import { momentHead } from "./inspector/moment.ts";
import { tasksView } from "./inspector/view.ts";
import { outputText, outputView } from "./output/view.ts";
import type { Runner } from "./runner.ts";
import type { Panel } from "./store.ts";
import type { TimelinePane } from "./timeline/pane.ts";
import type { Ui } from "./ui.ts";

export const PANELS: readonly Panel[] = ["code", "timeline", "tasks", "findings", "output"];

/**
 * A pane is made anew only when something has changed that it shows: the playhead moves with every frame, and a long
 * list of findings does not.
 */
export function findingsPane(ui: Ui): TemplateResult {
  const { t, state, language } = ui;
  const { results, run, finding, explained, baseline, workspace, exploring, options, engine } = state;
  const count = results?.diagnostics.length ?? 0;
  const said = [results?.diagnostics, results?.outcome, results?.crash, results?.stale, results?.explored];
  const shown = [
    ...said,
    run,
    engine.phase,
    finding,
    explained,
    baseline,
    language,
    ui.readOnly,
    exploring,
    options.schedule,
    options.cancel,
  ];
  return html`<section
    class="pane"
    id="findings"
    tabindex="-1"
    aria-label=${t.findings}
    data-panel="findings"
    ?data-current=${state.panel === "findings"}
  >
    <div class="head">
      <h2>${t.findings}</h2>
      ${guard([results?.diagnostics, language], () => tallyView(ui))}<span class="gap"></span>
      ${exploreButton(ui)} ${walkButtons(ui)}
    </div>
    <div class="body" tabindex=${count > 0 ? nothing : 0}>
      ${guard([...shown, workspace.files.length], () => findingsView(ui))}
    </div>
  </section>`;
}

export function outputPane(
  ui: Ui,
  earlier: number,
  more: () => void,
  scrolled: (event: Event) => void,
): TemplateResult {
  const { t, state } = ui;
  const lines = state.results?.lines ?? [];
  const time = state.instant?.time ?? Infinity;
  const reached = time === Infinity ? lines.length : lines.filter((line) => line.time <= time).length;
  return html`<section
    class="pane"
    id="output"
    aria-label=${t.output}
    data-panel="output"
    ?data-current=${state.panel === "output"}
  >
    <div class="head">
      <h2>${t.output}</h2>
      <span class="note">${t.virtualTimeSeconds}</span><span class="gap"></span>
      <button
        type="button"
        class="icon-button"
        aria-label="${t.copy}: ${t.output}"
        title=${t.copy}
        ?disabled=${lines.length === 0}
        @click=${() => ui.copy(outputText(lines))}
      >
        ${icons.copy}
      </button>
    </div>
    <div class="body" tabindex="0" @scroll=${scrolled}>
      ${guard([lines, reached, earlier, state.run, ui.language], () => outputView(ui, reached, earlier, more))}
    </div>
  </section>`;
}

export function timelinePane(ui: Ui, timeline: TimelinePane | null): TemplateResult {
  const { t, state } = ui;
  return html`<section
    class="pane time"
    id="timeline"
    aria-label=${t.timeline}
    data-panel="timeline"
    ?data-current=${state.panel === "timeline"}
  >
    <div class="head">
      <h2>${t.timeline}</h2>
      ${timeline?.tools(ui) ?? nothing}
    </div>
    ${timeline?.render(ui) ?? html`<span></span>`}
  </section>`;
}

export function tasksPane(ui: Ui, runner: Runner, playing: boolean): TemplateResult {
  const { t, state, language } = ui;
  const { results, run, task, workspace } = state;
  const now = runner.moment;
  // While a run goes on the list follows the moments that are looked at, and not every piece of news.
  const ended = run === "running" ? null : results;
  return html`<section
    class="pane tasks-pane"
    id="tasks"
    aria-label=${t.tasks}
    data-panel="tasks"
    ?data-current=${state.panel === "tasks"}
  >
    <div class="head">
      <h2>${t.tasks}</h2>
      <span class="note">${results && run !== "none" ? t.atTheMoment : ""}</span>
    </div>
    ${momentHead(ui, now, playing || run === "running" || state.instant === null)}
    <div class="body" tabindex="0">
      ${guard([now, ended, task, run, language, workspace.files.length], () => tasksView(ui, now))}
    </div>
  </section>`;
}

/** On a small screen one pane is in view at a time. */
export function tabs(ui: Ui, focus: (panel: Panel) => void): TemplateResult {
  const { t, state } = ui;
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    const next = PANELS[(PANELS.indexOf(state.panel) + by + PANELS.length) % PANELS.length] ?? "code";
    ui.dispatch({ type: "panelChosen", panel: next });
    focus(next);
  };
  const count = state.results?.diagnostics.length ?? 0;
  return html`<div class="tabs" role="tablist" aria-label=${t.views} @keydown=${key}>
    ${PANELS.map(
      (panel) =>
        html`<button
          type="button"
          role="tab"
          data-tab=${panel}
          aria-controls=${panel}
          aria-selected=${state.panel === panel ? "true" : "false"}
          tabindex=${state.panel === panel ? 0 : -1}
          @click=${() => ui.dispatch({ type: "panelChosen", panel })}
        >
          ${t[panel]}${panel === "findings" ? html` <span class="badge">${count > 0 ? decimal(count, ui.language) : ""}</span>` : ""}
        </button>`,
    )}
  </div>`;
}

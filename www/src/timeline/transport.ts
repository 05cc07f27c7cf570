import { html, nothing, type TemplateResult } from "lit";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import type { View } from "../store.ts";
import type { Ui } from "../ui.ts";
import { pace, type Player, SPEEDS } from "./player.ts";

const VIEWS: readonly View[] = ["picture", "tree", "table"];

function iconButton(
  label: string,
  icon: unknown,
  act: () => void,
  more: { off?: boolean; key?: string } = {},
): unknown {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${more.key ? `${label} (${more.key})` : label}
    ?disabled=${more.off === true}
    @click=${act}
  >
    ${icon}
  </button>`;
}

/** Moving the playhead: a step of each size in both directions, and playing. */
export function transportView(ui: Ui, player: Player): TemplateResult {
  const { t, language } = ui;
  const { results, instant } = ui.state;
  const off = !results || results.instants.length === 0;
  const time = instant?.time ?? results?.now ?? 0;
  const rate = pace(results?.now ?? 0);
  const hint = rate === 1e6 ? t.speedHint : t.speedFitted(duration(rate * 1000, language));
  return html`<div class="transport" role="group" aria-label=${t.playback}>
    ${iconButton(t.previousTurn, icons.turnBack, () => player.step("turn", -1), { off, key: "[" })}
    ${iconButton(t.previousEvent, icons.stepBack, () => player.step("event", -1), { off, key: "," })}
    ${iconButton(player.playing ? t.pause : t.play, player.playing ? icons.pause : icons.play, () => player.toggle(), { off, key: "Space" })}
    ${iconButton(t.nextEvent, icons.stepOn, () => player.step("event", 1), { off, key: "." })}
    ${iconButton(t.nextTurn, icons.turnOn, () => player.step("turn", 1), { off, key: "]" })}
    ${iconButton(t.toNextFinding, icons.toFinding, () => player.toFinding(1), { off: off || results.diagnostics.length === 0, key: "N" })}
    ${iconButton(t.toEnd, icons.toEnd, () => player.toEnd(), { off: off || instant === null, key: "Shift End" })}
    <select
      class="speed"
      aria-label=${t.speed}
      title="${t.speed}: ${hint}"
      @change=${(event: Event) => (player.speed = Number((event.target as HTMLSelectElement).value))}
    >
      ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === player.speed}>${{ 0.25: "¼", 0.5: "½" }[speed as number] ?? speed}×</option>`)}
    </select>
    <output class="clock" title=${t.virtualTime}>${off ? nothing : duration(time, language)}</output>
  </div>`;
}

/** The timeline as a picture or in words, and the run to compare with. */
export function viewTools(ui: Ui): TemplateResult {
  const { t, state, dispatch } = ui;
  const can = state.results?.outcome != null;
  const compare = (): void => dispatch({ type: state.baseline ? "baselineDropped" : "baselineKept" });
  const label = state.baseline ? t.endComparison : t.compareWithNext;
  return html`<div class="views" role="group" aria-label=${t.timelineAs}>
      ${VIEWS.map(
        (view) =>
          html`<button
            type="button"
            class="icon-button"
            aria-label=${t.timelineViews[view]}
            title=${t.timelineViews[view]}
            aria-pressed=${state.view === view ? "true" : "false"}
            @click=${() => dispatch({ type: "viewChosen", view })}
          >
            ${icons[view]}
          </button>`,
      )}
    </div>
    <button
      type="button"
      class="icon-button"
      aria-label=${label}
      title=${label}
      aria-pressed=${state.baseline ? "true" : "false"}
      ?disabled=${!can && !state.baseline}
      @click=${compare}
    >
      ${icons.compare}
    </button>`;
}

export function zoomTools(ui: Ui, act: { zoomIn: () => void; zoomOut: () => void; fit: () => void }): TemplateResult {
  if (ui.state.view !== "picture") return html``;
  return html`<div class="views" role="group" aria-label=${ui.t.zoom}>
    ${iconButton(ui.t.zoomOut, icons.minus, act.zoomOut, { key: "S" })}
    ${iconButton(ui.t.zoomIn, icons.plus, act.zoomIn, { key: "W" })}
    ${iconButton(ui.t.fit, icons.fit, act.fit, { key: "0" })}
  </div>`;
}

import { html, type TemplateResult } from "lit";
import { duration } from "../i18n/index.ts";
import type { Ui } from "../ui.ts";
import type { Player } from "./player.ts";

/** A line over all rows, and a handle in the ruler. Where it stands is set by who draws the picture. */
export function playheadView(ui: Ui, player: Player, grab: (event: PointerEvent) => void): TemplateResult {
  const { results, instant } = ui.state;
  const now = results?.now ?? 0;
  const time = instant?.time ?? now;
  return html`<div class="over" ?data-end=${instant === null}>
    <div class="veil"></div>
    <div
      class="playhead"
      role="slider"
      tabindex="0"
      aria-label=${ui.t.playhead}
      aria-valuemin="0"
      aria-valuemax=${Math.round(now / 1e3)}
      aria-valuenow=${Math.round(time / 1e3)}
      aria-valuetext=${duration(time, ui.language)}
      @keydown=${(event: KeyboardEvent) => act(event, player)}
      @pointerdown=${grab}
    ></div>
  </div>`;
}

function act(event: KeyboardEvent, player: Player): void {
  const to: Record<string, () => void> = {
    ArrowLeft: () => player.step("event", -1),
    ArrowRight: () => player.step("event", 1),
    ArrowDown: () => player.step("event", -1),
    ArrowUp: () => player.step("event", 1),
    PageDown: () => player.step("turn", -1),
    PageUp: () => player.step("turn", 1),
    Home: () => player.toStart(),
    End: () => player.toEnd(),
  };
  const move = to[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

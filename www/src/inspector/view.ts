import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Moment, Slice, TaskMoment } from "../generated/schema.ts";
import { duration, moment } from "../i18n/index.ts";
import { decimal } from "../i18n/numbers.ts";
import { icons } from "../icons.ts";
import { type Row, sliceAt } from "../timeline/model.ts";
import { labelOf, nameOf, publicName } from "../timeline/names.ts";
import { placeButton, type Ui } from "../ui.ts";
import { chainView, momentView, namer } from "./moment.ts";
import { holdings } from "./primitives.ts";
import { taskButton } from "./task-button.ts";

export const inspectorStyle = css`
  .tasks {
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }
  .task > button {
    display: grid;
    grid-template-columns: 16px minmax(40%, 1fr) auto;
    gap: 0 8px;
    width: 100%;
    padding: 5px 12px;
    border: 0;
    background: none;
    cursor: pointer;
    text-align: start;
    align-items: center;
  }
  .task > button:hover {
    background: var(--hover);
  }
  .task > button:focus-visible {
    outline-offset: -2px;
  }
  .task[data-chosen] {
    background: var(--accent-wash);
  }
  .task .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
    font-size: 13px;
  }
  .task .name span {
    margin-left: 2px;
    color: var(--muted);
    font: 12px var(--mono);
  }
  .fate {
    color: var(--muted);
    font-size: 12px;
  }
  .fate.failed,
  .fate.collected,
  .task .mark.failed,
  .task .mark.collected {
    color: var(--error);
  }
  .fate.blocked,
  .task .mark.blocked {
    color: var(--error);
    font-weight: 650;
  }
  .fate.cancelled,
  .task .mark.cancelled {
    color: var(--warning);
  }
  .task .mark.finished {
    color: var(--good);
  }
  .task dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0;
    padding: 2px 12px 8px 36px;
    font-size: 12.5px;
  }
  .task dt {
    color: var(--muted);
  }
  .task dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .task ol.history {
    margin: 0;
    padding: 0 12px 10px 36px;
    list-style: none;
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }
  .task ol.history li {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .task ol.history .at {
    color: var(--muted);
    font: 11.5px var(--mono);
  }
  .task .why {
    padding: 0 12px 6px 36px;
    font-size: 12.5px;
  }
  .task .why p {
    margin: 4px 0 0;
  }
  .task code {
    font: 11.5px var(--mono);
  }
  .fate.running,
  .task .mark.running {
    color: var(--accent-deep);
  }
  .fate.ready,
  .task .mark.ready,
  .fate.late {
    color: var(--warning);
  }
  .task .fate {
    overflow: hidden;
    max-width: 24ch;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .task .blocked {
    color: var(--error);
    font-weight: 650;
  }
`;

/** The list says of many tasks only what fits; the chosen one tells its story in words. */
const LISTED = 60;
const TOLD = 60;

export function tasksView(ui: Ui, now: Moment | null): TemplateResult {
  const { results, instant } = ui.state;
  const time = instant?.time ?? Infinity;
  const rows = (results?.rows.rows ?? []).filter((row) => row.lane.kind === "task" && row.lane.start <= time);
  if (!results || rows.length === 0)
    return html`${now ? momentView(ui, now) : nothing}
      <p class="empty">${ui.state.run === "ended" ? ui.t.noTasks : ui.t.noFindingsYet}</p>`;
  const standing = new Map((now?.tasks ?? []).map((one) => [one.id, one]));
  // While a run goes on its queues change faster than anybody reads, and would push the tasks below them about.
  // The moment of the end comes a little after the end.
  const last = now?.count === results.instants.length && ui.state.run !== "running";
  const follows = instant === null && !last;
  // Those that are alive come first: they are what the moment is about. Where all are listed anyway, they keep still meanwhile.
  const alive = (row: Row): number => (standing.has(row.lane.id) ? 0 : 1);
  const sorted = follows && rows.length <= LISTED ? rows : [...rows].sort((one, two) => alive(one) - alive(two));
  const more = rows.length - LISTED;
  return html`${now && !follows ? momentView(ui, now) : nothing}
    <ul class="tasks" aria-label=${ui.t.tasks}>
      ${repeat(
        sorted.slice(0, LISTED),
        (row) => row.lane.id,
        (row) => task(ui, row, now, standing.get(row.lane.id)),
      )}
    </ul>
    ${more > 0 ? html`<p class="empty">${ui.t.moreLanes(more)}</p>` : nothing}`;
}

/** What a task is doing, or how it ended, in one word. */
export function condition(ui: Pick<Ui, "t">, row: Row): string {
  const { fate } = row.lane;
  return fate === "running" && row.open ? ui.t.shortStates[row.open.state] : ui.t.shortEnds[fate];
}

function task(ui: Ui, row: Row, now: Moment | null, standing: TaskMoment | undefined): TemplateResult {
  const { lane } = row;
  const { t } = ui;
  const chosen = ui.state.task === lane.id;
  const choose = (): void => ui.dispatch({ type: "taskChosen", id: chosen ? null : lane.id });
  // A task that has ended by the moment shown has done so for good; one beyond what a moment lists is just alive.
  const over = lane.end !== null && (ui.state.instant === null || lane.end <= ui.state.instant.time);
  const fate = standing || !over ? "running" : lane.fate;
  const words = standing ? t.shortStates[standing.state] : fate === "running" ? condition(ui, row) : t.shortEnds[fate];
  const place = standing?.chain[0];
  const name = nameOf(row, t);
  return html`<li class="task" data-task=${lane.id} ?data-chosen=${chosen}>
    <button type="button" aria-expanded=${chosen ? "true" : "false"} @click=${choose}>
      <span class="mark ${standing?.state ?? fate}">${icons[fate]}</span>
      <span class="name" title=${name}>${name} <span>${lane.function === lane.name ? "" : lane.function}</span></span>
      <span class="fate ${standing?.state ?? fate}"
        >${words}${standing?.label ? html` <code>${publicName(standing.label)}</code>` : nothing}${place && !chosen ? ` · ${t.line(place.span.line)}` : ""}</span
      >
    </button>
    ${chosen && now && standing ? html`<div class="why">${chainView(ui, now, standing)} ${holdings(ui, now, standing, namer(ui, now))}</div>` : nothing}
    ${chosen ? story(ui, row) : nothing}
  </li>`;
}

function story(ui: Ui, row: Row): TemplateResult {
  const { t, language, state } = ui;
  const { lane } = row;
  const places = state.results?.places;
  const created = places?.created.get(lane.id);
  const parent = state.results?.rows.rows[state.results.rows.index.get(lane.parent ?? -1) ?? -1];
  const fact = (name: string, value: unknown): TemplateResult =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  return html`<dl>
      ${created ? fact(t.createdAt, placeButton(ui, created)) : nothing}
      ${parent ? fact(t.createdBy, parent.lane.kind === "task" ? taskButton(ui, parent.lane.id, nameOf(parent, t)) : parent.lane.name) : nothing}
      ${fact(t.stepsLabel, decimal(row.steps, language))} ${fact(t.timeRunning, duration(row.running, language))}
      ${row.blocked > 0 ? fact(t.timeBlocked, html`<span class="blocked">${duration(row.blocked, language)}</span>`) : nothing}
    </dl>
    ${history(ui, row)}`;
}

function history(ui: Ui, row: Row): TemplateResult {
  const now = ui.state.results?.now ?? 0;
  const from = Math.max(0, row.length - TOLD);
  const slices: Slice[] = [];
  for (let index = from; index <= row.length; index += 1) {
    const slice = sliceAt(row, index, now);
    if (slice) slices.push(slice);
  }
  return html`<ol class="history" aria-label=${ui.t.history}>
    ${from > 0 ? html`<li class="fate">${ui.t.historyCut(from)}</li>` : nothing}
    ${slices.map(
      (slice) =>
        html`<li>
          <span class="at">${moment(slice.start)}</span>
          <span class=${slice.state === "blocked" ? "blocked" : ""}
            >${ui.t.shortStates[slice.state]} ${duration(slice.end - slice.start, ui.language)}</span
          >
          <span class="fate">${labelOf(row.lane.kind, slice, ui.t)} ${where(ui, slice)}</span>
        </li>`,
    )}
  </ol>`;
}

function where(ui: Ui, slice: Slice): TemplateResult | typeof nothing {
  const place = slice.stack === null ? undefined : ui.state.results?.places.stacks.get(slice.stack);
  return place ? placeButton(ui, place) : nothing;
}

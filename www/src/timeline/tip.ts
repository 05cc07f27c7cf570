/** What the pointer is on: a stretch, its place, and what it has to do with the stretches of others. */
import { html, nothing, type TemplateResult } from "lit";
import type { Slice } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import type { Results } from "../store.ts";
import { styled } from "../styled.ts";
import type { Ui } from "../ui.ts";
import { firstEndingAfter, type Row, STATES } from "./model.ts";
import { labelOf, nameOf } from "./names.ts";

export interface Tip {
  row: Row;
  slice: Slice;
  left: number;
  top: number;
  /** Whether it belongs to the run that this one is compared with. */
  past: boolean;
}

/** More names than these are only counted. */
const NAMED = 4;

export function tipView(ui: Ui, { row, slice, left, top, past }: Tip, results: Results | null): TemplateResult {
  const { t, language } = ui;
  const run = past ? ui.state.baseline : results;
  const place = slice.stack === null ? undefined : run?.places.stacks.get(slice.stack);
  const label = labelOf(row.lane.kind, slice, t);
  const length = duration(slice.end - slice.start, language);
  const late = slice.state === "ready" && label === t.stretches.late;
  return html`<div class="tip" aria-hidden="true" ${styled({ left: `${left}px`, top: `${top}px` })}>
    <b>${nameOf(row, t)}: ${late ? t.lateBy(length) : t.states[slice.state]}</b>
    ${label && !late ? html`<code>${label}</code>` : nothing} ${place ? t.line(place.line) : nothing}
    <span>${t.from(duration(slice.start, language), length)}</span>
    ${run ? others(ui, row, slice, run) : nothing}
  </div>`;
}

/** Whom a stretch kept from running, or who kept it. */
function others({ t }: Ui, row: Row, { state, start, end }: Slice, { rows }: Results): TemplateResult | typeof nothing {
  const sought = { blocked: "ready", ready: "blocked", running: null, waiting: null } as const;
  const other = sought[state];
  if (other === null) return nothing;
  const names = rows.rows.filter((one) => one !== row && meets(one, other, start, end)).map((one) => nameOf(one, t));
  if (names.length === 0) return nothing;
  const more = names.length - NAMED;
  const said = names.slice(0, NAMED).join(", ") + (more > 0 ? ` + ${more}` : "");
  return html`<span class="others">${state === "blocked" ? t.keepsWaiting(said) : t.keptBy(said)}</span>`;
}

/** Whether a row has a stretch in some state within a stretch of time. */
function meets(row: Row, state: "ready" | "blocked", from: number, to: number): boolean {
  if (state === "blocked" && row.blocked === 0) return false;
  const { columns } = row;
  const wanted = STATES.indexOf(state);
  for (let at = firstEndingAfter(row, from); at < row.length && (columns.start[at] ?? 0) < to; at += 1)
    if (columns.state[at] === wanted) return true;
  return row.open?.state === state && row.open.start < to;
}

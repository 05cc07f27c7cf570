/** Locks and queues, in words: who holds each, since when and from where, and who waits at it. */
import { css, html, nothing, type TemplateResult } from "lit";
import { placeOf } from "../findings/finding.ts";
import type { Holder, Moment, Primitive, TaskMoment } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { publicName } from "../timeline/names.ts";
import { placeButton, type Ui } from "../ui.ts";
import { taskButton } from "./task-button.ts";

export const primitivesStyle = css`
  .queue .primitive {
    display: block;
    padding: 2px 0 4px;
  }
  .primitive p {
    margin: 0;
    padding-left: 14px;
    overflow-wrap: anywhere;
  }
  .primitive .verb {
    color: var(--muted);
  }
`;

/** How an object is called in sentences. */
export type Namer = (id: number) => string;

/** Those that are named of many; the number of the others is said. */
const NAMED = 12;

/** Primitives that somebody can hold. Of others, that nobody does says nothing. */
const HELD: ReadonlySet<string> = new Set(["Lock", "Semaphore", "BoundedSemaphore", "Condition"]);

/** One primitive, with what lets the first of its waiters go on. */
export function primitiveView(
  ui: Ui,
  now: Moment,
  one: Primitive,
  name: Namer,
  until: TemplateResult | typeof nothing,
): TemplateResult {
  const { t } = ui;
  const holds = one.holderCount > 0 || one.lock !== null || HELD.has(one.class);
  const waiters = one.waiters.slice(0, NAMED).map((id) => taskButton(ui, id, name(id)));
  return html`<li class="primitive">
    <code>${publicName(one.class)}</code>
    ${holds ? html`<p>${holdersView(ui, now, one, name)}</p>` : nothing}
    <p>
      ${
        one.waiterCount > 0
          ? html`<span class="verb">${t.waitedForBy}</span> ${listed(waiters, one.waiterCount)} ${until}`
          : html`<span class="verb">${t.nobodyWaits}</span>`
      }
    </p>
  </li>`;
}

/** Who holds a primitive. */
export function holdersView(ui: Ui, now: Moment, one: Primitive, name: Namer): TemplateResult {
  const { t } = ui;
  const ofCondition = one.lock !== null;
  if (one.holderCount === 0) return html`<span class="verb">${ofCondition ? t.lockFree : t.heldByNobody}</span>`;
  const holders = one.holders.slice(0, NAMED).map((holder) => holderView(ui, now, holder, name));
  return html`<span class="verb">${ofCondition ? t.lockHeldBy : t.heldBy}</span> ${listed(holders, one.holderCount)}`;
}

function holderView(ui: Ui, now: Moment, { task, since, place }: Holder, name: Namer): TemplateResult {
  const { t, language } = ui;
  const who = task === null ? html`${t.noTask}` : taskButton(ui, task, name(task));
  const time = t.heldFor(duration(now.time - since, language));
  return html`${who}${task !== null && hasEnded(ui, now, task) ? html` <strong>${t.hasEnded}</strong>` : nothing}
    <span class="at">${time}</span> ${place ? placeButton(ui, placeOf(place)) : nothing}`;
}

/** A task that has ended gives nothing back any more. */
function hasEnded(ui: Ui, now: Moment, task: number): boolean {
  const { results } = ui.state;
  const row = results?.rows.rows[results.rows.index.get(task) ?? -1];
  const end = row?.lane.end ?? null;
  return end !== null && end <= now.time && !now.tasks.some(({ id }) => id === task);
}

function listed(items: TemplateResult[], count: number): TemplateResult {
  const more = count - items.length;
  return html`${items.map((item, at) => html`${at > 0 ? ", " : nothing}${item}`)}${more > 0 ? html` <span class="at">+ ${more}</span>` : nothing}`;
}

const waitedAt = (now: Moment, task: TaskMoment): Primitive | undefined =>
  now.primitives.find((one) => one.waiters.includes(task.id));

/** The one other task that has what a task waits for. Who waits to be notified waits for nobody in particular. */
export function soleHolder(now: Moment, task: TaskMoment): number | null {
  const at = waitedAt(now, task);
  const holder = at?.lock === null && at.holderCount === 1 ? (at.holders[0]?.task ?? null) : null;
  return holder === task.id ? null : holder;
}

/** Who holds what a task waits at: that is whom it waits for. */
export function heldAgainst(ui: Ui, now: Moment, task: TaskMoment, name: Namer): TemplateResult | typeof nothing {
  const at = waitedAt(now, task);
  if (!at || at.holderCount === 0) return nothing;
  return html`<span>${holdersView(ui, now, at, name)}</span>`;
}

/** What a task holds itself, and who waits for that. */
export function holdings(ui: Ui, now: Moment, task: TaskMoment, name: Namer): TemplateResult[] {
  const { t } = ui;
  const held = now.primitives.filter((one) => one.lock === null && one.holders.some((by) => by.task === task.id));
  return held.map((one) => {
    const place = one.holders.find((by) => by.task === task.id)?.place;
    const waiters = one.waiters.slice(0, NAMED).map((id) => taskButton(ui, id, name(id)));
    return html`<p>
      ${t.holds} <code>${publicName(one.class)}</code> ${place ? placeButton(ui, placeOf(place)) : nothing}
      ${one.waiterCount > 0 ? html`${t.waitedForBy} ${listed(waiters, one.waiterCount)}` : nothing}
    </p>`;
  });
}

import { html, nothing, type TemplateResult } from "lit";
import { runNames } from "../findings/exploration.ts";
import type { Place } from "../findings/finding.ts";
import { duration, moment } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { condition } from "../inspector/view.ts";
import type { Results } from "../store.ts";
import { placeButton, type Ui } from "../ui.ts";
import { type Row, shownRows, sliceAt } from "./model.ts";
import { labelOf, nameOf } from "./names.ts";

/** Rows of the tree and of the table beyond these are only counted. */
const MOST = 1_000;
const NOTHING_FOLDED: ReadonlySet<number> = new Set();

/** The timeline for those who cannot, or would rather not, see it: the same lanes and stretches in words. */
export function wordsView(ui: Ui, view: "tree" | "table"): TemplateResult {
  const { results, baseline } = ui.state;
  if (!results) return html``;
  const told = (run: Told): TemplateResult => (view === "tree" ? tree(ui, run) : table(ui, run));
  const names = runNames(ui);
  const compared = (past: Results): TemplateResult =>
    html`<h3>${names.past}</h3>
      ${told({ results: past, past: true })}
      <h3>${names.now}</h3>
      ${told({ results, past: false })}`;
  return html`<div class="words-view" tabindex="0" role="group" aria-label=${ui.t.timelineViews[view]}>
    ${baseline && baseline !== results ? compared(baseline) : told({ results, past: false })}
  </div>`;
}

/** A run to tell of. The places of a past one are those of a text that may not be there any more. */
interface Told {
  results: Results;
  past: boolean;
}

const placed = (ui: Ui, { past }: Told, place: Place): unknown =>
  past ? ui.t.line(place.line) : placeButton(ui, place);

interface Branch {
  row: Row;
  children: Branch[];
}

function branches(results: Results): Branch[] {
  const roots: Branch[] = [];
  const path: Branch[] = [];
  for (const { row, depth } of shownRows(results.rows, NOTHING_FOLDED).slice(0, MOST)) {
    const branch = { row, children: [] };
    path.length = depth;
    (path.at(-1)?.children ?? roots).push(branch);
    path.push(branch);
  }
  return roots;
}

function tree(ui: Ui, run: Told): TemplateResult {
  const { results } = run;
  const list = (some: Branch[]): TemplateResult =>
    html`<ul>
      ${some.map(
        (one) => html`<li>${sentence(ui, run, one.row)}${one.children.length > 0 ? list(one.children) : nothing}</li>`,
      )}
    </ul>`;
  const left = results.rows.order.length + results.rows.more - MOST;
  return html`${list(branches(results))}${left > 0 ? html`<p class="empty">${ui.t.moreLanes(left)}</p>` : nothing}`;
}

function sentence(ui: Ui, run: Told, row: Row): TemplateResult {
  const { results } = run;
  const { t, language } = ui;
  const { lane } = row;
  const created = results.places.created.get(lane.id);
  const waits = row.open?.state === "waiting" ? row.open : null;
  const place = waits?.stack == null ? undefined : results.places.stacks.get(waits.stack);
  return html`<span class="mark ${lane.fate}">${lane.kind === "loop" ? icons.loop : icons[lane.fate]}</span>
    <b>${nameOf(row, t)}</b>
    ${lane.function && lane.function !== lane.name ? html`<code>${lane.function}</code>` : nothing}
    ${condition(ui, row)}, ${t.spanOfTime(moment(lane.start), moment(lane.end ?? results.now))}, ${t.steps(row.steps)},
    ${t.runningFor(duration(row.running, language))}${
      row.blocked > 0
        ? html`, <strong class="blocked">${t.blockedFor(duration(row.blocked, language))}</strong>`
        : nothing
    }${waits ? html`, ${t.waitsOn.toLocaleLowerCase(language)} ${labelOf(lane.kind, waits, t)} ${place ? placed(ui, run, place) : nothing}` : nothing}
    ${created ? html`<span class="made">${t.createdAt.toLocaleLowerCase(language)} ${placed(ui, run, created)}</span>` : nothing}`;
}

function table(ui: Ui, run: Told): TemplateResult {
  const { results } = run;
  const { t, language } = ui;
  const all = results.rows.rows.flatMap((row) => {
    const slices = [];
    for (let index = 0; index <= row.length && slices.length < MOST; index += 1) {
      const slice = sliceAt(row, index, results.now);
      if (slice) slices.push({ row, slice });
    }
    return slices;
  });
  all.sort((one, two) => one.slice.start - two.slice.start || one.slice.end - two.slice.end);
  return html`<table>
      <thead>
        <tr>
          ${[t.columnFrom, t.columnFor, t.columnTask, t.state, t.columnWhat, t.columnWhere].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${all.slice(0, MOST).map(({ row, slice }) => {
          const place = slice.stack === null ? undefined : results.places.stacks.get(slice.stack);
          return html`<tr class=${slice.state}>
            <td>${moment(slice.start)}</td>
            <td>${duration(slice.end - slice.start, language)}</td>
            <th scope="row">${nameOf(row, t)}</th>
            <td class="state"><span class="swatch ${slice.state}"></span>${t.shortStates[slice.state]}</td>
            <td>${slice.label ? html`<code>${labelOf(row.lane.kind, slice, t)}</code>` : nothing}</td>
            <td>${place ? placed(ui, run, place) : nothing}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${all.length > MOST ? html`<p class="empty">${t.moreStretches(all.length - MOST)}</p>` : nothing}`;
}

import { css, html, nothing, type TemplateResult } from "lit";
import type { Awaking, Moment, Standing, TaskMoment, Turn } from "../generated/schema.ts";
import { duration, moment as seconds } from "../i18n/index.ts";
import { placeOf } from "../findings/finding.ts";
import { decimal } from "../i18n/numbers.ts";
import { icons } from "../icons.ts";
import { legible, legibleName } from "../legible.ts";
import { nameOf, publicName } from "../timeline/names.ts";
import { placeButton, type Ui } from "../ui.ts";
import { happening } from "./happening.ts";
import { heldAgainst, type Namer, primitiveView, soleHolder } from "./primitives.ts";
import { taskButton } from "./task-button.ts";

export const momentStyle = css`
  .levers {
    margin: 0;
    padding: 6px 12px;
  }
  .moment {
    flex: none;
    min-height: 58px;
    padding: 7px 12px;
    border-bottom: 1px solid var(--line);
    font-size: 12.5px;
  }
  .moment .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin: 0;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .moment .facts b {
    min-width: 7ch;
    color: var(--ink);
    font: 650 12.5px var(--mono);
  }
  /* What is counted while a run goes on must not push its neighbours along. */
  .moment .turns {
    min-width: 8ch;
  }
  .moment .events {
    min-width: 17ch;
  }
  .moment[data-running] .event {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @container playground (max-width: 1320px) {
    .moment {
      min-height: 79px;
    }
  }
  @container playground (max-width: 760px) {
    .moment {
      min-height: 58px;
    }
  }
  .moment .lag {
    color: var(--error);
    font-weight: 650;
  }
  .moment .event {
    margin: 4px 0 0;
    min-height: 1.5em;
    overflow-wrap: anywhere;
  }
  .queue {
    border-bottom: 1px solid var(--line);
    font-size: 12.5px;
  }
  .queue summary {
    display: flex;
    align-items: center;
    gap: 7px;
    padding: 5px 12px;
    color: var(--muted);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }
  .queue summary::-webkit-details-marker {
    display: none;
  }
  .queue summary:focus-visible {
    outline-offset: -2px;
  }
  .queue summary .number {
    margin-left: auto;
    font-variant-numeric: tabular-nums;
  }
  .queue ol {
    margin: 0;
    padding: 0 12px 8px 33px;
    list-style: none;
  }
  .queue li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 1px 8px;
    padding: 1px 0;
  }
  .queue .at,
  .chain .at {
    color: var(--muted);
    font: 11.5px var(--mono);
  }
  .until {
    color: var(--muted);
    font-size: 12px;
  }
  .until.never {
    color: var(--error);
    font-weight: 600;
  }
  .queue .who {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .question {
    margin: 2px 0 0;
    color: var(--muted);
    font-weight: 600;
  }
  .chain {
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
  }
  .chain li {
    position: relative;
    padding: 1px 0 1px 16px;
    overflow-wrap: anywhere;
  }
  .chain li::before {
    content: "";
    position: absolute;
    inset: 0 auto 50% 4px;
    width: 7px;
    border: solid var(--line-strong);
    border-width: 0 0 1.5px 1.5px;
    border-radius: 0 0 0 4px;
  }
  .chain .end {
    font-weight: 600;
  }
`;

/** The playhead's own facts: its clock, and what has just happened. */
export function momentHead(ui: Ui, now: Moment | null, quiet: boolean): TemplateResult {
  const running = ui.state.run === "running";
  // Its room is kept, so that nothing jumps when the first moment comes.
  if (!now) return html`<div class="moment" ?data-running=${running}></div>`;
  const { t, language } = ui;
  const name = namer(ui, now);
  const late = now.lag >= ui.state.options.slowStep;
  return html`<div class="moment" ?data-running=${running}>
    <p class="facts">
      <b>${duration(now.time, language)}</b>
      <span class="turns">${t.turn(now.iteration)}</span>
      <span class="events">${t.eventOf(now.count, ui.state.results?.instants.length ?? now.count)}</span>
      <span>${t.liveTasks(now.alive)}</span>
      ${now.lag > 0 ? html`<span class=${late ? "lag" : ""} title=${t.lagHint}>${t.lag(duration(now.lag, language))}</span>` : nothing}
    </p>
    <p class="event" aria-live=${quiet ? "off" : "polite"}>
      ${now.event ? legible(happening(now.event.kind, t, language, name)) : t.beforeAll}
    </p>
  </div>`;
}

/** The state of the loop at the playhead: who comes next, and what is waited for. */
export function momentView(ui: Ui, now: Moment): TemplateResult {
  const { t, language } = ui;
  const name = namer(ui, now);
  return html`${queue(
    language,
    icons.ready,
    t.readyQueue,
    now.readyCount,
    now.ready.map((turn) =>
      turnView(ui, turn, turn.time < now.time ? t.readySince(duration(now.time - turn.time, language)) : ""),
    ),
  )}
  ${queue(
    language,
    icons.timer,
    t.timers,
    now.timerCount,
    now.timers.map((turn) =>
      turnView(
        ui,
        turn,
        turn.time >= now.time
          ? t.inTime(duration(turn.time - now.time, language))
          : t.lateBy(duration(now.time - turn.time, language)),
        seconds(turn.time),
      ),
    ),
  )}
  ${queue(
    language,
    icons.lock,
    t.primitives,
    now.primitives.length,
    now.primitives.map((one) => primitiveView(ui, now, one, name, awakingView(ui, one.until, name))),
  )}
  ${collectHere(ui, now)}`;
}

/** What the collector would take at this moment shows in another run, in which it does. */
function collectHere(ui: Ui, now: Moment): TemplateResult | typeof nothing {
  const { state, t } = ui;
  if (state.run !== "ended" || state.instant === null || state.results?.stale) return nothing;
  const { schedule, cancel } = state.options;
  const collect = (): void => ui.vary({ schedule, cancel, collectAt: Math.max(1, Math.round(now.time)) });
  return html`<p class="levers">
    <button type="button" class="button" title=${t.collectHereHint} @click=${collect}>
      ${icons.collected}${t.collectHere}
    </button>
  </p>`;
}

function queue(
  language: string,
  icon: TemplateResult,
  title: string,
  count: number,
  rows: TemplateResult[],
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<details class="queue" open>
    <summary>${icon}${title}<span class="number">${decimal(count, language)}</span></summary>
    <ol>
      ${rows.slice(0, SHOWN)}
      ${count > SHOWN ? html`<li class="at">+ ${decimal(count - SHOWN, language)}</li>` : nothing}
    </ol>
  </details>`;
}

/** Rows of a queue that are set; the number beside the title counts all. */
const SHOWN = 12;

function turnView(ui: Ui, turn: Turn, words: string, time = ""): TemplateResult {
  const name = turn.task ? turn.name : turn.name.includes("_set_result_unless_cancelled") ? ui.t.sleepTimer : turn.name;
  return html`<li>
    ${time ? html`<span class="at">${time}</span>` : nothing}${turn.task ? taskButton(ui, turn.id, name) : html`<span class="who" title=${name}>${legibleName(name)}</span>`}<span
      class="at"
      >${words}</span
    >
  </li>`;
}

/** How objects are called in sentences: tasks by name, everything else by what is known of it. */
export function namer(ui: Ui, now: Moment): Namer {
  const { results } = ui.state;
  return (id) => {
    const row = results?.rows.rows[results.rows.index.get(id) ?? -1];
    if (row) return nameOf(row, ui.t);
    const turn = [...now.ready, ...now.timers].find((one) => one.id === id);
    return turn?.name ?? ui.t.aFuture;
  };
}

/** What ends a wait later in the run, or that nothing does. */
function awakingView(ui: Ui, until: Awaking | null, name: Namer): TemplateResult | typeof nothing {
  const { t, language } = ui;
  if (!until) return ui.state.results?.outcome ? html`<span class="until never">${t.neverWoken}</span>` : nothing;
  const at = duration(until.time, language);
  const words = until.by === null ? t.wokenAt(at) : t.wokenBy(at, name(until.by));
  return html`<span class="until">${words} ${until.place ? placeButton(ui, placeOf(until.place)) : nothing}</span>`;
}

/** Tasks that a chain passes through, at most: a circle of tasks that wait for each other ends here too. */
const LONGEST = 6;

/** "Why is it waiting?": its calls from the outermost to the innermost, and on through the tasks that it waits for. */
export function chainView(ui: Ui, now: Moment, task: TaskMoment): TemplateResult {
  const { t } = ui;
  const name = namer(ui, now);
  const lines: TemplateResult[] = [];
  const seen = new Set<number>();
  let last: TaskMoment | undefined = task;
  for (let next: TaskMoment | undefined = task; next && seen.size < LONGEST && !seen.has(next.id);) {
    const here: TaskMoment = next;
    if (seen.size > 0) lines.push(html`<li class="end">${legibleName(here.name)}: ${t.shortStates[here.state]}</li>`);
    seen.add(here.id);
    lines.push(...[...here.chain].reverse().map((standing) => standingView(ui, standing)));
    last = here;
    const holder = here.on === null ? soleHolder(now, here) : null;
    next = now.tasks.find((one) => one.id === (here.on ?? holder));
    if (next && holder !== null) lines.push(html`<li>${waitsView(ui, now, here, name)}</li>`);
    if (next && seen.has(next.id)) lines.push(html`<li class="end">${t.circle(legibleName(next.name))}</li>`);
  }
  const title = task.state === "waiting" ? t.whyWaiting : t.whereNow;
  return html`<p class="question" aria-hidden="true">${title}</p>
    <ol class="chain" aria-label=${title}>
      ${lines} ${groupView(ui, now, last)}
      <li>
        ${
          last.state === "waiting"
            ? html`${waitsView(ui, now, last, name)} ${awakingView(ui, last.until, name)}`
            : html`<span class="end">${t.states[last.state]}</span>`
        }
      </li>
    </ol>`;
}

/** What a task waits for, and who has it. */
function waitsView(ui: Ui, now: Moment, task: TaskMoment, name: Namer): TemplateResult {
  const words = `${ui.t.waitsOn.toLowerCase()} ${publicName(task.label)}`;
  return html`<span class="end">${words}</span> ${heldAgainst(ui, now, task, name)}`;
}

/** The tasks of a group or a gather that are still to end. */
function groupView(ui: Ui, now: Moment, task: TaskMoment): TemplateResult | typeof nothing {
  if (task.group.length === 0) return nothing;
  const name = namer(ui, now);
  return html`<li>
    ${ui.t.stillToEnd} ${task.group.slice(0, SHOWN).map((id) => html`${taskButton(ui, id, name(id))} `)}
    ${task.group.length > SHOWN ? html`<span class="at">+ ${decimal(task.group.length - SHOWN, ui.language)}</span>` : nothing}
  </li>`;
}

function standingView(ui: Ui, standing: Standing): TemplateResult {
  return html`<li><code>${standing.function}</code> ${placeButton(ui, placeOf(standing))}</li>`;
}

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Severity, Slice } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { condition } from "../inspector/view.ts";
import type { Results } from "../store.ts";
import { styled } from "../styled.ts";
import type { Ui } from "../ui.ts";
import { drawRows, drawRuler, type Paint, PAINTS, ROW_HEIGHT } from "./draw.ts";
import { firstEndingAfter, type Row, sliceAt } from "./model.ts";
import { moved, type Range, wholeRange, zoomed } from "./scale.ts";

/** Labels beyond the view that are set as well, so that scrolling shows no gaps. */
const SPARE = 8;

interface Tip {
  row: Row;
  slice: Slice;
  left: number;
  top: number;
}

/**
 * The timeline: labels as elements, so that keyboard and screen reader have them, and the stretches on a canvas. What is
 * in view is the pane's own; which task is chosen is the playground's.
 */
export class TimelinePane {
  readonly #root: ShadowRoot;
  readonly #changed: () => void;
  #ui: Ui | null = null;
  /** `null` shows the whole run, however long it gets. */
  #range: Range | null = null;
  #top = 0;
  #height = 300;
  #focused = 0;
  #tip: Tip | null = null;
  #results: Results | null = null;
  #drag: { x: number; range: Range; far: boolean } | null = null;

  constructor(root: ShadowRoot, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
  }

  /** Shows the whole of another run. */
  /** Turns to a moment, in nanoseconds, with an eighth of the run on either side. */
  lookAt(moment: number): void {
    const now = this.#now();
    this.#look(moved({ from: 0, to: now / 4 }, moment - now / 8, now));
  }

  reset(): void {
    this.#range = null;
    this.#tip = null;
  }

  render(ui: Ui): TemplateResult {
    this.#ui = ui;
    this.#results = ui.state.results;
    const rows = this.#rows();
    if (rows.length === 0)
      return html`<p class="empty">${ui.state.run === "ended" ? ui.t.noTasks : ui.t.timelineEmpty}</p>`;
    const more = ui.state.results?.rows.more ?? 0;
    return html`<div class="timeline" @keydown=${this.#key} @wheel=${{ handleEvent: this.#wheel, passive: false }}>
      <span class="paint"
        >${PAINTS.map((name) => html`<i data-paint=${name} ${styled({ color: `var(--${name})` })}></i>`)}</span
      >
      <div class="ruler">
        <span title=${ui.t.simulatedClockHint}>${ui.t.simulatedClock}</span>
        <canvas
          data-canvas="ruler"
          aria-hidden="true"
          @pointerdown=${this.#grab}
          @pointermove=${this.#move}
          @pointerup=${this.#release}
        ></canvas>
      </div>
      <div class="lanes" @scroll=${this.#scroll}>
        <div class="sizer" ${styled({ height: `${rows.length * ROW_HEIGHT}px` })}>
          <canvas
            data-canvas="rows"
            aria-hidden="true"
            @pointerdown=${this.#grab}
            @pointermove=${this.#move}
            @pointerup=${this.#release}
            @pointerleave=${this.#leave}
            @dblclick=${this.#follow}
          ></canvas>
          <div role="listbox" aria-label=${ui.t.timeline} aria-describedby="timeline-keys" aria-orientation="vertical">
            ${this.#labels(rows)}
          </div>
        </div>
      </div>
      ${more > 0 ? html`<p class="empty">${ui.t.moreLanes(more)}</p>` : nothing}
      <p id="timeline-keys" class="visually-hidden">${ui.t.timelineKeys}</p>
      ${this.#tipView()}
    </div>`;
  }

  tools(ui: Ui): TemplateResult {
    const button = (label: string, icon: unknown, act: () => void): TemplateResult =>
      html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${act}>${icon}</button>`;
    return html`<ul class="legend wide" aria-hidden="true">
        ${(["running", "ready", "waiting", "blocked"] as const).map((state) => html`<li><span class="swatch ${state}"></span>${ui.t.shortStates[state]}</li>`)}
      </ul>
      <span class="gap"></span>
      ${button(ui.t.zoomOut, icons.minus, () => this.#zoom(1.6))}
      ${button(ui.t.zoomIn, icons.plus, () => this.#zoom(1 / 1.6))}
      ${button(ui.t.fit, icons.fit, () => this.#look(null))}`;
  }

  /** Draws what `render` has made room for. */
  draw(): void {
    const ui = this.#ui;
    const lanes = this.#root.querySelector<HTMLElement>(".lanes");
    const rowsCanvas = this.#canvas("rows");
    const rulerCanvas = this.#canvas("ruler");
    if (!ui || !lanes || !rowsCanvas || !rulerCanvas) return;
    if (lanes.clientHeight !== this.#height) {
      this.#height = lanes.clientHeight;
      this.#changed();
    }
    rowsCanvas.style.height = `${this.#height}px`;
    const range = this.#shown();
    const paint = this.#paint();
    const font = getComputedStyle(lanes).fontFamily;
    drawRuler(rulerCanvas, paint, range, ui.language, font);
    drawRows(rowsCanvas, paint, {
      rows: this.#rows(),
      first: Math.floor(this.#top / ROW_HEIGHT),
      shift: this.#top % ROW_HEIGHT,
      range,
      now: this.#now(),
      chosen: ui.state.task,
      marks: this.#marks(),
      blockedWords: ui.t.blockedFor,
      language: ui.language,
      font,
    });
  }

  #rows(): readonly Row[] {
    return this.#results?.rows.rows ?? [];
  }

  #now(): number {
    return this.#results?.now ?? 0;
  }

  #shown(): Range {
    return this.#range ?? wholeRange(this.#now());
  }

  #canvas(name: string): HTMLCanvasElement | null {
    return this.#root.querySelector(`canvas[data-canvas="${name}"]`);
  }

  #paint(): Paint {
    const colours = [...this.#root.querySelectorAll<HTMLElement>("[data-paint]")].map((probe) => [
      probe.dataset["paint"],
      getComputedStyle(probe).color,
    ]);
    return Object.fromEntries(colours) as Paint;
  }

  #marks(): Map<number, { time: number; severity: Severity }[]> {
    const severities = new Map(this.#results?.diagnostics.map((one) => [one.id, one.severity]));
    const marks = new Map<number, { time: number; severity: Severity }[]>();
    for (const { lane, time, diagnostic } of this.#results?.rows.marks ?? []) {
      const severity = severities.get(diagnostic);
      if (lane === null || !severity) continue;
      const list = marks.get(lane) ?? [];
      list.push({ time, severity });
      marks.set(lane, list);
    }
    return marks;
  }

  #labels(rows: readonly Row[]): unknown {
    this.#focused = Math.min(this.#focused, rows.length - 1);
    const first = Math.max(0, Math.floor(this.#top / ROW_HEIGHT) - SPARE);
    const last = Math.min(rows.length, Math.ceil((this.#top + this.#height) / ROW_HEIGHT) + SPARE);
    const indices: number[] = [];
    // The focused label stays in the document even when it is out of view, or the focus would be lost.
    if (this.#focused < first) indices.push(this.#focused);
    for (let index = first; index < last; index += 1) indices.push(index);
    if (this.#focused >= last) indices.push(this.#focused);
    return repeat(
      indices,
      (index) => index,
      (index) => {
        const row = rows[index];
        return row ? this.#label(row, index, rows.length) : nothing;
      },
    );
  }

  #label(row: Row, index: number, size: number): TemplateResult | typeof nothing {
    const ui = this.#ui;
    if (!ui) return nothing;
    const { lane } = row;
    const summary = ui.t.laneSummary(
      lane.kind === "loop" ? ui.t.loop : lane.name,
      lane.function,
      condition(ui, row),
      ui.t.steps(row.steps),
      duration(row.running, ui.language),
    );
    const blocked = row.blocked > 0 ? `, ${ui.t.blockedFor(duration(row.blocked, ui.language))}` : "";
    return html`<div
      class="label"
      role="option"
      data-row=${index}
      ${styled({ top: `${index * ROW_HEIGHT}px` })}
      tabindex=${index === this.#focused ? 0 : -1}
      aria-selected=${ui.state.task === lane.id ? "true" : "false"}
      aria-posinset=${index + 1}
      aria-setsize=${size}
      aria-label=${summary + blocked}
      title=${summary + blocked}
      @click=${() => this.#choose(index)}
      @focus=${() => (this.#focused = index)}
    >
      <span class="mark ${lane.fate}">${lane.kind === "loop" ? icons.loop : icons[lane.fate]}</span>
      <b>${lane.kind === "loop" ? ui.t.loop : lane.name}</b><i>${lane.function === lane.name ? "" : lane.function}</i>
    </div>`;
  }

  #tipView(): TemplateResult | typeof nothing {
    const ui = this.#ui;
    if (!ui || !this.#tip) return nothing;
    const { row, slice, left, top } = this.#tip;
    const place = slice.stack === null ? undefined : this.#results?.places.stacks.get(slice.stack);
    return html`<div class="tip" aria-hidden="true" ${styled({ left: `${left}px`, top: `${top}px` })}>
      <b>${row.lane.kind === "loop" ? ui.t.loop : row.lane.name}: ${ui.t.states[slice.state]}</b>
      ${slice.label ? html`<code>${slice.label}</code>` : nothing} ${place ? ui.t.line(place.line) : nothing}
      <span>${ui.t.from(duration(slice.start, ui.language), duration(slice.end - slice.start, ui.language))}</span>
    </div>`;
  }

  #choose(index: number): void {
    const row = this.#rows()[index];
    if (!row) return;
    this.#focused = index;
    const { id, kind } = row.lane;
    this.#ui?.dispatch({ type: "taskChosen", id: kind === "task" ? id : null });
  }

  #look(range: Range | null): void {
    this.#range = range;
    this.#tip = null;
    this.#changed();
  }

  #zoom(factor: number, around?: number): void {
    const range = this.#shown();
    const next = zoomed(range, factor, around ?? (range.from + range.to) / 2, this.#now());
    const whole = wholeRange(this.#now());
    this.#look(next.to - next.from >= whole.to * 0.999 ? null : next);
  }

  #pan(part: number): void {
    const range = this.#shown();
    if (this.#range) this.#look(moved(range, (range.to - range.from) * part, this.#now()));
  }

  #time(event: MouseEvent, canvas: Element): number {
    const box = canvas.getBoundingClientRect();
    const range = this.#shown();
    return range.from + ((event.clientX - box.left) / Math.max(box.width - 9, 1)) * (range.to - range.from);
  }

  readonly #scroll = (event: Event): void => {
    this.#top = (event.currentTarget as HTMLElement).scrollTop;
    this.#changed();
  };

  readonly #wheel = (event: WheelEvent): void => {
    const canvas = this.#canvas("rows");
    const lanes = this.#root.querySelector(".lanes");
    if (!canvas || !lanes) return;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    const ruler = this.#canvas("ruler");
    const onRuler = ruler !== null && event.composedPath().includes(ruler);
    const fits = lanes.scrollHeight <= lanes.clientHeight + 1;
    if (sideways) {
      this.#pan((event.deltaX || event.deltaY) / Math.max(canvas.clientWidth, 1));
    } else if (event.ctrlKey || event.metaKey || onRuler || fits) {
      this.#zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 180), this.#time(event, canvas));
    } else {
      return;
    }
    event.preventDefault();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keyAction(event.code, event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  /** Letters are taken by their place on the keyboard, so that they work in every layout. */
  #keyAction(code: string, key: string): (() => void) | undefined {
    const last = this.#rows().length - 1;
    const page = Math.max(1, Math.floor(this.#height / ROW_HEIGHT) - 1);
    const byCode: Record<string, () => void> = {
      KeyW: () => this.#zoom(1 / 1.4),
      KeyS: () => this.#zoom(1.4),
      KeyA: () => this.#pan(-0.15),
      KeyD: () => this.#pan(0.15),
      Digit0: () => this.#look(null),
    };
    const byKey: Record<string, () => void> = {
      ArrowLeft: () => this.#pan(-0.15),
      ArrowRight: () => this.#pan(0.15),
      ArrowUp: () => this.#focusRow(this.#focused - 1),
      ArrowDown: () => this.#focusRow(this.#focused + 1),
      PageUp: () => this.#focusRow(Math.max(0, this.#focused - page)),
      PageDown: () => this.#focusRow(Math.min(last, this.#focused + page)),
      Home: () => this.#focusRow(0),
      End: () => this.#focusRow(last),
      "+": () => this.#zoom(1 / 1.4),
      "-": () => this.#zoom(1.4),
      Enter: () => this.#goToRow(this.#focused),
      " ": () => this.#choose(this.#focused),
    };
    return byKey[key] ?? byCode[code];
  }

  #focusRow(index: number): void {
    if (index < 0 || index >= this.#rows().length) return;
    this.#focused = index;
    const lanes = this.#root.querySelector(".lanes");
    const top = index * ROW_HEIGHT;
    if (lanes && top < lanes.scrollTop) lanes.scrollTop = top;
    else if (lanes && top + ROW_HEIGHT > lanes.scrollTop + lanes.clientHeight)
      lanes.scrollTop = top + ROW_HEIGHT - lanes.clientHeight;
    this.#choose(index);
    this.#changed();
    // The label may not be there before the next drawing.
    requestAnimationFrame(() => this.#root.querySelector<HTMLElement>(`.label[data-row="${index}"]`)?.focus());
  }

  /** To where the task waits now, or else to where it was made. */
  #goToRow(index: number): void {
    const row = this.#rows()[index];
    const places = this.#results?.places;
    if (!row || !places) return;
    const waits = row.open?.stack ?? null;
    const place = (waits === null ? undefined : places.stacks.get(waits)) ?? places.created.get(row.lane.id);
    this.#choose(index);
    if (place) this.#ui?.goTo(place);
  }

  #hit(event: MouseEvent): { row: Row; slice: Slice; index: number } | null {
    const canvas = this.#canvas("rows");
    if (!canvas || event.currentTarget !== canvas) return null;
    const y = event.clientY - canvas.getBoundingClientRect().top + this.#top;
    const index = Math.floor(y / ROW_HEIGHT);
    const row = this.#rows()[index];
    if (!row) return null;
    const time = this.#time(event, canvas);
    const range = this.#shown();
    const near = ((range.to - range.from) / Math.max(canvas.clientWidth, 1)) * 3;
    const slice = sliceAt(row, firstEndingAfter(row, time - near), this.#now());
    return slice && slice.start <= time + near && slice.end >= time - near ? { row, slice, index } : null;
  }

  readonly #grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, range: this.#shown(), far: false };
  };

  readonly #move = (event: PointerEvent): void => {
    const canvas = event.currentTarget as HTMLCanvasElement;
    if (!this.#drag) {
      this.#hover(event, canvas);
      return;
    }
    const { x, range } = this.#drag;
    if (Math.abs(event.clientX - x) > 4) this.#drag.far = true;
    if (!this.#drag.far || !this.#range) return;
    canvas.classList.add("moving");
    const by = ((x - event.clientX) / Math.max(canvas.clientWidth, 1)) * (range.to - range.from);
    this.#look(moved(range, by, this.#now()));
  };

  #hover(event: PointerEvent, canvas: HTMLCanvasElement): void {
    const hit = this.#hit(event);
    const pane = canvas.closest(".timeline")?.getBoundingClientRect();
    const before = this.#tip;
    this.#tip =
      hit && pane
        ? {
            ...hit,
            left: Math.max(0, Math.min(event.clientX - pane.left + 14, pane.width - 260)),
            top: Math.max(0, Math.min(event.clientY - pane.top + 16, pane.height - 70)),
          }
        : null;
    if (this.#tip || before) this.#changed();
  }

  readonly #release = (event: PointerEvent): void => {
    const far = this.#drag?.far;
    this.#drag = null;
    (event.currentTarget as Element).classList.remove("moving");
    const hit = far ? null : this.#hit(event);
    if (!hit) return;
    this.#choose(hit.index);
    const place = hit.slice.stack === null ? undefined : this.#results?.places.stacks.get(hit.slice.stack);
    if (place) this.#ui?.show(place);
  };

  readonly #leave = (): void => {
    if (!this.#tip) return;
    this.#tip = null;
    this.#changed();
  };

  readonly #follow = (event: MouseEvent): void => {
    const hit = this.#hit(event);
    const place = hit?.slice.stack === null || !hit ? undefined : this.#results?.places.stacks.get(hit.slice.stack);
    if (place) this.#ui?.goTo(place);
  };
}

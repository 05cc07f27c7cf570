import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { runNames } from "../findings/exploration.ts";
import type { Severity, Slice } from "../generated/schema.ts";
import { duration } from "../i18n/index.ts";
import { icons } from "../icons.ts";
import { condition } from "../inspector/view.ts";
import type { Results } from "../store.ts";
import { styled } from "../styled.ts";
import type { Ui } from "../ui.ts";
import { drawRows, drawRuler, LOW_ROW, type Picture, ROW_HEIGHT, samePicture } from "./draw.ts";
import { Gestures } from "./gestures.ts";
import { type Instant, instantAt } from "./instants.ts";
import { type Item, itemsOf } from "./items.ts";
import { firstEndingAfter, type Row, sliceAt } from "./model.ts";
import { isLibrary, nameOf } from "./names.ts";
import { canvasPen, type Paint, PAINTS, zoomOf } from "./pen.ts";
import { Player } from "./player.ts";
import { playheadView } from "./playhead.ts";
import { MARK_ROOM, moved, type Range, wholeRange, zoomed } from "./scale.ts";
import { type Tip, tipView } from "./tip.ts";
import { transportView, viewTools, zoomTools } from "./transport.ts";
import { wordsView } from "./words.ts";

/** Labels beyond the view that are set as well, so that scrolling shows no gaps. */
const SPARE = 8;

/** What a task runs, where that is not what it is called. */
const functionOf = ({ lane }: Row): string => (lane.function === lane.name ? "" : lane.function);

/**
 * The timeline: labels as elements, so that keyboard and screen reader have them, and the stretches on a canvas. What is
 * in view is the pane's own, and moving it draws no more than the canvas; which task and which moment are chosen is the
 * playground's.
 */
export class TimelinePane {
  readonly #root: ShadowRoot;
  readonly #changed: () => void;
  readonly player: Player;
  readonly #gestures: Gestures;
  #ui: Ui | null = null;
  /** `null` shows the whole run, however long it gets. */
  #range: Range | null = null;
  #top = 0;
  #height = 300;
  #focused = 0;
  #tip: Tip | null = null;
  #folded = new Set<number>();
  #items: { of: Results | null; with: Results | null; folded: Set<number>; list: Item[] } | null = null;
  #paints: { theme: string; paint: Paint } | null = null;
  #drawing: number | undefined;
  /** What the canvases hold, and what they are like. */
  #drawn: { picture: Picture; on: readonly unknown[] } | null = null;
  #marked: { of: Results | null; marks: Picture["marks"] } | null = null;

  constructor(root: ShadowRoot, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
    this.player = new Player({
      instants: () => this.#results()?.instants ?? null,
      instant: () => this.#ui?.state.instant ?? null,
      findings: () => this.#times(),
      seek: (instant) => this.#seek(instant),
      changed,
    });
    this.#gestures = new Gestures({
      shown: () => this.shown(),
      now: () => this.#now(),
      whole: () => this.#range === null,
      look: (range) => this.#look(range),
      seek: (time) => this.#seekTime(time),
      hover: (event) => this.#hover(event),
      press: (event) => this.#press(event),
      timeAt: (x) => this.#timeAt(x),
      width: () => Math.max(this.#canvas("rows")?.getBoundingClientRect().width ?? 0, 1),
    });
  }

  /** Turns to a moment, in nanoseconds, with an eighth of the run on either side. */
  lookAt(moment: number): void {
    const now = this.#now();
    this.#look(moved({ from: 0, to: now / 4 }, moment - now / 8, now));
  }

  /** Shows the whole of another run. */
  reset(): void {
    this.player.stop();
    this.#range = null;
    this.#tip = null;
  }

  render(ui: Ui): TemplateResult {
    this.#ui = ui;
    const items = this.#list();
    if (items.length === 0)
      return html`<p class="empty">${ui.state.run === "ended" ? ui.t.noTasks : ui.t.timelineEmpty}</p>`;
    if (ui.state.view !== "picture") return wordsView(ui, ui.state.view);
    const more = ui.state.results?.rows.more ?? 0;
    const { grab, move, release } = this.#gestures;
    return html`<div
      class="timeline"
      ${styled({ "--row": `${this.#rowHeight}px` })}
      @keydown=${this.#key}
      @wheel=${{ handleEvent: this.#wheel, passive: false }}
    >
      <div class="ruler">
        <span title=${ui.t.simulatedClockHint}>${ui.t.simulatedClock}</span>
        <canvas
          data-canvas="ruler"
          aria-hidden="true"
          @pointerdown=${grab}
          @pointermove=${move}
          @pointerup=${release}
          @pointercancel=${release}
          @contextrestored=${this.#redraw}
        ></canvas>
      </div>
      <div class="lanes" @scroll=${this.#scroll}>
        <div class="sizer" ${styled({ height: `${items.length * this.#rowHeight}px` })}>
          <canvas
            data-canvas="rows"
            aria-hidden="true"
            @pointerdown=${grab}
            @pointermove=${move}
            @pointerup=${release}
            @pointercancel=${release}
            @pointerleave=${this.#leave}
            @dblclick=${this.#follow}
            @contextrestored=${this.#redraw}
          ></canvas>
          <div role="listbox" aria-label=${ui.t.timeline} aria-describedby="timeline-keys" aria-orientation="vertical">
            ${this.#labels(items)}
          </div>
        </div>
      </div>
      ${playheadView(ui, this.player, this.#grabPlayhead)}
      ${more > 0 ? html`<p class="empty">${ui.t.moreLanes(more)}</p>` : nothing}
      <p id="timeline-keys" class="visually-hidden">${ui.t.timelineKeys}</p>
      ${this.#tip ? tipView(ui, this.#tip, this.#results()) : nothing}
    </div>`;
  }

  tools(ui: Ui): TemplateResult {
    this.#ui = ui;
    return html`<span class="paint"
        >${PAINTS.map((name) => html`<i data-paint=${name} ${styled({ color: `var(--${name})` })}></i>`)}</span
      >${transportView(ui, this.player)}
      <ul class="legend wide" aria-hidden="true">
        ${(["blocked", "ready", "running", "waiting"] as const).map((state) => html`<li><span class="swatch ${state}"></span>${ui.t.shortStates[state]}</li>`)}
      </ul>
      <span class="gap"></span>
      ${viewTools(ui)}
      ${zoomTools(ui, {
        zoomOut: () => this.#zoom(1.6),
        zoomIn: () => this.#zoom(1 / 1.6),
        fit: () => this.#look(null),
      })}`;
  }

  /** Draws what `render` has made room for. */
  draw(): void {
    if (this.#drawing !== undefined) cancelAnimationFrame(this.#drawing);
    this.#drawing = undefined;
    const ui = this.#ui;
    const lanes = this.#root.querySelector<HTMLElement>(".lanes");
    const rowsCanvas = this.#canvas("rows");
    const rulerCanvas = this.#canvas("ruler");
    if (!ui || !lanes || !rowsCanvas || !rulerCanvas) return;
    if (lanes.clientHeight !== this.#height) {
      this.#height = lanes.clientHeight;
      this.#changed();
    }
    const height = `${this.#height}px`;
    if (rowsCanvas.style.height !== height) rowsCanvas.style.height = height;
    this.#placePlayhead(rowsCanvas.clientWidth);
    const picture = this.picture(ui);
    const paint = this.paint();
    const sizes = [rowsCanvas, rulerCanvas].flatMap((one) => [one.clientWidth, one.clientHeight, zoomOf(one)]);
    const on = [rowsCanvas, rulerCanvas, paint, devicePixelRatio, ...sizes];
    const drawn = this.#drawn;
    // While only the playhead moves, which is no part of the picture, there is nothing to draw.
    if (drawn && samePicture(drawn.picture, picture) && on.every((one, index) => one === drawn.on[index])) return;
    this.#drawn = { picture, on };
    const ruler = canvasPen(rulerCanvas, paint, picture.range);
    if (ruler) drawRuler(ruler, picture.range, ui.language, picture.font);
    const rows = canvasPen(rowsCanvas, paint, picture.range);
    if (rows) drawRows(rows, picture);
  }

  readonly #redraw = (): void => {
    this.#drawn = null;
    this.draw();
  };

  /** What is in view now. */
  picture(ui: Ui): Picture {
    return {
      items: this.#list(),
      first: Math.floor(this.#top / this.#rowHeight),
      shift: this.#top % this.#rowHeight,
      rowHeight: this.#rowHeight,
      range: this.shown(),
      chosen: ui.state.task,
      marks: this.#marks(),
      words: ui.t,
      language: ui.language,
      font: getComputedStyle(this.#root.host).fontFamily,
    };
  }

  shown(): Range {
    return this.#range ?? wholeRange(this.#now());
  }

  /** The colours of the theme. Reading them costs, so they are kept until the theme changes. */
  paint(): Paint {
    const host = this.#root.host as HTMLElement;
    const media = ["(prefers-color-scheme: dark)", "print"].map((query) => String(matchMedia(query).matches));
    const theme = [host.getAttribute("theme") ?? "", ...media].join(" ");
    if (this.#paints?.theme === theme) return this.#paints.paint;
    const colours = [...this.#root.querySelectorAll<HTMLElement>("[data-paint]")].map((probe) => [
      probe.dataset["paint"],
      getComputedStyle(probe).color,
    ]);
    const paint = Object.fromEntries(colours) as Paint;
    if (colours.length > 0) this.#paints = { theme, paint };
    return paint;
  }

  get #rowHeight(): number {
    return this.#ui?.state.baseline && matchMedia("(min-width: 761px)").matches ? LOW_ROW : ROW_HEIGHT;
  }

  #results(): Results | null {
    return this.#ui?.state.results ?? null;
  }

  #list(): Item[] {
    const of = this.#results();
    const baseline = this.#ui?.state.baseline ?? null;
    const kept = this.#items;
    if (kept?.of === of && kept.with === baseline && kept.folded === this.#folded) return kept.list;
    const list = itemsOf(of, baseline, this.#folded);
    this.#items = { of, with: baseline, folded: this.#folded, list };
    return list;
  }

  #now(): number {
    return Math.max(this.#results()?.now ?? 0, this.#ui?.state.baseline?.now ?? 0);
  }

  #times(): number[] {
    const times = (this.#results()?.diagnostics ?? []).filter((one) => one.evidence === "observed");
    return times.map(({ time }) => time).sort((one, two) => one - two);
  }

  #canvas(name: string): HTMLCanvasElement | null {
    return this.#root.querySelector(`canvas[data-canvas="${name}"]`);
  }

  #marks(): Picture["marks"] {
    const results = this.#results();
    if (this.#marked?.of === results) return this.#marked.marks;
    const severities = new Map(results?.diagnostics.map((one) => [one.id, one.severity]));
    const marks = new Map<number, { time: number; severity: Severity }[]>();
    for (const { lane, time, diagnostic } of results?.rows.marks ?? []) {
      const severity = severities.get(diagnostic);
      if (lane === null || !severity) continue;
      const list = marks.get(lane) ?? [];
      list.push({ time, severity });
      marks.set(lane, list);
    }
    this.#marked = { of: results, marks };
    return marks;
  }

  #labels(items: readonly Item[]): unknown {
    this.#focused = Math.min(this.#focused, items.length - 1);
    const first = Math.max(0, Math.floor(this.#top / this.#rowHeight) - SPARE);
    const last = Math.min(items.length, Math.ceil((this.#top + this.#height) / this.#rowHeight) + SPARE);
    const indices: number[] = [];
    // The focused label stays in the document even when it is out of view, or the focus would be lost.
    if (this.#focused < first) indices.push(this.#focused);
    for (let index = first; index < last; index += 1) indices.push(index);
    if (this.#focused >= last) indices.push(this.#focused);
    return repeat(
      indices,
      (index) => index,
      (index) => {
        const item = items[index];
        return item ? this.#label(item, index, items.length) : nothing;
      },
    );
  }

  #label(item: Item, index: number, size: number): TemplateResult | typeof nothing {
    const ui = this.#ui;
    if (!ui) return nothing;
    const { row } = item;
    const place = { top: `${index * this.#rowHeight}px` };
    if (!row) {
      const results = item.past ? ui.state.baseline : ui.state.results;
      return html`<div class="label heading" role="presentation" ${styled(place)}>
        <b>${runNames(ui)[item.past ? "past" : "now"]}</b>
        <i>${duration(item.now, ui.language)} · ${ui.t.findingsCount(results?.diagnostics.length ?? 0)}</i>
      </div>`;
    }
    const { lane } = row;
    const name = nameOf(row, ui.t);
    const said = this.#summary(ui, row, name) + (item.past ? `, ${runNames(ui).past}` : "");
    const folded = this.#folded.has(lane.id);
    const fold = (event: Event): void => {
      event.stopPropagation();
      this.#fold(lane.id);
    };
    return html`<div
      class="label"
      role="option"
      data-row=${index}
      ?data-past=${item.past}
      ?data-library=${isLibrary(row)}
      ${styled({ ...place, "--depth": String(item.depth) })}
      tabindex=${index === this.#focused ? 0 : -1}
      aria-selected=${!item.past && ui.state.task === lane.id ? "true" : "false"}
      aria-posinset=${index + 1}
      aria-setsize=${size}
      aria-label=${item.parent && folded ? `${said}, ${ui.t.folded}` : said}
      title=${said}
      @click=${() => this.#choose(index)}
      @focus=${() => (this.#focused = index)}
    >
      <span class="twist" ?data-folded=${folded} @click=${item.parent && !item.past ? fold : nothing}
        >${item.parent ? icons.chevron : nothing}</span
      >
      <span class="mark ${lane.fate}">${lane.kind === "loop" ? icons.loop : icons[lane.fate]}</span>
      <b>${name}</b> <i>${functionOf(row)}</i>
    </div>`;
  }

  #summary(ui: Ui, row: Row, name: string): string {
    const summary = ui.t.laneSummary(
      name,
      functionOf(row),
      condition(ui, row),
      ui.t.steps(row.steps),
      duration(row.running, ui.language),
    );
    return row.blocked > 0 ? `${summary}, ${ui.t.blockedFor(duration(row.blocked, ui.language))}` : summary;
  }

  #placePlayhead(width: number): void {
    const over = this.#root.querySelector<HTMLElement>(".over");
    if (!over) return;
    const time = this.#ui?.state.instant?.time ?? this.#results()?.now ?? 0;
    const { from, to } = this.shown();
    const at = ((time - from) / (to - from)) * (width - MARK_ROOM);
    const place = `${Math.round(Math.min(Math.max(at, -20), width + 20) * 10) / 10}px`;
    if (over.style.getPropertyValue("--at") !== place) over.style.setProperty("--at", place);
  }

  readonly #grabPlayhead = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const move = (to: PointerEvent): void => this.#seekTime(this.#timeAt(to.clientX));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };

  #choose(index: number): void {
    const item = this.#list()[index];
    if (!item?.row || item.past) return;
    this.#focused = index;
    const { id, kind } = item.row.lane;
    this.#ui?.dispatch({ type: "taskChosen", id: kind === "task" ? id : null });
  }

  #fold(id: number): void {
    const folded = new Set(this.#folded);
    if (!folded.delete(id)) folded.add(id);
    this.#folded = folded;
    this.#changed();
  }

  #seek(instant: Instant | null): void {
    this.#ui?.dispatch({ type: "instantChosen", instant });
  }

  #seekTime(time: number): void {
    const results = this.#results();
    if (!results) return;
    this.player.stop();
    const within = Math.max(0, time);
    this.#seek(within >= results.now ? null : instantAt(results.instants, within));
  }

  #look(range: Range | null): void {
    this.#range = range;
    const tip = this.#tip;
    this.#tip = null;
    if (tip) this.#changed();
    this.#drawing ??= requestAnimationFrame(() => this.draw());
  }

  #zoom(factor: number, around?: number): void {
    const range = this.shown();
    const next = zoomed(range, factor, around ?? (range.from + range.to) / 2, this.#now());
    const whole = wholeRange(this.#now());
    this.#look(next.to - next.from >= whole.to * 0.999 ? null : next);
  }

  #pan(part: number): void {
    const range = this.shown();
    if (this.#range) this.#look(moved(range, (range.to - range.from) * part, this.#now()));
  }

  #timeAt(clientX: number): number {
    const canvas = this.#canvas("rows");
    const range = this.shown();
    if (!canvas) return range.from;
    const x = (clientX - canvas.getBoundingClientRect().left) / zoomOf(canvas);
    return range.from + (x / Math.max(canvas.clientWidth - MARK_ROOM, 1)) * (range.to - range.from);
  }

  readonly #scroll = (event: Event): void => {
    const before = Math.floor(this.#top / this.#rowHeight / (SPARE / 2));
    this.#top = (event.currentTarget as HTMLElement).scrollTop;
    if (Math.floor(this.#top / this.#rowHeight / (SPARE / 2)) !== before) this.#changed();
    this.#drawing ??= requestAnimationFrame(() => this.draw());
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
      this.#zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 180), this.#timeAt(event.clientX));
    } else {
      return;
    }
    event.preventDefault();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.keyAction(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  /** Letters are taken by their place on the keyboard, so that they work in every layout. */
  keyAction({ code, key, shiftKey }: KeyboardEvent): (() => void) | undefined {
    const last = this.#list().length - 1;
    const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
    const { player } = this;
    const byCode: Record<string, () => void> = {
      KeyW: () => this.#zoom(1 / 1.4),
      KeyS: () => this.#zoom(1.4),
      KeyA: () => this.#pan(-0.15),
      KeyD: () => this.#pan(0.15),
      Digit0: () => this.#look(null),
      ...(shiftKey ? { End: () => player.toEnd(), Home: () => player.toStart() } : {}),
      KeyN: () => player.toFinding(shiftKey ? -1 : 1),
      Comma: () => player.step("event", -1),
      Period: () => player.step("event", 1),
      BracketLeft: () => player.step("turn", -1),
      BracketRight: () => player.step("turn", 1),
      Space: () => player.toggle(),
    };
    const byKey: Record<string, () => void> = {
      ArrowLeft: () => (this.#range ? this.#pan(-0.15) : this.#foldFocused(true)),
      ArrowRight: () => (this.#range ? this.#pan(0.15) : this.#foldFocused(false)),
      ArrowUp: () => this.#focusRow(this.#focused - 1, -1),
      ArrowDown: () => this.#focusRow(this.#focused + 1, 1),
      PageUp: () => this.#focusRow(Math.max(0, this.#focused - page), -1),
      PageDown: () => this.#focusRow(Math.min(last, this.#focused + page), 1),
      Home: () => this.#focusRow(0, 1),
      End: () => this.#focusRow(last, -1),
      "+": () => this.#zoom(1 / 1.4),
      "-": () => this.#zoom(1.4),
      Enter: () => this.#goToRow(this.#focused),
    };
    return (shiftKey ? byCode[code] : undefined) ?? byKey[key] ?? byCode[code];
  }

  /** While all of the run is in view there is nowhere to move, and the keys fold and unfold. */
  #foldFocused(fold: boolean): void {
    const item = this.#list()[this.#focused];
    if (item?.row && item.parent && !item.past && this.#folded.has(item.row.lane.id) !== fold)
      this.#fold(item.row.lane.id);
  }

  #focusRow(wanted: number, by: 1 | -1): void {
    const items = this.#list();
    const index = items[wanted]?.row ? wanted : wanted + by;
    if (!items[index]?.row) return;
    this.#focused = index;
    const lanes = this.#root.querySelector(".lanes");
    const top = index * this.#rowHeight;
    if (lanes && top < lanes.scrollTop) lanes.scrollTop = top;
    else if (lanes && top + this.#rowHeight > lanes.scrollTop + lanes.clientHeight)
      lanes.scrollTop = top + this.#rowHeight - lanes.clientHeight;
    this.#choose(index);
    this.#changed();
    // The label may not be there before the next drawing.
    requestAnimationFrame(() => this.#root.querySelector<HTMLElement>(`.label[data-row="${index}"]`)?.focus());
  }

  /** To where the task waits now, or else to where it was made. */
  #goToRow(index: number): void {
    const item = this.#list()[index];
    const places = this.#results()?.places;
    if (!item?.row || !places) return;
    const waits = item.row.open?.stack ?? null;
    const place = (waits === null ? undefined : places.stacks.get(waits)) ?? places.created.get(item.row.lane.id);
    this.#choose(index);
    if (place) this.#ui?.goTo(place);
  }

  #hit(event: MouseEvent): { item: Item; row: Row; slice: Slice | null; index: number } | null {
    const canvas = this.#canvas("rows");
    if (!canvas || event.currentTarget !== canvas) return null;
    const y = (event.clientY - canvas.getBoundingClientRect().top) / zoomOf(canvas) + this.#top;
    const index = Math.floor(y / this.#rowHeight);
    const item = this.#list()[index];
    if (!item?.row) return null;
    const { row } = item;
    const time = this.#timeAt(event.clientX);
    const range = this.shown();
    const near = ((range.to - range.from) / Math.max(canvas.clientWidth, 1)) * 3;
    const found = sliceAt(row, firstEndingAfter(row, time - near), item.now);
    const slice = found && found.start <= time + near && found.end >= time - near ? found : null;
    return { item, row, slice, index };
  }

  #hover(event: PointerEvent): void {
    const hit = event.pointerType === "touch" ? null : this.#hit(event);
    const timeline = (event.currentTarget as Element).closest<HTMLElement>(".timeline");
    const pane = timeline?.getBoundingClientRect();
    const zoom = timeline ? zoomOf(timeline) : 1;
    const before = this.#tip;
    this.#tip =
      hit?.slice && pane
        ? {
            row: hit.row,
            slice: hit.slice,
            past: hit.item.past,
            left: Math.max(0, Math.min((event.clientX - pane.left) / zoom + 14, pane.width / zoom - 300)),
            top: Math.max(0, Math.min((event.clientY - pane.top) / zoom + 16, pane.height / zoom - 84)),
          }
        : null;
    if (this.#tip || before) this.#changed();
  }

  /** A press on the picture: to that task and that moment, and to the line, if there is one. */
  #press(event: PointerEvent): void {
    const hit = this.#hit(event);
    if (!hit || hit.item.past) return;
    this.#choose(hit.index);
    this.#seekTime(this.#timeAt(event.clientX));
    const place = hit.slice?.stack == null ? undefined : this.#results()?.places.stacks.get(hit.slice.stack);
    if (place) this.#ui?.show(place);
  }

  readonly #leave = (): void => {
    if (!this.#tip) return;
    this.#tip = null;
    this.#changed();
  };

  readonly #follow = (event: MouseEvent): void => {
    const hit = this.#hit(event);
    const place = hit?.slice?.stack == null ? undefined : this.#results()?.places.stacks.get(hit.slice.stack);
    if (place) this.#ui?.goTo(place);
  };
}

/**
 * `<loop-scope>`: the whole playground as a custom element.
 *
 * Attributes are the truth: `theme` (auto, light, dark), `lang`, `live` (run again when typing pauses), `mode` (edit or
 * read), and `page`, with which the element is the page: it then reads and writes the address, remembers the text in
 * this browser, and hears keys wherever they are pressed. Without `page`, the element's own text is its program.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { barView } from "./bar.ts";
import { Editor } from "./editor/editor.ts";
import { filesStyle, filesView } from "./editor/files.ts";
import type { Example } from "./examples.ts";
import { type Place, placeOf } from "./findings/finding.ts";
import { findingsStyle, findingsView, neighbour } from "./findings/view.ts";
import { type Language, languages, messages, preferredLanguage } from "./i18n/index.ts";
import { icons } from "./icons.ts";
import { inspectorStyle, tasksView } from "./inspector/view.ts";
import { noticeView } from "./notice.ts";
import { outputStyle, outputText, outputView } from "./output/view.ts";
import { Runner } from "./runner.ts";
import { dialogStyle, dialogView, type ShareTexts } from "./settings/dialogs.ts";
import { PageMemory } from "./share/memory.ts";
import { copyText, shareTexts } from "./share/texts.ts";
import { splitter } from "./splitter.ts";
import { styled } from "./styled.ts";
import {
  type Action,
  DEFAULT_OPTIONS,
  initialState,
  type Panel,
  type Program,
  singleFile,
  type State,
  Store,
} from "./store.ts";
import { base } from "./styles/base.ts";
import { layout } from "./styles/layout.ts";
import { tokens } from "./styles/tokens.ts";
import { TimelinePane } from "./timeline/pane.ts";
import { timelineStyle } from "./timeline/style.ts";
import { fillScreen, talkStep, type TalkStep, talkStyle } from "./talk.ts";
import { outcomeLine, type Ui } from "./ui.ts";
import { withoutExpectations } from "./expectations.ts";
import welcome from "../examples/welcome.py?raw";

const PANELS: readonly Panel[] = ["code", "timeline", "findings", "output"];

export class LoopScope extends LitElement {
  static override readonly styles = [
    tokens,
    base,
    layout,
    findingsStyle,
    outputStyle,
    inspectorStyle,
    timelineStyle,
    filesStyle,
    dialogStyle,
    talkStyle,
  ];
  static override readonly properties = {
    theme: { reflect: true },
    lang: { reflect: true },
    live: { type: Boolean, reflect: true },
    mode: { reflect: true },
    page: { type: Boolean, reflect: true },
    talk: { type: Boolean, reflect: true },
  };

  declare theme: "auto" | "light" | "dark";
  declare lang: string;
  declare live: boolean;
  declare mode: "edit" | "read";
  declare page: boolean;
  declare talk: boolean;

  /** So many lines at the start of the program are run and not shown. */
  hiddenLines = 0;

  readonly #store = new Store(initialState(singleFile(""), DEFAULT_OPTIONS));
  readonly #runner = new Runner(this.#store);
  #editor: Editor | null = null;
  #timeline: TimelinePane | null = null;
  #memory: PageMemory | null = null;
  #examples: readonly Example[] = [];
  #share: ShareTexts | null = null;
  #renaming: string | null = null;
  #earlier = 0;
  #said = "";
  #saidAt = 0;
  #columns = 54;
  #rows = 34;
  #revealTask = false;
  #patient = false;
  #hurry: (() => void) | null = null;
  #release: (() => void)[] = [];

  constructor() {
    super();
    this.theme = "auto";
    this.mode = "edit";
    this.live = false;
    this.page = false;
    this.talk = false;
    this.#store.subscribe((state, before, action) => this.#changed(state, before, action));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const keys = this.page ? document : this;
    const listen = (target: EventTarget, type: string, act: (event: never) => void): void => {
      target.addEventListener(type, act as EventListener);
      this.#release.push(() => target.removeEventListener(type, act as EventListener));
    };
    listen(keys, "keydown", (event: KeyboardEvent) => this.#key(event));
    listen(window, "resize", () => this.requestUpdate());
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    listen(scheme, "change", () => this.requestUpdate());
    if (this.page) {
      this.#memory = new PageMemory(this.#store);
      listen(window, "hashchange", () => void this.#openLink());
      listen(window, "pagehide", () => this.#memory?.saveNow());
    }
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#runner.close();
    this.#release.splice(0).forEach((release) => release());
  }

  get #language(): Language {
    return this.lang in languages ? (this.lang as Language) : preferredLanguage();
  }

  /** What to show first: a link's program, the reader's own from last time, or the welcome example, which runs at once. */
  async #begin(): Promise<void> {
    void this.#runner.open();
    if (!this.page) {
      this.#open(this.firstProgram());
      if (this.live) this.#runner.run();
      return;
    }
    const preferences = this.#memory?.preferences();
    if (preferences?.theme) this.theme = preferences.theme;
    if (preferences?.lang) this.lang = preferences.lang;
    if (preferences?.live !== undefined) this.live = preferences.live;
    if (await this.#openLink()) return;
    // Saying that a link was damaged must outlive the opening of something else.
    const { notice } = this.#store.state;
    const own = this.#memory?.program();
    if (own) {
      this.#open(own, notice);
      if (this.live) this.#runner.run();
    } else if (!this.#store.state.typed) {
      this.#open(this.#welcome(), notice);
      this.#runner.run();
    }
  }

  /** What an element that is not the page begins with. */
  protected firstProgram(): Program {
    return {
      workspace: singleFile(this.textContent.replace(/^\n/, "")),
      options: DEFAULT_OPTIONS,
      example: null,
    };
  }

  /** Turns the timeline to a moment of the run that is shown, in nanoseconds. */
  protected lookAt(moment: number): void {
    this.#timeline?.lookAt(moment);
  }

  protected get store(): Store {
    return this.#store;
  }

  protected get runner(): Runner {
    return this.#runner;
  }

  #welcome(): Program {
    return {
      workspace: singleFile(withoutExpectations(welcome), "welcome.py"),
      options: DEFAULT_OPTIONS,
      example: "welcome",
    };
  }

  #open(program: Program, notice: State["notice"] = null): void {
    this.#runner.close();
    this.#store.dispatch({ type: "opened", program, notice });
  }

  /** Whether the address held a program. It is never run by itself unless the reader has live mode on. */
  async #openLink(): Promise<boolean> {
    const found = await this.#memory?.link();
    if (!found) return false;
    if (found === "damaged") {
      this.#store.dispatch({ type: "noticed", notice: "badLink" });
      return false;
    }
    this.#open(found, "linkOpened");
    if (this.live) this.#runner.run();
    return true;
  }

  async #wantExamples(): Promise<void> {
    const { examples } = await import("./examples.ts");
    this.#examples = examples(this.#language);
    this.requestUpdate();
  }

  #openExample(id: string): void {
    const example = this.#examples.find((one) => one.id === id);
    const program = example
      ? { workspace: example.workspace, options: { ...DEFAULT_OPTIONS, ...example.options }, example: id }
      : this.#welcome();
    this.#memory?.dropLink();
    this.#open(program);
    this.#runner.run();
  }

  /** Everything that a change of the state sets in motion outside of it. */
  #changed(state: State, before: State, action: Action): void {
    const programChanged = state.workspace !== before.workspace || state.options !== before.options;
    if (state.revision !== before.revision) {
      this.#editor?.open(state.workspace.files, state.active);
      this.#timeline?.reset();
      this.#earlier = 0;
    } else if (programChanged) {
      this.#runner.changed(this.live);
      this.#memory?.changed();
    }
    if (state.active !== before.active || state.workspace.files.length !== before.workspace.files.length) {
      this.#editor?.show(state.workspace.files, state.active);
    }
    if (
      state.results?.diagnostics !== before.results?.diagnostics ||
      state.active !== before.active ||
      state.revision !== before.revision
    ) {
      this.#editor?.setFindings(state.results?.diagnostics ?? []);
    }
    if (state.finding !== before.finding || state.active !== before.active) {
      this.#editor?.point(state.results?.diagnostics.find((one) => one.id === state.finding) ?? null);
    }
    if (action.type === "runStarted") {
      this.#earlier = 0;
      // In live mode the reader goes on looking at the same stretch while the program changes.
      if (!this.live) this.#timeline?.reset();
    }
    if (state.task !== before.task) this.#revealTask = true;
    if (state.dialog === "share" && before.dialog !== "share") void this.#makeShare();
    this.#announce(state, before, action);
    this.#patient = action.type === "runUpdated";
    if (!this.#patient) this.#hurry?.();
    this.requestUpdate();
  }

  /** Tells those who listen rather than look: the start, that findings have come, and the end. */
  #announce(state: State, before: State, action: Action): void {
    const t = messages(this.#language);
    const found = state.results?.diagnostics.length ?? 0;
    const now = performance.now();
    if (action.type === "runStarted") {
      this.#said = t.announceStart;
      this.#saidAt = now;
    } else if (action.type === "runEnded" && state.results) {
      this.#said = t.announceEnd(
        outcomeLine(action.outcome, state.results.now, t, this.#language),
        t.findingsCount(found),
      );
    } else if (
      action.type === "runUpdated" &&
      found !== (before.results?.diagnostics.length ?? 0) &&
      now - this.#saidAt > 1000
    ) {
      this.#said = t.findingsCount(found);
      this.#saidAt = now;
    }
  }

  async #makeShare(): Promise<void> {
    this.#share = null;
    this.#share = await shareTexts(this.#store.state);
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    const { state } = this.#store;
    const target = event.composedPath()[0] as HTMLElement;
    const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    const command = event.ctrlKey || event.metaKey;
    let act: (() => void) | undefined;
    const talk = state.dialog ? null : talkStep(event, this.talk, typing);
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (command || (event.shiftKey && !state.dialog))) act = () => this.#runner.run();
    else if (talk) act = () => this.#talk(talk);
    else if (event.key === "F8") act = () => this.#nextFinding(event.shiftKey ? -1 : 1);
    else if (event.code === "KeyM" && command && event.shiftKey) act = () => this.#focusFindings();
    else if (event.key === "Escape" && !state.dialog && !this.#editor?.hasFocus) act = () => this.#runner.stop();
    else if (event.key === "?" && !typing && !state.dialog)
      act = () => this.#store.dispatch({ type: "dialogToggled", dialog: "help" });
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** In a talk nothing runs before the speaker says so; then each step is a finding. */
  #talk(step: TalkStep): void {
    if (step === "toggle") {
      this.talk = !this.talk;
      if (this.talk) this.live = false;
      fillScreen(this, this.talk);
    } else if (step === "forward" && this.#store.state.run === "none") {
      this.#runner.run();
    } else {
      this.#nextFinding(step === "forward" ? 1 : -1, false);
    }
  }

  #nextFinding(step: 1 | -1, focus = true): void {
    const next = neighbour({ state: this.#store.state }, step);
    if (!next) return;
    this.#store.dispatch({ type: "findingChosen", id: next.one.id });
    if (next.one.task !== null) this.#store.dispatch({ type: "taskChosen", id: next.one.task });
    const count = this.#store.state.results?.diagnostics.length ?? 0;
    this.#said = messages(this.#language).announceFinding(next.position, count, next.one.rule, next.one.message);
    void this.#goTo(placeOf(next.one), focus);
    this.renderRoot.querySelector(`[data-finding="${CSS.escape(next.one.id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  #focusFindings(): void {
    this.#store.dispatch({ type: "panelChosen", panel: "findings" });
    void this.updateComplete.then(() => {
      const find = (selector: string): HTMLElement | null => this.renderRoot.querySelector(selector);
      (find(".finding[data-chosen] .rule button") ?? find(".finding .rule button") ?? find("#findings"))?.focus();
    });
  }

  async #goTo(place: Place, focus: boolean): Promise<void> {
    if (focus) this.#store.dispatch({ type: "panelChosen", panel: "code" });
    this.#store.dispatch({ type: "activated", path: place.file });
    await this.updateComplete;
    if (this.#store.state.active === place.file) this.#editor?.goTo(place, focus);
  }

  /**
   * What the reader does shows at once. News of a run, which may arrive faster than a screen can show them, wait for the
   * next frame, and are drawn together.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.#patient) {
      await new Promise<void>((resolve) => {
        this.#hurry = resolve;
        requestAnimationFrame(() => {
          resolve();
        });
        // A hidden page gets no frames, but should be right when it is looked at.
        setTimeout(resolve, 200);
      });
    }
    await super.scheduleUpdate();
  }

  protected override firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    const parent = root.querySelector<HTMLElement>(".editor");
    if (!parent) return;
    this.#timeline = new TimelinePane(root, () => this.requestUpdate());
    this.#editor = new Editor(parent, root, {
      edited: (path, text) => {
        this.#memory?.dropLink();
        this.#store.dispatch({ type: "edited", path, text });
      },
      run: () => this.#runner.run(),
    });
    this.#editor.hiddenLines = this.hiddenLines;
    const { state } = this.#store;
    this.#editor.open(state.workspace.files, state.active);
    this.#editor.setFindings(state.results?.diagnostics ?? []);
    this.requestUpdate();
  }

  protected override updated(changes: PropertyValues): void {
    this.#editor?.describe(messages(this.#language).source, this.mode === "read");
    this.#timeline?.draw();
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    const field = this.renderRoot.querySelector<HTMLInputElement>("[data-rename]");
    if (field && !field.matches(":focus")) {
      field.focus();
      field.select();
    }
    if (this.#revealTask) {
      this.#revealTask = false;
      this.renderRoot.querySelector(".task[data-chosen]")?.scrollIntoView({ block: "nearest" });
    }
    if (this.page) document.documentElement.lang = this.#language;
    if (changes.has("lang") && this.#examples.length > 0) void this.#wantExamples();
    if (changes.has("theme") || changes.has("lang") || changes.has("live")) {
      this.#memory?.savePreferences({ theme: this.theme, lang: this.lang, live: this.live });
    }
  }

  #ui(): Ui {
    return {
      state: this.#store.state,
      t: messages(this.#language),
      language: this.#language,
      dispatch: (action) => this.#store.dispatch(action),
      goTo: (place) => void this.#goTo(place, true),
      show: (place) => void this.#goTo(place, false),
      explain: (rule) => this.#runner.explain(rule, this.#language),
      copy: (text) => void this.#copy(text),
    };
  }

  async #copy(text: string): Promise<void> {
    if (!(await copyText(text, this.renderRoot))) return;
    this.#store.dispatch({ type: "noticed", notice: "copied" });
    setTimeout(() => {
      if (this.#store.state.notice === "copied") this.#store.dispatch({ type: "noticed", notice: null });
    }, 2500);
  }

  protected override render(): TemplateResult {
    const ui = this.#ui();
    const { t } = ui;
    const { panel } = ui.state;
    const setTheme = (theme: LoopScope["theme"]): void => void (this.theme = theme);
    const setLanguage = (language: string): void => void (this.lang = language);
    return html`
      ${barView(ui, {
        run: () => this.#runner.run(),
        stop: () => this.#runner.stop(),
        retry: () => void this.#runner.open(),
        live: this.live,
        setLive: (live) => {
          this.live = live;
          if (live) this.#runner.run();
        },
        theme: this.theme,
        setTheme,
        examples: this.#examples,
        wantExamples: () => void (this.#examples.length === 0 && this.#wantExamples()),
        openExample: (id) => this.#openExample(id),
      })}
      <main
        class="panes"
        lang=${this.#language}
        ${styled({ "--columns": `${this.#columns}%`, "--rows": `${this.#rows}%` })}
      >
        ${this.#tabs(ui)}
        <section class="pane code" id="code" aria-label=${t.code} data-panel="code" ?data-current=${panel === "code"}>
          <div class="head">
            ${filesView(ui, { path: this.#renaming, set: (path) => this.#rename(path) })}<span class="gap"></span>
          </div>
          ${noticeView(ui, () => this.#runner.close())}
          <div class="editor"></div>
        </section>
        ${splitter("columns", t.resizeColumns, this.#columns, (value) => this.#resize(value, this.#rows))}
        <div class="side">${this.#findingsPane(ui)}${this.#outputPane(ui)}</div>
        ${splitter("rows", t.resizeRows, this.#rows, (value) => this.#resize(this.#columns, value))}
        ${this.#timelinePane(ui)}
      </main>
      <div role="status" aria-live="polite" class="visually-hidden">${this.#said}</div>
      ${dialogView(ui, { theme: this.theme, setTheme, setLanguage, reset: () => this.#reset() }, this.#share)}
    `;
  }

  #findingsPane(ui: Ui): TemplateResult {
    const { t, state } = ui;
    const count = state.results?.diagnostics.length ?? 0;
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
        ${count > 0 ? html`<span class="note">${count}</span>` : nothing}
      </div>
      <div class="body" tabindex=${count > 0 ? nothing : 0}>${findingsView(ui)}</div>
    </section>`;
  }

  #outputPane(ui: Ui): TemplateResult {
    const { t, state } = ui;
    const lines = state.results?.lines ?? [];
    const more = (): void => {
      this.#earlier += 1;
      this.requestUpdate();
    };
    return html`<section
      class="pane"
      id="output"
      aria-label=${t.output}
      data-panel="output"
      ?data-current=${state.panel === "output"}
    >
      <div class="head">
        <h2>${t.output}</h2>
        <span class="note">${t.virtualTime}, s</span><span class="gap"></span>
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
      <div class="body" tabindex="0">${outputView(ui, this.#earlier, more)}</div>
    </section>`;
  }

  #timelinePane(ui: Ui): TemplateResult {
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
        ${this.#timeline?.tools(ui) ?? nothing}
      </div>
      <div class="with-inspector">
        ${this.#timeline?.render(ui) ?? html`<span></span>`}
        <div class="inspector">
          <h3>${t.tasks}</h3>
          ${tasksView(ui)}
        </div>
      </div>
    </section>`;
  }

  #tabs(ui: Ui): TemplateResult {
    const { t, state } = ui;
    const key = (event: KeyboardEvent): void => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      const next = PANELS[(PANELS.indexOf(state.panel) + by + PANELS.length) % PANELS.length] ?? "code";
      ui.dispatch({ type: "panelChosen", panel: next });
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus());
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
            ${t[panel]}${panel === "findings" && count > 0 ? ` (${count})` : ""}
          </button>`,
      )}
    </div>`;
  }

  #rename(path: string | null): void {
    this.#renaming = path;
    this.requestUpdate();
  }

  #resize(columns: number, rows: number): void {
    this.#columns = columns;
    this.#rows = rows;
    this.requestUpdate();
  }

  #reset(): void {
    this.#memory?.forget();
    this.#open(this.#welcome());
    this.#runner.run();
  }
}

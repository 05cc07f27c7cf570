/**
 * `<loop-scope>`: the whole playground as a custom element.
 *
 * Attributes are the truth: `theme` (auto, light, dark), `lang`, `live` (run again when typing pauses), `mode` (edit or
 * read), and `page`, with which the element is the page: it then reads and writes the address, remembers the text in
 * this browser, and hears keys wherever they are pressed. Without `page`, the element's own text is its program.
 */
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { barView } from "./bar.ts";
import { Editor, type OpenProgram } from "./editor/editor.ts";
import { Announcer } from "./announcer.ts";
import { filesView, revealTab } from "./editor/files.ts";
import { setupLines } from "./editor/hidden.ts";
import { nameFaultView, Renaming } from "./editor/renaming.ts";
import type { Example } from "./examples.ts";
import { marked } from "./findings/crash.ts";
import { titleOf } from "./findings/finding.ts";
import { Walk } from "./findings/walk.ts";
import type { Fix } from "./generated/schema.ts";
import { type Language, languages, type Messages, messages, preferredLanguage } from "./i18n/index.ts";
import { keyAction } from "./keys.ts";
import { Follower } from "./output/follow.ts";
import { noticeView } from "./notice.ts";
import { keepingFocus } from "./focus.ts";
import { findingsPane, outputPane, tabs, tasksPane, timelinePane } from "./panes.ts";
import { Patience } from "./patience.ts";
import { Runner } from "./runner.ts";
import { dialogView } from "./settings/dialogs.ts";
import { Prediction } from "./settings/prediction.ts";
import type { ShareTexts, Unshared } from "./settings/sharing.ts";
import type { Format } from "./share/downloads.ts";
import { acceptFiles, takeFiles } from "./share/dropped.ts";
import { PageMemory } from "./share/memory.ts";
import { copyText, shareTexts } from "./share/texts.ts";
import { Visit } from "./share/visit.ts";
import { type Shares, splitter } from "./splitter.ts";
import { styled } from "./styled.ts";
import {
  type Action,
  DEFAULT_OPTIONS,
  initialState,
  type Program,
  type Said,
  singleFile,
  type State,
  Store,
  undoable,
} from "./store.ts";
import { styles } from "./styles/index.ts";
import { TimelinePane } from "./timeline/pane.ts";
import { Talk, type TalkStep } from "./talk.ts";
import type { Ui } from "./ui.ts";
import { welcomeProgram } from "./welcome.ts";

export class LoopScope extends LitElement {
  static override readonly styles = styles;
  static override readonly properties = {
    theme: { reflect: true },
    lang: { reflect: true },
    live: { type: Boolean, reflect: true },
    mode: { reflect: true },
    page: { type: Boolean, reflect: true },
    talk: { type: Boolean, reflect: true },
    shares: { attribute: false },
  };

  declare theme: "auto" | "light" | "dark";
  declare lang: string;
  declare live: boolean;
  declare mode: "edit" | "read";
  declare page: boolean;
  declare talk: boolean;
  declare shares: Shares;

  hiddenLines = 0;

  readonly #store = new Store(initialState(singleFile(""), DEFAULT_OPTIONS));
  readonly #runner = new Runner(this.#store);
  #editor: Editor | null = null;
  #timeline: TimelinePane | null = null;
  #memory: PageMemory | null = null;
  #visit: Visit | null = null;
  #earlierPrograms: readonly Program[] = [];
  #examples: readonly Example[] = [];
  #wanted = "";
  readonly #prediction = new Prediction(this.#runner, () => this.requestUpdate());
  readonly #talk = new Talk(this);
  readonly #screen = {
    store: this.#store,
    find: (selector: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(selector),
    shown: (): Promise<unknown> => this.updateComplete,
    changed: (): void => this.requestUpdate(),
  };
  readonly #renaming = new Renaming(this.#screen);
  readonly #walk = new Walk({
    ...this.#screen,
    editor: () => this.#editor,
    language: () => this.#language,
    say: (text) => (this.#announcer.said = text),
  });
  #share: ShareTexts | Unshared | null = null;
  #earlier = 0;
  readonly #announcer = new Announcer();
  #revealTask = false;
  readonly #patience = new Patience();
  readonly #follower = new Follower();
  /** Settles when there is a program to show. */
  #opening: Promise<void> | null = null;
  #release: (() => void)[] = [];

  constructor() {
    super();
    this.theme = "auto";
    this.mode = "edit";
    this.live = false;
    this.page = false;
    this.talk = false;
    this.shares = { columns: 54, rows: 40 };
    this.#store.subscribe((state, before, action) => this.#changed(state, before, action));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const listen = (target: EventTarget, type: string, act: (event: never) => void, capture = false): void => {
      target.addEventListener(type, act as EventListener, capture);
      this.#release.push(() => target.removeEventListener(type, act as EventListener, capture));
    };
    listen(this, "keydown", (event: KeyboardEvent) => this.#key(event));
    listen(document, "keydown", (event: KeyboardEvent) => {
      // A talk has the screen, and with it the keys that nothing else has.
      if (this.page || (this.talk && event.target === document.body)) this.#key(event);
    });
    listen(this, "keydown", (event: KeyboardEvent) => this.#clicker(event), true);
    listen(this, "fullscreenchange", () => this.#talk.screenChanged());
    listen(this, "dragover", (event: DragEvent) => acceptFiles(event));
    listen(this, "drop", (event: DragEvent) => this.#dropped(event));
    listen(window, "resize", () => {
      this.#talk.fit();
      this.requestUpdate();
    });
    listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.requestUpdate());
    // What is printed is drawn before the sheet is taken, and not with the next frame.
    listen(matchMedia("print"), "change", () => this.#timeline?.draw());
    if (this.page) {
      const memory = (this.#memory ??= new PageMemory(this.#store));
      const open = this.#open.bind(this);
      const parts = { store: this.#store, runner: this.#runner, memory, open };
      this.#visit ??= new Visit({ ...parts, runsByItself: () => this.#runsByItself });
      listen(window, "hashchange", ({ oldURL }: HashChangeEvent) => this.#visit?.turned(oldURL));
      listen(window, "pagehide", () => this.#memory?.saveNow());
    }
    this.#opening ??= this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#timeline?.player.stop();
    // What is moved within its page is there again at once, and goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#runner.stop();
    });
    this.#release.splice(0).forEach((release) => release());
  }

  #dropped(event: DragEvent): void {
    const files = acceptFiles(event);
    if (files) this.#take(files);
  }

  #take(files: readonly File[]): void {
    if (!this.#readOnly) void takeFiles(files, this.#store, (program) => this.#openOwn(program));
  }

  get #readOnly(): boolean {
    return this.mode === "read";
  }

  get #language(): Language {
    return this.lang in languages ? (this.lang as Language) : preferredLanguage();
  }

  async #begin(): Promise<void> {
    void this.#runner.open();
    if (!this.page) {
      this.#open(this.firstProgram());
      if (this.live) this.#runner.run();
      return;
    }
    Object.assign(this, this.#memory?.preferences());
    await this.#visit?.begin();
  }

  protected firstProgram(): Program {
    return { workspace: singleFile(this.textContent.replace(/^\n/, "")), options: DEFAULT_OPTIONS, example: null };
  }

  /** The address that links lead to; `null` where there is none. */
  protected get home(): string | null {
    return location.href.replace(/#.*$/, "");
  }

  /** Set-up is out of sight in the program that has it, and not in an example that takes its place. */
  get #openProgram(): OpenProgram {
    const { workspace, active } = this.#store.state;
    const hiddenLines = setupLines(workspace, this.firstProgram().workspace, this.hiddenLines);
    return { files: workspace.files, active, hiddenLines };
  }

  protected get timeline(): TimelinePane | null {
    return this.#timeline;
  }

  get store(): Store {
    return this.#store;
  }

  protected get runner(): Runner {
    return this.#runner;
  }

  #open(program: Program, notice: Said | null = null, typed = false): void {
    this.#runner.close();
    this.#store.dispatch({ type: "opened", program, notice, typed });
  }

  /** One that the reader has, and that did not come with the address. */
  #openOwn(program: Program): void {
    this.#memory?.dropLink();
    this.#open(program, null, true);
  }

  async #wantExamples(): Promise<void> {
    const { examples } = await import("./examples.ts");
    this.#examples = examples(this.#language);
    this.requestUpdate();
  }

  /** A talk has no surprises. */
  get #runsByItself(): boolean {
    return this.live && !this.talk;
  }

  /** What is open, in the words of the gallery. */
  #title(t: Messages): string | null {
    const { example, typed } = this.#store.state;
    if (example === null || typed) return null;
    return example === "welcome" ? t.welcome : (this.#examples.find((one) => one.id === example)?.title ?? null);
  }

  async #save(format: Format): Promise<void> {
    const { save } = await import("./share/downloads.ts");
    if (this.#timeline) await save(format, this.#ui(), this.#runner, this.#timeline);
  }

  #openExample(id: string, predict = false): void {
    const example = this.#examples.find((one) => one.id === id);
    const program = example
      ? { workspace: example.workspace, options: { ...DEFAULT_OPTIONS, ...example.options }, example: id }
      : welcomeProgram();
    this.#memory?.dropLink();
    this.#open(program);
    if (predict) this.#store.dispatch({ type: "dialogToggled", dialog: "predict" });
    else if (!this.talk) this.#runner.run();
  }

  /** Everything that a change of the state sets in motion outside of it. */
  #changed(state: State, before: State, action: Action): void {
    const programChanged = state.workspace !== before.workspace || state.options !== before.options;
    if (state.revision !== before.revision) {
      this.#memory?.opened(before);
      this.#renaming.end();
      this.#editor?.open(this.#openProgram);
      this.#timeline?.reset();
      this.#earlier = 0;
    } else if (programChanged) {
      this.#runner.changed(this.#runsByItself);
      if (state.typed) this.#memory?.dropLink();
      this.#memory?.changed();
    }
    if (state.active !== before.active || state.workspace.files.length !== before.workspace.files.length) {
      this.#editor?.show(state.workspace.files, state.active);
      void this.updateComplete.then(() => revealTab(this.renderRoot));
    }
    if (
      state.results?.diagnostics !== before.results?.diagnostics ||
      state.results?.crash !== before.results?.crash ||
      state.active !== before.active ||
      state.revision !== before.revision
    ) {
      this.#markFindings();
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
    const look = (): void => {
      if (state.instant !== before.instant || state.results !== before.results || state.active !== before.active)
        this.#runner.refresh(() => this.#showMoment());
      if (state.run !== before.run || state.results?.stale !== before.results?.stale) this.#showMoment();
    };
    const stopped = action.type === "runEnded" && action.outcome === "stopped";
    if (stopped) void this.#patience.beBrief().then(look);
    else look();
    if (state.dialog === "share" && before.dialog !== "share") void this.#makeShare();
    if (state.dialog === "examples" && before.dialog !== "examples") {
      this.#earlierPrograms = this.#memory?.earlier() ?? [];
      if (this.#examples.length === 0) void this.#wantExamples();
    }
    if (state.dialog === "predict" && before.dialog !== "predict") void this.#prediction.begin();
    if (state.dialog !== "predict" && before.dialog === "predict") this.#prediction.stop();
    this.#announcer.hear(state, before, action, this.#language);
    if (action.type === "runUpdated" || action.type === "instantChosen") this.#patience.allow();
    else this.#patience.end();
    this.requestUpdate();
  }

  #markFindings(): void {
    this.#editor?.setFindings(marked(this.#store.state.results, messages(this.#language).uncaught));
  }

  /** The inspector, and the lines that the tasks stand at, follow the playhead. */
  #showMoment(): void {
    const { state } = this.#store;
    const over = state.run === "ended" || state.instant !== null;
    this.#editor?.setStanding(over && !state.results?.stale ? (this.#runner.moment?.tasks ?? []) : []);
    this.#patience.allow();
    this.requestUpdate();
  }

  async #makeShare(): Promise<void> {
    this.#share = null;
    this.#share = await shareTexts(this.#store.state, this.home);
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const { dialog } = this.#store.state;
    const act = keyAction(event, {
      talking: this.talk,
      dialog: dialog !== null,
      editing: this.#editor?.hasFocus === true,
      run: () => this.#runner.run(),
      stop: () => this.#runner.stop(),
      help: () => this.#store.dispatch({ type: "dialogToggled", dialog: "help" }),
      talk: (step) => this.#talkStep(step),
      nextFinding: (by) => this.#walk.next(by),
      firstFix: () => this.#fix(this.#walk.firstFix()),
      focusFindings: () => this.#walk.focusList(),
      timeline: (pressed) => this.#timeline?.keyAction(pressed),
    });
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The speaker's clicker comes before what the same keys do in the editor and on the timeline. */
  #clicker(event: KeyboardEvent): void {
    if (!this.talk || !/^Page(Up|Down)$/.test(event.key)) return;
    this.#key(event);
    if (event.defaultPrevented) event.stopPropagation();
  }

  /** Nothing runs before the speaker says so; after the run each step is a finding, from the first to the last. */
  #talkStep(step: TalkStep): void {
    const { run, results, finding } = this.#store.state;
    const list = results?.diagnostics ?? [];
    if (step === "toggle") {
      this.#timeline?.player.stop();
      this.#talk.toggle();
    } else if (step === "forward" && (run === "none" || results?.stale === true)) {
      this.#runner.run();
    } else if (step === "back" && list[0]?.id === finding) {
      this.#store.dispatch({ type: "findingChosen", id: null });
      this.#timeline?.player.toStart();
    } else if (step === "back" ? finding !== null : list.at(-1)?.id !== finding) {
      this.#walk.next(step === "forward" ? 1 : -1, false);
    }
  }

  #fix(fix: Fix | undefined): void {
    const { state } = this.#store;
    if (!fix || this.#readOnly || state.run === "running" || state.results?.stale !== false) return;
    this.#store.dispatch({ type: "fixApplied", fix });
    this.#editor?.replace(this.#store.state.workspace.files);
    this.#announcer.said = messages(this.#language).announceFix(titleOf(fix, this.#language));
    this.#runner.run();
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#patience.wait();
    if (!this.hasUpdated) await this.#opening;
    await super.scheduleUpdate();
  }

  /** The editor is made for the program that is shown first, and before the rest of the page is there to be laid out. */
  protected override willUpdate(): void {
    if (this.#editor) return;
    const root = this.renderRoot as ShadowRoot;
    this.#timeline = new TimelinePane(root, () => this.requestUpdate());
    this.#editor = new Editor(root, this.#openProgram, {
      edited: (path, text) => this.#store.dispatch({ type: "edited", path, text }),
      run: () => this.#runner.run(),
      fix: (fix) => this.#fix(fix),
      moved: (line) => this.#walk.caretMoved(line),
    });
    this.#markFindings();
  }

  protected override update(changes: PropertyValues): void {
    keepingFocus(this.renderRoot as ShadowRoot, "#findings", () => super.update(changes));
  }

  protected override updated(changes: PropertyValues): void {
    this.#editor?.describe(messages(this.#language).source, this.#readOnly, this.#language);
    if (changes.has("lang") || changes.has("mode")) this.#markFindings();
    if (!this.#patience.brief) {
      this.#timeline?.draw();
      this.#follower.follow(this.renderRoot.querySelector("#output .body"), this.#store.state);
    }
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    if (this.#revealTask) {
      this.#revealTask = false;
      this.renderRoot.querySelector(".task[data-chosen]")?.scrollIntoView({ block: "nearest" });
    }
    // Said again, the same language would have the browser work out the style of the whole page anew.
    if (this.page && document.documentElement.lang !== this.#language) document.documentElement.lang = this.#language;
    if (changes.has("talk")) this.#talk.fit();
    if (changes.has("lang") && this.#examples.length > 0) void this.#wantExamples();
    if (["theme", "lang", "live", "shares"].some((name) => changes.has(name))) {
      const { theme, lang, live, shares } = this;
      this.#memory?.savePreferences({ theme, lang, live, shares });
    }
  }

  #ui(): Ui {
    return {
      state: this.#store.state,
      t: messages(this.#language),
      language: this.#language,
      readOnly: this.#readOnly,
      dispatch: (action) => this.#store.dispatch(action),
      goTo: (place) => void this.#walk.goTo(place, true),
      show: (place) => void this.#walk.goTo(place, false),
      explain: (rule) => this.#runner.explain(rule, this.#language),
      copy: (text) => void this.#copy(text),
      take: (files) => this.#take(files),
      run: () => this.#runner.run(),
      fix: (fix) => this.#fix(fix),
      explore: () => this.#runner.explore(),
      vary: (variation) => this.#runner.vary(variation),
      nextFinding: (by) => this.#walk.next(by, false),
      toFindings: () => this.#walk.focusList(),
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
    const setTheme = (theme: LoopScope["theme"]): void => void (this.theme = theme);
    const setLanguage = (language: string): void => void (this.lang = language);
    return html`
      ${barView(ui, {
        run: () => this.#runner.run(),
        stop: () => {
          this.#runner.stop();
          this.#focusSoon(".primary");
        },
        retry: () => void this.#runner.open(),
        live: this.live,
        setLive: (live) => {
          this.live = live;
          if (live) this.#runner.run();
        },
        theme: this.theme,
        setTheme,
        talking: this.talk,
        toggleTalk: () => this.#talkStep("toggle"),
        title: this.#title(t),
      })}
      ${guard([this.#patience.whole], () => this.#panes(ui))}
      <div role="status" aria-live="polite" class="visually-hidden">${this.#announcer.said}</div>
      ${dialogView(ui, {
        preferences: {
          theme: this.theme,
          setTheme,
          setLanguage,
          reset: () => this.#reset(),
          resets: this.page ? t.resetHint : t.resetHere,
        },
        share: this.#share,
        save: (format) => void this.#save(format),
        gallery: {
          examples: this.#examples,
          wanted: this.#wanted,
          search: (wanted) => {
            this.#wanted = wanted;
            this.requestUpdate();
          },
          open: (id) => this.#openExample(id),
          predict: (id) => this.#openExample(id, true),
          earlier: this.#earlierPrograms,
          take: (program) => this.#openOwn(program),
        },
        predicting: {
          guess: this.#prediction.guess,
          set: (guess) => this.#prediction.set(guess),
          check: () => this.#prediction.check(),
          show: () => {
            this.#store.dispatch({ type: "dialogToggled", dialog: null });
            this.#runner.run();
          },
        },
      })}
    `;
  }

  #panes(ui: Ui): TemplateResult {
    const { t } = ui;
    const { panel } = ui.state;
    const { columns, rows } = this.shares;
    return html`<main
      class="panes"
      lang=${this.#language}
      ${styled({ "--columns": `${columns}%`, "--rows": `${rows}%` })}
    >
      ${tabs(ui, (next) => this.#focusSoon(`[data-tab="${next}"]`))}
      <section class="pane code" id="code" aria-label=${t.code} data-panel="code" ?data-current=${panel === "code"}>
        <div class="head">${filesView(ui, this.#renaming)}<span class="gap"></span></div>
        ${nameFaultView(ui, this.#renaming)} ${noticeView(ui, (undo) => this.#leaveNotice(undo))}
        <div class="editor">${this.#editor?.element}</div>
      </section>
      ${splitter("columns", t.resizeColumns, columns, (value) => (this.shares = { columns: value, rows }))}
      <div class="side">
        ${findingsPane(ui)}${outputPane(ui, this.#earlier, () => this.#showEarlier(), this.#follower.scrolled)}
      </div>
      ${splitter("rows", t.resizeRows, rows, (value) => (this.shares = { columns, rows: value }))}
      <div class="lower">
        ${timelinePane(ui, this.#timeline)}${tasksPane(ui, this.#runner, this.#timeline?.player.playing === true)}
      </div>
    </main>`;
  }

  #showEarlier(): void {
    this.#earlier += 1;
    this.requestUpdate();
  }

  /** What had the focus is gone or will be. */
  #focusSoon(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  #leaveNotice(undo: boolean): void {
    this.#editor?.focus();
    if (!undo) {
      this.#store.dispatch({ type: "noticed", notice: null });
      return;
    }
    if (undoable(this.#store.state) === "removal") {
      this.#store.dispatch({ type: "fileRestored" });
      return;
    }
    this.#runner.close();
    this.#memory?.dropLink();
    this.#store.dispatch({ type: "previousRestored" });
  }

  /** A page begins anew; within somebody's page the program is theirs. */
  #reset(): void {
    this.#memory?.forget();
    this.#open(this.page ? welcomeProgram() : this.firstProgram());
    if (this.page && !this.talk) this.#runner.run();
  }
}

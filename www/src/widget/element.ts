/**
 * `<loop-scope>` in somebody's page: the program as text, readable without any script, until the reader wants to run it.
 * Only then are the playground and its engine loaded, once for the page.
 */
import { hostLanguage, hostWords } from "../host/words.ts";
import { bytes, type Language } from "../i18n/index.ts";
import type { Diagnostic, Options, Outcome, Workspace } from "../generated/schema.ts";
import type { Playground } from "./playground.ts";
import { programText } from "./program-text.ts";
import { loadScript, shared } from "./scripts.ts";
import { shellStyle } from "./shell-style.ts";
import { hostTheme, watchHostTheme } from "./theme.ts";

/** Bytes of the scripts that are loaded on demand, written in by the build. */
declare const DOWNLOAD_BYTES: number;

const INNER = "loop-scope-playground";
const DEFAULT_HEIGHT = 480;

export class LoopScopeElement extends HTMLElement {
  static readonly observedAttributes = ["mode", "height", "theme", "lang", "seed", "live", "moment", "panels"];
  /** Where the widget's other scripts are. */
  static base = "";

  readonly #root: ShadowRoot;
  #inner: Playground | null = null;
  #loading: Promise<Playground> | null = null;
  #release: (() => void)[] = [];

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [shellStyle()];
  }

  connectedCallback(): void {
    this.#release.push(watchHostTheme(() => this.#dress()));
    if (!this.#loading) this.#showText();
    this.#dress();
    if (this.getAttribute("load") === "visible") this.#loadWhenSeen();
  }

  disconnectedCallback(): void {
    this.#release.splice(0).forEach((release) => release());
  }

  attributeChangedCallback(name: string): void {
    this.#dress();
    if (name === "seed" && this.#inner) this.#inner.setSeed(this.#options().seed ?? 0);
  }

  /** Loads the playground, and shows it in the place of the text. */
  load(): Promise<void> {
    return this.#playground().then(() => undefined);
  }

  /** Runs the program, after loading what that takes. */
  async run(): Promise<void> {
    (await this.#playground()).run();
  }

  /** Ends a run at once. */
  stop(): void {
    this.#inner?.stop();
  }

  /** The program as it stands, with what the reader has changed. */
  get workspace(): Workspace {
    if (this.#inner) return this.#inner.workspace;
    const { text } = programText(this);
    return { entry: "main.py", files: [{ path: "main.py", text }], module: null, arguments: [], input: "", wheels: [] };
  }

  set workspace(workspace: Workspace) {
    void this.#playground().then((inner) => {
      inner.workspace = workspace;
    });
  }

  /** The findings of the last run; none before the first. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#inner?.diagnostics ?? [];
  }

  /** How the last run ended; `null` before that. */
  get outcome(): Outcome | null {
    return this.#inner?.outcome ?? null;
  }

  #playground(): Promise<Playground> {
    this.#loading ??= this.#open().catch((error: unknown) => {
      this.#loading = null;
      this.#failed(error instanceof Error ? error.message : String(error));
      throw error;
    });
    return this.#loading;
  }

  async #open(): Promise<Playground> {
    const { base } = LoopScopeElement;
    this.#busy();
    // The engine goes on arriving while the playground is already there.
    if (!shared().Playground) void loadScript(`${base}loopscope-engine.js`).catch(() => undefined);
    await loadScript(`${base}loopscope-playground.js`);
    const { Playground } = shared();
    if (!Playground) throw new Error(`${base}loopscope-playground.js is not the playground`);
    if (!customElements.get(INNER)) customElements.define(INNER, Playground);
    const inner = new Playground();
    const { text, hiddenLines } = programText(this);
    inner.begin(text, this.#options(), hiddenLines);
    this.#inner = inner;
    this.#dress();
    inner.live = this.hasAttribute("live");
    this.#root.replaceChildren(inner);
    await inner.updateComplete;
    return inner;
  }

  #options(): Partial<Options> {
    const seed = Number(this.getAttribute("seed") ?? NaN);
    return Number.isSafeInteger(seed) && seed >= 0 ? { seed } : {};
  }

  /** Carries the attributes over to what shows them. */
  #dress(): void {
    const theme = this.getAttribute("theme");
    const inner = this.#inner;
    // The text and the offer below it stand on the host's own ground.
    const shown = inner && (theme === "light" || theme === "dark") ? theme : hostTheme(this);
    if (this.dataset["shownTheme"] !== shown) this.dataset["shownTheme"] = shown;
    const height = this.getAttribute("height") ?? String(DEFAULT_HEIGHT);
    this.style.setProperty("--loop-scope-height", /^\d+$/.test(height) ? `${height}px` : height);
    if (!inner) return;
    inner.theme = shown;
    inner.lang = this.#language();
    inner.mode = this.getAttribute("mode") === "read" ? "read" : "edit";
    inner.panels = this.getAttribute("panels") ?? "";
    inner.live = this.hasAttribute("live");
    const moment = Number(this.getAttribute("moment") ?? NaN);
    inner.moment = Number.isFinite(moment) && moment >= 0 ? moment : null;
  }

  #loadWhenSeen(): void {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      this.load().catch(() => undefined);
    });
    observer.observe(this);
    this.#release.push(() => observer.disconnect());
  }

  /** The text, and below it the offer to run it, with what that costs. */
  #showText(): void {
    const words = hostWords(this.#language());
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.runHere;
    button.addEventListener("click", () => void this.run().catch(() => undefined));
    const note = document.createElement("small");
    note.textContent = words.download(bytes(DOWNLOAD_BYTES, this.#language()));
    const bar = document.createElement("div");
    bar.className = "offer";
    bar.append(button, note);
    this.#root.replaceChildren(document.createElement("slot"), bar);
  }

  #busy(): void {
    const button = this.#root.querySelector("button");
    const note = this.#root.querySelector("small");
    if (button) button.disabled = true;
    if (note) note.textContent = hostWords(this.#language()).loading;
  }

  #failed(message: string): void {
    this.#showText();
    const note = this.#root.querySelector("small");
    if (note) note.textContent = hostWords(this.#language()).notLoaded;
    this.dispatchEvent(new CustomEvent("loopscope-failed", { detail: message, bubbles: true, composed: true }));
  }

  #language(): Language {
    return hostLanguage(this.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang);
  }
}

/** Registers the element, once for a page, with the folder its other scripts are in. */
export function defineLoopScope(base: string): void {
  if (customElements.get("loop-scope")) return;
  LoopScopeElement.base = base;
  customElements.define("loop-scope", LoopScopeElement);
}

declare global {
  interface HTMLElementEventMap {
    "loopscope-failed": CustomEvent<string>;
  }
}

/** The playground inside a host's page: the element of the page, with a program it is given and doors for the host. */
import { css, type CSSResult, type PropertyValues } from "lit";
import type { Diagnostic, Options, Outcome, Workspace } from "../generated/schema.ts";
import { LoopScope } from "../loop-scope.ts";
import { DEFAULT_OPTIONS, type Panel, type Program, singleFile } from "../store.ts";
import type { EndDetail } from "./events.ts";
import { namedPanels, panelStyle } from "./panels.ts";

export class Playground extends LoopScope {
  static override readonly styles: CSSResult[] = [
    ...LoopScope.styles,
    panelStyle,
    css`
      :host {
        /* The wheel of somebody who reads the page is not held back here, nor the program turned out of sight by it. */
        --beyond: auto;
        --past-end: 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
      }
      :host(:fullscreen) {
        border: 0;
        border-radius: 0;
      }
    `,
  ];
  static override readonly properties = {
    ...LoopScope.properties,
    // A name that is none would hide everything.
    panels: { reflect: true, converter: { fromAttribute: namedPanels, toAttribute: namedPanels } },
  };

  /** Names of the panels to show, apart by spaces; all of them if none is named. */
  declare panels: string;

  /** The moment that the timeline turns to when a run is over, in seconds of virtual time. */
  moment: number | null = null;

  /** Where the playground has a page of its own; `null` within somebody else's page. */
  address: string | null = null;

  #program: Program = { workspace: singleFile(""), options: DEFAULT_OPTIONS, example: null };

  constructor() {
    super();
    this.panels = "";
    this.store.subscribe((state, before, action) => {
      if (action.type === "runStarted") this.#tell("loopscope-run", null);
      if (action.type === "runEnded") {
        const detail: EndDetail = { outcome: action.outcome, diagnostics: this.diagnostics };
        this.#tell("loopscope-end", detail);
        const { moment } = this;
        if (moment !== null) void this.updateComplete.then(() => this.timeline?.lookAt(moment * 1e9));
      }
      if (action.type === "edited" && state.workspace !== before.workspace)
        this.#tell("loopscope-change", state.workspace);
    });
  }

  /** To be given before the element is connected. */
  begin(text: string, options: Partial<Options>, hiddenLines: number): void {
    this.hiddenLines = hiddenLines;
    this.#program = { workspace: singleFile(text), options: { ...DEFAULT_OPTIONS, ...options }, example: null };
  }

  /** The same, with everything that a program can consist of. */
  beginWith(workspace: Workspace, options: Partial<Options>): void {
    this.#program = { workspace: whole(workspace), options: { ...DEFAULT_OPTIONS, ...options }, example: null };
  }

  protected override firstProgram(): Program {
    return this.#program;
  }

  protected override get home(): string | null {
    return this.address;
  }

  get workspace(): Workspace {
    return this.store.state.workspace;
  }

  set workspace(workspace: Workspace) {
    this.runner.close();
    const { options } = this.store.state;
    const program: Program = { workspace: whole(workspace), options, example: null };
    this.store.dispatch({ type: "opened", program });
    // The host knows what it has done.
    this.store.dispatch({ type: "noticed", notice: null });
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.store.state.results?.diagnostics ?? [];
  }

  get outcome(): Outcome | null {
    return this.store.state.results?.outcome ?? null;
  }

  run(): void {
    this.runner.run();
  }

  stop(): void {
    this.runner.stop();
  }

  setSeed(seed: number): void {
    this.store.dispatch({ type: "optionsChanged", options: { seed } });
  }

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    // On a narrow page only one panel is seen at a time: it must be one of those that are wanted.
    const [first, ...others] = namedPanels(this.panels).split(" ") as [Panel | "", ...Panel[]];
    const { panel } = this.store.state;
    if (first && first !== panel && !others.includes(panel)) this.store.dispatch({ type: "panelChosen", panel: first });
  }

  /** Events leave the widget's shadow root as well: the host listens on its own element. */
  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** A host's page may be older than what a workspace holds by now. */
const whole = (workspace: Workspace): Workspace => ({ ...singleFile(""), ...workspace });

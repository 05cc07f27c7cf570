import type { Begun } from "./begun.ts";
import { Backend, begin, type Rehearsal } from "./engine.ts";
import { pageOf } from "./findings/markdown.ts";
import type { Exploring } from "./explore.ts";
import type { Event, Moment, Options, Outcome, Workspace } from "./generated/schema.ts";
import type { Update } from "./session.ts";
import type { Store, Varied } from "./store.ts";

/** Typing has paused when nothing was typed for so many milliseconds. */
const PAUSE = 300;

/** Milliseconds after which a run that says nothing takes the place of the one before. Short runs come with their news. */
const SILENCE = 600;

/** Milliseconds between two looks at the playhead's moment: as it moves, and while a run goes on. */
const LOOK = 40;
const LIVE_LOOK = 250;

/** Carries what the reader asks for to the engine, and what it reports to the store. */
export class Runner {
  readonly #store: Store;
  #backend: Backend | null = null;
  #current: { stop: () => void } | null = null;
  /** The run that was asked for before the engine was there, and may be under way. */
  #begun: Begun | null = null;
  #exploring: Exploring | null = null;
  /** Counts runs, so that late news of one that was given up is told from the current one's. */
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #again = false;
  /** Whether the next look is one of those while a run goes on. */
  #live = false;
  #moment: { at: string; value: Moment | null } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Settles once the engine is there, or cannot be had. */
  ready: Promise<void> = Promise.resolve();

  /** Loads the engine, or waits for the one another playground of the page has begun to load. */
  open(): Promise<void> {
    return (this.ready = this.#load());
  }

  async #load(): Promise<void> {
    this.#store.dispatch({ type: "engineChanged", engine: { phase: "loading", loaded: 0, total: null } });
    try {
      this.#backend = await Backend.open((loaded, total) => {
        if (this.#backend) return;
        this.#store.dispatch({ type: "engineChanged", engine: { phase: "loading", loaded, total } });
      });
      this.#store.dispatch({ type: "engineChanged", engine: { phase: "ready" } });
      if (this.#store.state.run === "waiting") this.run();
      else this.predict();
    } catch (error) {
      this.#begun = null;
      this.#store.dispatch({ type: "engineChanged", engine: { phase: "failed", message: String(error) } });
    }
  }

  run(): void {
    clearTimeout(this.#timer);
    const { workspace, options, engine } = this.#store.state;
    const begun = this.#takeBegun(workspace, options);
    this.#abandon();
    if (!this.#backend) {
      if (engine.phase !== "failed") this.#begun = begun ?? begin(workspace, options);
      this.#store.dispatch({ type: "runRequested" });
      return;
    }
    const number = this.#number;
    const current = (): boolean => number === this.#number;
    this.#store.dispatch({ type: "runStarted" });
    setTimeout(() => {
      if (current()) this.#store.dispatch({ type: "runSilent" });
    }, SILENCE);
    const listener = {
      update: (update: Update): void => {
        if (current()) this.#store.dispatch({ type: "runUpdated", update });
      },
      awaits: (packages: readonly string[]): void => {
        if (current()) this.#store.dispatch({ type: "runAwaits", packages });
      },
      ended: (outcome: Outcome, exhausted = false): void => {
        if (!current()) return;
        this.#current = null;
        this.#store.dispatch({ type: "runEnded", outcome, exhausted });
      },
    };
    this.#current = this.#backend.run(workspace, options, listener, begun);
  }

  /** What is under way serves if it is the same program still. */
  #takeBegun(workspace: Workspace, options: Options): Begun | undefined {
    const begun = this.#begun;
    if (begun?.workspace !== workspace || begun.options !== options) return undefined;
    this.#begun = null;
    return begun;
  }

  /** Ends the run at once, whatever it is doing, and keeps what it has shown. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#endExploring();
    const { run } = this.#store.state;
    if (run !== "running" && run !== "waiting") return;
    this.#abandon();
    this.#store.dispatch({ type: "runEnded", outcome: "stopped" });
  }

  /** Another program has been opened: nothing more of the last one may arrive. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#looking);
    this.#looking = undefined;
    this.#moment = null;
    this.#abandon();
  }

  /** The program has changed: run it again when typing pauses, or at least say what its source suggests. */
  changed(live: boolean): void {
    clearTimeout(this.#timer);
    this.#endExploring();
    this.#timer = setTimeout(() => {
      if (live) this.run();
      else this.predict();
    }, PAUSE);
  }

  /** Tries the program that has just run under other schedules, out of sight. */
  explore(): void {
    const { run, results, workspace } = this.#store.state;
    if (run !== "ended" || !results || results.stale || this.#exploring || !this.#backend) return;
    this.#store.dispatch({ type: "exploreStarted" });
    const exploring = this.#backend.explore(workspace, (progress) => {
      this.#store.dispatch({ type: "exploreUpdated", progress });
    });
    this.#exploring = exploring;
    const over = (): void => {
      if (this.#exploring !== exploring) return;
      this.#exploring = null;
      this.#store.dispatch({ type: "exploreEnded" });
    };
    exploring.done.then(over, over);
  }

  /** Runs the program otherwise than as written, or as written again, and keeps the run before to compare. */
  vary(variation: Varied): void {
    this.#store.dispatch({ type: "varied", variation });
    this.run();
  }

  predict(): void {
    const { run, workspace } = this.#store.state;
    if (run === "none" && this.#backend) {
      this.#store.dispatch({ type: "predicted", diagnostics: this.#backend.predict(workspace) });
    }
  }

  /** The page of a rule, in Markdown; nothing before the engine is there. */
  explain(rule: string, language: string): string | null {
    return pageOf(this.#backend?.explain(rule), language);
  }

  /**
   * The run at the playhead, or as far as it has got, as it was looked at last. Looking costs, and the playhead moves
   * with every frame: `refresh` looks again, as often as eyes can follow.
   */
  get moment(): Moment | null {
    return this.#moment?.value ?? null;
  }

  /** Looks at the playhead's moment now, or soon if it has just been looked at. Tells when something new is there. */
  refresh(tell: () => void): void {
    const running = this.#store.state.run === "running";
    if (this.#looking !== undefined && (running || !this.#live)) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#looking);
    const before = this.moment;
    if (this.#look() !== before) tell();
    this.#live = running;
    const pause = running ? LIVE_LOOK : LOOK;
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.refresh(tell);
    }, pause);
  }

  /** Nothing while a new run has not yet said anything. */
  #look(): Moment | null {
    const { results, instant, fresh, run } = this.#store.state;
    if (!results || fresh || run === "none") {
      if (!fresh) this.#moment = null;
      return this.moment;
    }
    const { length } = results.instants;
    const count = Math.min(instant?.count ?? length, length);
    const time = instant?.time ?? results.now;
    const at = [this.#number, length, count, time].join();
    if (this.#moment?.at !== at) this.#moment = { at, value: this.#backend?.moment(count, time) ?? null };
    return this.#moment.value;
  }

  /** Runs the program without showing anything of it. */
  rehearse(): { done: Promise<Rehearsal>; stop: () => void } | null {
    const { workspace, options } = this.#store.state;
    return this.#backend?.rehearse(workspace, options) ?? null;
  }

  events(): Event[] {
    return this.#backend?.events() ?? [];
  }

  chrome(): unknown {
    return this.#backend?.chrome() ?? null;
  }

  #endExploring(): void {
    if (!this.#exploring) return;
    this.#exploring.stop();
    this.#exploring = null;
    this.#store.dispatch({ type: "exploreEnded" });
  }

  #abandon(): void {
    this.#endExploring();
    this.#number += 1;
    this.#current?.stop();
    this.#current = null;
    this.#begun?.stop();
    this.#begun = null;
  }
}

/**
 * One engine for a page, however many playgrounds it shows, and the gathering of what a run reports into updates that a
 * screen can follow.
 */
import { Begun } from "./begun.ts";
import { Engine, type RunEnd } from "./client.ts";
import type { Diagnostic, Event, Moment, Options, Outcome, Workspace } from "./generated/schema.ts";
import type { Progress as Explored } from "./generated/schema.ts";
import { Exploring } from "./explore.ts";
import { MOST_ROWS } from "./timeline/model.ts";
import { isExhausted } from "./outcome.ts";
import { Pieces } from "./pieces.ts";
import { request } from "./request.ts";
import { Session, type Update } from "./session.ts";
import { singleFile } from "./store.ts";
import { engineSource, type Progress } from "./source/source.ts";
import { AnalysisModule } from "./wasm.ts";

interface Parts {
  engine: Engine;
  analysis: Promise<WebAssembly.Module>;
}

const watching = new Set<Progress>();
let shared: Parts | null = null;

/** The page's one engine, which may still be on its way. A failure is forgotten, so that loading can be tried again. */
function parts(): Parts {
  if (shared) return shared;
  const { engine: engineParts, analysis } = engineSource()((loaded, total) => {
    for (const progress of watching) progress(loaded, total);
  });
  const opened: Parts = { engine: new Engine(engineParts), analysis };
  Promise.all([opened.engine.ready, analysis]).catch(() => {
    if (shared === opened) shared = null;
    opened.engine.close();
  });
  return (shared = opened);
}

/** Asks for a run before all is there that can show it, as {@link Backend.run} will. */
export function begin(workspace: Workspace, options: Options): Begun {
  return new Begun(parts().engine, workspace, options);
}

export interface Listener {
  update: (update: Update) => void;
  /** The run waits for packages that it imports; for none, once they are there. */
  awaits: (packages: readonly string[]) => void;
  /** `exhausted`: it was ended because the page has no memory for more of its trace. */
  ended: (outcome: Outcome, exhausted?: boolean) => void;
}

/** A run that was not looked at, at its end. */
export interface Rehearsal {
  update: Update;
  outcome: Outcome;
}

/** Updates come no closer than this, in milliseconds. */
const PACE = 40;
/**
 * The first comes after so many: a small run that is over by then is told whole, so that nothing flickers by, and nothing
 * is pushed out of its place by what comes a moment later. The first run of a page takes longer, since the browser has
 * only just begun to compile the engine, and nothing is shown yet that it would keep waiting.
 */
const GRACE = 80;
const FIRST_GRACE = 400;
/** Events of a batch that are read before the clock is looked at. */
const AT_ONCE = 256;
/** Events in one update: as many as the page takes in within so many milliseconds, and no fewer and no more than so many. */
const AIM = 14;
const [FEWEST, MOST] = [100, 2_500];
/** A trace of so few bytes is no work to speak of. */
const LITTLE = 200_000;

/** One playground's way to the engine. */
export class Backend {
  readonly #engine: Engine;
  readonly #module: WebAssembly.Module;
  #analysis: AnalysisModule;
  #session: Session | null = null;
  #ran = false;
  /** For questions beside the run; there once one has been asked. */
  #tools: AnalysisModule | null = null;

  /** Settles when both parts are there, or one cannot be had. */
  static async open(progress: Progress): Promise<Backend> {
    watching.add(progress);
    try {
      const { engine, analysis } = parts();
      const module = await Promise.race([analysis, engine.ready.then(() => analysis)]);
      const backend = new Backend(engine, module);
      await engine.ready;
      return backend;
    } finally {
      watching.delete(progress);
    }
  }

  private constructor(engine: Engine, module: WebAssembly.Module) {
    this.#engine = engine;
    this.#module = module;
    this.#analysis = new AnalysisModule(module);
  }

  /**
   * Whatever happens, the listener hears of the end once, unless the run was stopped before. The same run may have
   * {@link begin}.
   */
  run(workspace: Workspace, options: Options, listener: Listener, begun?: Begun): { stop: () => void } {
    const grace = this.#ran ? GRACE : FIRST_GRACE;
    if (!this.#ran) setTimeout(() => this.#warmUp(options));
    this.#ran = true;
    this.#session = null;
    try {
      const open = (): Session => (this.#session = new Session(this.#analysis, workspace, options));
      return new Watched(begun ?? new Begun(this.#engine, workspace, options), open, {
        grace,
        update: listener.update,
        awaits: listener.awaits,
        ended: listener.ended,
        broken: (error) => {
          // The analysis may be half-way through something: the next run gets another.
          this.#analysis = new AnalysisModule(this.#module);
          this.#session = null;
          const exhausted = isExhausted(error);
          listener.ended(exhausted ? { limit: { limit: "memory" } } : internal(error), exhausted);
        },
      });
    } catch (error) {
      this.#analysis = new AnalysisModule(this.#module);
      const timer = setTimeout(() => listener.ended(internal(error)));
      return { stop: () => clearTimeout(timer) };
    }
  }

  /**
   * What the end of every run and a first look at it ask of the analysis, asked of a run of nothing. The browser compiles
   * what answers it while the first program runs, when the page has nothing else to do, instead of when its end is
   * waited for.
   */
  #warmUp(options: Options): void {
    this.#ask((analysis) => {
      const session = new Session(analysis, singleFile(""), options);
      session.end({ kind: "stopped" });
      session.moment(1, 0);
    });
  }

  /** What the source alone suggests: nothing, while it cannot be read. */
  predict(workspace: Workspace): Diagnostic[] {
    const input = request({ workspace, options: {} });
    return this.#ask((analysis) => analysis.predict(input) as Diagnostic[]) ?? [];
  }

  /**
   * Runs beside whatever is shown, with an analysis of its own, and hands over every update at the end. For runs that
   * answer a question about the program rather than being looked at.
   */
  rehearse(workspace: Workspace, options: Options): { done: Promise<Rehearsal>; stop: () => void } {
    const session = new Session(new AnalysisModule(this.#module), workspace, options);
    const run = this.#engine.run(workspace, options, (batch) => {
      session.push(batch);
    });
    const done = run.done.then(({ end }) => {
      const update = session.end(end, MOST_ROWS);
      return { update, outcome: session.outcome ?? "stopped" };
    });
    return {
      done,
      stop: () => {
        run.stop();
      },
    };
  }

  /** Runs the program of the last run in other ways, and tells what only those show. */
  explore(workspace: Workspace, tell: (progress: Explored) => void): Exploring {
    return new Exploring(this.#engine, this.#analysis, workspace, tell);
  }

  /** The last run after so many of its events; nothing before it has begun. */
  moment(count: number, time: number): Moment | null {
    try {
      return this.#session?.moment(count, time) ?? null;
    } catch {
      return null;
    }
  }

  /** The trace of the last run. */
  events(): Event[] {
    return this.#session?.events() ?? [];
  }

  /** The same in Chrome's trace format. */
  chrome(): unknown {
    return this.#session?.chrome() ?? null;
  }

  explain(rule: string): unknown {
    return this.#ask((analysis) => analysis.explain(rule));
  }

  #ask<T>(question: (analysis: AnalysisModule) => T): T | null {
    try {
      this.#tools ??= new AnalysisModule(this.#module);
      return question(this.#tools);
    } catch {
      this.#tools = null;
      return null;
    }
  }
}

function internal(error: unknown): Outcome {
  const message = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
  return { internal: { message } };
}

interface Watcher extends Listener {
  /** Milliseconds before the first update. */
  grace: number;
  broken: (error: unknown) => void;
}

/** A run whose batches are gathered into updates. */
class Watched {
  readonly #session: Session;
  readonly #listener: Watcher;
  readonly #begun: Begun;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause: number;
  #told = false;
  /** Batches that have come and are still to be read, the first of them perhaps in part. */
  readonly #batches: Uint8Array[] = [];
  readonly #reading = new Pieces(() => this.#read());
  /** Bytes of the trace since all of it was last told. */
  #untold = 0;
  #most = 500;
  #ended: RunEnd | null = null;

  /** The engine has set out before the session is opened that hears of it. */
  constructor(begun: Begun, open: () => Session, listener: Watcher) {
    this.#listener = listener;
    this.#pause = listener.grace;
    this.#begun = begun;
    try {
      this.#session = open();
    } catch (error) {
      begun.stop();
      throw error;
    }
    begun.hear({
      batch: (bytes) => {
        if (this.#over) return;
        this.#batches.push(bytes);
        this.#untold += bytes.length;
        this.#reading.begin();
        if (this.#untold >= LITTLE) this.#hasten();
        this.#schedule();
      },
      packages: (names) => {
        this.#guarded(() => {
          listener.awaits(names);
        });
      },
    });
    begun.done.then(
      ({ end }) => {
        if (this.#over) return;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#ended = end;
        // What is left is told at once if it is little and has been read, and otherwise in pieces.
        if (this.#untold < LITTLE && this.#batches.length === 0) {
          this.#guarded(() => {
            this.#end(end);
          });
        } else {
          this.#schedule();
        }
      },
      (error: unknown) => {
        this.#break(error);
      },
    );
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#reading.stop();
    this.#begun.stop();
  }

  /** Reads a little of what has come, and says whether there is more. */
  #read(): boolean {
    const [batch] = this.#batches;
    if (!batch) return false;
    this.#guarded(() => {
      const read = this.#session.push(batch, AT_ONCE);
      if (read < batch.length) this.#batches[0] = batch.subarray(read);
      else this.#batches.shift();
    });
    return !this.#over && this.#batches.length > 0;
  }

  #report(): void {
    this.#timer = undefined;
    this.#told = true;
    const begun = performance.now();
    this.#guarded(() => {
      const update = this.#session.update(this.#most, MOST_ROWS);
      this.#listener.update(update);
      // A large run must leave the page time for other things, Stop above all.
      const took = performance.now() - begun;
      this.#pause = Math.max(PACE, 3 * took);
      const isWhole = update.events.length < this.#most && update.timeline.next >= update.timeline.total;
      if (!isWhole) this.#most = Math.max(FEWEST, Math.min(MOST, this.#most * Math.min(2, AIM / took)) | 0);
      if (!isWhole || this.#batches.length > 0) {
        this.#schedule();
        return;
      }
      this.#untold = 0;
      if (this.#ended) this.#end(this.#ended);
    });
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#report();
      },
      this.#ended ? 0 : this.#pause,
    );
  }

  /** A run that turns out to be large is told of before the first news of it would be due. */
  #hasten(): void {
    if (this.#told) return;
    this.#told = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pause = 0;
  }

  #end(end: RunEnd): void {
    this.#listener.update(this.#session.end(end, MOST_ROWS));
    this.#over = true;
    this.#listener.ended(this.#session.outcome ?? { internal: { message: "The trace has no end" } });
  }

  #guarded(act: () => void): void {
    if (this.#over) return;
    try {
      act();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    if (this.#over) return;
    this.stop();
    this.#listener.broken(error);
  }
}

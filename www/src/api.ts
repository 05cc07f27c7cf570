/**
 * The API for programs, the same in Node and in a browser: create it once, run workspaces, receive what happens as it
 * happens, and get trace, findings and outcome.
 */

import { Engine, type EngineParts, type RunOptions, type RunReport } from "./client.ts";
import type { Diagnostic, Event, Outcome, Severity, Timeline, Workspace } from "./generated/schema.ts";
import { isExhausted } from "./outcome.ts";
import { Session, type Update } from "./session.ts";
import { AnalysisModule } from "./wasm.ts";

export type * from "./generated/schema.ts";
export type { RunOptions } from "./client.ts";
import { request } from "./request.ts";
export type { Update } from "./session.ts";

/** A workspace of which only the files must be given: the entry is then the first of them. */
export type WorkspaceInput = Pick<Workspace, "files"> & Partial<Workspace>;

/** Everything about a run that is over. */
export interface RunResult {
  outcome: Outcome;
  stdout: string;
  stderr: string;
  /** Virtual seconds. */
  elapsed: number;
  /** The findings, in order. */
  diagnostics: Diagnostic[];
  /** The events of the trace, in order. */
  events: Event[];
  /** The trace as the engine wrote it: equal inputs give equal bytes, wherever they are run. */
  trace: Uint8Array;
  timeline: Timeline;
  /** The trace in Chrome's trace format, which Perfetto opens. */
  chromeTrace: unknown;
  /** Real milliseconds. */
  milliseconds: number;
}

/** What a rule is about. */
export interface RulePage {
  name: string;
  severity: Severity;
  /** The fault as a fragment, in English and in Russian. */
  fault: string;
  faultRu: string;
  /** The whole page, in Markdown. */
  page: string;
}

/** A run that was asked for. */
export interface ProgramRun {
  /**
   * Settles when the run is over, however it ended. Rejects if the listener throws, and with a `RangeError` if there is no
   * memory for all that the run reports.
   */
  readonly result: Promise<RunResult>;
  /** Ends it at once: the outcome is `stopped`, and what happened until then is kept. */
  stop(): void;
}

export class Loopscope {
  readonly #engine: Engine;
  readonly #analysis: WebAssembly.Module;
  #timeless: AnalysisModule | undefined;

  constructor(parts: EngineParts, analysis: WebAssembly.Module) {
    this.#engine = new Engine(parts);
    this.#analysis = analysis;
  }

  /**
   * Runs a program in an interpreter of its own, after those that were asked for before it. `listener` is told what is
   * new as it arrives. Throws a `TypeError` for what is no workspace, or cannot be handed over as JSON.
   */
  run(workspace: WorkspaceInput, options: RunOptions = {}, listener?: (update: Update) => void): ProgramRun {
    const complete = completed(workspace);
    const batches: Uint8Array[] = [];
    const broken: Error[] = [];
    // The engine begins in its worker while the analysis is made ready here: nothing arrives before this function returns.
    let session!: Session;
    const run = this.#engine.run(complete, options, (batch) => {
      if (broken.length > 0) return;
      try {
        batches.push(batch);
        session.push(batch);
        listener?.(session.update());
      } catch (error) {
        broken.push(brokenBy(error));
        run.stop();
      }
    });
    try {
      session = new Session(new AnalysisModule(this.#analysis), complete, options);
    } catch (error) {
      run.stop();
      throw error;
    }
    const result = run.done.then((report) => {
      const [error] = broken;
      if (error) throw error;
      listener?.(session.end(report.end));
      return resultOf(session, report, batches);
    });
    return {
      result,
      stop: () => {
        run.stop();
      },
    };
  }

  /** What the source alone shows, without running it. */
  predict(workspace: WorkspaceInput): Diagnostic[] {
    const input = request({ workspace: completed(workspace), options: {} });
    return this.#ask((analysis) => analysis.predict(input)) as Diagnostic[];
  }

  /** What a rule is about. Throws if there is no such rule. */
  explain(rule: string): RulePage {
    return this.#ask((analysis) => analysis.explain(rule)) as RulePage;
  }

  /** Ends the workers. Runs that have not ended are stopped. */
  close(): void {
    this.#engine.close();
  }

  /** An analysis that has failed may be half-way through something: the next question goes to another. */
  #ask(question: (analysis: AnalysisModule) => unknown): unknown {
    const analysis = this.#timeless ?? new AnalysisModule(this.#analysis);
    this.#timeless = undefined;
    const answer = question(analysis);
    this.#timeless = analysis;
    return answer;
  }
}

/** Whether it has the files that the types promise, of which whoever writes JavaScript hears nothing. */
function isWorkspace(given: unknown): boolean {
  const { files } = (given ?? {}) as { files?: unknown };
  const isFile = (file: unknown): boolean => {
    const { path, text } = (file ?? {}) as { path?: unknown; text?: unknown };
    return typeof path === "string" && typeof text === "string";
  };
  return Array.isArray(files) && files.every(isFile);
}

function completed(workspace: WorkspaceInput): Workspace {
  if (!isWorkspace(workspace)) {
    throw new TypeError("A workspace is an object with `files`, a list of { path, text }, both strings");
  }
  return {
    entry: workspace.files[0]?.path ?? "",
    module: null,
    arguments: [],
    input: "",
    wheels: [],
    ...workspace,
  };
}

/** Whoever asked for the run hears of it in its result, where there is nobody else to hear. */
function brokenBy(error: unknown): Error {
  if (isExhausted(error))
    return new RangeError("What the run reports is more than there is memory for", { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/** What is large is made when somebody asks for it: most do not, and it would take longer than the run. */
function resultOf(session: Session, { end, milliseconds }: RunReport, batches: Uint8Array[]): RunResult {
  const { outcome, stdout, stderr, time } = session.close(end);
  const made: Partial<Pick<RunResult, "events" | "trace" | "timeline" | "chromeTrace">> = {};
  return {
    outcome: outcome ?? { internal: { message: "The trace has no end" } },
    stdout,
    stderr,
    elapsed: time / 1e9,
    diagnostics: session.diagnostics(),
    milliseconds,
    get events() {
      return (made.events ??= session.events());
    },
    get trace() {
      return (made.trace ??= joined(batches));
    },
    get timeline() {
      return (made.timeline ??= session.timeline());
    },
    get chromeTrace() {
      return (made.chromeTrace ??= session.chrome());
    },
  };
}

function joined(batches: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(batches.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const batch of batches) {
    whole.set(batch, offset);
    offset += batch.length;
  }
  return whole;
}

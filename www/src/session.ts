/** One run as its reader sees it: the engine's batches go in, and what they amount to comes out. */

import type { RunEnd, RunOptions } from "./client.ts";
import type { Diagnostic, Event, Moment, Outcome, Timeline, Workspace } from "./generated/schema.ts";
import { encodeEnded } from "./outcome.ts";
import { request } from "./request.ts";
import { ALL, type AnalysisModule, type Told } from "./wasm.ts";

/** What is new since the last time. */
export interface Update {
  /** The events since then, in order. */
  events: Event[];
  /** All findings as they stand now: a live finding can be revised or withdrawn. The same array while nothing has changed. */
  diagnostics: Diagnostic[];
  /** The slices since then, and the lanes that have changed. */
  timeline: Timeline;
}

/** A run as a whole. */
export interface Overview {
  /** Of the last event, in virtual nanoseconds. */
  time: number;
  /** Absent while the trace has no end. */
  outcome: Outcome | null;
  stdout: string;
  stderr: string;
}

/** Takes an analysis for itself: opening another session on it ends this one. */
export class Session {
  readonly #analysis: AnalysisModule;
  #events = 0;
  #slices = 0;
  #version = 0;
  #time = 0;
  #outcome: Outcome | undefined;
  #told: Told | undefined;

  constructor(analysis: AnalysisModule, workspace: Workspace, options: RunOptions) {
    this.#analysis = analysis;
    analysis.open(request({ workspace, options }));
  }

  /** How the run ended; absent while it has not. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /**
   * Takes in a batch, or at most so many of its events, and returns how many bytes of it that were. Cheap: nothing is
   * worked out until somebody asks.
   */
  push(batch: Uint8Array, most = ALL): number {
    return this.#analysis.push(batch, most);
  }

  /**
   * What is new since the last update. Of the events and slices at most so many: what is left comes with the next. Of the
   * lanes only the first so many.
   */
  update(most = ALL, lanes = ALL): Update {
    const events = this.#newEvents(most);
    this.#told = this.#analysis.diagnosticsSince(this.#told);
    const diagnostics = this.#told.list as Diagnostic[];
    const timeline = this.#analysis.timeline(this.#slices, this.#version, most, lanes) as Timeline;
    this.#slices = timeline.next;
    this.#version = timeline.version;
    return { events, diagnostics, timeline };
  }

  /** The run is over: a run that could not end its trace itself gets its last event here. Returns what is new. */
  end(end: RunEnd, lanes = ALL): Update {
    const before = this.#newEvents();
    // A run that was stopped just as it ended has said so itself.
    const last = this.#outcome === undefined ? encodeEnded(this.#time, end) : undefined;
    if (last !== undefined) {
      this.#analysis.push(last);
    }
    const update = this.update(ALL, lanes);
    return { ...update, events: [...before, ...update.events] };
  }

  /** The run is over, as {@link end} has it, and nobody looks at each of its events. */
  close(end: RunEnd): Overview {
    const overview = this.#overview();
    const last = overview.outcome === null ? encodeEnded(overview.time, end) : undefined;
    if (last === undefined) return overview;
    this.#analysis.push(last);
    return this.#overview();
  }

  diagnostics(): Diagnostic[] {
    return this.#analysis.diagnostics() as Diagnostic[];
  }

  /** The timeline from its beginning. */
  timeline(): Timeline {
    return this.#analysis.timeline(0, 0, ALL, ALL) as Timeline;
  }

  /** The run after so many of its events. */
  moment(count: number, time: number): Moment {
    return this.#analysis.moment(count, time) as Moment;
  }

  /** The whole trace. */
  events(): Event[] {
    return this.#analysis.events(0, ALL) as Event[];
  }

  /** The whole trace in Chrome's trace format. */
  chrome(): unknown {
    return this.#analysis.chrome();
  }

  #overview(): Overview {
    return this.#analysis.overview() as Overview;
  }

  #newEvents(most = ALL): Event[] {
    const to = Math.min(this.#events + most, ALL);
    const events = this.#analysis.events(this.#events, to) as Event[];
    this.#events += events.length;
    const last = events.at(-1);
    if (last !== undefined) {
      this.#time = last.time;
      if ("ended" in last.kind) {
        this.#outcome = last.kind.ended.outcome;
      }
    }
    return events;
  }
}

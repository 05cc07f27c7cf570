import { type Instant, instantAt, type Instants, lastInstant, stepped, type Stride } from "./instants.ts";

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

export interface PlayerHost {
  instants: () => Instants | null;
  /** Where the playhead stands; `null` at the end. */
  instant: () => Instant | null;
  /** The times of the findings, rising. */
  findings: () => readonly number[];
  seek: (instant: Instant | null) => void;
  changed: () => void;
}

/** With less motion wanted, playing goes from turn to turn, as often as this many milliseconds. */
const CALM = 900;
/** Runs shorter or longer than these many virtual nanoseconds are played in ten seconds. */
const [SHORTEST, LONGEST] = [1e9, 60e9];
const FITTED = 10_000;

/** Virtual nanoseconds that pass in one real millisecond at a speed of one. */
export function pace(now: number): number {
  return now >= SHORTEST && now <= LONGEST ? 1e6 : Math.max(now, 1) / FITTED;
}

/** Moves the playhead: by itself, or a step at a time in both directions. */
export class Player {
  readonly #host: PlayerHost;
  speed = 1;
  #frame: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = 0;
  #time = 0;

  constructor(host: PlayerHost) {
    this.#host = host;
  }

  get playing(): boolean {
    return this.#frame !== undefined || this.#timer !== undefined;
  }

  toggle(): void {
    if (this.playing) this.stop();
    else this.#play();
  }

  stop(): void {
    if (!this.playing) return;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
    this.#frame = this.#timer = undefined;
    this.#host.changed();
  }

  step(stride: Stride, by: 1 | -1): void {
    const all = this.#host.instants();
    if (!all) return;
    this.stop();
    this.#host.seek(stepped(all, this.#host.instant() ?? lastInstant(all), stride, by));
  }

  toFinding(by: 1 | -1): void {
    const all = this.#host.instants();
    if (!all) return;
    this.stop();
    const instant = this.#host.instant();
    const now = instant?.time ?? (by > 0 ? -1 : Infinity);
    const times = this.#host.findings();
    const next = by > 0 ? times.find((time) => time > now) : times.findLast((time) => time < now);
    const time = next ?? (by > 0 ? times[0] : times.at(-1));
    if (time !== undefined) this.#host.seek(instantAt(all, time));
  }

  toStart(): void {
    this.stop();
    this.#host.seek({ count: 0, time: 0 });
  }

  toEnd(): void {
    this.stop();
    this.#host.seek(null);
  }

  #play(): void {
    const all = this.#host.instants();
    if (!all || all.length === 0) return;
    const end = lastInstant(all);
    const instant = this.#host.instant();
    // At the end there is nothing to play but all of it again.
    this.#time = instant && instant.count < end.count ? instant.time : 0;
    if (this.#time === 0) this.#host.seek({ count: 0, time: 0 });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#timer = setInterval(() => this.#turn(), CALM / Math.max(this.speed, 0.5));
    } else {
      this.#last = performance.now();
      this.#frame = requestAnimationFrame((now) => this.#advance(now));
    }
    this.#host.changed();
  }

  #turn(): void {
    const all = this.#host.instants();
    const instant = this.#host.instant();
    if (!all || !instant || instant.count >= all.length) this.stop();
    else this.#host.seek(stepped(all, instant, "turn", 1));
  }

  #advance(now: number): void {
    const all = this.#host.instants();
    if (!all) {
      this.stop();
      return;
    }
    const end = lastInstant(all);
    this.#time += (now - this.#last) * pace(end.time) * this.speed;
    this.#last = now;
    if (this.#time >= end.time) {
      this.stop();
      this.#host.seek(null);
      return;
    }
    this.#frame = requestAnimationFrame((next) => this.#advance(next));
    this.#host.seek(instantAt(all, this.#time));
  }
}

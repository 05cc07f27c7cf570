/** Predict mode's own run: out of sight, so that there is an order to ask for. */
import { withOutput } from "../output/lines.ts";
import type { Runner } from "../runner.ts";
import { type Guess, guessFrom } from "./predict.ts";

export class Prediction {
  readonly #runner: Runner;
  readonly #changed: () => void;
  #guess: Guess | null = null;
  #rehearsal: { stop: () => void } | null = null;

  constructor(runner: Runner, changed: () => void) {
    this.#runner = runner;
    this.#changed = changed;
  }

  /** Absent until the program has been run out of sight. */
  get guess(): Guess | null {
    return this.#guess;
  }

  set(guess: Guess | null): void {
    this.#guess = guess;
    this.#changed();
  }

  check(): void {
    if (this.#guess) this.set({ ...this.#guess, checked: true });
  }

  async begin(): Promise<void> {
    this.set(null);
    this.stop();
    await this.#runner.ready;
    const rehearsal = this.#runner.rehearse();
    this.#rehearsal = rehearsal;
    const found = await rehearsal?.done;
    if (found && rehearsal === this.#rehearsal) this.set(guessFrom(withOutput([], found.update.events)));
  }

  /** The engine is free again for what the reader runs. */
  stop(): void {
    const rehearsal = this.#rehearsal;
    this.#rehearsal = null;
    rehearsal?.stop();
  }
}

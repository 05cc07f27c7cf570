/** Work that would keep the page from hearing its reader, done in pieces: between two of them whatever was clicked comes first. */

/** Milliseconds of one piece: half of what is felt as a hitch, so that the page's drawing fits beside it. */
const PIECE = 12;

export class Pieces {
  readonly #step: () => boolean;
  /** A message is a task of its own without the delays that timers have, on a hidden page above all. */
  readonly #channel = new MessageChannel();
  #going = false;

  /** `step` does a little of the work, and says whether there is more. */
  constructor(step: () => boolean) {
    this.#step = step;
    this.#channel.port1.onmessage = () => this.#go();
  }

  /** There is work. It begins now, unless it is under way. */
  begin(): void {
    if (this.#going) return;
    this.#going = true;
    this.#go();
  }

  stop(): void {
    this.#going = false;
  }

  #go(): void {
    const until = performance.now() + PIECE;
    while (this.#going && performance.now() < until) this.#going = this.#step();
    if (this.#going) this.#channel.port2.postMessage(null);
  }
}

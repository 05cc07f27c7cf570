/**
 * What the reader does shows at once. News of a run, which may arrive faster than a screen can show them, wait for the next
 * frame, and are drawn together. That a run was stopped is seen before anything is drawn that follows from it.
 */
export class Patience {
  #patient = false;
  #hurry: (() => void) | null = null;
  #brief = false;
  #whole = {};

  /** What comes next may wait. */
  allow(): void {
    this.#patient = true;
  }

  /** What comes next may not, nor what waits already. */
  end(): void {
    this.#patient = false;
    this.#hurry?.();
  }

  async wait(): Promise<void> {
    if (!this.#patient) return;
    await new Promise<void>((resolve) => {
      this.#hurry = resolve;
      nextFrame(resolve);
    });
  }

  /** From now on only how things stand is drawn. Settles when that has been seen, and the rest may be. */
  async beBrief(): Promise<void> {
    this.#brief = true;
    this.end();
    await new Promise<void>((resolve) => {
      nextFrame(() => setTimeout(resolve));
    });
    this.#brief = false;
  }

  get brief(): boolean {
    return this.#brief;
  }

  /** Another value for each drawing of all there is. */
  get whole(): object {
    if (!this.#brief) this.#whole = {};
    return this.#whole;
  }
}

function nextFrame(act: () => void): void {
  requestAnimationFrame(act);
  // A hidden page gets no frames, but should be right when it is looked at.
  setTimeout(act, 200);
}

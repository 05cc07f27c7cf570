/**
 * What the reader does shows at once. News of a run, which may arrive faster than a screen can show them, wait for the next
 * frame, and are drawn together.
 */
export class Patience {
  #patient = false;
  #hurry: (() => void) | null = null;

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
      requestAnimationFrame(() => {
        resolve();
      });
      // A hidden page gets no frames, but should be right when it is looked at.
      setTimeout(resolve, 200);
    });
  }
}

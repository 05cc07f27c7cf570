/** Exploration on the page: the analysis says what to run next, the engine runs it, and nothing of it is shown but findings. */

import type { Engine, Run } from "./client.ts";
import type { Progress, Workspace } from "./generated/schema.ts";
import type { AnalysisModule } from "./wasm.ts";

/** The exploration of the program whose run the analysis has just looked at. */
export class Exploring {
  /** Settles when nothing is left to try, or when it was stopped; rejects if the analysis breaks down. */
  readonly done: Promise<void>;
  #run: Run | null = null;
  #stopped = false;

  constructor(engine: Engine, analysis: AnalysisModule, workspace: Workspace, tell: (progress: Progress) => void) {
    this.done = this.#go(engine, analysis, workspace, tell);
  }

  /** Ends it at once. Nothing is told afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#run?.stop();
  }

  async #go(
    engine: Engine,
    analysis: AnalysisModule,
    workspace: Workspace,
    tell: (progress: Progress) => void,
  ): Promise<void> {
    // Whoever began it knows of it before it tells anything.
    await Promise.resolve();
    let progress = analysis.explore() as Progress;
    while (!this.#isOver()) {
      tell(progress);
      if (!progress.next) return;
      this.#run = engine.run(workspace, progress.next, (batch) => {
        if (!this.#isOver()) analysis.explorePush(batch);
      });
      const { end } = await this.#run.done;
      // A run that broke down would do so again.
      if (this.#isOver() || end.kind !== "finished") return;
      progress = analysis.exploreNext() as Progress;
    }
  }

  /** Asked for again after every wait. */
  #isOver(): boolean {
    return this.#stopped;
  }
}

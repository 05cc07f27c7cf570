/** A run that the engine has been asked for. What it reports is kept until somebody hears it, who may still be loading. */
import type { Engine, Run, RunReport } from "./client.ts";
import type { Options, Workspace } from "./generated/schema.ts";

export interface Hearer {
  batch: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The run waits for these packages; for none, once they are there. */
  packages: (names: readonly string[]) => void;
}

export class Begun {
  readonly #run: Run;
  #hearer: Hearer | null = null;
  #unheard: ((hearer: Hearer) => void)[] = [];

  constructor(
    engine: Engine,
    readonly workspace: Workspace,
    readonly options: Options,
  ) {
    const tell = (news: (hearer: Hearer) => void): void => {
      if (this.#hearer) news(this.#hearer);
      else this.#unheard.push(news);
    };
    this.#run = engine.run(
      workspace,
      options,
      (batch) => tell((hearer) => hearer.batch(batch)),
      (names) => tell((hearer) => hearer.packages(names)),
    );
    // Whoever opens the engine is told that it cannot be had.
    this.#run.done.catch(() => undefined);
  }

  get done(): Promise<RunReport> {
    return this.#run.done;
  }

  /** What has been reported so far is heard at once. */
  hear(hearer: Hearer): void {
    this.#hearer = hearer;
    for (const news of this.#unheard.splice(0)) news(hearer);
  }

  stop(): void {
    this.#run.stop();
  }
}

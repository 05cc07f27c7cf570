/** What the page opens by itself: the program of its address, or the reader's own from last time. */
import { type Program, programOf, type Said, saidOf, type Store } from "../store.ts";
import type { Runner } from "../runner.ts";
import { welcomeProgram } from "../welcome.ts";
import { isLink } from "./link.ts";
import type { PageMemory } from "./memory.ts";

export interface Visited {
  readonly store: Store;
  readonly memory: PageMemory;
  readonly runner: Runner;
  open: (program: Program, notice?: Said | null, typed?: boolean) => void;
  /** Whether a program that was opened runs without being told to. */
  runsByItself: () => boolean;
}

export class Visit {
  readonly #host: Visited;

  /** What was shown before a link was followed on the page itself. */
  #before: { program: Program; typed: boolean } | null = null;

  constructor(host: Visited) {
    this.#host = host;
  }

  /** The reader has followed a link, or has gone back from one. */
  turned(from: string): void {
    const { state } = this.#host.store;
    const wasLink = isLink(new URL(from).hash);
    if (!wasLink) this.#before = { program: programOf(state), typed: state.typed };
    else if (!isLink(location.hash) && this.#before) {
      this.#host.open(this.#before.program, null, this.#before.typed);
      this.#host.store.dispatch({ type: "noticed", notice: null });
      return;
    }
    void this.openLink();
  }

  /** A link's program stands before the reader's own, which is there to go back to. Without either the welcome example runs. */
  async begin(): Promise<void> {
    const { store, memory, runner, open, runsByItself } = this.#host;
    const own = memory.own();
    if (own) open(own.program, null, own.typed);
    if (await this.openLink()) return;
    if (own) {
      if (runsByItself()) runner.run();
    } else if (!store.state.typed) {
      // Saying that a link was damaged must outlive the opening of something else.
      open(welcomeProgram(), saidOf(store.state.notice));
      runner.run();
    }
  }

  /** Whether the address held a program. It is never run by itself unless the reader has live mode on. */
  async openLink(): Promise<boolean> {
    const { store, memory, runner, open, runsByItself } = this.#host;
    const found = await memory.link();
    if (!found) return false;
    if (typeof found === "string") {
      store.dispatch({ type: "noticed", notice: found });
      return false;
    }
    open(found, "linkOpened");
    if (runsByItself()) runner.run();
    return true;
  }
}

/** What the widget tells its host. */
import type { Diagnostic, Outcome, Workspace } from "../generated/schema.ts";

export interface EndDetail {
  outcome: Outcome;
  diagnostics: readonly Diagnostic[];
}

export interface LoopScopeEvents {
  /** A run has begun. */
  "loopscope-run": CustomEvent<null>;
  /** A run is over. */
  "loopscope-end": CustomEvent<EndDetail>;
  /** The reader has changed the program. */
  "loopscope-change": CustomEvent<Workspace>;
  /** The playground could not be loaded; the text of the program is still there. */
  "loopscope-failed": CustomEvent<string>;
}

/** The page: a host of one element, and nothing more. */
import "./host/site-engine.ts";
import { embed } from "./host/embed.ts";
import { LoopScope } from "./loop-scope.ts";

// Not while the script itself is still on the stack, which the browser would have to read a second time to know where it is.
queueMicrotask(() => {
  if (!embed()) customElements.define("loop-scope", LoopScope);
});

/** `loopscope/element`: the widget for an `import`. Its other scripts are beside it, or where `defineLoopScope` says. */
import { defineLoopScope } from "./element.ts";

export { defineLoopScope, LoopScopeElement } from "./element.ts";
export type * from "./events.ts";

if (typeof customElements !== "undefined") defineLoopScope(new URL(/* @vite-ignore */ "./", import.meta.url).href);

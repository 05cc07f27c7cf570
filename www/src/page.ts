/** The page: a host of one element, and nothing more. */
import "./host/site-engine.ts";
import { embed } from "./host/embed.ts";
import { LoopScope } from "./loop-scope.ts";

if (!embed()) customElements.define("loop-scope", LoopScope);

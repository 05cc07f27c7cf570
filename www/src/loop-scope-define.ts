/** Registers `<loop-scope>`. Apart from the class, so that a host can choose another name. */
import { LoopScope } from "./loop-scope.ts";

if (!customElements.get("loop-scope")) customElements.define("loop-scope", LoopScope);

declare global {
  interface HTMLElementTagNameMap {
    "loop-scope": LoopScope;
  }
}

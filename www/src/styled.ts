import { noChange } from "lit";
import { directive, Directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** A declaration's value; `null` takes it away. */
export type Styles = Readonly<Record<string, string | number | null>>;

class Styled extends Directive {
  #before: Styles = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("styled() stands among the attributes, without a name");
  }

  /** What is written in a template; what it does needs the element, and is in `update`. */
  override render(styles: Styles): symbol {
    this.#before = styles;
    return noChange;
  }

  override update(part: ElementPart, [styles]: [Styles]): symbol {
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys(this.#before)) if (!(name in styles)) style.removeProperty(name);
    for (const [name, value] of Object.entries(styles)) {
      if (this.#before[name] === value) continue;
      if (value === null) style.removeProperty(name);
      else style.setProperty(name, String(value));
    }
    this.#before = styles;
    return noChange;
  }
}

/**
 * Styles of one element, by their CSS names: `html`<p ${styled({ top: "4px" })}>``. A `style` attribute would be refused
 * by a Content-Security-Policy without `unsafe-inline`; setting properties one by one is not.
 */
export const styled = directive(Styled);

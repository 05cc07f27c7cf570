import { StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { TaskMoment } from "../generated/schema.ts";

/** What the editor shows of a task: its name, what it does, and where. */
export type StandingTask = Pick<TaskMoment, "name" | "state" | "chain">;

interface Stand {
  name: string;
  state: TaskMoment["state"];
}

/** More names than these at one line are only counted. */
const NAMED = 3;

/** The tasks that stand at a line, named at its end. Decoration: the inspector says the same in words. */
class Names extends WidgetType {
  readonly #stands: readonly Stand[];
  readonly #more: number;
  readonly #key: string;

  constructor(stands: readonly Stand[]) {
    super();
    this.#stands = stands.slice(0, NAMED);
    this.#more = stands.length - this.#stands.length;
    this.#key = JSON.stringify([this.#stands, this.#more]);
  }

  override eq(other: Names): boolean {
    return this.#key === other.#key;
  }

  override toDOM(): HTMLElement {
    const whole = document.createElement("span");
    whole.className = "cm-stands";
    whole.setAttribute("aria-hidden", "true");
    for (const { name, state } of this.#stands) {
      const one = document.createElement("span");
      one.className = `cm-stand cm-stand-${state}`;
      // Not as text: what is read of a line, or copied, is the program alone.
      one.dataset["name"] = name;
      whole.append(one);
    }
    if (this.#more > 0) whole.dataset["more"] = `+${this.#more}`;
    return whole;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const standAt = StateEffect.define<{ tasks: readonly StandingTask[]; path: string }>();

export const standing = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(standAt)) continue;
      const { doc } = transaction.state;
      const lines = new Map<number, Stand[]>();
      for (const { name, state, chain } of effect.value.tasks) {
        const place = chain.find(({ file }) => file === effect.value.path);
        if (!place || place.span.line > doc.lines) continue;
        const here = lines.get(place.span.line);
        if (here) here.push({ name, state });
        else lines.set(place.span.line, [{ name, state }]);
      }
      const ranges = [...lines].flatMap(([number, stands]) => {
        const { from, to } = doc.line(number);
        return [lineMark.range(from), Decoration.widget({ widget: new Names(stands), side: 1 }).range(to)];
      });
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const lineMark = Decoration.line({ class: "cm-standing" });

export function standMarks(tasks: readonly StandingTask[], path: string): TransactionSpec {
  return { effects: standAt.of({ tasks, path }) };
}

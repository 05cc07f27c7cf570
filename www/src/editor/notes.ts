import { StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { sentenceOf } from "../findings/finding.ts";
import type { Diagnostic } from "../generated/schema.ts";
import type { Language } from "../i18n/index.ts";

/** A finding in a few words at the end of its line. Decoration: the list of findings and the tooltip say all of it. */
class Note extends WidgetType {
  readonly #finding: Diagnostic;
  readonly #sentence: string;
  readonly #columns: number;

  /** `columns`: how long the line is that it stands behind. */
  constructor(finding: Diagnostic, language: Language, columns: number) {
    super();
    this.#finding = finding;
    this.#columns = columns;
    this.#sentence = sentenceOf(finding, language);
  }

  override eq(other: Note): boolean {
    const [one, two] = [this.#finding, other.#finding];
    return (
      one.id === two.id &&
      this.#sentence === other.#sentence &&
      this.#columns === other.#columns &&
      one.evidence === two.evidence
    );
  }

  override toDOM(): HTMLElement {
    const { severity, evidence } = this.#finding;
    const note = document.createElement("span");
    note.className = `cm-note cm-note-${severity} cm-note-${evidence}`;
    note.setAttribute("aria-hidden", "true");
    note.style.setProperty("--columns-before", String(this.#columns));
    // Not as text: what is read of a line, or copied, is the program alone.
    note.dataset["note"] = this.#sentence.replaceAll("`", "");
    return note;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

interface Noted {
  findings: readonly Diagnostic[];
  language: Language;
}

const noted = StateEffect.define<Noted>();

export const notes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(noted)) continue;
      const { doc } = transaction.state;
      const byLine = new Map<number, Diagnostic>();
      // One line has room for one note: the first finding of those that matter most.
      const { findings, language } = effect.value;
      for (const finding of findings) {
        const known = byLine.get(finding.span.line);
        if (!known || rank(finding) > rank(known)) byLine.set(finding.span.line, finding);
      }
      const ranges = [...byLine]
        .filter(([line]) => line <= doc.lines)
        .map(([line, finding]) => {
          const { to, length } = doc.line(line);
          return Decoration.widget({ widget: new Note(finding, language, length), side: 2 }).range(to);
        });
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function rank({ severity, evidence }: Diagnostic): number {
  return { info: 0, warning: 1, error: 2 }[severity] * 2 + (evidence === "observed" ? 1 : 0);
}

export function noteMarks(findings: readonly Diagnostic[], language: Language): TransactionSpec {
  return { effects: noted.of({ findings, language }) };
}

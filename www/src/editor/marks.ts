import { type Diagnostic as LintDiagnostic, setDiagnostics } from "@codemirror/lint";
import { type EditorState, StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { type Place, sentenceOf, titleOf } from "../findings/finding.ts";
import type { Diagnostic, Fix } from "../generated/schema.ts";
import type { Language } from "../i18n/index.ts";
import { rangeOf } from "./positions.ts";

/** The findings of one file, as CodeMirror's lint package takes them: underlines, gutter and hover come from it. */
export function lintMarks(
  state: EditorState,
  findings: readonly Diagnostic[],
  language: Language,
  apply: ((fix: Fix) => void) | null,
): TransactionSpec {
  const marks = findings.map((finding): LintDiagnostic => {
    const { from, to } = rangeOf(state.doc, finding.span);
    return {
      from,
      to,
      severity: finding.severity,
      message: sentenceOf(finding, language),
      markClass: finding.evidence === "predicted" ? "cm-predicted" : "cm-observed",
      renderMessage: () => describe(finding, language),
      actions: (apply ? finding.fixes : []).map((fix) => ({
        name: titleOf(fix, language).replaceAll("`", ""),
        apply: () => apply?.(fix),
      })),
    };
  });
  return setDiagnostics(state, marks);
}

/** What hovering shows. */
function describe(finding: Diagnostic, language: Language): HTMLElement {
  const whole = document.createElement("div");
  const add = (parent: HTMLElement, tag: string, className: string, text: string): HTMLElement => {
    const part = document.createElement(tag);
    part.className = className;
    part.textContent = text;
    parent.append(part);
    return part;
  };
  add(whole, "span", "cm-rule", finding.rule);
  const message = add(whole, "span", "cm-message", "");
  const parts = sentenceOf(finding, language).split("`");
  parts.forEach((part, index) => {
    add(message, index % 2 === 1 ? "code" : "span", "", part);
  });
  if (finding.cpython) add(whole, "span", "cm-words", finding.cpython);
  for (const place of finding.related)
    add(whole, "span", "cm-also", `↳ ${sentenceOf(place, language).replaceAll("`", "")} (${place.span.line})`);
  return whole;
}

interface Pointed {
  chosen: Place | null;
  related: readonly Place[];
}

const pointAt = StateEffect.define<Pointed>();

/** The finding that the reader has turned to, and the other places it involves. */
const pointed = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(pointAt)) continue;
      const { chosen, related } = effect.value;
      const { doc } = transaction.state;
      const ranges = related.map((place) => ({ ...rangeOf(doc, place), mark: relatedMark }));
      if (chosen) ranges.push({ ...rangeOf(doc, chosen), mark: chosenMark });
      next = Decoration.set(
        ranges.filter(({ from, to }) => from < to).map(({ from, to, mark }) => mark.range(from, to)),
        true,
      );
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const relatedMark = Decoration.mark({ class: "cm-related" });
const chosenMark = Decoration.mark({ class: "cm-chosen" });

export const pointing = pointed;

export function pointMarks(value: Pointed): TransactionSpec {
  return { effects: pointAt.of(value) };
}

import { EditorState, type Extension, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Workspace } from "../generated/schema.ts";

/** How many lines of a program are the set-up of another, which begins with so many. */
export function setupLines(program: Workspace, original: Workspace, lines: number): number {
  const textOf = ({ files, entry }: Workspace): string => files.find(({ path }) => path === entry)?.text ?? "";
  const setup = textOf(original).split("\n").slice(0, lines).join("\n");
  return textOf(program).startsWith(setup) ? lines : 0;
}

/** The end of the hidden lines, with the line break after them. */
function endOf(doc: Text, lines: number): number {
  return lines < doc.lines ? doc.line(lines + 1).from : doc.length;
}

/**
 * Keeps the first lines of a file out of sight, and out of reach: they are run with the rest, and the lines that are
 * seen keep the numbers by which findings and tracebacks call them.
 */
export function hiding(lines: number): Extension {
  if (lines === 0) return [];
  const field = StateField.define<DecorationSet>({
    create: ({ doc }) =>
      Decoration.set(Decoration.replace({ block: true }).range(0, Math.max(0, endOf(doc, lines) - 1))),
    update: (hidden, { changes }) => hidden.map(changes),
    provide: (self) => [
      EditorView.decorations.from(self),
      EditorView.atomicRanges.of((view) => view.state.field(self)),
    ],
  });
  return [
    field,
    EditorState.changeFilter.of(({ startState }) => [0, endOf(startState.doc, lines)]),
    EditorState.transactionFilter.of((transaction) => {
      // A selection of everything is of everything that is seen.
      const { newSelection, newDoc } = transaction;
      const least = endOf(newDoc, lines);
      if (!transaction.selection || newSelection.ranges.every(({ from }) => from >= least)) return transaction;
      const { anchor, head } = newSelection.main;
      return [
        transaction,
        { selection: { anchor: Math.max(anchor, least), head: Math.max(head, least) }, sequential: true },
      ];
    }),
  ];
}

import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** A whole program that is pasted over another is shown from its beginning, though the caret stands at its end. */
export const pasting: Extension = EditorState.transactionExtender.of((transaction) => {
  if (!transaction.isUserEvent("input.paste")) return null;
  let replaced = 0;
  transaction.changes.iterChangedRanges((from, to) => {
    replaced += to - from;
  });
  const whole = replaced === transaction.startState.doc.length;
  return whole ? { effects: EditorView.scrollIntoView(0, { y: "start" }) } : null;
});

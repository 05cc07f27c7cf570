import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** A whole program that is pasted over another is shown from its beginning, though the caret stands at its end. */
export const pasting: Extension = EditorState.transactionExtender.of((transaction) => {
  const { changes, startState } = transaction;
  const whole = transaction.isUserEvent("input.paste") && changes.touchesRange(0, startState.doc.length) === "cover";
  return whole ? { effects: EditorView.scrollIntoView(0, { y: "start" }) } : null;
});

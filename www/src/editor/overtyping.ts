import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Text typed over a selection, done by the editor rather than the browser: Chromium gives what it inserts there a style
 * attribute, which a strict Content-Security-Policy refuses and reports. Compositions are left to the browser.
 */
export const overtyping: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { state } = view;
    const { from, to, empty } = state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || empty || view.composing || state.readOnly) return false;
    const insert = () => state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handled = state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** A severity's own shape: octagon, triangle, disc. */
function shape(path: string, colour: string): Record<string, string> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}"/></svg>`;
  return {
    maskImage: `url('data:image/svg+xml,${encodeURIComponent(picture)}')`,
    backgroundColor: `var(--${colour})`,
  };
}

/** Colours come from the element's custom properties, so that light and dark need no second theme. */
const surface = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--code-size)", backgroundColor: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overscrollBehavior: "var(--beyond, contain)" },
  ".cm-content": { padding: "10px 0 var(--past-end, 40vh)", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor": { borderLeftWidth: "2px", borderLeftColor: "var(--accent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--faint)", border: "none", paddingLeft: "4px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "28px", padding: "0 8px 0 4px" },
  ".cm-activeLine": { backgroundColor: "var(--active-line)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-gutter-lint": { width: "20px" },
  ".cm-lint-marker": { content: '""', forcedColorAdjust: "none", width: "13px", height: "13px", margin: "3px auto 0" },
  ".cm-lint-marker-error": {
    content: '""',
    ...shape("M4.6 1h6.800L15 4.600v6.800L11.4 15H4.600L1 11.400V4.600z", "error"),
  },
  ".cm-lint-marker-warning": { content: '""', ...shape("M8 1 15.5 14.500H.5z", "warning") },
  ".cm-lint-marker-info": { content: '""', ...shape("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z", "info") },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--selection)",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-lintRange": { backgroundImage: "none !important", paddingBottom: "1px", borderRadius: "2px" },
  ".cm-lintRange-error": { borderBottom: "2px solid var(--error)", backgroundColor: "var(--error-wash)" },
  ".cm-lintRange-warning": { borderBottom: "2px solid var(--warning)", backgroundColor: "var(--warning-wash)" },
  ".cm-lintRange-info": { borderBottom: "2px solid var(--info)", backgroundColor: "var(--info-wash)" },
  ".cm-predicted": { borderBottomStyle: "dashed", backgroundColor: "transparent" },
  ".cm-lintRange-active": { filter: "saturate(1.6)" },
  ".cm-related": {
    outline: "1.5px dotted var(--accent)",
    outlineOffset: "1px",
    borderRadius: "3px",
    backgroundColor: "var(--accent-wash)",
  },
  ".cm-note": {
    display: "inline-block",
    // As much as the line leaves: a column of the code has six tenths of its size, and the gutters have theirs.
    maxWidth: "max(90px, calc(100cqw - var(--columns-before) * var(--code-size) * 0.603 - 104px))",
    marginLeft: "22px",
    overflow: "hidden",
    color: "var(--muted)",
    fontFamily: "var(--sans)",
    fontSize: "12px",
    fontStyle: "normal",
    lineHeight: "1.3",
    textOverflow: "ellipsis",
    verticalAlign: "-2px",
    whiteSpace: "nowrap",
    userSelect: "none",
  },
  // And more where the names of tasks stand before it.
  ".cm-stands ~ .cm-note": {
    maxWidth: "max(90px, calc(100cqw - var(--columns-before) * var(--code-size) * 0.603 - 200px))",
  },
  ".cm-stands:has(.cm-stand + .cm-stand) ~ .cm-note": {
    maxWidth: "max(90px, calc(100cqw - var(--columns-before) * var(--code-size) * 0.603 - 290px))",
  },
  ".cm-note::before": { content: '"■ "', fontSize: "9px" },
  ".cm-note::after": { content: "attr(data-note)" },
  ".cm-stand::after": { content: "attr(data-name)" },
  ".cm-stands[data-more]::after": { content: "attr(data-more)" },
  ".cm-note-error": { color: "var(--error)" },
  ".cm-note-warning": { color: "var(--warning)" },
  ".cm-note-info": { color: "var(--info)" },
  ".cm-note-warning::before": { content: '"▲ "' },
  ".cm-note-info::before": { content: '"● "' },
  ".cm-note-predicted": { fontStyle: "italic" },
  "@media (max-width: 760px)": { ".cm-note": { display: "none" } },
  ".cm-standing": { boxShadow: "inset 3px 0 var(--playhead)" },
  ".cm-stands": {
    marginLeft: "18px",
    color: "var(--muted)",
    fontFamily: "var(--sans)",
    fontSize: "11.5px",
    userSelect: "none",
  },
  ".cm-stand": {
    marginRight: "5px",
    padding: "1px 7px",
    borderRadius: "9px",
    border: "1px solid var(--line-strong)",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
  },
  ".cm-stand-running": { borderColor: "var(--running)", backgroundColor: "var(--accent-wash)" },
  ".cm-stand-ready": { borderColor: "var(--ready)", backgroundColor: "var(--warning-wash)" },
  ".cm-stand-waiting": { borderStyle: "dashed" },
  ".cm-chosen": { boxShadow: "0 0 0 2px var(--accent)", borderRadius: "2px" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "8px",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
    maxWidth: "min(34rem, 90vw)",
  },
  ".cm-tooltip-lint": { padding: "2px" },
  ".cm-diagnostic": {
    padding: "8px 12px",
    borderLeftWidth: "3px",
    fontFamily: "var(--sans)",
    fontSize: "13px",
    lineHeight: "1.5",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-rule": {
    display: "block",
    fontFamily: "var(--mono)",
    fontSize: "12px",
    fontWeight: "600",
    color: "var(--muted)",
  },
  ".cm-also": { display: "block", marginTop: "2px", fontSize: "12px", color: "var(--muted)" },
  ".cm-diagnosticAction": {
    margin: "8px 8px 0 0",
    padding: "3px 10px",
    border: "1px solid var(--line-strong)",
    borderRadius: "7px",
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    font: "12.5px var(--sans)",
    cursor: "pointer",
  },
  ".cm-words": {
    display: "block",
    marginTop: "4px",
    fontFamily: "var(--mono)",
    fontSize: "12px",
    color: "var(--muted)",
  },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel input, .cm-panel button": { font: "13px var(--sans)", color: "inherit" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: "4px" },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line-strong)",
    borderRadius: "4px",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
});

const syntax = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword],
    color: "var(--code-keyword)",
    fontWeight: "600",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.className],
    color: "var(--code-definition)",
    fontWeight: "600",
  },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-function)" },
  { tag: [tags.meta, tags.self], color: "var(--code-meta)" },
  { tag: tags.invalid, color: "var(--error)" },
]);

export const look = [surface, syntaxHighlighting(syntax)];

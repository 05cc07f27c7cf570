import { css } from "lit";

/**
 * On paper: the whole program, what it printed and what was found, one below the other, and the timeline as it stands.
 * Nothing is pressed there, and ink is dark.
 */
export const print = css`
  @media print {
    :host {
      display: block !important;
      height: auto !important;
      min-height: 0 !important;
      /* On the width of a sheet nothing is a phone. */
      container: none;
      overflow: visible !important;
      background: none;
      color-scheme: light !important;
      print-color-adjust: exact;
    }
    :is(button, select, input, label.switch, dialog, .tabs, .splitter, .notice, .tools, .tasks-pane, .head .walk),
    :is(.over, .tip, .twist, .head .icon-button, .scrubber, .transport, .advice .button, progress) {
      display: none !important;
    }
    /* These are words that can be pressed. */
    :is(.findings, .crash) :is(.place, h3 button),
    .file[aria-current] {
      display: inline !important;
    }
    details:not([open]) {
      display: none;
    }
    .bar,
    .panes,
    .side,
    .lower {
      display: block !important;
    }
    .bar {
      padding: 0 0 8px;
      border: 0;
    }
    .brand {
      justify-content: start;
      margin: 0;
    }
    .bar .status {
      display: flex !important;
      padding-top: 6px;
    }
    .panes {
      padding: 0 !important;
      overflow: visible !important;
    }
    .pane {
      display: block !important;
      contain: none;
      margin: 0 0 12px;
      overflow: visible;
      border: 1px solid var(--line);
    }
    .head {
      break-after: avoid;
    }
    .body,
    .editor {
      container: none;
      height: auto !important;
      max-height: none !important;
      overflow: visible !important;
    }
    .finding {
      break-inside: avoid;
    }
    .block {
      content-visibility: visible !important;
    }
    .pane.time {
      display: flex !important;
      height: 340px;
      overflow: hidden;
      break-inside: avoid;
    }
    .editor .cm-editor {
      height: auto !important;
    }
    .editor .cm-scroller {
      height: auto !important;
      overflow: visible !important;
    }
    .editor .cm-content {
      padding-bottom: 10px !important;
      white-space: pre-wrap !important;
      overflow-wrap: anywhere;
      flex-shrink: 1 !important;
      min-width: 0;
    }
    .editor .cm-activeLine {
      background: none !important;
    }
    .editor :is(.cm-cursorLayer, .cm-selectionLayer, .cm-panels, .cm-tooltip) {
      display: none !important;
    }
  }
`;

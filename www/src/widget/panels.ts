import { css } from "lit";

/** Only the panels that the `panels` attribute names, in the room that all of them have. */
export const panelStyle = css`
  :host([panels]:not([panels=""])) .tabs {
    grid-auto-columns: 1fr;
    grid-auto-flow: column;
    grid-template-columns: none;
  }
  :host([panels]:not([panels=""], [panels~="code"])) :is(#code, .splitter.columns, [data-tab="code"]),
  :host([panels]:not([panels=""], [panels~="timeline"])) :is(#timeline, .splitter.rows, [data-tab="timeline"]),
  :host([panels]:not([panels=""], [panels~="findings"])) :is(#findings, [data-tab="findings"]),
  :host([panels]:not([panels=""], [panels~="output"])) :is(#output, [data-tab="output"]),
  :host([panels]:not([panels=""], [panels~="findings"], [panels~="output"])) :is(.side, .splitter.columns) {
    display: none;
  }
  @container playground (min-width: 760.02px) {
    :host([panels]:not([panels=""], [panels~="timeline"])) .panes {
      grid-template-areas: "code split side" "code split side" "code split side";
    }
    :host([panels]:not([panels=""], [panels~="findings"], [panels~="output"])) #code {
      grid-column: 1 / -1;
    }
    :host([panels]:not([panels=""], [panels~="code"])) .side {
      grid-column: 1 / -1;
    }
    :host([panels]:not([panels=""], [panels~="findings"])) .side,
    :host([panels]:not([panels=""], [panels~="output"])) .side {
      grid-template-rows: minmax(0, 1fr);
    }
    :host([panels]:not([panels=""], [panels~="code"], [panels~="findings"], [panels~="output"])) #timeline {
      grid-row: 1 / -1;
    }
  }
`;

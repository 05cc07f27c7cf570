import { css } from "lit";
import { PANELS } from "../panes.ts";

/** The panels that a host names, as the `panels` attribute of the playground: all of them where it names none. */
export function namedPanels(names: string | null): string {
  const wanted = (names ?? "").split(/\s+/);
  return PANELS.filter((panel) => wanted.includes(panel)).join(" ");
}

/** Only the panels that are named, and they share all the room that there is. */
export const panelStyle = css`
  :host([panels]:not([panels=""])) .tabs {
    grid-auto-columns: 1fr;
    grid-auto-flow: column;
    grid-template-columns: none;
  }
  :host([panels]:not([panels=""], [panels~="code"])) :is(#code, .splitter.columns, [data-tab="code"]),
  :host([panels]:not([panels=""], [panels~="timeline"])) :is(#timeline, [data-tab="timeline"]),
  :host([panels]:not([panels=""], [panels~="tasks"])) :is(#tasks, [data-tab="tasks"]),
  :host([panels]:not([panels=""], [panels~="findings"])) :is(#findings, [data-tab="findings"]),
  :host([panels]:not([panels=""], [panels~="output"])) :is(#output, [data-tab="output"]),
  :host([panels]:not([panels=""], [panels~="findings"], [panels~="output"])) :is(.side, .splitter.columns),
  :host([panels]:not([panels=""], [panels~="timeline"], [panels~="tasks"])) :is(.lower, .splitter.rows),
  :host([panels]:not([panels=""], [panels~="code"], [panels~="findings"], [panels~="output"])) .splitter.rows {
    display: none;
  }
  @container playground (min-width: 760.02px) {
    :host([panels]:not([panels=""], [panels~="timeline"], [panels~="tasks"])) .panes {
      grid-template-areas: "code split side";
      grid-template-rows: minmax(0, 1fr);
    }
    :host([panels]:not([panels=""], [panels~="code"], [panels~="findings"], [panels~="output"])) .panes {
      grid-template-areas: "time time time";
      grid-template-rows: minmax(0, 1fr);
    }
    :host([panels]:not([panels=""], [panels~="findings"], [panels~="output"])) #code,
    :host([panels]:not([panels=""], [panels~="code"])) .side {
      grid-column: 1 / -1;
    }
    :host([panels]:not([panels=""], [panels~="findings"])) .side,
    :host([panels]:not([panels=""], [panels~="output"])) .side {
      grid-template-rows: minmax(0, 1fr);
    }
    :host([panels]:not([panels=""], [panels~="timeline"])) .lower,
    :host([panels]:not([panels=""], [panels~="tasks"])) .lower {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

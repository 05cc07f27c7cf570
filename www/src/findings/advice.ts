/** What to do when a run came to a limit, or lacked something that the reader can give it. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Options } from "../generated/schema.ts";
import { icons } from "../icons.ts";
import { type Ui, undelivered } from "../ui.ts";

export const adviceStyle = css`
  .advice {
    display: grid;
    justify-items: start;
    gap: 8px;
    padding: 10px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--warning-wash);
  }
  .advice p {
    margin: 0;
  }
  .advice .button {
    min-height: 28px;
  }
`;

/** Nanoseconds: what the settings take at most. */
const LONGEST = 100_000e9;
const TIMES = 10;

export function advice(ui: Ui): TemplateResult | typeof nothing {
  const { t, state } = ui;
  const { results, options, run } = state;
  const outcome = results?.outcome;
  if (!outcome) return nothing;
  const lost = undelivered(outcome);
  if (lost !== null)
    return advised(html`${t.undeliveredHelp} <span lang="en">(${lost})</span>`, t.runAgain, icons.run, ui.run);
  // These words are those of input(): other readers that come to an end have others, or none.
  if (results.crash?.name === "EOFError" && results.crash.message === "EOF when reading a line")
    return advised(t.inputHelp, t.settings, icons.settings, () =>
      ui.dispatch({ type: "dialogToggled", dialog: "settings" }),
    );
  if (typeof outcome === "string" || !("limit" in outcome)) return nothing;
  const { limit } = outcome.limit;
  const longer = limit === "time" || limit === "work" ? further(options, limit) : null;
  const goOn = (limits: Options["limits"]): void => {
    ui.dispatch({ type: "optionsChanged", options: { limits } });
    ui.run();
  };
  return html`<div class="advice">
    <p>${results.exhausted ? t.traceTooLong : t.limitHelp[limit]}</p>
    ${
      longer
        ? html`<button type="button" class="button" ?disabled=${run === "running"} @click=${() => goOn(longer)}>
            ${icons.run}${t.goOn}
          </button>`
        : nothing
    }
  </div>`;
}

function advised(words: string | TemplateResult, label: string, icon: TemplateResult, act: () => void): TemplateResult {
  return html`<div class="advice">
    <p>${words}</p>
    <button type="button" class="button" @click=${act}>${icon}${label}</button>
  </div>`;
}

/** The same limits with more of one, as far as that goes. */
function further({ limits }: Options, name: "time" | "work"): Options["limits"] | null {
  const longer = Math.min(limits[name] * TIMES, LONGEST);
  return longer > limits[name] ? { ...limits, [name]: longer } : null;
}

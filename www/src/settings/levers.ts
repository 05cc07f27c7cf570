/** The levers of a run: everything that can be set about it besides the program. */
import { html, nothing, type TemplateResult } from "lit";
import type { Network, Options } from "../generated/schema.ts";
import { decimal } from "../i18n/numbers.ts";
import type { Ui } from "../ui.ts";

/** `SIGINT`, which Ctrl-C sends. */
const INTERRUPT = 2;

const set = (ui: Ui, options: Partial<Options>): void => ui.dispatch({ type: "optionsChanged", options });

/** How the program is run. */
export function runLevers(ui: Ui): TemplateResult {
  const { t } = ui;
  const { options } = ui.state;
  const interrupt = options.signals.find(({ number }) => number === INTERRUPT)?.time ?? 0;
  const others = options.signals.filter(({ number }) => number !== INTERRUPT);
  const limit = (name: "time" | "work", label: string): TemplateResult =>
    number(ui, label, "", options.limits[name] / 1e9, 1, 100_000, (value) =>
      set(ui, { limits: { ...options.limits, [name]: nanoseconds(value) } }),
    );
  return html`${number(ui, t.seed, t.seedHint, options.seed, 0, Number.MAX_SAFE_INTEGER, (seed) => set(ui, { seed }))}
  ${number(ui, t.schedule, t.scheduleHint, options.schedule, 0, Number.MAX_SAFE_INTEGER, (schedule) => set(ui, { schedule }))}
  ${number(
    ui,
    t.interruptAt,
    t.neverIsZero,
    interrupt / 1e9,
    0,
    100_000,
    (time) => set(ui, { signals: time > 0 ? [...others, { number: INTERRUPT, time: nanoseconds(time) }] : others }),
    0.001,
  )}
  ${flag(ui, "classicPolicy", t.classicPolicy, t.classicPolicyHint)} ${limit("time", t.limitTime)}
  ${limit("work", t.limitWork)}`;
}

export function networkLevers(ui: Ui): TemplateResult {
  const { t } = ui;
  const { network } = ui.state.options;
  const change = (part: Partial<Network>): void => set(ui, { network: { ...network, ...part } });
  return html`${number(ui, t.latency, t.latencyHint, network.latency / 1e6, 0, 60_000, (value) => change({ latency: Math.round(value * 1e6) }), 0.1)}
  ${number(ui, t.bandwidth, t.bandwidthHint, network.bandwidth / 1000, 0, 1e9, (value) => change({ bandwidth: Math.round(value * 1000) }))}
  ${number(ui, t.loss, t.lossHint, network.loss / 10, 0, 100, (value) => change({ loss: Math.round(value * 10) }), 0.1)}
  ${number(ui, t.disconnect, t.neverIsZero, network.disconnect / 1e9, 0, 100_000, (time) => change({ disconnect: nanoseconds(time) }), 0.001)}`;
}

/** When the collector comes by, and from where on something is worth telling. */
export function observationLevers(ui: Ui): TemplateResult {
  const { t } = ui;
  const { options } = ui.state;
  const milliseconds = (name: "shortBlock" | "slowStep" | "longStep", label: string): TemplateResult =>
    number(ui, label, "", options[name] / 1e6, 0.1, 1e6, (value) => set(ui, { [name]: Math.round(value * 1e6) }), 0.1);
  return html`${flag(ui, "debug", t.debug, t.debugHint)}
    <label class="field"
      ><span>${t.collection}<small>${t.collectionHint}</small></span
      ><select
        @change=${(event: Event) => set(ui, { collectEveryStep: (event.target as HTMLSelectElement).value === "step" })}
      >
        <option value="idle" ?selected=${!options.collectEveryStep}>${t.collectIdle}</option>
        <option value="step" ?selected=${options.collectEveryStep}>${t.collectStep}</option>
      </select></label
    >
    ${number(ui, t.collectAt, t.neverIsZero, options.collectAt / 1e9, 0, 100_000, (time) => set(ui, { collectAt: nanoseconds(time) }), 0.001)}
    ${milliseconds("shortBlock", t.shortBlock)} ${milliseconds("slowStep", t.slowStep)}
    ${milliseconds("longStep", t.longStep)}
    ${number(ui, t.manyTasks, "", options.manyTasks, 1, 1e6, (manyTasks) => set(ui, { manyTasks }))}
    ${number(ui, t.busyTurns, "", options.busyTurns, 1, 1e6, (busyTurns) => set(ui, { busyTurns }))}`;
}

/** What the program is given: what it reads, its arguments, packages. */
export function inputLevers(ui: Ui): TemplateResult {
  const { t } = ui;
  const { workspace } = ui.state;
  const text = (event: Event): string => (event.target as HTMLTextAreaElement).value;
  const given = (event: Event): string[] =>
    text(event)
      .split("\n")
      .filter((line) => line !== "");
  return html`<label class="field block"
      ><span>${t.input}<small>${t.inputHint}</small></span
      ><textarea
        rows="2"
        ?readonly=${ui.readOnly}
        .value=${workspace.input}
        @change=${(event: Event) => ui.dispatch({ type: "inputChanged", input: text(event) })}
      ></textarea>
    </label>
    <label class="field block"
      ><span>${t.arguments}<small>${t.argumentsHint}</small></span
      ><textarea
        rows="2"
        ?readonly=${ui.readOnly}
        .value=${workspace.arguments.join("\n")}
        @change=${(event: Event) => ui.dispatch({ type: "inputChanged", arguments: given(event) })}
      ></textarea>
    </label>
    ${wheels(ui)}`;
}

/** The packages that the program brings along. */
function wheels(ui: Ui): TemplateResult {
  const { t, state } = ui;
  const take = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    ui.take([...(field.files ?? [])]);
    field.value = "";
  };
  return html`${state.workspace.wheels.map(
      ({ name }) =>
        html`<div class="field">
          <span>${name}</span
          ><button
            type="button"
            class="button"
            aria-label=${t.removeFile(name)}
            ?disabled=${ui.readOnly}
            @click=${() => ui.dispatch({ type: "wheelRemoved", name })}
          >
            ${t.remove}
          </button>
        </div>`,
    )}
    <label class="field block"
      ><span>${t.addWheel}<small>${t.addWheelHint}</small></span
      ><input type="file" accept=".whl" ?disabled=${ui.readOnly} @change=${take}
    /></label>`;
}

const nanoseconds = (seconds: number): number => Math.round(seconds * 1e9);

function flag(ui: Ui, name: "classicPolicy" | "debug", label: string, hint: string): TemplateResult {
  return html`<label class="field"
    ><span>${label}<small>${hint}</small></span
    ><span class="switch"
      ><input
        type="checkbox"
        role="switch"
        .checked=${ui.state.options[name]}
        @change=${(event: Event) => set(ui, { [name]: (event.target as HTMLInputElement).checked })} /></span
  ></label>`;
}

/** A number that is taken over only when it is one, and otherwise put back. Beyond a bound it becomes the bound. */
function number(
  { t, language }: Ui,
  label: string,
  hint: string,
  value: number,
  least: number,
  most: number,
  take: (value: number) => void,
  step = 1,
): TemplateResult {
  const changed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const given = Math.min(most, Math.max(least, field.valueAsNumber));
    const next = Number.isNaN(given) ? value : step === 1 ? Math.round(given) : given;
    field.valueAsNumber = next;
    if (next !== value) take(next);
  };
  return html`<label class="field"
    ><span
      >${label}${hint ? html`<small>${hint}</small>` : nothing}<small class="bounds" role="alert"
        >${t.bounds(decimal(least, language, 1), decimal(most, language))}</small
      ></span
    ><input
      type="number"
      min=${least}
      max=${most}
      step=${step === 1 ? 1 : "any"}
      .valueAsNumber=${value}
      @change=${changed}
  /></label>`;
}

import { html, nothing, type TemplateResult } from "lit";
import { lastWords } from "./findings/crash.ts";
import { bytes, duration } from "./i18n/index.ts";
import { icons } from "./icons.ts";
import { outcomeLine, type Ui } from "./ui.ts";

export interface BarActions {
  run: () => void;
  stop: () => void;
  retry: () => void;
  live: boolean;
  setLive: (live: boolean) => void;
  theme: "auto" | "light" | "dark";
  setTheme: (theme: "auto" | "light" | "dark") => void;
  talking: boolean;
  toggleTalk: () => void;
  /** The title of the example that is open. */
  title: string | null;
}

export function barView(ui: Ui, actions: BarActions): TemplateResult {
  const { t, state, language } = ui;
  const active = state.run === "running" || state.run === "waiting" || state.exploring !== null;
  const opens = (dialog: "share" | "settings" | "help", label: string, icon: TemplateResult): TemplateResult =>
    html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      title=${label}
      aria-haspopup="dialog"
      @click=${() => ui.dispatch({ type: "dialogToggled", dialog })}
    >
      ${icon}
    </button>`;
  return html`<header class="bar" lang=${language}>
    <div class="brand">
      ${icons.logo}
      <h1>${t.title}</h1>
      <p>${t.tagline}</p>
    </div>
    ${examplesButton(ui, actions)}
    <button type="button" class="button primary" title="${t.run} (Ctrl+Enter, Shift+Enter)" @click=${actions.run}>
      ${icons.run}${t.run}
    </button>
    <button type="button" class="button stop" title="${t.stop} (Esc)" ?disabled=${!active} @click=${actions.stop}>
      ${icons.stop}<span>${t.stop}</span>
    </button>
    <label class="switch" title=${t.liveHint}>
      <input
        type="checkbox"
        role="switch"
        .checked=${actions.live}
        @change=${(event: Event) => actions.setLive((event.target as HTMLInputElement).checked)}
      />
      ${t.live}
    </label>
    ${statusView(ui, actions)} ${shareButton(ui)} ${opens("settings", t.settings, icons.settings)}
    ${themeButton(ui, actions)} ${opens("help", t.help, icons.help)} ${talkButton(ui, actions)}
  </header>`;
}

/** What people look for with others waiting: it has its name, where there is room. */
function shareButton({ t, dispatch }: Ui): TemplateResult {
  return html`<button
    type="button"
    class="button share"
    aria-label=${t.share}
    title=${t.share}
    aria-haspopup="dialog"
    @click=${() => dispatch({ type: "dialogToggled", dialog: "share" })}
  >
    ${icons.share}<span class="wide">${t.share}</span>
  </button>`;
}

function themeButton(ui: Ui, { theme, setTheme }: BarActions): TemplateResult {
  const next = { auto: "light", light: "dark", dark: "auto" } as const;
  const label = `${ui.t.theme}: ${ui.t.themes[theme]}`;
  return html`<button
    type="button"
    class="icon-button desk"
    aria-label=${label}
    title=${label}
    @click=${() => setTheme(next[theme])}
  >
    ${icons[theme]}
  </button>`;
}

function talkButton({ t }: Ui, { talking, toggleTalk }: BarActions): TemplateResult {
  const label = talking ? t.leaveTalk : t.talk;
  return html`<button
    type="button"
    class="icon-button ${talking ? "" : "desk"}"
    aria-label=${label}
    title="${label} (${talking ? "Esc" : "Shift P"})"
    @click=${toggleTalk}
  >
    ${talking ? icons.close : icons.talk}
  </button>`;
}

/** What is open, and the way to everything else there is. */
function examplesButton(ui: Ui, { title }: BarActions): TemplateResult {
  const { t } = ui;
  return html`<button
    type="button"
    class="button examples"
    aria-haspopup="dialog"
    aria-label=${title ? `${t.examples}: ${title}` : t.examples}
    title=${t.examples}
    @click=${() => ui.dispatch({ type: "dialogToggled", dialog: "examples" })}
  >
    ${icons.grid}<span>${title ?? t.examples}</span>
  </button>`;
}

/** One line that says how things stand: loading, running with its clock, or how it ended. */
function statusView(ui: Ui, actions: BarActions): TemplateResult {
  const { t, state, language } = ui;
  const { engine, results } = state;
  if (engine.phase === "failed") {
    return html`<span class="status"
      ><span class="bad" title=${engine.message}>${t.engineFailed}</span>
      <button type="button" class="button" @click=${actions.retry}>${t.retry}</button></span
    >`;
  }
  if (state.run === "waiting" || (engine.phase === "loading" && state.run === "none"))
    return html`<span class="status">${loading(ui)}</span>`;
  if (state.run === "running" && state.awaited.length > 0)
    return html`<span class="status"
      ><span class="pulse"></span><span>${t.packagesLoading(state.awaited.join(", "))}</span></span
    >`;
  if (state.run === "running") {
    const now = state.fresh ? 0 : (results?.now ?? 0);
    const steps = state.fresh ? 0 : (results?.steps ?? 0);
    const more = `${t.steps(steps)} · ${t.liveTasks(results?.rows.liveTasks ?? 0)}`;
    return html`<span class="status"
      ><span class="pulse"></span> <span class="clock">${t.runningAt(duration(now, language))}</span
      ><span class="short">${more}</span></span
    >`;
  }
  if (!results?.outcome) return html`<span class="status"></span>`;
  const tone = results.outcome === "completed" ? "good" : results.outcome === "stopped" ? "" : "bad";
  const icon = { good: icons.good, bad: icons.error, "": icons.stop }[tone];
  const line = outcomeLine(results.outcome, results.now, t, language);
  const [what = "", ...why] = line.split(": ");
  if (results.crash) why.push(lastWords(results.crash));
  const more = [...why, ...(results.stale ? [t.stale] : [])];
  return html`<span class="status" title=${results.stale ? `${line}. ${t.stale}` : line}>
    <span class=${tone}>${icon}</span>
    <span class="outcome">${what}${more.map((words) => html`<span class="short"> · ${words}</span>`)}</span>
    ${more.length === 0 ? foundButton(ui) : nothing}</span
  >`;
}

/** The findings of the run, and the way to them, where they are not in view. */
function foundButton({ state, t, toFindings }: Ui): TemplateResult | typeof nothing {
  const found = state.results?.diagnostics.length ?? 0;
  if (found === 0) return nothing;
  return html`<button type="button" class="place found" @click=${toFindings}>${t.findingsCount(found)}</button>`;
}

function loading(ui: Ui): TemplateResult {
  const { engine } = ui.state;
  if (engine.phase !== "loading" || engine.loaded === 0)
    return html`<span class="pulse"></span><span>${ui.t.engineLoading}…</span>`;
  const loaded = bytes(engine.loaded, ui.language);
  if (engine.total === null) return html`<span class="pulse"></span><span>${ui.t.engineLoadingUnknown(loaded)}</span>`;
  return html`<progress max=${engine.total} value=${engine.loaded} aria-label=${ui.t.engineLoading}></progress>
    <span>${ui.t.engineLoadingBytes(loaded, bytes(engine.total, ui.language))}</span>`;
}

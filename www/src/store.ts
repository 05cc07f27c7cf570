/**
 * The state of one playground, and the only place that changes it. `update` is pure; everything on the screen is a
 * function of its result, and everything that reaches outside (the engine, storage, the address) listens to it.
 */
import type {
  Diagnostic,
  File,
  Fix,
  Options,
  Outcome,
  Progress,
  Variation,
  Wheel,
  Workspace,
} from "./generated/schema.ts";
import type { Update } from "./session.ts";
import { type Crash, crashOf } from "./findings/crash.ts";
import { inOrder } from "./findings/finding.ts";
import { withFix } from "./findings/fixes.ts";
import { type Line, withOutput } from "./output/lines.ts";
import { Paths, type Renamed } from "./paths.ts";
import { type Instant, instantAt, type Instants, noInstants, withEvents } from "./timeline/instants.ts";
import { noRows, type Rows, withTimeline } from "./timeline/model.ts";
import { learnPlaces, noPlaces, type Places } from "./timeline/places.ts";

/** What is known of one run so far. */
export interface Results {
  diagnostics: readonly Diagnostic[];
  /** The same as they were told, which is not the order in which they are shown. */
  told: readonly Diagnostic[];
  lines: readonly Line[];
  rows: Rows;
  places: Places;
  instants: Instants;
  steps: number;
  now: number;
  outcome: Outcome | null;
  /** The exception that ended the program. */
  crash: Crash | null;
  /** Whether the page, and not the program, ran out of memory: what is told of the run is right as far as it goes. */
  exhausted: boolean;
  /** Whether the text has changed since the run began. */
  stale: boolean;
  /** Whether other schedules have been tried, all that there were to try. */
  explored: boolean;
}

export type Engine =
  | { phase: "loading"; loaded: number; total: number | null }
  | { phase: "ready" }
  | { phase: "failed"; message: string };

export type Panel = "code" | "timeline" | "tasks" | "findings" | "output";
export type Dialog = "settings" | "share" | "help" | "examples" | "predict";
/** The timeline as a picture, or the same in words. */
export type View = "picture" | "tree" | "table";
export type Said =
  | "badLink"
  | "newerLink"
  | "linkOpened"
  | "storageFull"
  | "fileNotSaved"
  | "copied"
  | "replaced"
  | "fileRemoved"
  | "wheelAdded";

/** Why a file that somebody brought was not taken. */
export type Refusal =
  | "notAWheel"
  | "wheelIsCompiled"
  | "wheelTooLarge"
  | "notText"
  | "textTooLarge"
  | "chromeTrace"
  | "otherRun"
  | "secondRun"
  | "unreadable";

/** What has become of files, by their names, and before it what else there is to say. */
export interface FilesNotice {
  said: Said | null;
  renamed: readonly Renamed[];
  refused: readonly { name: string; why: Refusal }[];
}

export type Notice = Said | FilesNotice;

/** How a run is other than as written. */
export type Varied = Variation & Partial<Pick<Options, "collectAt">>;

/** A program that was there before another took its place. */
export type Program = Pick<State, "workspace" | "options" | "example"> & {
  /** The moment to look at once it has run. */
  time?: number;
  /** Files that are called otherwise than where the program comes from. */
  renamed?: readonly Renamed[];
};

export interface State {
  workspace: Workspace;
  /** The path of the file in the editor. */
  active: string;
  options: Options;
  example: string | null;
  /** Whether the reader has changed anything since the program was opened: its text, its files, its input, its options. */
  typed: boolean;
  engine: Engine;
  /** `waiting`: asked for, but the engine is not there yet. */
  run: "none" | "waiting" | "running" | "ended";
  /** A new run replaces the results of the last one only with its first news, so that nothing flickers. */
  fresh: boolean;
  /** Packages that the run imports and that have not arrived. It begins again when they have. */
  awaited: readonly string[];
  results: Results | null;
  /** How many runs of an exploration have been looked at, of how many. */
  exploring: { done: number; total: number } | null;
  /** The finding the reader has turned to. */
  finding: string | null;
  /** The finding whose rule's page is open. */
  explained: string | null;
  task: number | null;
  /** Where the playhead stands; `null` follows the run to its end. */
  instant: Instant | null;
  view: View;
  /** The run that this one is compared with. */
  baseline: Results | null;
  panel: Panel;
  dialog: Dialog | null;
  notice: Notice | null;
  /** What was there before it was replaced, unless it was an example: nothing is lost by choosing something else. */
  previous: { program: Program; typed: boolean } | null;
  /** Files that were removed while the notice of it stands, the last one first, and where they stood. */
  removed: readonly { file: File; at: number; entry: boolean }[];
  /** Raised whenever the editor's text is replaced from outside it. */
  revision: number;
}

export type Action =
  | { type: "edited"; path: string; text: string }
  /** `typed`: it is the reader's own. `notice`: what is said of it, instead of what it has replaced. */
  | { type: "opened"; program: Program; typed?: boolean; notice?: Said | null }
  | { type: "previousRestored" }
  | { type: "activated"; path: string }
  | { type: "fileAdded"; path: string; text?: string }
  | { type: "fileRemoved"; path: string }
  /** The one that was removed last is back, beside everything that was done since. */
  | { type: "fileRestored" }
  | { type: "fileRenamed"; path: string; to: string }
  | { type: "entryChosen"; path: string }
  /** One of the same name takes the place of the last. */
  | { type: "wheelAdded"; wheel: Wheel }
  | { type: "wheelRemoved"; name: string }
  | { type: "inputChanged"; input?: string; arguments?: string[] }
  | { type: "optionsChanged"; options: Partial<Options> }
  | { type: "engineChanged"; engine: Engine }
  | { type: "runRequested" }
  | { type: "runStarted" }
  | { type: "runAwaits"; packages: readonly string[] }
  /** The run goes on without having said anything: what was shown before is not taken for it any longer. */
  | { type: "runSilent" }
  | { type: "runUpdated"; update: Update }
  | { type: "runEnded"; outcome: Outcome; exhausted?: boolean }
  | { type: "predicted"; diagnostics: Diagnostic[] }
  | { type: "exploreStarted" }
  | { type: "exploreUpdated"; progress: Progress }
  | { type: "exploreEnded" }
  | { type: "varied"; variation: Varied }
  /** `look`: and turn to its task and its moment. */
  | { type: "findingChosen"; id: string | null; look?: boolean }
  | { type: "explanationToggled"; id: string; open: boolean }
  | { type: "taskChosen"; id: number | null }
  | { type: "instantChosen"; instant: Instant | null }
  | { type: "viewChosen"; view: View }
  | { type: "fixApplied"; fix: Fix }
  | { type: "baselineKept" }
  | { type: "baselineDropped" }
  | { type: "panelChosen"; panel: Panel }
  | { type: "dialogToggled"; dialog: Dialog | null }
  | { type: "noticed"; notice: Notice | null };

/** The engine's own defaults, so that a link need hold only what differs. */
export { DEFAULT_OPTIONS } from "./generated/defaults.ts";

export function singleFile(text: string, path = "main.py"): Workspace {
  return { entry: path, files: [{ path, text }], module: null, arguments: [], input: "", wheels: [] };
}

export function initialState(workspace: Workspace, options: Options): State {
  return {
    workspace,
    active: workspace.entry,
    options,
    example: null,
    typed: false,
    engine: { phase: "loading", loaded: 0, total: null },
    run: "none",
    fresh: false,
    awaited: [],
    results: null,
    exploring: null,
    finding: null,
    explained: null,
    task: null,
    instant: null,
    view: "picture",
    baseline: null,
    panel: "code",
    dialog: null,
    notice: null,
    previous: null,
    removed: [],
    revision: 0,
  };
}

function opened(state: State, program: Program, typed: boolean, said: Said | null): State {
  return {
    ...initialState(program.workspace, program.options),
    example: program.example,
    typed,
    engine: state.engine,
    panel: state.panel,
    view: state.view,
    instant: program.time === undefined ? null : { count: 0, time: program.time },
    previous: isOwn(state) ? { program: programOf(state), typed: state.typed } : state.previous,
    notice: noticeOf(said, program.renamed ?? []),
    revision: state.revision + 1,
  };
}

/** What a notice says before it comes to files. */
export function saidOf(notice: Notice | null): Said | null {
  return typeof notice === "object" ? (notice?.said ?? null) : notice;
}

/** The shortest notice that says all of it. */
export function noticeOf(
  said: Said | null,
  renamed: FilesNotice["renamed"],
  refused: FilesNotice["refused"] = [],
): Notice | null {
  return renamed.length + refused.length === 0 ? said : { said, renamed, refused };
}

/** What the notice that is shown can undo, if anything. */
export function undoable({ notice, previous, removed }: State): "removal" | "opening" | null {
  const said = saidOf(notice);
  if (said === "fileRemoved") return removed.length > 0 ? "removal" : null;
  return previous !== null && (said === "replaced" || said === "linkOpened") ? "opening" : null;
}

/** Whether there is a program that is nowhere else to be had: one that was typed, or has come with a link or a page. */
function isOwn({ typed, example, workspace }: State): boolean {
  return typed || (example === null && workspace.files.some(({ text }) => text.trim() !== ""));
}

/** Whether a program takes the place of another that is kept. */
function replaces(state: State, { workspace }: Program): boolean {
  if (!isOwn(state) && !state.previous) return false;
  return saidOf(state.notice) === "replaced" || JSON.stringify(workspace) !== JSON.stringify(state.workspace);
}

/** What was there meanwhile is not lost for that. */
function restored(state: State, last: NonNullable<State["previous"]>): State {
  const next = opened(state, last.program, last.typed, null);
  return { ...next, previous: next.previous === last ? null : next.previous };
}

export function programOf({ workspace, options, example }: State): Program {
  return { workspace, options, example };
}

export function update(state: State, action: Action): State {
  switch (action.type) {
    case "edited":
      return edited(state, action.path, action.text);
    case "opened":
      return opened(
        state,
        action.program,
        action.typed ?? false,
        action.notice ?? (replaces(state, action.program) ? "replaced" : null),
      );
    case "previousRestored":
      return state.previous ? restored(state, state.previous) : state;
    case "activated":
    case "fileAdded":
    case "fileRemoved":
    case "fileRestored":
    case "fileRenamed":
    case "entryChosen":
      return withFiles(state, action);
    case "wheelAdded":
    case "wheelRemoved":
      return withWheel(state, action);
    case "inputChanged":
      return stale({
        ...state,
        typed: true,
        workspace: {
          ...state.workspace,
          input: action.input ?? state.workspace.input,
          arguments: action.arguments ?? state.workspace.arguments,
        },
      });
    case "optionsChanged":
      return stale({ ...state, typed: true, options: { ...state.options, ...action.options } });
    case "engineChanged":
      return { ...state, engine: action.engine };
    case "findingChosen":
      return chosen(state, action.id, action.look === true);
    case "explanationToggled":
      if (action.open) return { ...state, explained: action.id };
      return state.explained === action.id ? { ...state, explained: null } : state;
    case "taskChosen":
      return { ...state, task: action.id };
    case "instantChosen":
      return { ...state, instant: action.instant };
    case "viewChosen":
      return { ...state, view: action.view };
    case "fixApplied":
      return fixed(state, action.fix);
    case "baselineKept":
      return state.results?.outcome ? { ...state, baseline: state.results } : state;
    case "baselineDropped":
      return { ...state, baseline: null };
    case "panelChosen":
      return { ...state, panel: action.panel };
    case "dialogToggled":
      return { ...state, dialog: state.dialog === action.dialog ? null : action.dialog };
    case "noticed":
      return { ...state, notice: action.notice, removed: [] };
    case "exploreStarted":
    case "exploreUpdated":
    case "exploreEnded":
    case "varied":
      return withExploration(state, action);
    default:
      return withRun(state, action);
  }
}

type ExploreAction = Extract<Action, { type: `explore${string}` | "varied" }>;

function withExploration(state: State, action: ExploreAction): State {
  const { results } = state;
  const asWritten = results?.diagnostics.filter((one) => one.reproduce === null) ?? [];
  switch (action.type) {
    case "exploreStarted":
      return { ...state, exploring: { done: 0, total: 0 } };
    case "exploreUpdated": {
      const { next, done, total, diagnostics } = action.progress;
      if (!results) return state;
      const all = inOrder([...asWritten, ...diagnostics], paths(state.workspace.files));
      const explored = next === null;
      return { ...state, exploring: { done, total }, results: { ...results, diagnostics: all, explored } };
    }
    case "exploreEnded":
      return { ...state, exploring: null };
    case "varied": {
      const { variation } = action;
      const options = { ...state.options, collectAt: 0, ...variation };
      const isPlain = options.schedule === 0 && options.cancel === null && options.collectAt === 0;
      const kept = results?.outcome ? { ...results, diagnostics: asWritten } : state.baseline;
      return stale({ ...state, options, baseline: isPlain ? null : kept, finding: null });
    }
  }
}

type RunAction = Extract<Action, { type: `run${string}` | "predicted" }>;

function withRun(state: State, action: RunAction): State {
  switch (action.type) {
    case "runRequested":
      return { ...state, run: "waiting" };
    case "runStarted":
      return { ...state, run: "running", fresh: true, awaited: [], notice: lastingNotice(state) };
    case "runAwaits":
      return { ...state, awaited: action.packages };
    case "runSilent":
      return state.fresh ? { ...state, fresh: false, results: noResults() } : state;
    case "runUpdated": {
      const before = state.fresh || !state.results ? noResults() : state.results;
      const results = withUpdate(before, action.update, state.workspace.files);
      // A moment that this run had not reached yet is looked for again.
      const reached = state.instant && !state.fresh && state.instant.time < before.now;
      const instant = state.instant && !reached ? instantAt(results.instants, state.instant.time) : state.instant;
      return { ...state, fresh: false, results, instant, ...stillThere(state, results) };
    }
    case "runEnded": {
      const { outcome, exhausted = false } = action;
      const results = { ...(state.fresh || !state.results ? noResults() : state.results), outcome, exhausted };
      return { ...state, run: "ended", fresh: false, awaited: [], results, ...stillThere(state, results) };
    }
    case "predicted": {
      // What a run has shown outranks what the source suggests.
      if (state.run !== "none") return state;
      if (action.diagnostics.length === 0) return { ...state, results: null };
      const results = { ...noResults(), diagnostics: inOrder(action.diagnostics, paths(state.workspace.files)) };
      return { ...state, results };
    }
  }
}

/** What asked for a run is said no more when there is one, unless it also offers the way back. */
function lastingNotice({ notice, previous }: State): Notice | null {
  if (saidOf(notice) !== "linkOpened" || previous !== null) return notice;
  return typeof notice === "object" && notice ? noticeOf(null, notice.renamed, notice.refused) : null;
}

/** A chosen finding or task that the new run does not have is chosen no more. */
function stillThere(state: State, results: Results): Pick<State, "finding" | "task"> {
  const over = results.outcome !== null;
  const finding = results.diagnostics.some((one) => one.id === state.finding) || !over ? state.finding : null;
  const task = (state.task !== null && results.rows.index.has(state.task)) || !over ? state.task : null;
  return { finding, task };
}

export function noResults(): Results {
  return {
    diagnostics: [],
    told: [],
    lines: [],
    rows: noRows(),
    places: noPlaces(),
    instants: noInstants(),
    steps: 0,
    now: 0,
    outcome: null,
    crash: null,
    exhausted: false,
    stale: false,
    explored: false,
  };
}

function withUpdate(results: Results, { events, diagnostics, timeline }: Update, files: readonly File[]): Results {
  learnPlaces(results.places, events);
  let { steps } = results;
  for (const { kind } of events) if ("stepStarted" in kind) steps += 1;
  return {
    ...results,
    diagnostics: diagnostics === results.told ? results.diagnostics : inOrder(diagnostics, paths(files)),
    told: diagnostics,
    lines: withOutput(results.lines, events),
    rows: withTimeline(results.rows, timeline),
    instants: withEvents(results.instants, events),
    steps,
    crash: crashOf(results.crash, events, results.places),
    now: timeline.now,
  };
}

const paths = (files: readonly File[]): string[] => files.map((file) => file.path);

function stale(state: State): State {
  return state.results && !state.results.stale ? { ...state, results: { ...state.results, stale: true } } : state;
}

function edited(state: State, path: string, text: string): State {
  if (state.workspace.files.some((file) => file.path === path && file.text === text)) return state;
  const files = state.workspace.files.map((file) => (file.path === path ? { path, text } : file));
  return stale({ ...state, typed: true, workspace: { ...state.workspace, files } });
}

function chosen(state: State, id: string | null, look: boolean): State {
  const finding = state.results?.diagnostics.find((one) => one.id === id);
  // What exploration has found happened in another run, whose time is not this one's.
  const here = finding?.evidence === "observed" && finding.reproduce === null;
  if (!look || !state.results || !here) return { ...state, finding: id };
  const instant = instantAt(state.results.instants, finding.time);
  return { ...state, finding: id, task: finding.task ?? state.task, instant };
}

/** The run so far becomes the one that the next is compared with. */
function fixed(state: State, fix: Fix): State {
  // The places of a fix are those of the text that ran.
  if (!state.results || state.results.stale) return state;
  const files = withFix(state.workspace.files, fix);
  const baseline = state.results.outcome === null ? state.baseline : state.results;
  return stale({ ...state, typed: true, workspace: { ...state.workspace, files }, baseline, finding: null });
}

type FileAction = Extract<Action, { type: `file${string}` | "activated" | "entryChosen" }>;

function withFiles(state: State, action: FileAction): State {
  const { workspace } = state;
  const { files, entry } = workspace;
  const has = (path: string): boolean => files.some((file) => file.path === path);
  switch (action.type) {
    case "activated":
      return has(action.path) ? { ...state, active: action.path } : state;
    case "entryChosen":
      return has(action.path)
        ? stale({ ...state, typed: true, workspace: { ...workspace, entry: action.path } })
        : state;
    case "fileAdded": {
      if (has(action.path)) return { ...state, active: action.path };
      const added = [...files, { path: action.path, text: action.text ?? "" }];
      return stale({ ...state, typed: true, active: action.path, workspace: { ...workspace, files: added } });
    }
    case "fileRemoved": {
      const at = files.findIndex((file) => file.path === action.path);
      const file = files[at];
      const kept = files.filter((one) => one !== file);
      const first = kept[0];
      if (!first || !file) return state;
      const next = { ...workspace, files: kept, entry: entry === action.path ? first.path : entry };
      const active = state.active === action.path ? next.entry : state.active;
      return stale({
        ...state,
        typed: true,
        workspace: next,
        active,
        removed: [{ file, at, entry: entry === file.path }, ...state.removed],
        notice: "fileRemoved",
      });
    }
    case "fileRestored": {
      const [last, ...removed] = state.removed;
      if (!last) return state;
      const path = new Paths(files).take(last.file.path);
      const next = { ...workspace, files: files.toSpliced(last.at, 0, { ...last.file, path }) };
      if (last.entry) next.entry = path;
      const notice = removed.length > 0 ? "fileRemoved" : null;
      return stale({ ...state, typed: true, workspace: next, active: path, removed, notice });
    }
    case "fileRenamed": {
      const others = new Paths(files.filter((file) => file.path !== action.path));
      if (!has(action.path) || action.to === action.path || others.fault(action.to) !== null) return state;
      const renamed = files.map((file) => (file.path === action.path ? { ...file, path: action.to } : file));
      const next = { ...workspace, files: renamed, entry: entry === action.path ? action.to : entry };
      const active = state.active === action.path ? action.to : state.active;
      return stale({ ...state, typed: true, workspace: next, active });
    }
  }
}

type WheelAction = Extract<Action, { type: `wheel${string}` }>;

function withWheel(state: State, action: WheelAction): State {
  const name = action.type === "wheelAdded" ? action.wheel.name : action.name;
  const others = state.workspace.wheels.filter((wheel) => wheel.name !== name);
  const wheels = action.type === "wheelAdded" ? [...others, action.wheel] : others;
  const notice = action.type === "wheelAdded" ? "wheelAdded" : null;
  return stale({ ...state, typed: true, workspace: { ...state.workspace, wheels }, notice });
}

/** Holds the state, and tells of each change. */
export class Store {
  #state: State;
  readonly #listeners = new Set<(state: State, before: State, action: Action) => void>();

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  dispatch(action: Action): void {
    const before = this.#state;
    this.#state = update(before, action);
    if (this.#state !== before) for (const listener of this.#listeners) listener(this.#state, before, action);
  }

  subscribe(listener: (state: State, before: State, action: Action) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

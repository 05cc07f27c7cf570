import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type StateEffect } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Place } from "../findings/finding.ts";
import { placeOf } from "../findings/finding.ts";
import type { Diagnostic, File, Fix } from "../generated/schema.ts";
import type { Language } from "../i18n/index.ts";
import { hiding } from "./hidden.ts";
import { lintMarks, pointing, pointMarks } from "./marks.ts";
import { overtyping } from "./overtyping.ts";
import { pasting } from "./pasting.ts";
import { standing, type StandingTask, standMarks } from "./standing.ts";
import { noteMarks, notes } from "./notes.ts";
import { rangeOf } from "./positions.ts";
import { look } from "./theme.ts";

export interface EditorHost {
  edited(path: string, text: string): void;
  run(): void;
  fix(fix: Fix): void;
  /** The caret has gone to a line without the text having changed. */
  moved(line: number): void;
}

/** The one stretch in which two texts differ. The editor's own text has one kind of line break, whatever the file has. */
function changeTo(before: string, text: string): { from: number; to: number; insert: string } | null {
  const after = text.replace(/\r\n?/g, "\n");
  if (before === after) return null;
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** A program to show. So many lines at the start of the file that is shown first stay out of sight. */
export interface OpenProgram {
  files: readonly File[];
  active: string;
  hiddenLines: number;
}

/** The beginning of a text, with the room that the style leaves above its first line. */
const START = EditorView.scrollIntoView(0, { y: "start", yMargin: 12 });

const textOf = (files: readonly File[], path: string): string => files.find((file) => file.path === path)?.text ?? "";

/** The editor: one view, and for each file a state of its own, with its history, selection and marks. */
export class Editor {
  readonly #view: EditorView;
  readonly #host: EditorHost;
  readonly #states = new Map<string, { state: EditorState; scroll: StateEffect<unknown> }>();
  readonly #access = new Compartment();
  #hiddenLines = 0;
  #path = "";
  #first = "";
  #label = "Source";
  #language: Language = "en";
  #readOnly = false;
  /** Whether the shown state may have marks. Each change makes the browser lay out the page, even one that takes nothing away. */
  #marked = false;

  /**
   * Best made while the page is still empty: whenever the view looks for the selection, the browser lays out what there is.
   * {@link element} is to be put on the page.
   */
  constructor(root: ShadowRoot, program: OpenProgram, host: EditorHost) {
    this.#host = host;
    this.#view = new EditorView({ state: this.#begin(program), root });
  }

  /** What is shown. */
  get element(): HTMLElement {
    return this.#view.dom;
  }

  get hasFocus(): boolean {
    return this.#view.hasFocus;
  }

  focus(): void {
    this.#view.focus();
  }

  /** Replaces every file, forgetting all history: another program has been opened. */
  open(program: OpenProgram): void {
    this.#turnTo(this.#begin(program), START);
  }

  #begin({ files, active, hiddenLines }: OpenProgram): EditorState {
    this.#hiddenLines = hiddenLines;
    this.#states.clear();
    this.#path = this.#first = active;
    this.#marked = false;
    return this.#newState(textOf(files, active), true);
  }

  /** Turns to a file, and drops what is kept of files that are no more. */
  show(files: readonly File[], active: string): void {
    for (const path of this.#states.keys()) {
      if (!files.some((file) => file.path === path)) this.#states.delete(path);
    }
    if (active === this.#path) return;
    if (files.some((file) => file.path === this.#path))
      this.#states.set(this.#path, { state: this.#view.state, scroll: this.#view.scrollSnapshot() });
    this.#path = active;
    const kept = this.#states.get(active);
    this.#marked = kept !== undefined;
    this.#turnTo(kept?.state ?? this.#newState(textOf(files, active), this.#first === active), kept?.scroll ?? START);
  }

  #turnTo(state: EditorState, scroll: StateEffect<unknown>): void {
    this.#view.setState(state);
    this.#view.dispatch({ effects: [this.#access.reconfigure(this.#accessNow()), scroll] });
  }

  /** The line of the caret, counting from 1. */
  get line(): number {
    const { state } = this.#view;
    return state.doc.lineAt(state.selection.main.head).number;
  }

  /** Takes over texts that were changed from outside, as changes that can be undone. */
  replace(files: readonly File[]): void {
    for (const { path, text } of files) {
      if (path === this.#path) {
        const change = changeTo(this.#view.state.doc.toString(), text);
        if (change) this.#view.dispatch({ changes: change, scrollIntoView: false });
      } else {
        const kept = this.#states.get(path);
        const change = kept && changeTo(kept.state.doc.toString(), text);
        if (change) this.#states.set(path, { ...kept, state: kept.state.update({ changes: change }).state });
      }
    }
  }

  describe(label: string, readOnly: boolean, language: Language): void {
    this.#language = language;
    if (label === this.#label && readOnly === this.#readOnly) return;
    this.#label = label;
    this.#readOnly = readOnly;
    this.#setAccess();
  }

  setFindings(findings: readonly Diagnostic[]): void {
    const here = findings.filter((finding) => finding.file === this.#path);
    if (here.length === 0 && !this.#marked) return;
    this.#marked = true;
    this.#view.dispatch(
      noteMarks(here, this.#language),
      lintMarks(this.#view.state, here, this.#language, this.#readOnly ? null : (fix) => this.#host.fix(fix)),
    );
  }

  /** Marks a finding and the other places it involves. */
  point(finding: Diagnostic | null): void {
    if (!finding && !this.#marked) return;
    this.#marked = true;
    const here = (place: { file: string }): boolean => place.file === this.#path;
    this.#view.dispatch(
      pointMarks({
        chosen: finding && here(finding) ? placeOf(finding) : null,
        related: (finding?.related ?? []).filter(here).map(placeOf),
      }),
    );
  }

  /** Shows at which lines of the shown file tasks stand. */
  setStanding(tasks: readonly StandingTask[]): void {
    if (tasks.length === 0 && !this.#marked) return;
    this.#marked = true;
    this.#view.dispatch(standMarks(tasks, this.#path));
  }

  /** Brings a place of the shown file into view and puts the caret there. */
  goTo(place: Place, focus: boolean): void {
    const { from } = rangeOf(this.#view.state.doc, place);
    this.#view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    if (focus) this.#view.focus();
  }

  #newState(doc: string, first: boolean): EditorState {
    const hidden = first ? hiding(this.#hiddenLines) : [];
    return EditorState.create({ doc, extensions: [this.#behaviour(), hidden, look] });
  }

  #setAccess(): void {
    this.#view.dispatch({ effects: this.#access.reconfigure(this.#accessNow()) });
  }

  #accessNow(): Extension {
    return [
      EditorView.contentAttributes.of({ "aria-label": this.#label, tabindex: "0", spellcheck: "false" }),
      EditorState.readOnly.of(this.#readOnly),
    ];
  }

  #behaviour(): Extension {
    const run = (): boolean => {
      this.#host.run();
      return true;
    };
    return [
      lintGutter(),
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ activateOnTyping: false }),
      highlightActiveLine(),
      highlightSelectionMatches(),
      python(),
      overtyping,
      pasting,
      pointing,
      standing,
      notes,
      this.#access.of(this.#accessNow()),
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true },
        { key: "Shift-Enter", run, preventDefault: true },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of((change) => {
        if (change.docChanged) this.#host.edited(this.#path, change.state.doc.toString());
        if (change.selectionSet && !change.docChanged) this.#host.moved(this.line);
      }),
    ];
  }
}

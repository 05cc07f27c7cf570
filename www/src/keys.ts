/** The keys that work wherever the focus is. Those of a view are the view's own. */
import { talkStep, type TalkStep } from "./talk.ts";

/** What the keys do. */
export interface Keyed {
  talking: boolean;
  /** Whether a dialog is open, which has the keys then. */
  dialog: boolean;
  /** Whether Escape belongs to the editor. */
  editing: boolean;
  run: () => void;
  stop: () => void;
  help: () => void;
  talk: (step: TalkStep) => void;
  nextFinding: (by: 1 | -1) => void;
  firstFix: () => void;
  focusFindings: () => void;
  /** What the key does on the timeline; in a talk it does that everywhere. */
  timeline: (event: KeyboardEvent) => (() => void) | undefined;
}

/** Letters and signs are taken by their place on the keyboard where layouts move them. */
export function keyAction(event: KeyboardEvent, keyed: Keyed): (() => void) | undefined {
  const target = event.composedPath()[0] as HTMLElement;
  const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && (command || (event.shiftKey && !keyed.dialog))) return keyed.run;
  const step = keyed.dialog ? null : talkStep(event, keyed.talking, typing);
  if (step) return () => keyed.talk(step);
  if ((event.key === "." || event.code === "Period") && command) return keyed.firstFix;
  if (event.key === "F8") return () => keyed.nextFinding(event.shiftKey ? -1 : 1);
  if (event.code === "KeyM" && command && event.shiftKey) return keyed.focusFindings;
  if (keyed.dialog) return undefined;
  if (event.key === "Escape" && !keyed.editing) return keyed.stop;
  if (event.key === "?" && !typing) return keyed.help;
  // A button takes the space bar and Enter itself.
  const pressed = target.closest("button, summary, [role]") !== null && (event.key === " " || event.key === "Enter");
  if (keyed.talking && !typing && !command && !event.altKey && !pressed) return keyed.timeline(event);
  return undefined;
}

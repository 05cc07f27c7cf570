import { css, html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { Line } from "../output/lines.ts";
import type { Ui } from "../ui.ts";

export const predictStyle = css`
  dialog.aside {
    margin: 58px 10px auto auto;
    width: min(44vw, 620px);
    max-height: calc(100vh - 70px);
  }
  .program pre {
    max-height: 30vh;
    margin: 6px 0 0;
    padding: 8px 10px;
    overflow: auto;
    border-radius: 6px;
    background: var(--sunken);
    font: 12px/1.5 var(--mono);
  }
  @media (min-width: 761px) {
    dialog.aside::backdrop {
      background: linear-gradient(to right, transparent 52%, rgb(8 14 20 / 45%) 58%);
    }
    .program {
      display: none;
    }
  }
  @media (max-width: 760px) {
    dialog.aside {
      width: calc(100vw - 16px);
      margin: auto auto 8px;
    }
  }
  .predict {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .predict li {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    align-items: center;
    gap: 8px;
    margin-bottom: 5px;
    padding: 3px 4px 3px 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
  }
  .predict li {
    cursor: grab;
    user-select: none;
  }
  .predict .grip {
    display: flex;
    align-items: center;
    align-self: stretch;
    gap: 6px;
    touch-action: none;
  }
  .predict .grip svg {
    color: var(--faint);
  }
  .predict[data-moving] li {
    cursor: grabbing;
  }
  .predict li[data-held] {
    border-color: var(--accent);
    box-shadow: var(--shadow);
  }
  .predict .number {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .predict code {
    overflow-wrap: anywhere;
    font: 12.5px/1.5 var(--mono);
    white-space: pre-wrap;
  }
  .predict .right {
    border-color: var(--good);
  }
  .predict .wrong {
    border-color: var(--error);
    border-style: dashed;
  }
  .predict .right .verdict-mark {
    color: var(--good);
  }
  .predict .wrong .verdict-mark {
    color: var(--error);
  }
  .predict .moves {
    display: flex;
  }
  .predict .icon-button {
    width: 32px;
    min-height: 32px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`;

/** More lines than these are a chore, not a question. */
const MOST = 10;

/** What the program prints, and the order in which the reader expects it. */
export interface Guess {
  /** The lines, as they come. */
  lines: readonly string[];
  /** The places in `lines`, as the reader has put them. */
  order: readonly number[];
  checked: boolean;
}

/** The lines of a run, out of order: always the same disorder for the same lines, and never their own order. */
export function guessFrom(lines: readonly Line[]): Guess {
  const texts = lines.filter((line) => line.stream === "stdout" && line.text.trim() !== "").map(({ text }) => text);
  const kept = texts.slice(0, MOST);
  const key = (text: string, at: number): number => {
    let hash = 2166136261 ^ at;
    for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
    return hash >>> 0;
  };
  const order = kept.map((_, at) => at).sort((one, two) => key(kept[one] ?? "", one) - key(kept[two] ?? "", two));
  if (order.length > 1 && order.every((place, at) => kept[place] === kept[at])) order.reverse();
  return { lines: kept, order, checked: false };
}

/** Lines that read the same may stand for each other. */
export function isRight(guess: Guess, at: number): boolean {
  return guess.lines[guess.order[at] ?? -1] === guess.lines[at];
}

export function movedLine(guess: Guess, from: number, to: number): Guess {
  if (to < 0 || to >= guess.order.length) return guess;
  const order = [...guess.order];
  order.splice(to, 0, ...order.splice(from, 1));
  return { ...guess, order, checked: false };
}

export interface Predicting {
  /** Absent while the program is being run out of sight. */
  guess: Guess | null;
  set: (guess: Guess) => void;
  check: () => void;
  show: () => void;
}

export function predictView(ui: Ui, { guess, set, check, show }: Predicting): TemplateResult {
  const { t } = ui;
  if (!guess) return html`<p><span class="pulse"></span> ${t.predictPreparing}</p>`;
  // Lines that all read the same are in order, whatever their order.
  if (new Set(guess.lines).size < 2) return html`<p>${t.predictTooShort}</p>`;
  const right = guess.order.filter((_, at) => isRight(guess, at)).length;
  const all = right === guess.order.length;
  const entry = ui.state.workspace.files.find((file) => file.path === ui.state.workspace.entry);
  return html`<p>${t.predictHint}</p>
    <details class="program" open>
      <summary>${t.code}</summary>
      <pre tabindex="0">${entry?.text ?? ""}</pre>
    </details>
    <ol class="predict" aria-label=${t.predictMode}>
      ${guess.order.map((place, at) => lineView(ui, guess, place, at, set))}
    </ol>
    ${guess.checked ? html`<p role="status"><strong>${all ? t.predictAllRight : t.predictSomeRight(right, guess.order.length)}</strong></p>` : nothing}
    <div class="actions">
      <button type="button" class="button primary" @click=${check}>${t.predictCheck}</button>
      <button type="button" class="button" @click=${show}>${t.predictShow}</button>
    </div>`;
}

/**
 * Moves a line as long as it is held: anywhere by mouse or pen, by its grip with a finger, which scrolls elsewhere. The
 * elements stay where they are, and the lines go from one to the other.
 */
function grab(event: PointerEvent, guess: Guess, at: number, set: (guess: Guess) => void): void {
  const target = event.target as Element;
  const list = (event.currentTarget as Element).closest("ol");
  if (!list || event.button !== 0 || target.closest("button")) return;
  if (event.pointerType === "touch" && !target.closest(".grip")) return;
  event.preventDefault();
  list.setPointerCapture(event.pointerId);
  let [now, held] = [guess, at];
  const mark = (): void =>
    [...list.children].forEach((item, place) => item.toggleAttribute("data-held", place === held));
  const move = ({ clientY }: PointerEvent): void => {
    const over = [...list.children].filter((item) => item.getBoundingClientRect().top <= clientY).length - 1;
    const to = Math.max(0, over);
    if (to === held) return;
    now = movedLine(now, held, to);
    held = to;
    set(now);
    mark();
  };
  const release = (): void => {
    list.removeEventListener("pointermove", move);
    list.removeAttribute("data-moving");
    held = -1;
    mark();
  };
  list.setAttribute("data-moving", "");
  mark();
  list.addEventListener("pointermove", move);
  list.addEventListener("lostpointercapture", release, { once: true });
}

function lineView(ui: Ui, guess: Guess, place: number, at: number, set: (guess: Guess) => void): TemplateResult {
  const { t } = ui;
  const verdict = guess.checked ? (isRight(guess, at) ? "right" : "wrong") : "";
  const move =
    (to: number) =>
    (event: Event): void => {
      const list = (event.currentTarget as Element).closest("ol");
      const up = to < at;
      set(movedLine(guess, at, to));
      // The line takes its buttons with it; the focus stays with the line.
      requestAnimationFrame(() =>
        list?.children[to]
          ?.querySelector<HTMLElement>(
            `.icon-button:nth-of-type(${up ? 1 : 2}):not(:disabled), .icon-button:not(:disabled)`,
          )
          ?.focus(),
      );
    };
  return html`<li class=${verdict} @pointerdown=${(event: PointerEvent) => grab(event, guess, at, set)}>
    <span class="grip"
      >${icons.grip}<span class="number verdict-mark"
        >${verdict === "right" ? icons.finished : verdict === "wrong" ? icons.close : at + 1}</span
      ></span
    >
    <code>${guess.lines[place]}</code>
    <span class="moves">
      <button
        type="button"
        class="icon-button"
        aria-label="${t.moveUp}: ${guess.lines[place]}"
        ?disabled=${at === 0}
        @click=${move(at - 1)}
      >
        ${icons.up}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="${t.moveDown}: ${guess.lines[place]}"
        ?disabled=${at === guess.order.length - 1}
        @click=${move(at + 1)}
      >
        ${icons.down}
      </button>
    </span>
    ${verdict ? html`<span class="visually-hidden">${verdict === "right" ? t.predictRight : t.predictWrong}</span>` : nothing}
  </li>`;
}

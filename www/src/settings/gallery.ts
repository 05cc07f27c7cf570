import { css, html, nothing, type TemplateResult } from "lit";
import type { Example } from "../examples.ts";
import type { Program } from "../store.ts";
import type { Ui } from "../ui.ts";

export const galleryStyle = css`
  dialog.broad {
    width: min(980px, calc(100vw - 24px));
    max-height: min(88vh, 860px);
  }
  .gallery input[type="search"] {
    position: sticky;
    top: 0;
    z-index: 1;
    box-shadow:
      0 -17px 0 var(--raised),
      0 0 0 9px var(--raised);
    width: 100%;
    min-height: 36px;
    padding: 4px 12px;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--surface);
  }
  .gallery input + section {
    margin-top: 16px;
  }
  .gallery section + section {
    margin-top: 18px;
  }
  .gallery h3 {
    margin: 0 0 8px;
    color: var(--muted);
    font-size: 12.5px;
    font-weight: 650;
  }
  .gallery ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(270px, 100%), 1fr));
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 3px;
    height: 100%;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  .card:has(:focus-visible),
  .card:hover {
    border-color: var(--accent);
  }
  .card[data-chosen] {
    background: var(--accent-wash);
  }
  .card p {
    flex: 1;
    font-size: 13px;
    line-height: 1.45;
  }
  .card .open {
    padding: 0;
    border: 0;
    background: none;
    color: var(--ink);
    font-weight: 650;
    text-align: start;
    cursor: pointer;
  }
  .card .open:hover {
    color: var(--accent-deep);
  }
  .card .try {
    align-self: start;
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--accent);
    font-size: 12.5px;
    cursor: pointer;
  }
  .card .try:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @container playground (max-width: 760px) {
    .card :is(.open, .try) {
      min-height: 32px;
    }
  }
`;

export interface Gallery {
  examples: readonly Example[];
  wanted: string;
  search: (wanted: string) => void;
  open: (id: string) => void;
  /** Opens it without running it, to guess what it prints. */
  predict: (id: string) => void;
  /** The reader's own programs that gave way to others. */
  earlier: readonly Program[];
  take: (program: Program) => void;
}

function matches(example: Example, wanted: string): boolean {
  const words = `${example.title} ${example.summary} ${example.group} ${example.id}`.toLocaleLowerCase();
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** Every built-in example with its sentence, by what it is about. */
export function galleryView(ui: Ui, gallery: Gallery): TemplateResult {
  const { t } = ui;
  const groups = new Map<string, Example[]>();
  for (const example of gallery.examples) {
    if (matches(example, gallery.wanted)) groups.set(example.group, [...(groups.get(example.group) ?? []), example]);
  }
  return html`<div class="gallery">
    <input
      type="search"
      aria-label=${t.searchExamples}
      placeholder=${t.searchExamples}
      .value=${gallery.wanted}
      @input=${(event: Event) => gallery.search((event.target as HTMLInputElement).value)}
    />
    ${earlierView(ui, gallery)} ${gallery.examples.length === 0 ? html`<p>${t.loadingExamples}</p>` : nothing}
    ${gallery.examples.length > 0 && groups.size === 0 ? html`<p role="status">${t.noSuchExample}</p>` : nothing}
    ${[...groups].map(
      ([name, list]) =>
        html`<section aria-label=${name}>
          <h3>${name}</h3>
          <ul>
            ${list.map((example) => card(ui, gallery, example))}
          </ul>
        </section>`,
    )}
  </div>`;
}

/** What the reader wrote comes before what others did, until something is looked for. */
function earlierView({ t }: Ui, { earlier, wanted, take }: Gallery): TemplateResult | typeof nothing {
  if (earlier.length === 0 || wanted !== "") return nothing;
  return html`<section aria-label=${t.earlierPrograms}>
    <h3>${t.earlierPrograms}</h3>
    <ul>
      ${earlier.map((program) => {
        const { entry, files } = program.workspace;
        const text = files.find(({ path }) => path === entry)?.text.trim() ?? "";
        return html`<li class="card">
          <button type="button" class="open" @click=${() => take(program)}>${entry}</button>
          <p>${text.split("\n", 2).join(" ").slice(0, 120)}</p>
        </li>`;
      })}
    </ul>
  </section>`;
}

function card(ui: Ui, gallery: Gallery, example: Example): TemplateResult {
  const chosen = ui.state.example === example.id;
  return html`<li class="card" ?data-chosen=${chosen}>
    <button
      type="button"
      class="open"
      aria-current=${chosen ? "true" : nothing}
      @click=${() => gallery.open(example.id)}
    >
      ${example.title}
    </button>
    <p>${example.summary}</p>
    <button
      type="button"
      class="try"
      aria-label="${ui.t.predictMode}: ${example.title}"
      @click=${() => gallery.predict(example.id)}
    >
      ${ui.t.predictMode}
    </button>
  </li>`;
}

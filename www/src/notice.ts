/** What is said of something that was opened, brought along or lost, with the way back where there is one. */
import { css, html, nothing, type TemplateResult } from "lit";
import { icons } from "./icons.ts";
import { legible } from "./legible.ts";
import { type FilesNotice, saidOf, undoable } from "./store.ts";
import type { Ui } from "./ui.ts";

export const noticeStyle = css`
  .notice {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding: 4px 6px 4px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--accent-wash);
    font-size: 13px;
  }
  .notice > div {
    flex: 1;
    min-width: 0;
    max-height: 10.2em;
    overflow: auto;
    overflow-wrap: anywhere;
  }
  .notice p,
  .notice ul {
    margin: 3px 0;
  }
  .notice ul {
    padding-left: 1.4em;
  }
  .notice code {
    display: inline-block;
    max-width: min(32ch, 60%);
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: nowrap;
  }
  .notice .button {
    min-height: 28px;
  }
`;

/** So many files are seen without scrolling. */
const SEEN = 4;

/** `leave`: with what it told undone, or only out of sight. */
export function noticeView(ui: Ui, leave: (undo: boolean) => void): TemplateResult | typeof nothing {
  const { t, state } = ui;
  const { notice } = state;
  if (!notice || notice === "copied") return nothing;
  const said = saidOf(notice);
  const files = typeof notice === "object" ? notice : null;
  const isLong = files !== null && files.renamed.length + files.refused.length > SEEN;
  return html`<div class="notice" role="status">
    <div tabindex=${isLong ? 0 : nothing}>
      ${said ? html`<p>${t[said]}</p>` : nothing}${files ? filesView(ui, files) : nothing}
    </div>
    ${undoable(state) ? html`<button type="button" class="button" @click=${() => leave(true)}>${t.undo}</button>` : nothing}
    <button type="button" class="icon-button" aria-label=${t.dismiss} @click=${() => leave(false)}>
      ${icons.close}
    </button>
  </div>`;
}

function filesView({ t }: Ui, { renamed, refused }: FilesNotice): TemplateResult {
  const name = (text: string): TemplateResult => html`<code title=${legible(text)}>${legible(text)}</code>`;
  return html`${
    refused.length > 0
      ? html`<p>${t.filesRefused}</p>
          <ul>
            ${refused.map((file) => html`<li>${name(file.name)}: ${t.refusal[file.why]}</li>`)}
          </ul>`
      : nothing
  }${
    renamed.length > 0
      ? html`<p>${t.filesRenamed}</p>
          <ul>
            ${renamed.map(({ from, to }) => html`<li>${name(from)} → ${name(to)}</li>`)}
          </ul>`
      : nothing
  }`;
}

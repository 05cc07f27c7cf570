import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons.ts";
import type { Format } from "../share/downloads.ts";
import { saveFileView } from "../share/single-file.ts";
import type { Ui } from "../ui.ts";

/** The texts to be shared, once they have been made. */
export interface ShareTexts {
  link: string;
  markdown: string;
  markdownCode: string;
  embed: string;
}

const FORMATS: readonly Format[] = ["json", "chrome", "svg", "png"];

export function sharing(ui: Ui, texts: ShareTexts | null, save: (format: Format) => void): TemplateResult {
  const { t } = ui;
  const item = (id: string, label: string, text: string): TemplateResult =>
    html`<div class="copyable">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type="text"
        readonly
        .value=${text}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <button
        type="button"
        class="button"
        aria-label="${t.copy}: ${label}"
        ?disabled=${!text}
        @click=${() => ui.copy(text)}
      >
        ${icons.copy}${t.copy}
      </button>
    </div>`;
  return html`<p>${t.shareHint}</p>
    ${item("share-link", t.shareLink, texts?.link ?? "")}
    ${item("share-markdown", t.shareMarkdown, texts?.markdown ?? "")}
    ${item("share-code", t.shareMarkdownCode, texts?.markdownCode ?? "")}
    ${item("share-embed", t.shareEmbed, texts?.embed ?? "")}
    <div class="downloads" role="group" aria-label=${t.downloads}>
      <span>${t.downloads}</span>
      ${FORMATS.map(
        (format) =>
          html`<button
            type="button"
            class="button"
            aria-label="${t.download}: ${t.formats[format]}"
            ?disabled=${ui.state.results?.outcome == null}
            @click=${() => save(format)}
          >
            ${icons.download}${t.formats[format]}
          </button>`,
      )}
    </div>
    ${saveFileView(ui)} ${ui.state.notice === "copied" ? html`<p role="status">${t.copied}</p>` : nothing}`;
}

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

/** Why there is no link: nothing that long can be opened, or the page around a widget is none of ours. */
export type Unshared = "tooLargeForLink" | "noLinkHere";

const FORMATS: readonly Format[] = ["json", "chrome", "svg", "png"];

export function sharing(ui: Ui, texts: ShareTexts | Unshared | null, save: (format: Format) => void): TemplateResult {
  const { t } = ui;
  const select = (event: Event): void => (event.target as HTMLInputElement | HTMLTextAreaElement).select();
  const item = (id: string, label: string, text: string, lines = 1): TemplateResult =>
    html`<div class="copyable">
      <label for=${id}>${label}</label>
      ${
        lines > 1
          ? html`<textarea id=${id} readonly rows=${lines} .value=${text} @focus=${select}></textarea>`
          : html`<input id=${id} type="text" readonly .value=${text} @focus=${select} />`
      }
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
  const texting = (made: ShareTexts | null): TemplateResult =>
    html`<p>${t.shareHint}</p>
      ${item("share-link", t.shareLink, made?.link ?? "")}
      ${item("share-markdown", t.shareMarkdown, made?.markdown ?? "")}
      ${item("share-code", t.shareMarkdownCode, made?.markdownCode ?? "", 3)}
      ${item("share-embed", t.shareEmbed, made?.embed ?? "")}`;
  const refused = (why: Unshared): TemplateResult =>
    html`<p role="status" class="refused">
      ${icons[why === "noLinkHere" ? "info" : "warning"]}<span>${t[why]}</span>
    </p>`;
  return html`${typeof texts === "string" ? refused(texts) : texting(texts)}
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

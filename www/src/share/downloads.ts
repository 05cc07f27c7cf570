import { runNames } from "../findings/exploration.ts";
import { duration } from "../i18n/index.ts";
import type { Runner } from "../runner.ts";
import type { State } from "../store.ts";
import { drawRows, drawRuler, type Picture, ROW_HEIGHT } from "../timeline/draw.ts";
import type { TimelinePane } from "../timeline/pane.ts";
import { nameOf } from "../timeline/names.ts";
import { type Paint, type Pen, scaled, sizedPen } from "../timeline/pen.ts";
import type { Ui } from "../ui.ts";
import { SvgSurface, svgPatterns } from "./svg.ts";

export type Format = "json" | "chrome" | "svg" | "png";

const EXTENSIONS: Record<Format, string> = { json: "json", chrome: "trace.json", svg: "svg", png: "png" };

/** The whole of a run as data: what went in, and what came out. */
function jsonOf(state: State, runner: Runner): string {
  const { workspace, options, results } = state;
  return JSON.stringify(
    {
      format: 1,
      workspace,
      options,
      outcome: results?.outcome ?? null,
      diagnostics: results?.diagnostics ?? [],
      events: runner.events(),
    },
    null,
    1,
  );
}

/** What a picture of the timeline needs besides the picture itself. */
interface Drawing {
  picture: Picture;
  paint: Paint;
  title: string;
  /** What two runs that are compared are called. */
  names: { past: string; now: string };
}

/** Rows beyond these make a picture that nothing opens. */
const MOST_ROWS = 400;
const LABELS = 200;
const RULER = 25;
const WIDTH = 1200;

/** The whole timeline in its theme: names at the left, the ruler above. */
function draw(drawing: Drawing, pen: (left: number, top: number, width: number, height: number) => Pen | null): void {
  const { picture, paint } = drawing;
  const items = picture.items.slice(0, MOST_ROWS);
  const height = items.length * ROW_HEIGHT;
  const names = pen(0, RULER, LABELS, height);
  if (names) {
    const { context } = names;
    context.textBaseline = "middle";
    items.forEach(({ row, depth, past }, index) => {
      const middle = index * ROW_HEIGHT + ROW_HEIGHT / 2;
      context.font = `600 12px ${picture.font}`;
      context.fillStyle = paint.ink;
      const name = row ? nameOf(row, picture.words) : drawing.names[past ? "past" : "now"];
      context.fillText(shortened(name, 26 - depth * 2), 8 + depth * 12, middle);
      context.fillStyle = paint.line;
      context.fillRect(0, (index + 1) * ROW_HEIGHT - 1, LABELS, 1);
    });
  }
  const ruler = pen(LABELS, 0, WIDTH - LABELS, RULER);
  if (ruler) drawRuler(ruler, picture.range, picture.language, picture.font);
  const rows = pen(LABELS, RULER, WIDTH - LABELS, height);
  if (rows) drawRows(rows, { ...picture, items, first: 0, shift: 0, rowHeight: ROW_HEIGHT, chosen: null });
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function heightOf({ picture }: Drawing): number {
  return RULER + Math.min(picture.items.length, MOST_ROWS) * ROW_HEIGHT;
}

function svgOf(drawing: Drawing): string {
  const { paint, picture, title } = drawing;
  const height = heightOf(drawing);
  const parts: string[] = [];
  draw(drawing, (left, top, width, tall) => {
    const context = new SvgSurface(left, top, width, tall, parts);
    const patterns = { waiting: "url(#waiting)", ready: "url(#ready)", blocked: "url(#blocked)" };
    return { context, paint, width, height: tall, x: scaled(picture.range, width), patterns };
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${SvgSurface.escape(title)}</title>`,
    `<defs>${svgPatterns(paint)}</defs>`,
    `<rect width="${WIDTH}" height="${height}" fill="${paint.surface}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

async function pngOf(drawing: Drawing): Promise<Blob | null> {
  const ratio = 2;
  const whole = document.createElement("canvas");
  whole.width = WIDTH * ratio;
  whole.height = heightOf(drawing) * ratio;
  const context = whole.getContext("2d");
  if (!context) return null;
  context.fillStyle = drawing.paint.surface;
  context.fillRect(0, 0, whole.width, whole.height);
  const parts: { canvas: HTMLCanvasElement; left: number; top: number }[] = [];
  draw(drawing, (left, top, width, height) => {
    const canvas = document.createElement("canvas");
    parts.push({ canvas, left, top });
    return sizedPen(canvas, width, height, ratio, drawing.paint, drawing.picture.range);
  });
  for (const { canvas, left, top } of parts) context.drawImage(canvas, left * ratio, top * ratio);
  return new Promise((resolve) => {
    whole.toBlob(resolve, "image/png");
  });
}

/** Hands a file to the reader. */
function download(state: State, format: Format, content: Blob | string): void {
  const blob = typeof content === "string" ? new Blob([content]) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${state.workspace.entry.replace(/^.*\//, "").replace(/\.py$/, "") || "program"}.${EXTENSIONS[format]}`;
  link.click();
  // The browser takes the address before the next turn; it is of no use after that.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}

/** Saves the last run in a format. */
export async function save(format: Format, ui: Ui, runner: Runner, timeline: TimelinePane): Promise<void> {
  const { state, language } = ui;
  if (format === "json") {
    download(state, format, jsonOf(state, runner));
  } else if (format === "chrome") {
    download(state, format, JSON.stringify(runner.chrome()));
  } else {
    const title = `${state.workspace.entry}: ${duration(state.results?.now ?? 0, language)}`;
    const drawing = { picture: timeline.picture(ui), paint: timeline.paint(), title, names: runNames(ui) };
    const content = format === "svg" ? svgOf(drawing) : await pngOf(drawing);
    if (content) download(state, format, content);
  }
}

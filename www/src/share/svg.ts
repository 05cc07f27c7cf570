import { type Paint, type Patterns, type Surface, TILES } from "../timeline/pen.ts";

/** A character's share of the font's size, on average: enough to know whether words fit. */
const CHARACTER = 0.58;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Patterns are named here, not drawn: every style is a text. */
const colour = (style: unknown): string => (typeof style === "string" ? style : "none");

/** The part of a canvas that the timeline is drawn with, which writes what is drawn as SVG. */
export class SvgSurface implements Surface {
  fillStyle: string | CanvasGradient | CanvasPattern = "#000";
  strokeStyle: string | CanvasGradient | CanvasPattern = "#000";
  lineWidth = 1;
  font = "11px sans-serif";
  textBaseline: CanvasTextBaseline = "alphabetic";
  readonly #left: number;
  readonly #top: number;
  readonly #width: number;
  readonly #height: number;
  readonly #parts: string[];
  #path: string[] = [];
  #dash: number[] = [];

  /** Draws into a box of the picture, and nothing beyond its sides. */
  constructor(left: number, top: number, width: number, height: number, parts: string[]) {
    this.#left = left;
    this.#top = top;
    this.#width = width;
    this.#height = height;
    this.#parts = parts;
  }

  static escape(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const from = Math.max(0, x);
    const to = Math.min(this.#width, x + width);
    const above = Math.max(0, y);
    const below = Math.min(this.#height, y + height);
    if (to <= from || below <= above) return;
    const { x: left, y: top } = this.#at(from, above);
    this.#parts.push(
      `<rect x="${left}" y="${top}" width="${round(to - from)}" height="${round(below - above)}" fill="${this.#fill()}"/>`,
    );
  }

  beginPath(): void {
    this.#path = [];
  }

  closePath(): void {
    this.#path.push("Z");
  }

  moveTo(x: number, y: number): void {
    this.#to("M", x, y);
  }

  lineTo(x: number, y: number): void {
    this.#to("L", x, y);
  }

  arc(x: number, y: number, radius: number): void {
    this.#to("M", x - radius, y);
    for (const side of [1, -1]) {
      const end = this.#at(x + side * radius, y);
      this.#path.push(`A${radius} ${radius} 0 0 1 ${end.x} ${end.y}`);
    }
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#to("M", x, y);
    this.#path.push(`h${round(width)}v${round(height)}h${round(-width)}Z`);
  }

  /** Corners are round in the corner's own radius only where there is room. */
  roundRect(x: number, y: number, width: number, height: number): void {
    const from = Math.max(0, x);
    this.rect(from, y, Math.max(0, Math.min(this.#width, x + width) - from), height);
  }

  fill(): void {
    this.#parts.push(`<path d="${this.#path.join("")}" fill="${this.#fill()}"/>`);
  }

  stroke(): void {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    this.#parts.push(
      `<path d="${this.#path.join("")}" fill="none" stroke="${colour(this.strokeStyle)}" stroke-width="${this.lineWidth}"${dash}/>`,
    );
  }

  fillText(text: string, x: number, y: number): void {
    const at = this.#at(x, y);
    const weight = /^(\d{3}) /.exec(this.font)?.[1] ?? "400";
    this.#parts.push(
      `<text x="${at.x}" y="${at.y}" font-size="${this.#size()}" font-weight="${weight}" font-family="system-ui, sans-serif" dominant-baseline="central" fill="${this.#fill()}">${SvgSurface.escape(text)}</text>`,
    );
  }

  measureText(text: string): TextMetrics {
    return { width: text.length * this.#size() * CHARACTER } as TextMetrics;
  }

  setLineDash(dash: number[]): void {
    this.#dash = dash;
  }

  #fill(): string {
    return colour(this.fillStyle);
  }

  #size(): number {
    return Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 11);
  }

  #at(x: number, y: number): { x: number; y: number } {
    return { x: round(x + this.#left), y: round(y + this.#top) };
  }

  #to(command: "M" | "L", x: number, y: number): void {
    const at = this.#at(Math.min(Math.max(x, 0), this.#width), y);
    this.#path.push(`${command}${at.x} ${at.y}`);
  }
}

/** The same patterns as on the screen. */
export function svgPatterns(paint: Paint): string {
  return (Object.keys(TILES) as (keyof Patterns)[])
    .map((name) => {
      const { size, ground, ink, stroke, lines } = TILES[name];
      const path = lines.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => `M${x1} ${y1}L${x2} ${y2}`).join("");
      return `<pattern id="${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}" fill="${paint[ground]}"/><path d="${path}" stroke="${paint[ink]}" stroke-width="${stroke}"/></pattern>`;
    })
    .join("");
}

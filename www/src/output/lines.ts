import type { Event, Stream } from "../generated/schema.ts";

/** A line of output, or a part of one where the two streams meet within a line. */
export interface Line {
  time: number;
  stream: Stream;
  text: string;
  /** Whether the line has ended, so that the next text of its stream begins another. */
  ended: boolean;
}

/** The lines after some more events. The last line grows until it is ended by a newline or by the other stream. */
export function withOutput(lines: readonly Line[], events: readonly Event[]): readonly Line[] {
  const grown = [...lines];
  for (const { time, kind } of events) {
    if ("output" in kind) write(grown, time, kind.output.stream, kind.output.text);
  }
  return grown;
}

function write(lines: Line[], time: number, stream: Stream, text: string): void {
  const parts = text.split("\n");
  parts.forEach((part, index) => {
    const ended = index < parts.length - 1;
    // After the last newline nothing has begun yet.
    if (!ended && part === "") return;
    const last = lines.at(-1);
    if (last && !last.ended && last.stream === stream)
      lines[lines.length - 1] = { ...last, text: last.text + part, ended };
    else lines.push({ time, stream, text: part, ended });
  });
}

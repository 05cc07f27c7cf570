/** Outcomes that the engine cannot write itself: it was stopped, or it broke down. */

import type { RunEnd } from "./client.ts";
import type { Outcome } from "./generated/schema.ts";

/** The outcome that a run's end stands for; absent if the engine has written its own. */
export function outcomeOf(end: RunEnd): Outcome | undefined {
  switch (end.kind) {
    case "finished":
      return undefined;
    case "stopped":
      return "stopped";
    case "memory":
      return { limit: { limit: "memory" } };
    case "stack":
      return { limit: { limit: "stack" } };
    case "internal":
      return { internal: { message: end.message } };
  }
}

/**
 * Whether something broke because there was no memory left, on the page or for the analysis.
 * Panics of the analysis announce themselves; what traps without a word is an allocation that was refused.
 */
export function isExhausted(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return /unreachable/i.test(error.message);
  return error instanceof RangeError && /allocation|(string|array) (buffer )?(length|size)/i.test(error.message);
}

/** Where `ended`, and its outcomes, stand among their kind in the schema. A test compares them with the engine's. */
const ENDED = 50;
const STOPPED = 4;
const LIMIT = 5;
const LIMIT_MEMORY = 4;
const LIMIT_STACK = 5;
const INTERNAL = 6;

/** The trace's last event, as the engine would have written it (postcard). */
export function encodeEnded(time: number, end: RunEnd): Uint8Array | undefined {
  const head = [...varint(time), ...varint(ENDED)];
  // How much the run has computed, nobody here knows.
  const work = 0;
  switch (end.kind) {
    case "finished":
      return undefined;
    case "stopped":
      return Uint8Array.from([...head, STOPPED, work]);
    case "memory":
      return Uint8Array.from([...head, LIMIT, LIMIT_MEMORY, work]);
    case "stack":
      return Uint8Array.from([...head, LIMIT, LIMIT_STACK, work]);
    case "internal": {
      const message = new TextEncoder().encode(end.message);
      return Uint8Array.from([...head, INTERNAL, ...varint(message.length), ...message, work]);
    }
  }
}

function varint(value: number): number[] {
  const bytes = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

/** Bytes as text: nothing is lost, nothing in it can end a script, and it stays small. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { textOfBytes } from "../build/text-bytes.mjs";
import { bytesOfText } from "../dist/node/internals.js";

/** Bytes that look random and are the same every time. */
const noise = (length) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash("sha256").update(`${index}`).digest()),
  ).subarray(0, length);

test("every length comes back as it was", () => {
  for (let length = 0; length < 300; length += 1) {
    for (const bytes of [noise(length), Buffer.alloc(length), Buffer.alloc(length, 0xff), Buffer.alloc(length, 0x3c)]) {
      assert.deepEqual(Buffer.from(bytesOfText(textOfBytes(bytes), length)), bytes);
    }
  }
});

test("the text stands in a page and in a string literal as it is", () => {
  assert.doesNotMatch(textOfBytes(noise(100_000)), /[\0\n\r"<\\]/);
});

test("eight bytes of text hold seven", () => {
  const text = Buffer.from(textOfBytes(noise(700_000)), "utf8");
  assert.ok(text.length < 801_000, `${text.length} bytes`);
});

test("a text that was cut off is refused", () => {
  assert.throws(() => bytesOfText(textOfBytes(noise(100)).slice(0, 50), 100), /cut off/);
});

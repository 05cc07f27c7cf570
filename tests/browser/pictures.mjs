// Pictures of the page, kept beside the tests and compared with some tolerance: fonts are not the same everywhere.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { TARGET } from "../site.mjs";

const KEPT = new URL("pictures/", import.meta.url);
const COMMAND = "LOOPSCOPE_BLESS=1 npm run browser";
/** The part of the pixels that may differ by more than a shade. */
const TOLERANCE = 0.03;

/** Runs in a page: the part of the pixels of two pictures that look different. */
async function difference([one, two]) {
  const pixels = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [a, b] = [await pixels(one), await pixels(two)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    const most = Math.max(...[0, 1, 2].map((channel) => Math.abs(a.data[at + channel] - b.data[at + channel])));
    if (most > 40) different += 1;
  }
  return different / (a.width * a.height);
}

/** The page must look as its kept picture does. */
export async function looksAs(page, name) {
  // Carets blink, and the pointer leaves traces.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  const picture = await page.screenshot({ caret: "hide", animations: "disabled" });
  const kept = new URL(`${name}.png`, KEPT);
  if (process.env.LOOPSCOPE_BLESS || !existsSync(kept)) {
    assert.ok(process.env.LOOPSCOPE_BLESS, `there is no picture ${name}; make it with\n    ${COMMAND}`);
    await mkdir(KEPT, { recursive: true });
    await writeFile(kept, picture);
    return;
  }
  const texts = [await readFile(kept), picture].map((bytes) => bytes.toString("base64"));
  const part = await page.evaluate(difference, texts);
  if (part > TOLERANCE) {
    const folder = `${TARGET}tests/pictures/`;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}${name}.png`, picture);
  }
  assert.ok(
    part <= TOLERANCE,
    `${name}: ${(part * 100).toFixed(1)} % of the page looks different from ${fileURLToPath(kept)}; if that is meant,\n    ${COMMAND}`,
  );
}

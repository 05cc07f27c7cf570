// Makes the moving picture of the README: the page at work, as an animated PNG.
//
//     npm run moving-picture

import { writeFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { launch, serveSite } from "../site.mjs";
import { Playground } from "./playground.mjs";

const TARGET = new URL("../../www/moving-picture.png", import.meta.url);
const SIZE = { width: 1000, height: 720 };

/** Runs in a page: each picture after the first as the smallest part in which it differs from the one before. */
async function differences(pictures) {
  const { width, height } = pictures[0];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const parts = [];
  let before;
  for (const { text } of pictures) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    context.drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
    const now = context.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(now.data.buffer);
    const box = { left: width, top: height, right: 0, bottom: 0 };
    for (let at = 0; at < pixels.length; at += 1) {
      if (before?.[at] === pixels[at]) continue;
      const [x, y] = [at % width, Math.floor(at / width)];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
    before = pixels;
    if (box.right === 0) Object.assign(box, { left: 0, top: 0, right: 1, bottom: 1 });
    const part = new OffscreenCanvas(box.right - box.left, box.bottom - box.top);
    part.getContext("2d").putImageData(now, -box.left, -box.top);
    const blob = await part.convertToBlob({ type: "image/png" });
    let binary = "";
    for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
    parts.push({ x: box.left, y: box.top, width: part.width, height: part.height, text: btoa(binary) });
  }
  return parts;
}

function chunk(type, ...parts) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), ...parts]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The bodies of a PNG's chunks of one type. */
function bodies(png, type) {
  const found = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === type) found.push(png.subarray(at + 8, at + 8 + length));
  }
  return found;
}

function numbers(...values) {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

/** An animated PNG that plays for ever; durations are in milliseconds. */
function animated(parts, durations) {
  const pictures = parts.map(({ text }) => Buffer.from(text, "base64"));
  const chunks = [chunk("IHDR", bodies(pictures[0], "IHDR")[0]), chunk("acTL", numbers(parts.length, 0))];
  let sequence = 0;
  parts.forEach(({ x, y, width, height }, index) => {
    const timing = Buffer.alloc(6);
    timing.writeUInt16BE(durations[index], 0);
    timing.writeUInt16BE(1000, 2);
    chunks.push(chunk("fcTL", numbers(sequence++, width, height, x, y), timing));
    const data = Buffer.concat(bodies(pictures[index], "IDAT"));
    chunks.push(index === 0 ? chunk("IDAT", data) : chunk("fdAT", numbers(sequence++), data));
  });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks, chunk("IEND")]);
}

const site = await serveSite();
const browser = await launch();
const { page, findings } = await Playground.open(browser, site.url);
await page.setViewportSize(SIZE);

const frames = [];
async function show(milliseconds) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(250);
  const picture = await page.screenshot({ caret: "hide", animations: "disabled" });
  frames.push({ milliseconds, ...SIZE, text: picture.toString("base64") });
}

await findings.getByRole("listitem").first().waitFor();
await page.waitForTimeout(1_000);
await show(1_500);
await page.getByRole("button", { name: "To the end of the run" }).waitFor();
for (let back = 0; back < 40; back += 1) await page.getByRole("button", { name: "Previous turn" }).click();
await show(700);
for (let turn = 0; turn < 24; turn += 1) {
  await page.getByRole("button", { name: "Next turn" }).click();
  if (turn % 2 === 1) await show(350);
}
for (let finding = 0; finding < 3; finding += 1) {
  await page.keyboard.press("F8");
  await show(1_500);
}
for (let finding = 0; finding < 2; finding += 1) await page.keyboard.press("Shift+F8");
await page.keyboard.press("ControlOrMeta+.");
await page.getByText("Before and after").first().waitFor();
await page.waitForTimeout(1_000);
await show(2_500);

const parts = await page.evaluate(differences, frames);
const picture = animated(
  parts,
  frames.map(({ milliseconds }) => milliseconds),
);
await writeFile(TARGET, picture);
console.log(`${frames.length} pictures, ${(picture.length / 1e6).toFixed(2)} MB`);
await browser.close();
await site.close();

/** `loopscope-playground.js`: what the widget loads when somebody wants to run something. */
import { carriedSource } from "../carried/carried.ts";
import type { Payload } from "../carried/payload.ts";
import { provideEngine } from "../source/source.ts";
import { Playground } from "./playground.ts";
import { loadScript, shared } from "./scripts.ts";

const { currentScript } = document;
const base = currentScript instanceof HTMLScriptElement ? new URL(".", currentScript.src).href : "./";

async function engine(): Promise<Payload> {
  const url = `${base}loopscope-engine.js`;
  await loadScript(url);
  const payload = shared().engine;
  if (!payload) throw new Error(`${url} does not carry the engine`);
  // Once unpacked, the text is of no more use, and there is much of it. Whoever tries again loads it again.
  delete shared().engine;
  shared().loading.delete(url);
  return payload;
}

provideEngine(carriedSource(engine));
shared().Playground = Playground;

/** `loopscope` in a browser: the API without any element. The engine's script is beside this one. */
import { Loopscope } from "../api.ts";
import { carriedSource } from "../carried/carried.ts";
import type { Payload } from "../carried/payload.ts";
import { loadScript, shared } from "./scripts.ts";

export * from "../api.ts";

/** Loads and compiles the engine. One is enough for a page, however many programs it runs. */
export async function createLoopscope(
  base: string | URL = new URL(/* @vite-ignore */ "./", import.meta.url),
): Promise<Loopscope> {
  const { engine, analysis } = carriedSource(() => arrival(new URL("loopscope-engine.js", base).href))(() => undefined);
  return new Loopscope(engine, await analysis);
}

async function arrival(url: string): Promise<Payload> {
  await loadScript(url);
  const payload = shared().engine;
  if (!payload) throw new Error(`${url} does not carry the engine`);
  delete shared().engine;
  shared().loading.delete(url);
  return payload;
}

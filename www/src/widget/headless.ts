/** `loopscope` in a browser: the API without any element. The engine's scripts are beside this one. */
import { Loopscope } from "../api.ts";
import { carriedSource } from "../carried/carried.ts";
import { arrival } from "./scripts.ts";

export * from "../api.ts";

/** Loads and compiles the engine. One is enough for a page, however many programs it runs. */
export async function createLoopscope(
  base: string | URL = new URL(/* @vite-ignore */ "./", import.meta.url),
): Promise<Loopscope> {
  const source = carriedSource(
    () => arrival("engine", base),
    () => arrival("packages", base),
  );
  const { engine, analysis } = source(() => undefined);
  return new Loopscope(engine, await analysis);
}

/**
 * Loads the widget's other scripts, each once for a page. They are classic scripts, which load from any host into any
 * page, with no permission asked of either: a sandboxed frame can neither fetch nor import.
 */
import type { PackagesPayload, Payload } from "../carried/payload.ts";
import type { Playground } from "./playground.ts";

/** What the widget's scripts leave for each other. */
interface Shared {
  /** By address: several copies of the widget's first script share one engine. */
  loading: Map<string, Promise<void>>;
  /** Left by `loopscope-engine.js`, and taken once. */
  engine?: Payload | undefined;
  /** Left by `loopscope-packages.js`, and taken once. */
  packages?: PackagesPayload | undefined;
  /** Left by `loopscope-playground.js`. */
  Playground?: typeof Playground;
}

declare global {
  var loopscopeShared: Shared | undefined;
}

export function shared(): Shared {
  globalThis.loopscopeShared ??= { loading: new Map() };
  return globalThis.loopscopeShared;
}

export function loadScript(url: string): Promise<void> {
  const { loading } = shared();
  let loaded = loading.get(url);
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      // A page may be written in another encoding, or not say in which.
      script.setAttribute("charset", "utf-8");
      script.src = url;
      script.onload = () => {
        resolve();
      };
      script.onerror = () => {
        // It can be tried again: the network may be back.
        loading.delete(url);
        script.remove();
        reject(new Error(`${url} could not be loaded`));
      };
      document.head.append(script);
    });
    loading.set(url, loaded);
  }
  return loaded;
}

/** What one of the scripts that carry something leaves, from the folder `base`. */
export async function arrival<Name extends "engine" | "packages">(
  name: Name,
  base: string | URL,
): Promise<NonNullable<Shared[Name]>> {
  const url = new URL(`loopscope-${name}.js`, base).href;
  await loadScript(url);
  const payload = shared()[name];
  if (!payload) throw new Error(`${url} does not carry the ${name}`);
  // Once unpacked, the text is of no more use, and there is much of it. Whoever tries again loads it again.
  shared()[name] = undefined;
  shared().loading.delete(url);
  return payload;
}

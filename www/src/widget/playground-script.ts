/** `loopscope-playground.js`: what the widget loads when somebody wants to run something. */
import { carriedSource } from "../carried/carried.ts";
import { provideEngine } from "../source/source.ts";
import { Playground } from "./playground.ts";
import { arrival, shared } from "./scripts.ts";

const { currentScript } = document;
const base = currentScript instanceof HTMLScriptElement ? currentScript.src : document.baseURI;

provideEngine(
  carriedSource(
    () => arrival("engine", base),
    () => arrival("packages", base),
  ),
);
shared().Playground = Playground;

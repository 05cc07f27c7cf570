/** The parts beneath the API, for tests, and for programs that need more than a run. */

export { Engine } from "./client.ts";
export * from "./outcome.ts";
export * from "./session.ts";
export * from "./archive.ts";
export * from "./packages.ts";
export * from "./wasm.ts";

export * from "./carried/text-bytes.ts";
export * from "./editor/positions.ts";
export * from "./expectations.ts";
export * from "./findings/finding.ts";
export * from "./findings/fixes.ts";
export { guessFrom, isRight, movedLine } from "./settings/predict.ts";
export * from "./i18n/index.ts";
export { decimal } from "./i18n/numbers.ts";
export * from "./output/lines.ts";
export * from "./paths.ts";
export { takeFiles } from "./share/dropped.ts";
export * from "./share/link.ts";
export { PageMemory } from "./share/memory.ts";
export { shareTexts } from "./share/texts.ts";
export * from "./store.ts";
export * from "./timeline/arrows.ts";
export * from "./timeline/instants.ts";
export * from "./timeline/model.ts";
export * from "./timeline/scale.ts";

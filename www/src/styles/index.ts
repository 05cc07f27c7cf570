/** How the playground looks, from what is everywhere to what overrides it. */
import { filesStyle } from "../editor/files.ts";
import { renamingStyle } from "../editor/renaming.ts";
import { adviceStyle } from "../findings/advice.ts";
import { crashStyle } from "../findings/crash-view.ts";
import { explorationStyle } from "../findings/exploration.ts";
import { findingsStyle } from "../findings/style.ts";
import { momentStyle } from "../inspector/moment.ts";
import { primitivesStyle } from "../inspector/primitives.ts";
import { inspectorStyle } from "../inspector/view.ts";
import { noticeStyle } from "../notice.ts";
import { outputStyle } from "../output/view.ts";
import { dialogStyle } from "../settings/dialogs.ts";
import { galleryStyle } from "../settings/gallery.ts";
import { predictStyle } from "../settings/predict.ts";
import { settingsStyle } from "../settings/settings.ts";
import { talkStyle } from "../talk.ts";
import { timelineStyle } from "../timeline/style.ts";
import { base } from "./base.ts";
import { layout } from "./layout.ts";
import { print } from "./print.ts";
import { tokens } from "./tokens.ts";

export const styles = [
  tokens,
  base,
  layout,
  findingsStyle,
  explorationStyle,
  crashStyle,
  adviceStyle,
  outputStyle,
  inspectorStyle,
  momentStyle,
  primitivesStyle,
  timelineStyle,
  filesStyle,
  renamingStyle,
  noticeStyle,
  dialogStyle,
  galleryStyle,
  predictStyle,
  settingsStyle,
  talkStyle,
  print,
];

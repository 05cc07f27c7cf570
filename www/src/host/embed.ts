/** The page as a frame in another page: `?embed=true`, with the program in the address after `#code/`. */
import { linkInAddress } from "../share/address.ts";
import { NewerLink, type Shared } from "../share/link.ts";
import { noticeOf, singleFile } from "../store.ts";
import { Playground } from "../widget/playground.ts";

/** Told to the page around the frame whenever it changes, in pixels: `{ type: "loopscope-height", height }`. */
const HEIGHT = "loopscope-height";
const LINE = 22;
const [LEAST, MOST] = [320, 900];

/** Bar, heads and edges; and what the panels below the program take, if they are shown. */
function wantedHeight(element: Playground): number {
  const { panels, workspace } = element;
  const below = panels === "" || /timeline|tasks/.test(panels) ? 240 : 0;
  const lines = Math.max(...workspace.files.map(({ text }) => text.split("\n").length));
  return Math.min(MOST, Math.max(LEAST, 140 + lines * LINE + below));
}

/** Whether the page is such a frame, which then shows the program of its address. It never runs by itself. */
export function embed(): boolean {
  const parameters = new URLSearchParams(location.search);
  if (parameters.get("embed") !== "true") return false;
  document.querySelector("loop-scope")?.remove();
  customElements.define("loop-scope", Playground);
  void open(parameters);
  addEventListener("hashchange", () => {
    document.querySelector("loop-scope")?.remove();
    void open(parameters);
  });
  return true;
}

async function open(parameters: URLSearchParams): Promise<void> {
  const shared = await linkInAddress().catch((error: unknown) =>
    error instanceof NewerLink ? ("newerLink" as const) : ("badLink" as const),
  );
  if (typeof shared === "string") {
    const element = show(parameters, null);
    element.store.dispatch({ type: "noticed", notice: shared });
    return;
  }
  show(parameters, shared);
}

/** The program in its frame, or an empty one where there is none. */
function show(parameters: URLSearchParams, shared: Shared | null): Playground {
  const element = new Playground();
  const options = shared?.options ?? {};
  const seed = Number(parameters.get("seed") ?? options.seed ?? 0);
  element.beginWith(shared?.workspace ?? singleFile(""), {
    ...options,
    ...(Number.isSafeInteger(seed) && seed >= 0 ? { seed } : {}),
  });
  const theme = parameters.get("theme");
  element.theme = theme === "light" || theme === "dark" ? theme : "auto";
  element.mode = parameters.get("mode") === "read" ? "read" : "edit";
  element.panels = parameters.get("panels") ?? "";
  element.address = location.origin === "null" ? null : location.origin + location.pathname;
  element.lang = parameters.get("lang") ?? "";
  const moment = Number(parameters.get("moment") ?? NaN);
  element.moment = Number.isFinite(moment) ? moment : null;
  document.body.prepend(element);
  const notice = noticeOf(null, shared?.renamed ?? []);
  if (notice) element.store.dispatch({ type: "noticed", notice });
  const tell = (): void => parent.postMessage({ type: HEIGHT, height: wantedHeight(element) }, "*");
  element.addEventListener("loopscope-change", tell);
  void element.updateComplete.then(tell);
  return element;
}

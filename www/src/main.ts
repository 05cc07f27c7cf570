/**
 * The page's entry: the engine sets out first, since it has the longest way. A worker starts with the help of the page's
 * own thread, so that this one's long script, which is being fetched meanwhile, follows only when the engine is under way.
 */
import "./page.css";
import { linkInAddress } from "./share/address.ts";
import { beginEarly } from "./source/early.ts";

/** Milliseconds after which the page waits no longer to hear of the engine: it is the page that says what is amiss. */
const PATIENCE = 1_000;

async function engineAsked(): Promise<void> {
  await beginEarly().asked;
}

const asked = engineAsked().catch(() => undefined);
void linkInAddress().catch(() => undefined);
const enough = new Promise((resolve) => setTimeout(resolve, PATIENCE));
void Promise.race([asked, enough]).then(() => import("./page.ts"));

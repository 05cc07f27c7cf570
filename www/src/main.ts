/**
 * The page's entry: the engine sets out first, since it has the longest way. A worker starts with the help of the page's
 * own thread, so that this one's long script, which is being fetched meanwhile, follows only when the engine is under way.
 */
import "./page.css";
import { linkInAddress } from "./share/address.ts";
import { beginEarly } from "./source/early.ts";

const { asked } = beginEarly();
void linkInAddress().catch(() => undefined);
void asked.then(() => import("./page.ts"));

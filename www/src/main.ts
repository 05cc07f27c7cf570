/** The page's entry: the engine sets out first, since it has the longest way, and the page's own script follows. */
import "./page.css";
import { compileEarly } from "./source/early.ts";

compileEarly().catch(() => undefined);
void import("./page.ts");

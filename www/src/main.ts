/** The page: a host of one element, and nothing more. The engine sets out first, since it has the longest way. */
import { compileEarly } from "./source/early.ts";

compileEarly().catch(() => undefined);
void import("./loop-scope-define.ts");

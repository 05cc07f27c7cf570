/** The page: a host of one element, and nothing more. */
import "./host/site-engine.ts";
import "./loop-scope-define.ts";

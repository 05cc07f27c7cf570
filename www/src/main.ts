/** The page: a host of one element, and nothing more. */
import "./loop-scope-define.ts";

/** The page: a host of one element, and nothing more. */
import "./page.css";
import "./host/site-engine.ts";
import "./loop-scope-define.ts";

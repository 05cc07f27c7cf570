/** `loopscope.js`: the widget for a `<script>` tag. Its other scripts are beside it. */
import { defineLoopScope } from "./element.ts";

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement) defineLoopScope(new URL(".", currentScript.src).href);

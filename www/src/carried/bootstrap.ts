/** The first script of a single file: unpacks the page's own scripts, and adds them. */

import { bytesOfText } from "./text-bytes.ts";

const block = document.querySelector<HTMLScriptElement>("#loopscope-scripts");
if (block) {
  const bytes = bytesOfText(block.text, Number(block.dataset["length"]));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  void new Response(stream).blob().then((code) => {
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    script.addEventListener("load", () => URL.revokeObjectURL(script.src));
    document.body.append(script);
  });
}

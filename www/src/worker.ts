/** The engine's worker in a browser. It is bundled as a classic script, which also works from `file://`. */

import { serveEngine } from "./engine-worker.ts";
import type { Request, Response } from "./protocol.ts";
import { compile } from "./source/compile.ts";

/** What of a worker's global scope is used. */
interface Scope {
  postMessage(message: Response, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

const scope = globalThis as unknown as Scope;
serveEngine(
  {
    post: (message, transfer) => {
      scope.postMessage(message, transfer);
    },
    listen: (receive) => {
      scope.onmessage = (event) => {
        receive(event.data);
      };
    },
  },
  compile,
);

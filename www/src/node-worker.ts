/** The engine's worker in Node. */

import { parentPort } from "node:worker_threads";

import { serveEngine } from "./engine-worker.ts";
import type { Request } from "./protocol.ts";

if (parentPort === null) {
  throw new Error("This file is a worker: use createLoopscope() of node.js");
}
const port = parentPort;
serveEngine({
  post: (message, transfer) => {
    port.postMessage(message, transfer);
  },
  listen: (receive) => {
    port.on("message", (message: Request) => {
      receive(message);
    });
  },
});

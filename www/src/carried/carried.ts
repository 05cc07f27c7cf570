/**
 * An engine that is carried rather than fetched. Its workers are classic scripts from blobs, which start wherever a page
 * does: from `file://`, and in a sandboxed frame.
 */
import { connectWorker } from "../client.ts";
import type { OpenedSource, Source } from "../source/source.ts";
import EngineWorker from "../worker.ts?worker&inline";
import { carriedPackages, gunzip } from "../packages.ts";
import type { PackagesPayload, Payload, Unpacked } from "./payload.ts";
import { bytesOfText } from "./text-bytes.ts";
import UnpackWorker from "./unpack-worker.ts?worker&inline";

type Parts = Extract<Unpacked, { kind: "unpacked" }>;

function unpack(payload: Payload): Promise<Parts> {
  const worker = new UnpackWorker({ name: "loopscope-unpack" });
  const done = new Promise<Parts>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Unpacked>) => {
      if (data.kind === "unpacked") resolve(data);
      else reject(new Error(data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || "The engine's worker could not be started"));
    };
  });
  worker.postMessage(payload);
  return done.finally(() => worker.terminate());
}

/** `arrival` hands over the engine once it is there, and `packages` the packages, which are asked for at the first import. */
export function carriedSource(arrival: () => Promise<Payload>, packages: () => Promise<PackagesPayload>): Source {
  const archive = async (): Promise<ArrayBuffer> => {
    const { text, length } = await packages();
    return gunzip(new Blob([bytesOfText(text, length)]).stream());
  };
  return (): OpenedSource => {
    const payload = arrival();
    const parts = payload.then(unpack);
    const index = payload.then((arrived) => arrived.index);
    return {
      analysis: parts.then(({ analysis }) => analysis),
      engine: {
        module: parts.then(({ engine }) => engine),
        library: async () => (await parts).library,
        packages: carriedPackages(index, archive),
        spawn: (receive, fail) => connectWorker(new EngineWorker({ name: "loopscope" }), receive, fail),
      },
    };
  };
}

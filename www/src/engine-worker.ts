/** The engine's side of the connection: one interpreter, one run at a time. */

import { Archive } from "./archive.ts";
import { Shelf } from "./packages.ts";
import { type FinalEnd, type Port, type Report, type Request, type Response, REST, UNDELIVERED } from "./protocol.ts";
import { EngineModule } from "./wasm.ts";

/**
 * Sends batches on as they come: the engine has already chosen, by count and by time, when one is worth sending. A run
 * that starts over says the same things again, byte for byte, so what has been sent is not sent twice.
 */
class Outbox {
  readonly #send: (bytes: ArrayBuffer) => void;
  #sent = 0;
  #skip = 0;

  constructor(send: (bytes: ArrayBuffer) => void) {
    this.#send = send;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    const known = Math.min(this.#skip, bytes.length);
    this.#skip -= known;
    if (known < bytes.length) {
      this.#sent += bytes.length - known;
      this.#send(known === 0 ? bytes.buffer : bytes.slice(known).buffer);
    }
  }

  /** The run starts over. */
  rewind(): void {
    this.#skip = this.#sent;
  }
}

type Compile = (request: Extract<Request, { kind: "compile" }>, report: Report) => Promise<WebAssembly.Module>;

/** Serves one page, or one program, until it is terminated. `compile` is how it comes by an engine that is not given to it. */
export function serveEngine(port: Port<Response, Request>, compile?: Compile): void {
  /** There from the time that it is compiled or given; rejects if it cannot be had. */
  let engine: Promise<EngineModule> | undefined;
  /** Set by the first run. */
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** Those who wait for a package, by its name. */
  const expected = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();
  let libraryArrived: (library: Archive) => void;
  let libraryFailed: (reason: Error) => void;
  const library = new Promise<Archive>((resolve, reject) => {
    libraryArrived = resolve;
    libraryFailed = reject;
  });
  // Most runs never need it; those that do hear of the failure themselves.
  library.catch(() => undefined);
  /** The run that waits for all functions, if one does. */
  let functionsExpected: { resolve: (module: WebAssembly.Module) => void; reject: (reason: Error) => void } | undefined;

  const respond = (response: Response, transfer: ArrayBuffer[] = []): void => {
    port.post(response, transfer);
  };

  async function run(engine: EngineModule, input: string): Promise<void> {
    clearTimeout(resting);
    const started = performance.now();
    const outbox = new Outbox((bytes) => {
      respond({ kind: "batch", bytes }, [bytes]);
    });
    const imports = {
      functions: () =>
        new Promise<WebAssembly.Module>((resolve, reject) => {
          functionsExpected = { resolve, reject };
          respond({ kind: "functionsWanted" });
        }),
      library: () => (respond({ kind: "libraryWanted" }), library),
      packages: fetchPackages,
    };
    const end = await runToEnd(engine, imports, input, outbox);
    respond({ kind: "ended", end, milliseconds: performance.now() - started });
    if (resting === undefined) resting = setTimeout(() => engine.rest(), REST);
    else engine.rest();
    respond({ kind: "ready" });
  }

  function started(): Promise<EngineModule> {
    if (engine === undefined) throw new Error("The engine was asked for something before it was started");
    return engine;
  }

  async function fetchPackages(names: string[]): Promise<void> {
    const arrivals = names.map(
      (name) =>
        new Promise<void>((resolve, reject) => {
          expected.set(name, { resolve, reject });
        }),
    );
    respond({ kind: "packagesWanted", names });
    await Promise.all(arrivals);
  }

  const handlers = {
    compile(request: Extract<Request, { kind: "compile" }>) {
      if (compile === undefined) throw new Error("This worker is given its engine");
      const compiled = compile(request, respond);
      engine = compiled.then((module) => {
        respond({ kind: "compiled", module });
        return new EngineModule(module);
      });
      return engine;
    },
    async start({ module, packages }: Extract<Request, { kind: "start" }>) {
      if (module !== undefined) engine ??= Promise.resolve(new EngineModule(module));
      (await started()).packages = new Shelf(packages);
      respond({ kind: "ready" });
    },
    async library(request: Extract<Request, { kind: "library" }>) {
      const arrived = new Archive(request.archive);
      (await started()).library = arrived;
      libraryArrived(arrived);
    },
    libraryFailed(request: Extract<Request, { kind: "libraryFailed" }>) {
      libraryFailed(new Error(`${UNDELIVERED}the standard library: ${request.message}`));
    },
    functions(request: Extract<Request, { kind: "functions" }>) {
      functionsExpected?.resolve(request.module);
    },
    functionsFailed(request: Extract<Request, { kind: "functionsFailed" }>) {
      functionsExpected?.reject(new Error(`${UNDELIVERED}the rest of the engine: ${request.message}`));
    },
    async package(request: Extract<Request, { kind: "package" }>) {
      (await started()).packages.put(request.name, request.archive);
      expected.get(request.name)?.resolve();
    },
    packageFailed(request: Extract<Request, { kind: "packageFailed" }>) {
      expected.get(request.name)?.reject(new Error(`${UNDELIVERED}${request.name}: ${request.message}`));
    },
    async run(request: Extract<Request, { kind: "run" }>) {
      await run(await started(), request.input);
    },
  };

  port.listen((request) => {
    const fail = (error: unknown): void => {
      respond({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    };
    try {
      (handlers[request.kind] as (request: Request) => Promise<unknown> | undefined)(request)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
}

/** What a run may turn out to need that is not here. */
interface Imports {
  functions: () => Promise<WebAssembly.Module>;
  library: () => Promise<Archive>;
  packages: (names: string[]) => Promise<void>;
}

/** Runs, waiting for the rest of the engine, the standard library and packages if the program turns out to need them. */
async function runToEnd(engine: EngineModule, imports: Imports, input: string, outbox: Outbox): Promise<FinalEnd> {
  const end = engine.run(input, (bytes) => {
    outbox.add(bytes);
  });
  if (end.kind !== "libraryMissing" && end.kind !== "packageMissing" && end.kind !== "functionsMissing") {
    return end;
  }
  outbox.rewind();
  try {
    if (end.kind === "functionsMissing") {
      engine.functions = await imports.functions();
    } else {
      // A package imports from the library sooner or later: it comes along, so that the run begins again only once.
      const library = engine.library ?? imports.library();
      const packages = end.kind === "packageMissing" ? imports.packages(engine.packages.missing(end.name)) : undefined;
      // The interpreter is made ready while that is on its way.
      engine.restore();
      [engine.library] = await Promise.all([library, packages]);
    }
  } catch (error) {
    return { kind: "internal", message: error instanceof Error ? error.message : String(error) };
  }
  return runToEnd(engine, imports, input, outbox);
}

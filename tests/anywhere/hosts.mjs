// The hosts that the built things are put on: plain ones, which send no more than they must.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import "../time-limit.mjs";

/** What the widget's own page says a host's policy must allow, and nothing else. */
export const WIDGET_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; img-src data:; frame-src 'self'";

/** What a browser must be told, or it runs no script and uses no style. Of WebAssembly such a host knows nothing. */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/**
 * Serves folders below the paths they are given for, uncompressed, with the given headers and no others.
 * Resolves to `{ url, close }`.
 */
export async function plainHost(folders, headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const mount = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    const file = mount && locate(folders[mount], path.slice(mount.length));
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/**
 * Where a browser context is given this as its proxy, nothing gets through, and what was tried is noted: a network that is
 * cut, for browsers that cannot be told so. Resolves to `{ server, requests, close }`.
 */
export async function cutNetwork() {
  const requests = [];
  const server = createServer(({ url }, response) => {
    requests.push(url);
    response.writeHead(502).end();
  });
  server.on("connect", ({ url }, socket) => {
    requests.push(url);
    socket.destroy();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    server: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

function locate(folder, path) {
  const file = join(folder, normalize(`/${path}`));
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return file;
  const index = join(file, "index.html");
  return statSync(index, { throwIfNoEntry: false }) ? index : undefined;
}

/** Notes every request of a browser context, and every refusal of a Content-Security-Policy. */
export async function watchRequests(context) {
  const seen = { requests: [], violations: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  await context.exposeBinding("noteViolation", (_, violation) => seen.violations.push(violation));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      globalThis.noteViolation(`${violatedDirective} refused ${blockedURI} at ${sourceFile}:${lineNumber}`);
    });
  });
  return seen;
}

/** Whose a frame is, and what came of asking for its storage. */
export const storageOf = (frame) =>
  frame.evaluate(() => {
    try {
      return `${origin} ${localStorage.length}`;
    } catch (error) {
      return `${origin} ${error.name}`;
    }
  });

/** The requests that leave the page: those of other schemes stay within the browser. */
export const beyond = (requests, origin) =>
  requests.filter((url) => /^(https?|wss?|ftp):/.test(url) && !url.startsWith(`${origin}/`));

/**
 * Waits until the service worker has kept the site whole. A worker that could not (a full disk leaves a browser no room)
 * is never ready, so that the wait has an end, and says what it waited for.
 */
export async function kept(page) {
  const worker = await page.evaluate(() => {
    const tooLong = new Promise((give) => setTimeout(give, 120_000));
    return Promise.race([navigator.serviceWorker.ready.then(() => "ready"), tooLong]);
  });
  if (worker === "ready") return;
  const { quota, usage } = await page.evaluate(() => navigator.storage.estimate());
  throw new Error(`the site was not kept: of ${quota} bytes that the browser allows, ${usage} are in use`);
}

/**
 * A static server for the built site, on loopback only.
 *
 *     node serve.mjs FOLDER [--port NUMBER]
 *
 * Sends `file.br` beside `file` to browsers that take it, as static hosts do.
 */

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".bin": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".py": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".whl": "application/zip",
  ".woff2": "font/woff2",
  ".zip": "application/zip",
};

const FIRST_PORT = 4173;
/** Names made from the content never mean something else. */
const CONTENT_NAMED = /-[\w-]{8}\.\w+$/;

/**
 * Serves folders below the paths they are given for, as in `{ "/": "dist", "/pyodide/": "node_modules/pyodide" }`.
 * Takes `port`, or the first free one from 4173, and sends `headers` besides its own. Resolves to `{ url, close }`.
 */
export async function serve(folders, port, headers = {}) {
  const mounts = Object.entries(folders)
    .map(([prefix, folder]) => ({ prefix, folder: resolve(folder) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    respond(mounts, request, response);
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

async function listen(server, port) {
  for (let candidate = port ?? FIRST_PORT; ; candidate += 1) {
    try {
      await new Promise((done, fail) => {
        server.once("error", fail);
        server.listen(candidate, "127.0.0.1", () => {
          server.off("error", fail);
          done();
        });
      });
      return;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || port !== undefined) throw error;
    }
  }
}

function respond(mounts, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const file = locate(mounts, request.url ?? "/");
  if (file === undefined) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  if (file.redirect !== undefined) {
    response.writeHead(301, { location: file.redirect }).end();
    return;
  }
  send(file.path, request, response);
}

function locate(mounts, url) {
  const [encoded, query] = url.split("?", 2);
  let path;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const mount = mounts.find(({ prefix }) => path.startsWith(prefix));
  if (mount === undefined || path.includes("\0")) return undefined;
  const target = normalize(join(mount.folder, path.slice(mount.prefix.length)));
  if (target !== mount.folder && !target.startsWith(mount.folder + sep)) return undefined;
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    if (!path.endsWith("/")) return { redirect: `${encoded}/${query ? `?${query}` : ""}` };
    const index = join(target, "index.html");
    return statSync(index, { throwIfNoEntry: false })?.isFile() ? { path: index } : undefined;
  }
  return stat?.isFile() ? { path: target } : undefined;
}

function send(path, request, response) {
  const takesBrotli = /\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const compressed = takesBrotli && statSync(`${path}.br`, { throwIfNoEntry: false })?.isFile();
  const source = compressed ? `${path}.br` : path;
  const { size, mtimeMs } = statSync(source);
  const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  const headers = {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "cache-control": CONTENT_NAMED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: tag,
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
    ...(compressed ? { "content-encoding": "br" } : {}),
  };
  if (request.headers["if-none-match"] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "content-length": size });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  createReadStream(source)
    .on("error", () => response.destroy())
    .pipe(response);
}

async function main([folder = "dist", ...rest]) {
  const at = rest.indexOf("--port");
  const port = at === -1 ? undefined : Number(rest[at + 1]);
  const { url } = await serve({ "/": folder }, port);
  console.log(`loopscope is at ${url} (Ctrl-C ends it)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv.slice(2));
}

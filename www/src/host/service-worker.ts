/**
 * The site's service worker: keeps one version of the site whole, and answers from it. Files that are named by their
 * content are taken over from the version before, so that an update downloads only what is new.
 */

/**
 * Written in by the build: every file of this version, and a name for it that changes with any of them. Packages are kept
 * once a program has wanted them, and not before.
 */
declare const SITE: { version: string; paths: string[]; packages: string[] };

/** What of a service worker's global scope is used. */
interface Scope {
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listen: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listen: (event: Fetching) => void): void;
  addEventListener(type: "message", listen: (event: MessageEvent) => void): void;
}
interface Extendable {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

export {};

const scope = globalThis as unknown as Scope;
const home = scope.registration.scope;
/** Several sites may share an origin, each below a path of its own. */
const prefix = `loopscope:${home}:`;
const current = prefix + SITE.version;
const urls = new Set(SITE.paths.map((path) => new URL(path, home).href));
const packages = new Set(SITE.packages.map((path) => new URL(path, home).href));
const namedByContent = (url: string): boolean => /-[\w-]{8}\.\w+$/.test(url);

async function keep(): Promise<void> {
  const cache = await caches.open(current);
  for (const url of urls) {
    const kept = namedByContent(url) ? await caches.match(url) : undefined;
    const response = kept ?? (await fetch(url, { cache: namedByContent(url) ? "default" : "reload" }));
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    await cache.put(url, response);
  }
  for (const url of packages) {
    const kept = await caches.match(url);
    if (kept) await cache.put(url, kept);
  }
}

async function dropOthers(): Promise<void> {
  for (const other of await caches.keys()) {
    if (other.startsWith(prefix) && other !== current) await caches.delete(other);
  }
  await scope.clients.claim();
}

async function answer(request: Request, url: string): Promise<Response> {
  const cache = await caches.open(current);
  const kept = await cache.match(url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && packages.has(url)) await cache.put(url, response.clone());
  return response;
}

scope.addEventListener("install", (event) => {
  event.waitUntil(keep());
});
scope.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});
scope.addEventListener("message", ({ data }) => {
  if (data === "activate") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.replace(/[?#].*$/, "");
  const page = url === `${home}index.html` ? home : url;
  if (request.method === "GET" && (urls.has(page) || packages.has(page))) event.respondWith(answer(request, page));
});

/**
 * Keeps the shell, so that the page opens on a slow or broken connection: the files listed by the server, and nothing
 * else. Answers of the API are never kept: ward computers are shared.
 *
 * The server puts two lines before this file: `VERSION`, a hash over all files, and `SHELL`, their addresses, the page's own
 * first. When one byte of them changes so does this script, and the browser takes the new set as a whole.
 */
/** @type {any} */
const worker = self;
/** @type {{VERSION: string, SHELL: string[]}} */
const { VERSION, SHELL } = worker.opportune;

worker.addEventListener("install", (/** @type {any} */ event) => {
  // asked about even if the browser keeps it: a file from before would stand in the new set
  const fresh = SHELL.map((address) => new Request(address, { cache: "no-cache" }));
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(fresh)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (/^\/(v1|docs|problems|openapi\.json|livez|readyz)\b/.test(address.pathname)) return;
    event.respondWith(kept(SHELL[0] ?? "/", event.request));
  } else if (SHELL.includes(address.pathname)) {
    event.respondWith(kept(address.pathname, event.request));
  }
});

/** @param {string} address @param {Request} request @returns {Promise<Response>} */
async function kept(address, request) {
  const cache = await caches.open(VERSION);
  return (await cache.match(address)) ?? fetch(request);
}

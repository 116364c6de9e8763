// The form of a voice opens without a signal once it was opened with one, and what waits is sent when the signal is back,
// even with the page closed. Nothing of what was said is kept here; queue.js (loaded before this) keeps it.

const STORE = "suara";
const SCOPE = new URL(self.registration.scope).pathname;
const WAIT = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => { if (event.tag === STORE) event.waitUntil(self.queue.sendAll()); });

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === SCOPE) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function page(request) {
  try {
    const answer = await fetch(request, { signal: self.queue.within(WAIT) });
    if (answer.ok && !answer.redirected) await (await caches.open(STORE)).put(SCOPE, answer.clone());
    return answer;
  } catch { return (await caches.match(SCOPE)) || Response.error(); }
}

async function part(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(STORE)).put(request, answer.clone());
    return answer;
  } catch { return (await caches.match(request)) || Response.error(); }
}

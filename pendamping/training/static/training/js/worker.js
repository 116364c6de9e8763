// Pages of one's learning for reading without a signal. Network first; a page the server marks (X-Keep-Offline) is
// kept in its person's store; answers to forms, and pages without the mark, never are.

const HEADER = "X-Keep-Offline";
const STORES = "belajar-";
const SCOPE = new URL(self.registration.scope).pathname;
const WAIT = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/static/") || url.pathname.startsWith(SCOPE)) event.respondWith(part(event, url));
});

// Where nothing is kept to show instead, a slow answer is waited for.
async function page(event, url) {
  const here = (await kept(event.request)) || (await kept(new Request(`${SCOPE}luring/`)));
  try {
    const answer = await fetch(event.request, here ? { signal: AbortSignal.timeout(WAIT) } : {});
    if (answer.type === "opaqueredirect" && url.pathname.startsWith(SCOPE)) event.waitUntil(unknownNow(event.request));
    event.waitUntil(keep(event.request, answer.clone()));
    return answer;
  } catch {
    return here || Response.error();
  }
}

async function part(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(event.request, answer.clone()));
    return answer;
  } catch {
    return (await kept(event.request)) || Response.error();
  }
}

// Styles, scripts and pictures of the house belong to nobody, and go with the store they are in.
async function keep(request, answer) {
  if (!answer.ok || answer.redirected) return;
  const person = answer.headers.get(HEADER);
  if (person) {
    await onlyFor(person);
    await (await caches.open(STORES + person)).put(bare(request), answer);
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    const [mine] = await stores();
    if (mine) await (await caches.open(mine)).put(bare(request), answer);
  }
}

const stores = async () => (await caches.keys()).filter((name) => name.startsWith(STORES));
const bare = (request) => new Request(request.url.split("#")[0]);
const kept = (request) => caches.match(bare(request), { ignoreVary: true });

// Another person on this phone: what the one before kept is gone.
async function onlyFor(person) {
  for (const name of await stores()) if (name !== STORES + person) await caches.delete(name);
}

// Sent away from one's own page: to the sign-in, most likely. Where it really leads tells whether anybody is signed in.
async function unknownNow(request) {
  const end = await fetch(request.url, { credentials: "same-origin" }).catch(() => null);
  if (end && !new URL(end.url).pathname.startsWith(SCOPE)) for (const name of await stores()) await caches.delete(name);
}
